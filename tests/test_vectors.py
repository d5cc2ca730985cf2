"""Vector files and their quantized indexes: near enough to exact, merged so that little is written anew."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import DamagedIndex, IndexReader, build, verify
from index.store.vectors import file_format, vector_files
from index.store.vectors.file_format import open_quantized, open_vectors, read_blocks, write_quantized, write_vectors
from index.store.vectors.merging import MAX_DEAD, MAX_FILES, to_merge
from index.store.vectors.top_k import CANDIDATES, by_score, top_k
from index.store.vectors.vector_files import VectorFile, VectorFiles
from tests.fakes import FakeEmbedder


def some_rows(count: int, dim: int = 64) -> NDArray[np.float32]:
    """Unit rows in a few dozen groups, as those of texts on a few dozen subjects."""
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(40, dim))[chance.integers(40, size=count)] + chance.normal(size=(count, dim))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def quantized_index(folder: Path, rows: NDArray[np.float32]) -> Any:
    write_vectors(folder / "1.npy", [rows], (len(rows), rows.shape[1]))
    crc = write_quantized(folder / "1.sketch", folder / "1.npy")
    return open_quantized(folder / "1.sketch", crc, len(rows))


def test_a_quantized_index_finds_nearly_what_is_nearest(tmp_path: Path) -> None:
    rows = some_rows(20_000)
    quantized = quantized_index(tmp_path, rows)
    shared = 0
    for query in rows[:: len(rows) // 50][:50] + 0.05 * some_rows(50):
        exact, found = top_k(rows, query, 10), top_k(rows, query, 10, quantized)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert all(score == pytest.approx(float(rows[at] @ query), abs=1e-5) for at, score in found)
        shared += len({at for at, _ in exact} & {at for at, _ in found})
    assert shared / 500 >= 0.97


def test_a_quantized_index_of_few_rows_is_exact(tmp_path: Path) -> None:
    rows = some_rows(CANDIDATES)
    quantized = quantized_index(tmp_path, rows)
    assert [at for at, _ in top_k(rows, rows[7], 20, quantized)] == [at for at, _ in top_k(rows, rows[7], 20)]


def test_a_quantized_index_is_that_of_all_rows_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import faiss

    monkeypatch.setattr(file_format, "BLOCK_ROWS", 7)
    monkeypatch.setattr(file_format, "TRAINING_ROWS", 30)
    rows = some_rows(100)
    reference = faiss.index_factory(64, "RaBitQ", faiss.METRIC_INNER_PRODUCT)
    reference.train(rows[::3])
    reference.add(rows)
    assert faiss.serialize_index(quantized_index(tmp_path, rows)).tolist() == faiss.serialize_index(reference).tolist()


@given(st.integers(0, 40), st.integers(1, 12), st.integers(1, 9))
def test_blocks_written_are_the_blocks_read(count: int, written: int, read: int) -> None:
    rows = some_rows(count, 3) if count else np.empty((0, 3), np.float32)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_format, "BLOCK_ROWS", read)
        path = Path(folder, "1.npy")
        crc = write_vectors(path, (rows[start : start + written] for start in range(0, count, written)), (count, 3))
        blocks = list(read_blocks(path))
        assert all(len(block) == read for block in blocks[:-1])
        assert np.concatenate([*blocks, rows[:0]]).tolist() == rows.tolist()
        assert np.load(path).tolist() == rows.tolist()
        assert open_vectors(path, crc, (count, 3)).tolist() == rows.tolist()


def test_as_many_rows_as_were_promised(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3 rows were given for a file of 4"):
        write_vectors(tmp_path / "1.npy", [some_rows(3)], (4, 64))
    assert not (tmp_path / "1.npy").exists()


def test_the_live_rows_of_several_files_are_merged(tmp_path: Path) -> None:
    rows, files = some_rows(10, 3), VectorFiles(tmp_path, 3)
    first, second = files.write(1, [rows[:4]], 4), files.write(2, [rows[4:6], rows[6:]], 6)
    merged = files.merge(3, [(first, [0, 3]), (second, [1, 2, 5])], 5)
    assert files.rows(merged).tolist() == rows[[0, 3, 5, 6, 9]].tolist()
    assert files.gather([first, merged], [(3, 4), (1, 0), (3, 4)]).tolist() == rows[[9, 0, 9]].tolist()


def test_all_rows_by_score_in_growing_blocks() -> None:
    rows = np.array([[0.1], [0.9], [0.5], [0.7], [0.3]], np.float32)
    blocks = list(by_score(rows, np.ones(1, np.float32), 1))
    assert [[row for row, _ in block] for block in blocks] == [[1], [3, 2, 4, 0]]


def test_a_damaged_quantized_index_is_named(tmp_path: Path) -> None:
    quantized_index(tmp_path, some_rows(300))
    path = tmp_path / "1.sketch"
    crc = file_format.crc_of(path)
    with pytest.raises(DamagedIndex, match="holds 300 rows, expected 301"):
        open_quantized(path, crc, 301)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedIndex, match="checksum"):
        open_quantized(path, crc, 300)


def test_an_index_with_a_quantized_index_finds_the_same_and_is_verified(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(f'{{"id": "d{n}", "text": "word{n} and word{n % 7}"}}\n' for n in range(60)), "utf-8")
    build([articles], tmp_path / "plain", embedder)
    monkeypatch.setattr(vector_files, "QUANTIZED_FROM", 50)
    build([articles], tmp_path / "index", embedder)
    question = embedder.embed_query("word33").vectors[0]
    found = []
    for folder in ("plain", "index"):
        with IndexReader(tmp_path / folder) as reader, reader.snapshot(search=True) as snapshot:
            found.append(snapshot.search_vectors(question, 10))
            quantized = [file.quantized_crc32 is not None for file in snapshot.vector_files()]
    assert quantized == [True]
    assert found[0] == found[1]
    assert verify(tmp_path / "index") == []
    (sketch,) = (tmp_path / "index" / "vectors").glob("*.sketch")
    sketch.write_bytes(b"no sketch")
    assert "checksum" in " ".join(verify(tmp_path / "index"))
    sketch.unlink()
    assert f"{sketch} is missing" in verify(tmp_path / "index")


def test_dead_rows_do_not_make_a_quantized_index_compare_everything(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_files, "QUANTIZED_FROM", 50)
    articles = tmp_path / "articles.jsonl"
    rows = [f'{{"id": "d{n}", "text": "word{n} and word{n % 7}"}}\n' for n in range(60)]
    articles.write_text("".join(rows), "utf-8")
    build([articles], tmp_path / "index", embedder)
    articles.write_text("".join(rows[12:]), "utf-8")
    build([articles], tmp_path / "index", embedder, prune=True)
    asked: list[int] = []

    def watched(rows: NDArray[np.float32], query: NDArray[np.float32], k: int, quantized: object) -> object:
        asked.append(k)
        return top_k(rows, query, k, quantized)

    monkeypatch.setattr(vector_files, "top_k", watched)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        (file,) = snapshot.vector_files()
        assert (file.rows, file.live) == (60, 48)
        assert len(snapshot.search_vectors(embedder.embed_query("word33").vectors[0], 5)) == 5
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
    assert [row for row, _ in top_k(rows, rows[3], 1)] == [3]
    with pytest.raises(AssertionError):
        top_k(rows, rows[3][:5], 1)  # FAISS wants equal lengths
    assert faiss.omp_get_max_threads() == before
