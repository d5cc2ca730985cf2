"""The stories as data, and when a question to one of them passes, worked by hand."""

import pytest

from eval.benchmarks.stories import PASSES, Result
from eval.datasets.stories import BUILT_WITH, KINDS, StoryQuestion, load_stories, questions_of
from index import Document
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
    assert PASSES[question.kind](Result(question, found)) is passes


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
