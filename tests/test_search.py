"""Search: the searchers against a plain reference, restriction, hostile words."""

from pathlib import Path

import numpy as np
import pytest

from index import Embedded, Filters, IndexReader, InputError, ModelError, build
from index.store.bm25 import upper_bound
from rag.retrieval.fuse import WORDS_WEIGHT
from rag.retrieval.retrieve import SEARCHERS, dense, lexical, retrieve, run_searchers
from rag.understanding.question import QUESTION_LIMIT, understand
from tests.fakes import FakeEmbedder


@pytest.fixture
def numbered(tmp_path: Path, embedder: FakeEmbedder) -> Path:
    """An index of 300 articles of a few words each."""
    folder = tmp_path / "many"
    folder.mkdir()
    fruit, colour, size = (
        ["apple", "pear", "plum", "fig"],
        ["red", "green", "blue"],
        ["big", "small", "tiny", "huge", "odd"],
    )
    lines = [f'{{"id": "d{n}", "text": "{fruit[n % 4]} number{n} {colour[n % 3]} {size[n % 5]}"}}' for n in range(300)]
    (folder / "a.jsonl").write_text("\n".join(lines), "utf-8")
    build([folder], tmp_path / "index", embedder)
    return tmp_path / "index"


def test_dense_search_is_exact(numbered: Path, embedder: FakeEmbedder) -> None:
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("a red pear", embedder, snapshot)
        found = dense(snapshot, query, 10, None)
        owners, vectors = snapshot.chunk_vectors()
        ids = [id for owner in owners for id in snapshot.document_chunks(owner)]
        reference = np.sort(vectors @ query.vector)[::-1][:10]
        assert [score for _, score in found] == pytest.approx(list(reference), abs=1e-6)
        for id, score in found:
            assert vectors[ids.index(id)] @ query.vector == pytest.approx(score, abs=1e-6)


def test_deleted_documents_are_never_found(numbered: Path, tmp_path: Path, embedder: FakeEmbedder) -> None:
    lines = (tmp_path / "many" / "a.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "many" / "a.jsonl").write_text("\n".join(lines[250:]), "utf-8")
    report = build([tmp_path / "many"], numbered, embedder, prune=True)
    assert (report.documents, report.removed) == (50, 250)
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("red pear number7 number251", embedder, snapshot)
        for searcher in (dense, lexical):
            found = snapshot.chunks([id for id, _ in searcher(snapshot, query, 300, None)])
            assert found
            assert all(int(document.id[1:]) >= 250 for _, document in found)


def test_search_restricted_to_documents(numbered: Path, embedder: FakeEmbedder) -> None:
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("red pear", embedder, snapshot)
        passages = retrieve(snapshot, query, 10, Filters(documents=("d4", "d7", "unknown")))
        assert {passage.document.id for passage in passages} == {"d4", "d7"}
        assert retrieve(snapshot, query, 10, Filters(documents=())) == []


def test_a_passage_says_who_found_it(numbered: Path, embedder: FakeEmbedder) -> None:
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("number17", embedder, snapshot)
        best = retrieve(snapshot, query, 3)[0]
        assert best.document.id == "d17"
        assert best.found_by["lexical"].rank == 1
        share = best.found_by["lexical"].score / upper_bound(query.weights.values())
        assert best.score == pytest.approx(best.found_by["tokens"].score + WORDS_WEIGHT * share)


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '" OR 1',
        "NEAR(red pear)",
        "red AND",
        "body:red",
        "red*",
        "'; DROP TABLE documents; --",
        "^red -pear (",
        "\x00red",
    ],
)
def test_operators_in_a_question_mean_nothing(numbered: Path, embedder: FakeEmbedder, words: str) -> None:
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        found = retrieve(snapshot, understand(f"{words} red pear", embedder, snapshot), 5)
        assert len(found) == 5
        assert snapshot.counts() == (300, 300)


@pytest.mark.parametrize("question", ["", "   \n", "?!…", "\x00\x1b", "x" * (QUESTION_LIMIT + 1)])
def test_questions_that_are_none(numbered: Path, embedder: FakeEmbedder, question: str) -> None:
    with IndexReader(numbered) as reader, reader.snapshot() as snapshot, pytest.raises(InputError, match="question"):
        understand(question, embedder, snapshot)


def test_rare_words_weigh_more(numbered: Path, embedder: FakeEmbedder) -> None:
    with IndexReader(numbered) as reader, reader.snapshot() as snapshot:
        weights = understand("red number17 unheard", embedder, snapshot).weights
        assert weights["red"] < weights["number17"] < weights["unheard"]
        assert weights["red"] == pytest.approx(np.log(1 + (300 - 100 + 0.5) / 100.5))


def test_a_question_that_cannot_be_embedded_leaves_the_index_usable(numbered: Path, embedder: FakeEmbedder) -> None:
    class Broken(FakeEmbedder):
        def embed_query(self, text: str) -> Embedded:
            raise ModelError("the model is gone")

    with IndexReader(numbered) as reader:
        for _ in range(3):
            with reader.snapshot(search=True) as snapshot, pytest.raises(ModelError, match="gone"):
                retrieve(snapshot, understand("a red pear", Broken(), snapshot), 5)
        with reader.snapshot(search=True) as snapshot:
            assert retrieve(snapshot, understand("a red pear", embedder, snapshot), 5)


def test_words_and_meaning_are_what_each_searcher_finds_alone(numbered: Path, embedder: FakeEmbedder) -> None:
    with IndexReader(numbered) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("red pear number7", embedder, snapshot)
        alone = {name: searcher(snapshot, query, 20, None) for name, searcher in SEARCHERS.items()}
        assert run_searchers(snapshot, query, 20, None) == alone
        assert all(len(ranking) > 5 for ranking in alone.values())
