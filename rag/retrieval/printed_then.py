"""Passages of articles printed at the time that a question names: they tell of it without naming it."""

from collections.abc import Sequence
from dataclasses import replace

from index import Filters, Snapshot
from rag.retrieval.retrieve import retrieve
from rag.types import Passage, Query
from rag.understanding.days import Calendar, Days, printed_within, published_days
from rag.understanding.when import Relation, when

LEAST = 3  # passages from the time that is asked for, among those that are read


def with_printed_then(
    snapshot: Snapshot, query: Query, found: Sequence[Passage], filters: Filters | None, read: int
) -> list[Passage]:
    """Passages, best first, with three of the time that a question names among those that are read, if there are any.

    Args:
        found: passages, best first.
        filters: look only in the documents that pass; dates in them take the place of the time that is named.
        read: how many passages are read.
    """
    days, every = _asked_days(query), filters or Filters()
    if days is None or every.after or every.before:
        return list(found)
    among = [each for each in found[:read] if _is_of(days, each)]
    if len(among) >= LEAST:
        return list(found)
    then = replace(every, after=days.first.isoformat(), before=days.last.isoformat())
    known = {(each.document.id, each.chunk.position) for each in among}
    new = [each for each in retrieve(snapshot, query, LEAST, then) if _key(each) not in known][: LEAST - len(among)]
    taken = {_key(each) for each in new}
    others = [each for each in found if _key(each) not in taken]
    kept = read - len(new)
    return [*others[:kept], *new, *others[kept:]]


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.chunk.position


def _is_of(days: Days, passage: Passage) -> bool:
    printed = published_days(passage.document.published)
    return printed is not None and printed in days


def _asked_days(query: Query) -> Days | None:
    """The days in which articles are printed that tell of the month or the day that a question names with its year."""
    asked = when(query.text, query.language)
    if asked is None or asked.relation is not Relation.DURING or asked.until:
        return None
    is_whole = isinstance(asked.time, Calendar) and asked.time.month and asked.time.year
    days = asked.days(None) if is_whole else None
    return days and printed_within(days)
