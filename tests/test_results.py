"""Results: neighbours joined, articles that take turns, copies that become one; by hand and on a real index."""

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from index import Chunk, Document, Filters, IndexReader, build
from index.store.sql_snapshot import SqlSnapshot
from rag import prove
from rag.retrieval.near_duplicates import DuplicateGroups
from rag.retrieval.novelty import NEW
from rag.retrieval.retrieve import CANDIDATES, DEEPER, retrieve
from rag.retrieval.select import merge_adjacent, select
from rag.types import Hit, Passage
from rag.understanding.question import understand
from tests.conftest import ROOT
from tests.fakes import FakeEmbedder
from tests.test_copies import OTHER, STORY, changed

SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf-8"))


def passage(id: str, position: int, rank: int, **found_by: int) -> Passage:
    """Chunk number `position` of a document of twelve, each of its own words."""
    pieces = [" ".join(f"{id}{n}word{k}" for k in range(12)) for n in range(12)]
    text = "\n\n".join(pieces)
    document = Document(id, id, text, None, None, None, "en", hashlib.sha256(text.encode()).hexdigest())
    start = text.index(pieces[position])
    chunk = Chunk(id, position, start, start + len(pieces[position]), pieces[position])
    return Passage(chunk, document, rank, 1 / rank, {name: Hit(at, -at) for name, at in found_by.items()})


def ranked(*places: tuple[str, int]) -> list[Passage]:
    return [passage(id, position, rank) for rank, (id, position) in enumerate(places, 1)]


def shown(found: list[Passage]) -> list[tuple[str, int, int]]:
    """Document, first chunk, and how many chunks are joined."""
    return [(p.document.id, p.chunk.position, p.chunk.text.count("\n\n") + 1) for p in found]


def test_neighbours_become_one_at_the_better_rank() -> None:
    found = merge_adjacent([passage("a", 4, 1, dense=1), passage("b", 0, 2), passage("a", 3, 3, dense=7, lexical=2)])
    assert shown(found) == [("a", 3, 2), ("b", 0, 1)]
    best = found[0]
    assert best.document.text[best.chunk.start : best.chunk.end] == best.chunk.text
    assert (best.rank, found[1].rank, best.score) == (1, 2, 1.0)
    assert best.found_by == {"dense": Hit(1, -1), "lexical": Hit(2, -2)}


def test_chunks_apart_stay_apart_and_no_passage_is_wider_than_three() -> None:
    assert shown(merge_adjacent(ranked(("a", 2), ("a", 0), ("a", 4)))) == [("a", 2, 1), ("a", 0, 1), ("a", 4, 1)]
    assert shown(merge_adjacent(ranked(*(("a", n) for n in (4, 2, 0, 1, 3))))) == [("a", 3, 2), ("a", 0, 3)]
    assert merge_adjacent([]) == []


def test_joined_chunks_make_room_for_others() -> None:
    places = [("a", 0), ("a", 1), ("b", 0), ("c", 0), ("d", 0)]
    assert shown(merge_adjacent(select(ranked(*places), 6))[:3]) == [("a", 0, 2), ("b", 0, 1), ("c", 0, 1)]


def test_articles_take_turns() -> None:
    places = [("a", 0), ("a", 2), ("a", 4), ("a", 6), ("b", 0), ("c", 0)]
    assert shown(select(ranked(*places), 4)) == [("a", 0, 1), ("a", 2, 1), ("b", 0, 1), ("c", 0, 1)]
    assert [id for id, _, _ in shown(select(ranked(*places), 10))] == ["a", "a", "b", "c", "a", "a"]
    assert [id for id, _, _ in shown(select(ranked(*places), 10, fill=False))] == ["a", "a", "b", "c"]
    assert shown(select(ranked(*places), 10, per_document=1)) == [("a", 0, 1), ("b", 0, 1), ("c", 0, 1)]
    assert [id for id, _, _ in shown(select(ranked(*places), 10, per_document=3))] == ["a", "a", "a", "b", "c"]


def wire(tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    file = tmp_path / "wire.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    build([file], tmp_path / "index", FakeEmbedder())
    return tmp_path / "index"


def search(
    folder: Path, question: str, limit: int, filters: Filters | None = None, per_document: int | None = None
) -> list[Passage]:
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        return retrieve(snapshot, understand(question, FakeEmbedder(), snapshot), limit, filters, per_document)


def test_a_story_in_three_papers_is_one_result_that_names_them(tmp_path: Path) -> None:
    folder = wire(
        tmp_path,
        [
            {"id": "first", "title": "Forty articles", "source": "A", "date": "2026-01-19", "text": "\n\n".join(STORY)},
            {"id": "second", "title": "Group meets", "source": "B", "text": "\n\n".join(["ASTANA, B.", *STORY])},
            {"id": "third", "title": "Reform", "source": "C", "text": "\n\n".join([OTHER[0], *STORY[1:]])},
            {"id": "corrected", "title": "Reform", "source": "D", "text": "\n\n".join(changed("40", "45"))},
            {"id": "quoting", "title": "Grain", "source": "E", "text": "\n\n".join([*OTHER, STORY[1]])},
        ],
    )
    found = search(folder, "How many articles of the Constitution will be revised?", 10)
    assert len({p.document.id for p in found}) == 3
    story = next(p for p in found if p.document.id in ("first", "second", "third"))
    others = {copy.id: copy for copy in story.copies}
    assert {story.document.id, *others} == {"first", "second", "third"}
    assert {"corrected", "quoting"} <= {p.document.id for p in found}
    assert [p.copies for p in found if p is not story] == [()] * (len(found) - 1)
    row = story.to_json()
    jsonschema.Draft202012Validator({**SCHEMA["$defs"]["passage"], "$defs": SCHEMA["$defs"]}).validate(row)
    assert set(row["copies"][0]) == {"document_id", "title", "source", "published", "url"}
    assert {copy["source"] for copy in row["copies"]} | {story.document.source} == {"A", "B", "C"}
    answer: dict[str, Any] = {
        "status": "not_found",
        "answer": None,
        "sentence": None,
        "citations": [],
        "passages": [row],
    }
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        assert prove(answer, snapshot) == (1, [])
        row["copies"][0]["source"] = "Someone else"
        assert "of a copy, its source is not that of" in prove(answer, snapshot)[1][0]
        row["copies"][0]["document_id"] = "nowhere"
        assert prove(answer, snapshot)[1] == ['passage 1: its copy "nowhere" is not in the index']


def test_copies_that_take_every_candidate_let_others_come(tmp_path: Path) -> None:
    story = " ".join(STORY)
    papers = [f"Paper {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(120)]
    rows = [{"id": f"c{n}", "title": "Reform", "source": paper, "text": story} for n, paper in enumerate(papers)]
    rows += [
        {"id": f"o{n}", "title": "Grain", "text": f"{OTHER[n % 2]} It was seen in town number{n}."} for n in range(4)
    ]
    found = search(wire(tmp_path, rows), "articles of the Constitution revised", 3)
    assert len(found) == 3
    assert found[0].document.id.startswith("c")
    assert len(found[0].copies) == 119
    assert {p.document.id[0] for p in found[1:]} == {"o"}


def near_copies(count: int) -> list[dict[str, Any]]:
    """Articles that tell one story, none in the very same words."""
    before = ("".join(chr(97 + n // 26**at % 26) for at in range(4)) for n in range(count))
    return [
        {"id": f"c{n}", "title": "Reform", "text": " ".join([f"as {word} tells.", *STORY])}
        for n, word in enumerate(before)
    ]


@pytest.mark.parametrize("count", [500, 1500])
def test_the_work_of_a_question_does_not_grow_with_the_copies_of_a_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    compared, read = [], []
    compare, chunks = DuplicateGroups._compare, SqlSnapshot.chunks
    monkeypatch.setattr(DuplicateGroups, "_compare", lambda *of: compared.append(1) or compare(*of))
    monkeypatch.setattr(SqlSnapshot, "chunks", lambda self, ids: read.extend(ids) or chunks(self, ids))
    found = search(wire(tmp_path, near_copies(count)), "articles of the Constitution revised", 5)
    assert [p.document.id[0] for p in found] == ["c"]
    assert 2 * CANDIDATES < len(read) <= 2 * (2 + DEEPER + NEW) * CANDIDATES
    assert 0 < len(compared) <= (2 + NEW) * CANDIDATES


def test_a_correction_behind_hundreds_of_copies_is_found(tmp_path: Path) -> None:
    corrected = {
        "id": "corrected",
        "title": "Reform",
        "text": " ".join(["Words.", *changed("40", "45")] + ["More."] * 90),
    }
    found = search(wire(tmp_path, [*near_copies(200), corrected]), "articles of the Constitution revised", 5)
    assert "corrected" in {p.document.id for p in found}


def test_joined_passages_are_verbatim(tmp_path: Path) -> None:
    text = "\n\n".join(
        f"Part {n} tells of apples. " + f"Apples of kind{n} are red and good to eat. " * 15 for n in range(3)
    )
    rows = [
        {"id": "long", "title": "Apples", "text": text},
        {"id": "short", "title": "Pears", "text": "Pears are green."},
    ]
    folder = wire(tmp_path, rows)
    found = merge_adjacent(search(folder, "apples of kind0", 5, Filters(documents=("long",))))
    assert shown(found)[0][0] == "long"
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        assert snapshot.counts()[1] > 3
    widest = max(found, key=lambda each: len(each.chunk.text))
    assert len(widest.chunk.text) > 800
    for each in found:
        assert each.document.text[each.chunk.start : each.chunk.end] == each.chunk.text


@pytest.mark.parametrize("top", [1, 2, 5])
def test_a_hard_limit_for_each_document(tmp_path: Path, top: int) -> None:
    rows = [
        {"id": f"d{n}", "title": f"T{n}", "text": f"Apples are number{n}. " + "Apples and more apples. " * 120}
        for n in range(3)
    ]
    found = search(wire(tmp_path, rows), "apples", top, per_document=1)
    assert len(found) == min(top, 3)
    assert len({p.document.id for p in found}) == len(found)
