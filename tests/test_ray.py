"""Workers of a Ray cluster, of which one machine is killed: the same index, nothing twice, nothing lost."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.benchmarks.ray_cluster import RayCluster, ray_cluster
from index import InputError, KenesError, build
from index.cluster import parts
from index.cluster.ray_workers import RayWorkers
from index.progress import Progress
from tests.conftest import Kenes
from tests.fakes import FakeEmbedder, fake_embedder
from tests.test_cli import complaint
from tests.test_parts import assert_same

ARTICLES = 60
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed; python3 -m ui.setup --ray"
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayCluster]:
    with ray_cluster([1]) as started:
        yield started


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Articles that make many units and many commits."""
    monkeypatch.setattr(parts, "UNIT_BYTES", 20_000)
    monkeypatch.setattr("index.pipeline.COMMIT_CHUNKS", 40)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(ARTICLES):
        text = f"Story {number}\n\n" + f"Water costs {number} crowns in town {number}. " * 250
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Ray's own
@pytest.mark.parametrize("share", [0.2, 0.8])
def test_a_machine_that_is_killed_costs_nothing(tmp_path: Path, pile: Path, cluster: RayCluster, share: float) -> None:
    node, killed = cluster.add(1), []

    def kill_at_share(progress: Progress) -> None:
        if progress.articles >= share * ARTICLES and not killed:
            killed.append(progress.articles)
            cluster.kill(node)

    with RayWorkers(cluster.address, "fake", fake_embedder) as workers:
        report = build([pile], tmp_path / "there", FakeEmbedder(), workers=workers, on_progress=kill_at_share)
    assert killed
    assert killed[0] < ARTICLES
    assert (report.added, report.documents, report.bad) == (ARTICLES, ARTICLES, [])
    build([pile], tmp_path / "here", FakeEmbedder())
    assert_same(tmp_path / "here", tmp_path / "there")


@needs_ray
@pytest.mark.slow
def test_the_command_needs_the_token_of_the_cluster(
    kenes: Kenes, cluster: RayCluster, articles: Path, tmp_path: Path
) -> None:
    arguments = ("index", articles, "--ray", cluster.address, "--index", tmp_path / "i")
    for token in ("", "f" * 64):
        refused = kenes(*arguments, HOME=str(tmp_path), RAY_AUTH_TOKEN=token)
        assert "no Ray cluster to be used" in complaint(refused, 2)
    done = kenes(*arguments, RAY_AUTH_TOKEN=os.environ["RAY_AUTH_TOKEN"])
    assert done.returncode == 0, done.stderr
    assert "3 documents, 3 chunks" in done.stdout


@pytest.mark.parametrize("address", ["", "auto", "ray://a:1", "127.0.0.1", "127.0.0.1:x"])
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(InputError, match="no address of a cluster"):
        RayWorkers(address, "fake", fake_embedder)


def test_nobody_there_is_said_at_once() -> None:
    for address in ("127.0.0.1:1", "127.0.0.1:99999"):
        with pytest.raises(InputError, match="nobody answers"):
            RayWorkers(address, "fake", fake_embedder)


def test_without_ray_the_part_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.cluster.ray_workers._reach", lambda address: None)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(KenesError, match="kenes index --ray needs ray"):
        RayWorkers("127.0.0.1:1", "fake", fake_embedder)
