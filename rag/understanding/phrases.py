"""The words of a question that name a time, and the question without them."""

import functools
import re

from index.analysis.languages import record
from rag.understanding.days import Calendar
from rag.understanding.when import Relation, When, times_in, when


@functools.lru_cache(256)
def dated(question: str, language: str) -> When | None:
    """The time that a question names, or else the one by which it tells a thing from others: "the fire of March 2025", "the May fair".

    >>> question = "How long did the fire of March 2025 last?"
    >>> when(question, "en"), without_time(question, dated(question, "en"), "en")
    (None, 'How long did the fire last?')
    >>> without_time("Who won the 2024 race?", dated("Who won the 2024 race?", "en"), "en")
    'Who won the race?'
    """
    if named := when(question, language):
        return named
    years = [each for each in times_in(question, language) if isinstance(each.time, Calendar) and each.time.year]
    if len(years) != 1:
        return None if years else _of_a_thing(question, language)
    (only,), of_a_thing = years, record(language).times.of_a_thing
    found = of_a_thing and re.search(rf"(?<!\w)(?:{of_a_thing})\s+$", question[: only.start], re.IGNORECASE)
    return When(Relation.DURING, only.time, found.start() if found else only.start, only.end)


def _of_a_thing(question: str, language: str) -> When | None:
    """The month or the year that stands before a thing as an adjective does, the only one."""
    named = {(each.start, each.end): each.time for each in times_in(question, language)}
    found = []
    for each in re.finditer(record(language).times.adjective, question):
        start, end = each.span("time")
        time = Calendar(int(each["time"])) if each["time"].isdigit() else named.get((start, end))
        found += [When(Relation.DURING, time, start, end)] if time else []
    return found[0] if len(found) == 1 else None


def phrase_of(question: str, named: When, language: str) -> tuple[int, int]:
    """Where the words stand that name a time, with those that relate it: "in 2024", "2024 жылы".

    >>> question = "How many were built in 2024?"
    >>> question[slice(*phrase_of(question, when(question, "en"), "en"))]
    'in 2024'
    """
    known = record(language).times
    start, end = named.start, named.end
    if any(each.span("time") == (start, end) for each in re.finditer(known.adjective, question)):
        return start, end
    before, after = known.before.get(named.relation), known.after.get(named.relation)
    if before and known.before_a_day and named.relation is Relation.AS_OF:
        before = f"{before}|{known.before_a_day}"
    if before and (found := re.search(rf"(?<!\w)(?:{before})\s+$", question[:start], re.IGNORECASE)):
        start = found.start()
    if after and (found := re.compile(rf"(?:{after})\w*", re.IGNORECASE).match(question, end)):
        end = found.end()
    return start, end


def without_time(question: str, named: When, language: str) -> str:
    """A question without the time that it names and the words that relate it.

    >>> question = "How many were evacuated as of 8 April 2025?"
    >>> without_time(question, when(question, "en"), "en")
    'How many were evacuated?'
    """
    start, end = phrase_of(question, named, language)
    kept = f"{question[:start].rstrip(' ,')} {question[end:].lstrip(' ,')}".strip()
    return re.sub(r"\s+([?.!])", r"\1", kept)
