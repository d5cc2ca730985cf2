"""Finds the other items of a list, and the other cells of a column, that answer as one of them does: what is forbidden, which schools."""

from collections.abc import Sequence
from dataclasses import replace

from index.analysis.terms import stems
from rag.reading.context import sentence_at, with_context
from rag.reading.lists import ItemList, Span, column_at, list_at
from rag.types import Query, Reading
from rag.verdict.question_stems import found_in, question_stems


def beside_in_list(query: Query, reading: Reading) -> list[Reading]:
    """The other items of the list, or cells of the column, in which words are one, if the question asks for them all.

    It does so in the words of the line over the list, or of the column's name; what else it says must be told of each. Only words of
    its own language can be compared.
    """
    if reading.document.language != query.language:
        return []
    asked = question_stems(query.text, query.language)
    spans = _items(asked, reading) or _cells(asked, reading)
    return [_reading(reading, *span) for span in spans]


def is_one_list(one: Reading, other: Reading) -> bool:
    """Whether words of two readings stand in two items of one list, or in two cells of one column."""
    if one.document.id != other.document.id:
        return False
    found = list_at(one.document, one.start) or column_at(one.document, one.start)
    spans = (found.items if isinstance(found, ItemList) else found.cells) if found else ()
    here, there = _span_at(spans, one.start), _span_at(spans, other.start)
    return here is not None and there is not None and here != there


def _items(asked: frozenset[str], reading: Reading) -> list[Span]:
    """Where the other items of a list stand, if words are a whole one."""
    found = list_at(reading.document, reading.start)
    own = _span_at(found.items, reading.start) if found else None
    if found is None or own is None or not _is_whole(reading, own):
        return []
    return _alike(asked, reading, found.head, own, found.items)


def _cells(asked: frozenset[str], reading: Reading) -> list[Span]:
    """Where the other cells of a column stand, unless the question names another column."""
    found = column_at(reading.document, reading.start)
    own = _span_at(found.cells, reading.start) if found else None
    if found is None or own is None:
        return []
    language = reading.document.language
    others = frozenset(stems(" ".join(found.others), language)) - frozenset(stems(found.name, language))
    return [] if asked & others else _alike(asked, reading, found.name, own, found.cells)


def _alike(asked: frozenset[str], reading: Reading, head: str, own: Span, items: Sequence[Span]) -> list[Span]:
    """Those of some items of which the same is told that a question asks of one of them.

    Args:
        asked: stems of the question's words.
        head: what is told of all items.
    """
    text, language = reading.document.text, reading.document.language
    of_all, titled = found_in(head, language, asked), found_in(reading.document.title, language, asked)
    of_each = {item: found_in(text[slice(*item)], language, asked - of_all - titled) for item in items}
    of_some = frozenset[str]().union(*of_each.values())
    known = of_all | of_some | titled
    if not of_all or 2 * len(asked - known) > len(asked) or of_each[own] != of_some:
        return []
    return [item for item in items if item != own and of_each[item] == of_some]


def _span_at(spans: Sequence[Span], place: int) -> Span | None:
    return next((span for span in spans if span[0] <= place < span[1]), None)


def _is_whole(reading: Reading, item: Span) -> bool:
    """Whether words are an item, or at least the half of it, and no detail."""
    start, end = item
    return 2 * (min(reading.end, end) - reading.start) >= end - start


def _reading(reading: Reading, start: int, end: int) -> Reading:
    """Words of a reading's document, as likely as those of the reading."""
    document = reading.document
    left, right = sentence_at(document, start)
    sentence = with_context(document, left, max(right, end))
    return replace(reading, sentence_start=sentence[0], sentence_end=sentence[1], start=start, end=end)
