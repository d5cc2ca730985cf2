"""Vector files and their sketches: near enough to exact, merged so that little is written anew."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.store.snapshot
from index import DamagedIndex, IndexReader, build, verify
from index.store import writer
from index.store.snapshot import VectorFile
from index.store.vector_files import CANDIDATES, nearest, open_sketch, write_sketch
from index.store.writer import MAX_DEAD, MAX_FILES, to_merge
from tests.fakes import FakeEmbedder


def some_rows(count: int, dim: int = 64) -> NDArray[np.float32]:
    """Unit rows in a few dozen groups, as those of texts on a few dozen subjects."""
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(40, dim))[chance.integers(40, size=count)] + chance.normal(size=(count, dim))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_a_sketch_finds_nearly_what_is_nearest(tmp_path: Path) -> None:
    rows = some_rows(20_000)
    crc = write_sketch(tmp_path / "1.sketch", rows)
    sketch = open_sketch(tmp_path / "1.sketch", crc, len(rows))
    shared = 0
    for query in rows[:: len(rows) // 50][:50] + 0.05 * some_rows(50):
        exact, found = nearest(rows, query, 10), nearest(rows, query, 10, sketch)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert all(score == pytest.approx(float(rows[at] @ query), abs=1e-5) for at, score in found)
        shared += len({at for at, _ in exact} & {at for at, _ in found})
    assert shared / 500 >= 0.97


def test_a_sketch_of_few_rows_is_exact(tmp_path: Path) -> None:
    rows = some_rows(CANDIDATES)
    sketch = open_sketch(tmp_path / "1.sketch", write_sketch(tmp_path / "1.sketch", rows), len(rows))
    assert [at for at, _ in nearest(rows, rows[7], 20, sketch)] == [at for at, _ in nearest(rows, rows[7], 20)]


def test_a_damaged_sketch_is_named(tmp_path: Path) -> None:
    path = tmp_path / "1.sketch"
    crc = write_sketch(path, some_rows(300))
    with pytest.raises(DamagedIndex, match="holds 300 rows, expected 301"):
        open_sketch(path, crc, 301)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedIndex, match="checksum"):
        open_sketch(path, crc, 300)


def test_an_index_with_a_sketch_finds_the_same_and_is_verified(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(f'{{"id": "d{n}", "text": "word{n} and word{n % 7}"}}\n' for n in range(60)), "utf-8")
    build([articles], tmp_path / "plain", embedder)
    monkeypatch.setattr(writer, "SKETCHED", 50)
    build([articles], tmp_path / "index", embedder)
    question = embedder.embed_query("word33").vectors[0]
    found = []
    for folder in ("plain", "index"):
        with IndexReader(tmp_path / folder) as reader, reader.snapshot(search=True) as snapshot:
            found.append(snapshot.nearest(question, 10))
            sketches = [file.sketch_crc32 is not None for file in snapshot.vector_files()]
    assert sketches == [True]
    assert found[0] == found[1]
    assert verify(tmp_path / "index") == []
    (sketch,) = (tmp_path / "index" / "vectors").glob("*.sketch")
    sketch.write_bytes(b"no sketch")
    assert "checksum" in " ".join(verify(tmp_path / "index"))
    sketch.unlink()
    assert f"{sketch} is missing" in verify(tmp_path / "index")


def test_dead_rows_do_not_make_a_sketch_compare_everything(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SKETCHED", 50)
    articles = tmp_path / "articles.jsonl"
    rows = [f'{{"id": "d{n}", "text": "word{n} and word{n % 7}"}}\n' for n in range(60)]
    articles.write_text("".join(rows), "utf-8")
    build([articles], tmp_path / "index", embedder)
    articles.write_text("".join(rows[12:]), "utf-8")
    build([articles], tmp_path / "index", embedder, prune=True)
    asked: list[int] = []

    def watched(rows: NDArray[np.float32], query: NDArray[np.float32], count: int, sketch: object) -> object:
        asked.append(count)
        return nearest(rows, query, count, sketch)

    monkeypatch.setattr(index.store.snapshot, "nearest", watched)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        (file,) = snapshot.vector_files()
        assert (file.rows, file.live) == (60, 48)
        assert len(snapshot.nearest(embedder.embed_query("word33").vectors[0], 5)) == 5
    assert asked == [10]  # five, and as many again, rather than 17


files = st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 500)), max_size=30).map(
    lambda sizes: [VectorFile(id, live + dead, live, 0, None) for id, (live, dead) in enumerate(sizes, 1)]
)


@given(files)
def test_after_merging_few_files_are_left_and_few_dead_rows(files: Sequence[VectorFile]) -> None:
    merged = to_merge(files)
    left = [file for file in files if file.id not in merged]
    assert all(file.rows - file.live <= MAX_DEAD * file.rows for file in left)
    assert len(left) + bool(merged) <= MAX_FILES


def test_what_is_written_anew_does_not_grow_with_the_index() -> None:
    """A thousand articles are added to 100,000 chunks, one at a time."""
    files, written = [VectorFile(0, 100_000, 100_000, 0, None)], 0
    for id in range(1, 1001):
        files.append(VectorFile(id, 3, 3, 0, None))
        if merged := to_merge(files):
            rows = sum(file.rows for file in files if file.id in merged)
            files = [file for file in files if file.id not in merged] + [VectorFile(10_000 + id, rows, rows, 0, None)]
            written += rows
    assert sum(file.rows for file in files) == 103_000
    assert written < 100_000


def test_the_number_of_threads_is_as_before_whatever_is_searched() -> None:
    import faiss

    rows = np.eye(8, dtype=np.float32)
    before = faiss.omp_get_max_threads()
    assert [row for row, _ in nearest(rows, rows[3], 1)] == [3]
    with pytest.raises(AssertionError):
        nearest(rows, rows[3][:5], 1)  # FAISS wants equal lengths
    assert faiss.omp_get_max_threads() == before
