"""Proof: a saved answer holds, or what differs is said exactly."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from index import IndexReader, InputError, build
from rag import prove
from rag.types import Citation
from tests.fakes import FakeEmbedder


@pytest.fixture
def saved(index_folder: Path) -> dict[str, Any]:
    """An answer that quotes the plums."""
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        document = snapshot.document("plums")
    assert document is not None
    citation = Citation.of(1, document, 0, 14)
    assert citation.quote == "Plums are blue"
    place = {"document_id": "plums", "start": 0, "end": 24, "text": "Plums are blue and sweet"}
    return {
        "status": "answered",
        "answer": "blue",
        "answer_start": 10,
        "sentence": citation.quote,
        "citations": [{name: getattr(citation, name) for name in Citation.__slots__}],
        "passages": [place],
    }


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


def test_the_answer_must_be_in_its_sentence_and_the_sentence_cited(saved: dict[str, Any], index_folder: Path) -> None:
    misplaced = ["its answer does not stand at its place in its sentence"]
    assert problems({**saved, "answer": "green"}, index_folder) == misplaced
    for start in (9, -4, None, "10", True):
        assert problems({**saved, "answer_start": start}, index_folder) == misplaced
    assert problems({**saved, "sentence": "Trees are blue"}, index_folder) == [
        "its sentence is not the quotation of citation 1"
    ]
    assert problems({**saved, "citations": []}, index_folder) == ["it is answered, yet cites nothing"]
    assert problems({**saved, "status": "not_found"}, index_folder) == ["it is not answered, yet holds an answer"]


def test_a_document_that_has_changed_is_noticed(
    saved: dict[str, Any], index_folder: Path, articles: Path, embedder: FakeEmbedder
) -> None:
    (articles / "more.jsonl").write_text('{"id": "plums", "text": "Plums are blue and sour."}\n', "utf-8")
    build([articles], index_folder, embedder)
    assert any("has changed" in problem for problem in problems(saved, index_folder))


@pytest.mark.parametrize("other", [None, [], {}, {"citations": [{}], "passages": []}, {"citations": 1, "passages": []}])
def test_what_is_no_answer_is_refused(other: Any, index_folder: Path) -> None:
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot, pytest.raises(InputError):
        prove(other, snapshot)
