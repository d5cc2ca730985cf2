"""The stories as data, and when a question to one of them passes, worked by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.stories import BUILT_WITH, KINDS, load_stories, questions_of
from eval.measures.stories import PASSES, StoryAnswer, StoryQuestion
from eval.runs.compare import compare
from eval.runs.results import load, save
from eval.runs.stories import evaluate_stories, result_of
from eval.runs.summary import summary
from index import Document, InputError
from rag import Answer, Citation, Code, OtherPoint, Point, Reason
from rag.answer import Relation

OLD, NEW, NEAR = "Ten came.", "Twelve came.", "Three left."


def asked(kind: str, sources: int = 1, holds: int = 0) -> StoryQuestion:
    values = () if kind == "none" else ((("new", 0, 6),), (("old", 0, 3),))
    return StoryQuestion("s", kind, "en", "How many came?", values, holds, sources)


def answer(said: str | None, *others: tuple[str, Relation], sources: int = 1) -> Answer:
    texts = {"old": OLD, "new": NEW, "near": NEAR}
    names = [*([said] if said else []), *(name for name, _ in others)]
    documents = [Document(name, "", texts[name], None, None, None, "en", name) for name in names]
    citations = tuple(Citation.of(at, each, 0, len(each.text)) for at, each in enumerate(documents, 1))
    points = (Point("words", 0, 3, texts[said], 0.8, (1,), sources),) if said else ()
    listed = tuple(
        OtherPoint("words", 0, 3, texts[name], at, None, relation) for at, (name, relation) in enumerate(others, 2)
    )
    status = "answered" if said else "not_found"
    reason = Reason(Code.ANSWERED)
    return Answer("", "", "en", status, None, points, listed, None, reason, citations, (), {"total_ms": 0.0}, 0, "")


@pytest.mark.parametrize(
    ("question", "found", "passes"),
    [
        (asked("supersede"), answer("new", ("old", "earlier")), True),
        (asked("supersede"), answer("new"), False),
        (asked("supersede"), answer("new", ("old", "differs")), False),
        (asked("supersede"), answer("old", ("new", "later")), False),
        (asked("supersede"), answer("new", ("near", "earlier")), False),
        (asked("conflict"), answer("old", ("new", "differs")), True),
        (asked("conflict"), answer("new", ("old", "differs")), True),
        (asked("conflict"), answer("new", ("near", "differs")), False),
        (asked("conflict"), answer("new", ("old", "earlier")), False),
        (asked("agree", sources=2), answer("new", sources=2), True),
        (asked("agree", sources=2), answer("new", sources=3), False),
        (asked("as_of", holds=1), answer("old", ("new", "later")), True),
        (asked("as_of", holds=1), answer("new"), False),
        (asked("single"), answer("new"), True),
        (asked("single"), answer("new", ("near", "differs")), False),
        (asked("none"), answer(None), True),
        (asked("none"), answer("near"), False),
    ],
)
def test_when_a_question_passes(question: StoryQuestion, found: Answer, passes: bool) -> None:
    assert PASSES[question.kind](StoryAnswer(question, found)) is passes


def test_the_stories_are_well_formed() -> None:
    stories = load_stories()
    assert set(BUILT_WITH) < {story["id"] for story in stories}
    for story in stories:
        texts = {f"{story['id']}.{each['id']}": each["text"] for each in story["articles"]}
        for question in questions_of(story):
            assert question.kind in KINDS
            assert bool(question.values) == (question.kind != "none")
            for value in question.values:
                for document, start, end in value:
                    assert texts[document][start:end].strip()
    flood = next(iter(questions_of(stories[0])))
    assert (flood.kind, flood.holds, flood.sources, len(flood.values)) == ("supersede", 0, 1, 3)


def test_a_question_to_a_story_is_a_result_like_any_other() -> None:
    passed = result_of(StoryAnswer(asked("supersede"), answer("new", ("old", "earlier"))))
    assert passed.values == {"supersede": 1.0, "answered rightly": 1.0}
    assert (passed.gold, passed.tags) == ((("new", 0, 6), ("old", 0, 3)), ("supersede",))
    only = result_of(StoryAnswer(asked("supersede"), answer("new")))
    assert only.values == {"supersede": 0.0, "answered rightly": 1.0}
    assert result_of(StoryAnswer(asked("none"), answer("near"))).values == {"none": 0.0, "false answers": 1.0}
    assert result_of(StoryAnswer(asked("none"), answer(None))).answer is None


STORY: dict[str, Any] = {
    "id": "pier",
    "topic": "A pier",
    "articles": [
        {"id": "a", "lang": "en", "date": "2024-01-05", "source": "Post", "title": "Pier", "text": "The pier is 80 m."},
        {"id": "b", "lang": "en", "date": "2024-03-05", "source": "News", "title": "Pier", "text": "The pier is 95 m."},
    ],
    "questions": [
        {
            "kind": "supersede",
            "questions": {"en": "How long is the pier?"},
            "values": [{"article": "a", "answer": "80 m"}, {"article": "b", "answer": "95 m"}],
            "same": [["b"], ["a"]],
            "copies": [],
        },
        {"kind": "none", "questions": {"en": "Who built the pier?"}, "values": [], "same": [], "copies": []},
    ],
}


def test_anybody_s_stories_are_run_and_two_runs_compared(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(STORY) + "\n", "utf-8")
    run = evaluate_stories(file)
    assert [(each.language, each.tags, set(each.values)) for each in run.results] == [
        ("en", ("supersede",), {"supersede", "answered rightly"}),
        ("en", ("none",), {"none", "false answers"}),
    ]
    save(run, tmp_path / "run.json")
    compared = compare(load(tmp_path / "run.json"), run)
    assert {change.measure for change in compared.changes} == {
        *("supersede", "none", "answered rightly", "false answers")
    }
    assert not compared.lost
    assert {"supersede", "none"} <= summary(run.results).keys()


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"questions": [STORY["questions"][0] | {"kind": "guess"}]}, "no kind of question: guess"),
        ({"questions": [STORY["questions"][0] | {"values": [{"article": "a", "answer": "70 m"}]}]}, "line 1"),
        ({"articles": "none"}, "line 1"),
    ],
)
def test_a_file_that_holds_no_stories_is_refused(changed: dict[str, Any], what: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(STORY | changed) + "\n", "utf-8")
    with pytest.raises(InputError, match=what):
        load_stories(file)
