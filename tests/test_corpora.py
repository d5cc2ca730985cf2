"""Questions from SQuAD's and BEIR's files."""

import json
from pathlib import Path

import pytest

from eval.corpora import from_beir, from_squad, opened
from eval.gold import Evidence
from eval.run import evaluate
from index import InputError

CONTEXT = "Ten apples fell from the tree. Two  pears stayed\u00a0on it."
SQUAD = {
    "data": [
        {
            "title": "Fruit_trees",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "1",
                            "question": "How many apples fell?",
                            "answers": [{"text": "Ten", "answer_start": 0}] * 2,
                        },
                        {
                            "id": "2",
                            "question": "Which fruit stayed?",
                            "answers": [{"text": "Two  pears", "answer_start": 31}],
                        },
                        {"id": "3", "question": "Who ate them?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ]
}


def test_squad(tmp_path: Path) -> None:
    (tmp_path / "squad.json").write_text(json.dumps(SQUAD), "utf-8")
    questions, rows = from_squad(tmp_path / "squad.json")
    text = "Ten apples fell from the tree. Two pears stayed on it."
    assert rows == [{"id": "Fruit_trees-0", "title": "Fruit trees", "text": text}]
    assert [each.answers for each in questions] == [("Ten",), ("Two  pears",), ()]
    assert [each.evidence for each in questions] == [
        (Evidence("Fruit_trees-0", "Ten apples fell from the tree."),),
        (Evidence("Fruit_trees-0", "Two pears stayed on it."),),
        (),
    ]


def test_beir_is_searched_and_measured(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td2\t1\nq1\td1\t0\nq2\td1\t2\n", "utf-8"
    )
    corpus = [("d1", "Ten apples fell from the tree in the garden."), ("d2", "The parliament has one chamber now.")]
    rows = [{"_id": id, "title": "", "text": text} for id, text in corpus]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    queries = [("q1", "How many chambers has the parliament?"), ("q2", "What fell from the tree?"), ("q3", "Why?")]
    lines = (json.dumps({"_id": id, "text": text}) + "\n" for id, text in queries)
    (tmp_path / "queries.jsonl").write_text("".join(lines), "utf-8")
    questions, _ = from_beir(tmp_path)
    assert [(each.id, each.evidence) for each in questions] == [
        ("q1", (Evidence("d2", ""),)),
        ("q2", (Evidence("d1", ""),)),
    ]
    with opened(tmp_path, None) as (asked, index):
        results = evaluate(asked, index).results
    assert [each.values["hit@1"] for each in results] == [1, 1]
    assert [each.gold for each in results] == [(("d2", 0, 35),), (("d1", 0, 44),)]
    assert "EM" not in results[0].values  # BEIR has no answers in words


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"data": [{}]}'])
def test_what_is_not_squad_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match="is no SQuAD file"):
        from_squad(tmp_path / "a.json")


def test_what_is_not_beir_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no BEIR folder"):
        from_beir(tmp_path)
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query\tdocument\tscore\nq1\td1\tgood\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        from_beir(tmp_path)
