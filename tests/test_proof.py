"""Proof: a saved answer holds, or what differs is said exactly."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from index import IndexReader, InputError, build
from rag import prove
from rag.answer import Citation, OtherPoint, Point
from tests.fakes import FakeEmbedder

SAVED = Path(__file__).with_name("saved")


@pytest.fixture
def saved(index_folder: Path) -> dict[str, Any]:
    """An answer that quotes the plums."""
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        document = snapshot.document("plums")
    assert document is not None
    citation = Citation.of(1, document, 0, 14)
    assert citation.quote == "Plums are blue"
    place = {"document_id": "plums", "start": 0, "end": 24, "text": "Plums are blue and sweet"}
    point = Point("blue", 10, 14, citation.quote, 0.9, (1,), 1)
    return {
        "version": 2,
        "status": "answered",
        "answer": "blue",
        "answer_start": 10,
        "sentence": citation.quote,
        "points": [point.to_json()],
        "others": [],
        "citations": [citation.to_json()],
        "passages": [{**place, "best": [0, 14]}],
    }


@pytest.fixture
def first_version(saved: dict[str, Any]) -> dict[str, Any]:
    """The same answer as version 1 of the schema had it."""
    return {name: value for name, value in saved.items() if name not in ("version", "points", "others")}


def problems(answer: dict[str, Any], folder: Path) -> list[str]:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        return prove(answer, snapshot)[1]


def test_an_untouched_answer_is_proved(saved: dict[str, Any], index_folder: Path) -> None:
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        assert prove(json.loads(json.dumps(saved)), snapshot) == (2, [])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quote": "Plums are red"}, "says 'Plums are blue', not 'Plums are red'"),
        ({"start": 1}, "at 1 to 14"),
        ({"end": 20}, "at 0 to 20"),
        ({"end": 999}, "0 to 999 is no part"),
        ({"start": -5}, "-5 to 14 is no part"),
        ({"document_id": "figs"}, '"figs" is not in the index'),
        ({"document_sha256": "0" * 64}, "has changed"),
        ({"title": "Another headline"}, "its title is not that of"),
        ({"source": "Someone else"}, "its source is not that of"),
    ],
)
def test_every_difference_is_named(
    saved: dict[str, Any], index_folder: Path, change: dict[str, Any], words: str
) -> None:
    changed = copy.deepcopy(saved)
    changed["citations"][0] |= change
    found = problems(changed, index_folder)
    assert any(words in problem for problem in found), found


def test_the_answer_of_version_1_must_be_in_its_sentence(first_version: dict[str, Any], index_folder: Path) -> None:
    saved, misplaced = first_version, ["its answer does not stand at its place in its sentence"]
    assert problems(saved, index_folder) == []
    assert problems({**saved, "answer": "green"}, index_folder) == misplaced
    for start in (9, -4, None, "10", True):
        assert problems({**saved, "answer_start": start}, index_folder) == misplaced
    assert problems({**saved, "sentence": "Trees are blue"}, index_folder) == [
        "its sentence is not the quotation of citation 1"
    ]
    assert problems({**saved, "citations": []}, index_folder) == ["it is answered, yet cites nothing"]
    assert problems({**saved, "status": "not_found"}, index_folder) == ["it is not answered, yet holds an answer"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": "green"}, "its answer does not stand at its place in its sentence"),
        ({"start": 9}, "its answer does not stand at its place in its sentence"),
        ({"end": 15}, "its answer does not stand at its place in its sentence"),
        ({"start": None}, "its answer does not stand at its place in its sentence"),
        ({"sentence": "Trees are blue"}, "its sentence is not the quotation of citation 1"),
        ({"citations": [2]}, "its citations are not among those of the answer"),
        ({"citations": []}, "its citations are not among those of the answer"),
        ({"citations": [True]}, "its citations are not among those of the answer"),
    ],
)
def test_every_point_must_stand_in_its_quotation(
    saved: dict[str, Any], index_folder: Path, change: dict[str, Any], problem: str
) -> None:
    changed = {**saved, "points": [saved["points"][0] | change]}
    assert problem in problems(changed, index_folder)
    two = {**saved, "points": [saved["points"][0], saved["points"][0] | change]}
    assert problems(two, index_folder) == [f"point 2: {problem}"]


def test_the_answer_is_that_of_its_first_point(saved: dict[str, Any], index_folder: Path) -> None:
    for name, other in (("answer", "green"), ("answer_start", 9), ("sentence", None)):
        assert problems({**saved, name: other}, index_folder) == [f"its {name} is not that of its first point"]
    assert problems({**saved, "points": []}, index_folder) == ["it is answered, yet cites nothing"]
    assert problems({**saved, "status": "not_found"}, index_folder) == ["it is not answered, yet holds an answer"]
    assert problems({**saved, "status": "unsure"}, index_folder) == []


def test_what_others_say_must_be_cited(saved: dict[str, Any], index_folder: Path) -> None:
    other = OtherPoint("blue", 10, 14, "Plums are blue", 1, None, "differs").to_json()
    assert problems({**saved, "others": [other]}, index_folder) == []
    for change, problem in (
        ({"citation": 3}, "its citation is not among those of the answer"),
        ({"sentence": "Plums"}, "its sentence is not the quotation of citation 1"),
        ({"text": "red"}, "its words do not stand at their place in its sentence"),
        ({"start": 9}, "its words do not stand at their place in its sentence"),
        ({"published": "2026"}, "its date is not that of citation 1"),
    ):
        assert problems({**saved, "others": [other | change]}, index_folder) == [f"other 1: {problem}"]


@pytest.mark.parametrize("best", [[0, 25], [-1, 3], [3, 3], [3], "0,3", [0, True]])
def test_the_best_sentence_lies_in_its_passage(saved: dict[str, Any], index_folder: Path, best: Any) -> None:
    changed = {**saved, "passages": [{**saved["passages"][0], "best": best}]}
    assert problems(changed, index_folder) == ["passage 1: its best sentence is no part of it"]


@pytest.mark.parametrize(("name", "checked"), [("answer-v1", 2), ("refusal-v1", 2)])
def test_answers_saved_by_the_first_version_are_proved(tmp_path: Path, name: str, checked: int) -> None:
    """Written by `kenes ask --json` of version 0.1 from the articles beside them."""
    build([SAVED / "articles.jsonl"], tmp_path / "index", FakeEmbedder())
    answer = json.loads((SAVED / f"{name}.json").read_text("utf-8"))
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        number, found = prove(answer, snapshot)
    assert (number >= checked, found) == (True, [])


def test_an_answer_of_a_later_version_is_refused_by_name(saved: dict[str, Any], index_folder: Path) -> None:
    newer = pytest.raises(InputError, match=r"a newer version of Kenes \(format 3\)")
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot, newer:
        prove({**saved, "version": 3}, snapshot)


def test_a_document_that_has_changed_is_noticed(
    saved: dict[str, Any], index_folder: Path, articles: Path, embedder: FakeEmbedder
) -> None:
    (articles / "more.jsonl").write_text('{"id": "plums", "text": "Plums are blue and sour."}\n', "utf-8")
    build([articles], index_folder, embedder)
    assert any("has changed" in problem for problem in problems(saved, index_folder))


@pytest.mark.parametrize(
    "other",
    [
        None,
        [],
        {},
        {"version": "2", "citations": [], "passages": []},
        {"version": 2, "citations": [], "passages": []},
        {"citations": [{}], "passages": []},
        {"citations": 1, "passages": []},
    ],
)
def test_what_is_no_answer_is_refused(other: Any, index_folder: Path) -> None:
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot, pytest.raises(InputError):
        prove(other, snapshot)
