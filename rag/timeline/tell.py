"""Puts values in the order of time, with their citations, their changes and the gaps between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, pairwise

from index import Document
from rag.answer import Citation
from rag.timeline.types import Change, Gap, Telling, Timeline, Value
from rag.types import Passage, Query
from rag.understanding.days import Days, published_days
from rag.verdict.grouping import Group
from rag.verdict.otherwise import relation
from rag.verdict.quotation import quotation
from rag.verdict.sources import independent
from rag.verdict.values import Kind, Statement

LONG = 31  # days without a telling that are called a gap
_NEVER = "9999"  # after every date


def tell(question: str, query: Query, kind: Kind, groups: Sequence[Group], passages: Sequence[Passage]) -> Timeline:
    """The timeline of values.

    Args:
        groups: statements that say the same.
        passages: what was read; their articles that tell nothing are counted in gaps.
    """
    copies: dict[str, list[Document]] = {}
    for passage in passages:
        copies.setdefault(passage.document.id, []).extend(passage.copies)
    ordered = sorted(groups, key=lambda group: (group.oldest or _NEVER, -group.confidence))
    numbers, values, before = count(1), list[Value](), None
    for group in ordered:
        tellings = _tellings(group, copies, numbers)
        readings = {each.reading.document.id: each.reading for each in reversed(group.statements)}
        change = _change(group, before)
        values.append(Value(tellings, independent(list(readings.values())), change, _number(group.first)))
        before = group
    unit = ordered[0].first.quantities[0].unit if ordered and kind is Kind.NUMBER else ""
    read = {passage.document.id: passage.document for passage in passages}
    gaps = tuple(_gaps(values, read))
    return Timeline(question, query.text, query.language, kind, unit, tuple(values), gaps, len(read))


def _tellings(group: Group, copies: Mapping[str, Sequence[Document]], numbers: Iterator[int]) -> tuple[Telling, ...]:
    """One telling an article, oldest first, with those of its copies that hold the sentence."""
    found: dict[str, tuple[Statement, Document, int]] = {}
    for each in (replace(statement, reading=quotation(statement.reading)) for statement in group.statements):
        reading = each.reading
        found.setdefault(reading.document.id, (each, reading.document, reading.sentence_start))
        for copy in copies.get(reading.document.id, ()):
            start = copy.text.find(reading.sentence)
            if start >= 0:
                found.setdefault(copy.id, (each, copy, start))
    ordered = sorted(found.values(), key=lambda each: (each[1].published or _NEVER, -each[0].reading.confidence))
    return tuple(_telling(next(numbers), *each) for each in ordered)


def _telling(number: int, statement: Statement, document: Document, sentence_start: int) -> Telling:
    reading = statement.reading
    moved = sentence_start - reading.sentence_start
    citation = Citation.of(number, document, sentence_start, reading.sentence_end + moved)
    return Telling(citation, reading.start + moved, reading.end + moved, reading.confidence)


def _change(group: Group, before: Group | None) -> Change:
    """How a value came after the one before it."""
    if not group.newest:
        return "undated"
    if before is None:
        return "first"
    return "differs" if relation(group, before) == "differs" else "changed"


def _number(statement: Statement) -> float | None:
    return float(statement.quantities[0].amount) if statement.kind is Kind.NUMBER else None


def _gaps(values: Sequence[Value], read: Mapping[str, Document]) -> Iterator[Gap]:
    """The long times between two tellings."""
    tellings = [each.citation for value in values for each in value.tellings]
    dated = [
        (published, published_days(published)) for published in sorted({each.published or "" for each in tellings})
    ]
    telling = {each.document_id for each in tellings}
    silent = [published_days(each.published) for id, each in read.items() if id not in telling]
    for (after, one), (before, other) in pairwise((day, days) for day, days in dated if days):
        between = (other.first - one.last).days
        if between > LONG:
            yield Gap(after, before, between, sum(_is_between(days, one, other) for days in silent))


def _is_between(days: Days | None, one: Days, other: Days) -> bool:
    return days is not None and one.last < days.first and days.last < other.first
