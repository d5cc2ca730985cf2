"""Makes the points, the others and the citations of an answer from a verdict."""

from collections.abc import Iterator, Sequence

from rag.answer import Citation, OtherPoint, Point
from rag.types import Reading
from rag.verdict.grouping import Group
from rag.verdict.judge import Verdict
from rag.verdict.names import names_in
from rag.verdict.otherwise import Relation
from rag.verdict.quotation import quotation
from rag.verdict.sources import independent
from rag.verdict.values import Kind, Statement, same_value

MAX_CITATIONS = 3  # of a point
MAX_OTHERS = 5


def told(verdict: Verdict) -> tuple[tuple[Point, ...], tuple[OtherPoint, ...], tuple[Citation, ...]]:
    """What an answer shows of a verdict; citations are numbered in the order of the points, then of the others."""
    citations: list[Citation] = []
    rivals = [group for group, _ in verdict.others]
    points = tuple(_point(_backing(group, rivals), citations) for group in verdict.points)
    others = tuple(_other(group, relation, citations) for group, relation in verdict.others[:MAX_OTHERS])
    return points, others, tuple(citations)


def _backing(group: Group, rivals: Sequence[Group]) -> Group:
    """A group without the further statements that may back what other articles say as well: "in May", or a quotation that names both."""
    named = [name for rival in rivals if rival.first.kind is Kind.NAME for name in rival.first.names]

    def names_a_rival(reading: Reading) -> bool:
        return any(
            name.equals(each) for name in named for each in names_in(reading.sentence, reading.document.language)
        )

    def backs_a_rival(statement: Statement) -> bool:
        return any(same_value(statement, rival.first) for rival in rivals) or names_a_rival(statement.reading)

    return Group((group.first, *(each for each in group.statements[1:] if not backs_a_rival(each))))


def _point(group: Group, citations: list[Citation]) -> Point:
    reading = quotation(group.first.reading)
    numbers = tuple(_cite(each, citations) for each in _one_a_document(group))
    readings = {each.reading.document.id: each.reading for each in reversed(group.statements)}
    return Point(
        text=reading.answer,
        start=reading.start,
        end=reading.end,
        sentence=reading.sentence,
        confidence=reading.confidence,
        citations=numbers[:MAX_CITATIONS],
        sources=independent(list(readings.values())),
    )


def _one_a_document(group: Group) -> Iterator[Reading]:
    """The likeliest reading of each document, three at most."""
    best: dict[str, Reading] = {}
    for each in group.statements:
        best.setdefault(each.reading.document.id, quotation(each.reading))
    yield from list(best.values())[:MAX_CITATIONS]


def _other(group: Group, relation: Relation, citations: list[Citation]) -> OtherPoint:
    """What a group says, by its newest article."""
    newest = quotation(max(group.statements, key=lambda each: (each.day, each.reading.confidence)).reading)
    return OtherPoint(
        text=newest.answer,
        start=newest.start,
        end=newest.end,
        sentence=newest.sentence,
        citation=_cite(newest, citations),
        published=newest.document.published,
        relation=relation,
    )


def _cite(reading: Reading, citations: list[Citation]) -> int:
    """The number of the citation of a reading's sentence, which is added if it is not among them yet."""
    place = reading.document.id, reading.sentence_start, reading.sentence_end
    for citation in citations:
        if (citation.document_id, citation.start, citation.end) == place:
            return citation.number
    citations.append(Citation.of(len(citations) + 1, reading.document, reading.sentence_start, reading.sentence_end))
    return len(citations)
