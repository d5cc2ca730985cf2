"""Passages of articles printed at the time that a question names: they tell of it without naming it."""

from collections.abc import Sequence
from dataclasses import replace

from index import Filters, Snapshot
from rag.retrieval.retrieve import retrieve
from rag.types import Passage, Query
from rag.understanding.days import Calendar, Days, printed_within, published_days
from rag.understanding.when import Relation, times_in, when

LEAST = 3  # passages that may tell of the time that is asked for, among those that are read


def with_printed_then(
    snapshot: Snapshot, query: Query, found: Sequence[Passage], filters: Filters | None, read: int
) -> list[Passage]:
    """Passages, best first, with three that may tell of the time that a question names among those that are read, if there are any.

    Those that were printed then take the places of the last ones that were not, and do not name it.

    Args:
        found: passages, best first.
        filters: look only in the documents that pass; dates in them take the place of the time that is named.
        read: how many passages are read.
    """
    asked, every = _asked_days(query), filters or Filters()
    if asked is None or every.after or every.before:
        return list(found)
    others = [each for each in found[:read] if not _may_tell_of(asked, each)]
    wanted = min(LEAST - len(found[:read]) + len(others), len(others))
    if wanted <= 0:
        return list(found)
    printed = printed_within(asked)
    then = replace(every, after=printed.first.isoformat(), before=printed.last.isoformat())
    known = {_key(each) for each in found[:read]}
    new = [each for each in retrieve(snapshot, query, LEAST, then) if _key(each) not in known][:wanted]
    moved = {_key(each) for each in (*others[len(others) - len(new) :], *new)}
    kept = [each for each in found[:read] if _key(each) not in moved]
    return [*kept, *new, *others[len(others) - len(new) :], *(each for each in found[read:] if _key(each) not in moved)]


def _key(passage: Passage) -> tuple[str, int]:
    return passage.document.id, passage.chunk.position


def _may_tell_of(asked: Days, passage: Passage) -> bool:
    """Whether a passage was printed at some time, or names a month or a day of it."""
    printed = published_days(passage.document.published)
    if printed is not None and printed in printed_within(asked):
        return True
    named = (each.time for each in times_in(passage.chunk.text, passage.document.language))
    days = (
        time.days(printed and printed.first)
        for time in named
        if not isinstance(time, Calendar) or time.month is not None
    )
    return any(each.first <= asked.last and asked.first <= each.last for each in days if each)


def _asked_days(query: Query) -> Days | None:
    """The days of the month or the day that a question names with its year."""
    asked = when(query.text, query.language)
    if asked is None or asked.relation is not Relation.DURING or asked.until:
        return None
    is_whole = isinstance(asked.time, Calendar) and asked.time.month and asked.time.year
    return asked.days(None) if is_whole else None
