"""Starts a Ray cluster on this machine alone, of a head that does no work and some nodes, for tests and benchmarks."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from index.errors import needed

STORE = 100_000_000  # bytes of each node's object store
# Ray reads these once, when it is imported.
SETTINGS = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # as there, this machine is called 127.0.0.1
}


class RayCluster:
    """A head and its nodes, each with some cores; `address` is what `kenes index --ray` takes."""

    def __init__(self) -> None:
        os.environ.update(SETTINGS)
        with needed("a Ray cluster", "python3 -m ui.setup --ray"):
            from ray.cluster_utils import Cluster

        alone = {"include_dashboard": False, "object_store_memory": STORE, "node_ip_address": "127.0.0.1"}
        self._alone: dict[str, Any] = alone
        self._cluster: Any = Cluster(initialize_head=True, head_node_args={**alone, "num_cpus": 0})
        self.address: str = self._cluster.address

    def add(self, cores: int) -> Any:
        """Start a node; what is returned is for `kill`."""
        return self._cluster.add_node(num_cpus=cores, **self._alone)

    def kill(self, node: Any) -> None:
        """End a node with SIGKILL, and all that runs on it."""
        self._cluster.remove_node(node, allow_graceful=False)

    def close(self) -> None:
        """End all that is left."""
        self._cluster.shutdown()


@contextmanager
def ray_cluster(cores: Sequence[int]) -> Iterator[RayCluster]:
    """A cluster with one node for each number of cores."""
    before = dict(os.environ)
    cluster = RayCluster()
    try:
        for each in cores:
            cluster.add(each)
        yield cluster
    finally:
        cluster.close()
        os.environ.clear()
        os.environ.update(before)
