"""Workers of a Ray cluster. Ray starts a unit again where its worker or its machine was lost; only this process commits."""

import logging
import os
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from index.articles.source_file import Options
from index.cluster.parts import Item, Part, Unit, check, lists_of_files, make_part
from index.embedding.load import load_embedder
from index.errors import InputError, KenesError, needed
from index.making import Made, settings_for
from index.types import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRIES = 5  # of one unit, before it is taken for one that kills its workers
AHEAD = 3  # units under way for each core of the cluster, or made and not committed yet
LOOK = 5.0  # seconds between two looks at whether any machine is left
NOBODY = 120.0  # seconds without one until that is an error

Load = Callable[[str], Embedder]


class RayWorkers:
    """The workers of the Ray cluster at an address, which this machine must be part of.

    Args:
        address: host:port of its head.
        model: name of the model.
        load: loads it by its name, in every worker once.

    Raises:
        MissingPart: Ray is not installed.
        InputError: no such cluster answers, or it asks for a token that is not here.
    """

    def __init__(self, address: str, model: str, load: Load = load_embedder) -> None:
        _reach(address)
        os.environ.setdefault("RAY_AUTH_MODE", "token")  # Ray reads these when it is imported
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what matters is raised as well
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        with needed("kenes index --ray", "python3 -m ui.setup --ray"):
            import ray
        self._ray: Any = ray
        self._load, self._model = load, model
        self._settings = settings_for(load(model))
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        except (ConnectionError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
            raise InputError(f"no Ray cluster to be used at {address}: {_first_line(error)}", _start(address)) from None
        self._make: Any = ray.remote(num_cpus=1, max_retries=TRIES - 1)(_make)

    def items(
        self,
        paths: Sequence[Path],
        options: Options,
        mean: "NDArray[np.float32]",
        known: Callable[[Sequence[Path]], frozenset[str]],
    ) -> Iterator[tuple[Item, Made | None]]:
        """See `index.pipeline.Workers`."""
        start = partial(self._make.remote, options=options, mean=mean, load=self._load, model=self._model)
        under_way: deque[tuple[Unit, Any]] = deque()
        for found in lists_of_files(paths):
            if not isinstance(found, tuple):
                yield found, None
                continue
            unit = Unit(found, known(found))
            under_way.append((unit, start(unit)))
            while len(under_way) >= AHEAD * max(1, self._cores()):
                yield from self._finished(*under_way.popleft())
        while under_way:
            yield from self._finished(*under_way.popleft())

    def _finished(self, unit: Unit, reference: Any) -> list[tuple[Item, Made | None]]:
        """What came of a unit, once it is there and was checked."""
        errors = self._ray.exceptions
        try:
            part = self._wait(reference)
        except errors.RayTaskError as error:
            if isinstance(error.cause, KenesError):
                raise error.cause from None
            raise KenesError(f"a worker failed at {_named(unit)}: {_first_line(error.cause)}") from None
        except errors.RayError as error:
            raise KenesError(f"{TRIES} workers were lost at {_named(unit)}: {_first_line(error)}") from None
        check(part, unit, self._settings)
        return part.items

    def _wait(self, reference: Any) -> Part:
        """A part, for which a worker may have to be waited for."""
        last = time.monotonic()
        while True:
            try:
                part: Part = self._ray.get(reference, timeout=LOOK)
                return part
            except self._ray.exceptions.GetTimeoutError:
                if self._cores():
                    last = time.monotonic()
                elif time.monotonic() - last > NOBODY:
                    raise KenesError(
                        "no machine of the cluster is left that works", "start one, and run the same command again"
                    ) from None

    def _cores(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ray.shutdown()


def _reach(address: str) -> None:
    """Make sure that something listens at an address, which Ray itself would take minutes to give up on."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        raise InputError(
            f'"{address[:80]}" is no address of a cluster', "give HOST:PORT, as ray start --head prints it"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=LOOK).close()
    except (OSError, OverflowError) as error:
        raise InputError(f"nobody answers at {address}: {error}", "start a cluster there: ray start --head") from None


def _make(unit: Unit, options: Options, mean: "NDArray[np.float32]", load: Load, model: str) -> Part:
    """Runs in a worker."""
    return make_part(unit, options, _loaded(load, model), mean)


@cache
def _loaded(load: Load, model: str) -> Embedder:
    return load(model)


def _named(unit: Unit) -> str:
    more = f" and {len(unit.files) - 1} more files" if unit.files[1:] else ""
    return f"{unit.files[0]}{more}"


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _start(address: str) -> str:
    return f"on this machine: RAY_AUTH_MODE=token ray start --address={address}, with the token of its head"
