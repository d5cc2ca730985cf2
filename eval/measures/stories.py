"""Whether what is said of developing stories is right, by the kind of the question: see `eval.datasets.stories`.

supersede   the newest value is said, and older ones are listed, as earlier ones only
conflict    one value is said, another one is listed as differing
agree       the value is said, with the right number of independent sources
as_of       the value of that date is said
single      the value is said, and no other one is listed
none        it is not answered
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.answer import Answer, OtherPoint, Point

Place = tuple[str, int, int]  # document, and where in it


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """A question to a story.

    Attributes:
        values: the places that tell each value, newest first.
        holds: which of the values answers.
        sources: how many independent sources tell it.
    """

    story: str
    kind: str
    language: str
    question: str
    values: tuple[tuple[Place, ...], ...]
    holds: int
    sources: int


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """A question with what became of it; `said` and `listed` are numbers of values, -1 for words that tell none of them."""

    asked: StoryQuestion
    answer: Answer

    @property
    def said(self) -> int | None:
        """The value of the first point; None if nothing is answered."""
        if self.answer.status != "answered":
            return None
        return self._value(self.answer.points[0])

    def listed(self, relation: str) -> set[int]:
        """The values that are listed with a relation."""
        return {self._value(other) for other in self.answer.others if other.relation == relation}

    def _value(self, point: Point | OtherPoint) -> int:
        place = self.answer.quotation_of(point).document_id, point.start, point.end
        return next((at for at, places in enumerate(self.asked.values) if _meets(place, places)), -1)


def _meets(place: Place, places: Iterable[Place]) -> bool:
    document, start, end = place
    return any(document == other and start < right and left < end for other, left, right in places)


def _supersedes(result: StoryAnswer) -> bool:
    earlier = result.listed("earlier")
    listed_otherwise = result.listed("differs") | result.listed("later")
    return result.said == 0 and bool(earlier - {-1}) and not listed_otherwise


def _conflicts(result: StoryAnswer) -> bool:
    return result.said not in (None, -1) and bool(result.listed("differs") - {-1, result.said})


def _agrees(result: StoryAnswer) -> bool:
    return result.said == 0 and result.answer.points[0].sources == result.asked.sources


def _holds(result: StoryAnswer) -> bool:
    return result.said == result.asked.holds


def _is_single(result: StoryAnswer) -> bool:
    return result.said == 0 and not result.answer.others


def _is_silent(result: StoryAnswer) -> bool:
    return result.said is None


def strays(result: StoryAnswer) -> int:
    """How many citations beside the first of what is said tell another of the question's values, and not this one."""
    if result.said in (None, -1):
        return 0
    quotes = [(each.document_id, each.start, each.end) for each in result.answer.citations_of(result.answer.points[0])]
    told = ({at for at, places in enumerate(result.asked.values) if _meets(quote, places)} for quote in quotes[1:])
    return sum(bool(values) and result.said not in values for values in told)


PASSES: dict[str, Callable[[StoryAnswer], bool]] = {
    "supersede": _supersedes,
    "conflict": _conflicts,
    "agree": _agrees,
    "as_of": _holds,
    "single": _is_single,
    "none": _is_silent,
}
