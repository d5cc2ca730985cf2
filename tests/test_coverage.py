"""What a gold set and an index leave open."""

import json
from pathlib import Path

from eval.runs.coverage import clusters_of, coverage
from eval.runs.results import EvalRun
from index import IndexReader, build
from tests.fakes import FakeEmbedder, result_of

APPLES = ["Apples are red.", "Red apples fall.", "Apples and red leaves fall.", "Red apples again."]
BOATS = ["Boats sail south.", "Boats sail at noon south.", "South sail boats.", "All boats sail."]


def test_topics_documents_and_questions_that_are_left_out(tmp_path: Path, embedder: FakeEmbedder) -> None:
    rows = [
        {"id": f"{name}{at}", "title": f"{name} {at}", "text": text}
        for name, texts in (("apples", APPLES), ("boats", BOATS))
        for at, text in enumerate(texts)
    ]
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "all.jsonl"], tmp_path / "index", embedder)
    gold = (("apples0", 0, 15),)
    answered = result_of("a", gold=gold, found=(("apples0", 0, 15), ("boats1", 0, 5)), cited=gold)
    lost = result_of("b", gold=gold, found=(("apples1", 0, 16),), values={"MRR@10": 0.0})
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        topics = clusters_of(snapshot)
        left = coverage(EvalRun({}, {}, (answered, lost), {}), snapshot)
    assert sorted(sorted(id[:-1] for id in documents) for _, documents in topics) == [["apples"] * 4, ["boats"] * 4]
    assert [(topic.documents, {title[:-2] for title in topic.titles}) for topic in left.topics] == [(4, {"boats"})]
    assert left.all_topics == 2
    assert [each.id for each in left.unanswered] == ["b"]
    assert [each.id for each in left.lost] == ["b"]
    assert [id for id, _ in left.unfound] == ["apples2", "apples3", "boats0", "boats2", "boats3"]


def test_an_empty_index_has_no_topics(tmp_path: Path, embedder: FakeEmbedder) -> None:
    articles = tmp_path / "a.txt"
    articles.write_text("Apples are red.", "utf-8")
    build([articles], tmp_path / "index", embedder)
    articles.unlink()
    build([tmp_path], tmp_path / "index", embedder, prune=True)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        assert snapshot.counts() == (0, 0)
        assert clusters_of(snapshot) == []
