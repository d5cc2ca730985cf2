"""Questions from SQuAD's and BEIR's files."""

import json
from pathlib import Path

import pytest

from eval.datasets.formats import from_beir, from_squad, open_gold
from eval.datasets.questions import Evidence
from eval.runs.run import evaluate
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
    with open_gold(tmp_path, None) as (asked, index):
        results = evaluate(asked, index).results
    assert [each.values["hit@1"] for each in results] == [1, 1]
    assert [each.gold for each in results] == [(("d2", 0, 35),), (("d1", 0, 44),)]
    assert "EM" not in results[0].values  # BEIR has no answers in words


def write_beir(folder: Path, **files: str) -> None:
    plain = {
        "corpus.jsonl": '{"_id": "d1", "text": "Ten apples fell."}\n',
        "queries.jsonl": '{"_id": "q1", "text": "How many?"}\n',
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\n\n",
    }
    (folder / "qrels").mkdir()
    for name, text in {**plain, **files}.items():
        (folder / name).write_text(text, "utf-8")


def test_of_several_judgements_those_of_the_test_are_taken(tmp_path: Path) -> None:
    write_beir(tmp_path, **{"qrels/train.tsv": "q1\td1\t0\n"})
    assert [each.id for each in from_beir(tmp_path)[0]] == ["q1"]
    (tmp_path / "qrels" / "test.tsv").rename(tmp_path / "qrels" / "dev.tsv")
    with pytest.raises(InputError, match=r"holds dev\.tsv, train\.tsv"):
        from_beir(tmp_path)


def test_numbers_are_ids_too(tmp_path: Path) -> None:
    row = {"queries.jsonl": '{"_id": 7, "text": "How many?"}\n', "qrels/test.tsv": "7\td1\t1\n"}
    write_beir(tmp_path, **row)
    assert [(each.id, each.evidence) for each in from_beir(tmp_path)[0]] == [("7", (Evidence("d1", ""),))]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"qrels/test.tsv": "query\tdocument\tscore\nq1\td1\tgood\n"}, "line 2: not a query"),
        ({"qrels/test.tsv": "q1\td2\t1\n"}, 'names "q1" and "d2"'),
        ({"qrels/test.tsv": "q1\td1\t0\n"}, "there is no question in it"),
        ({"corpus.jsonl": '{"_id": "d1", "text": "a"}\n' * 2}, '"d1" stands twice'),
        ({"corpus.jsonl": "[1]"}, "not a "),
        ({"queries.jsonl": "\\"}, "not a "),
    ],
)
def test_what_is_not_beir_is_named(tmp_path: Path, files: dict[str, str], says: str) -> None:
    write_beir(tmp_path, **files)
    with pytest.raises(InputError, match=says), open_gold(tmp_path, None):
        pass


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"data": [{}]}', "[" * 100_000, '{"data": []}'])
def test_what_is_not_squad_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with (
        pytest.raises(InputError, match=r"is no SQuAD file|there is no question"),
        open_gold(tmp_path / "a.json", None),
    ):
        pass


def test_the_place_of_a_squad_answer_counts(tmp_path: Path) -> None:
    context = "The old bridge has two lanes. It is long. The new bridge has two tracks."
    qas = [
        {"id": "1", "question": "How many tracks?", "answers": [{"text": "two", "answer_start": context.rindex("two")}]}
    ]
    squad = {"data": [{"title": "T", "paragraphs": [{"context": context, "qas": qas}]}]}
    (tmp_path / "a.json").write_text(json.dumps(squad), "utf-8")
    assert from_squad(tmp_path / "a.json")[0][0].evidence == (Evidence("T-0", "The new bridge has two tracks."),)
    qas[0]["answers"] = [{"text": "three", "answer_start": 0}]
    (tmp_path / "a.json").write_text(json.dumps(squad), "utf-8")
    with pytest.raises(InputError, match='does not hold the answer "three"'):
        from_squad(tmp_path / "a.json")
