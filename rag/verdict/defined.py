"""Finds where an article says what a thing is, as laws and glossaries do: "microbead" means …, кворум — это …, тасқын дегеніміз – …."""

import re
from collections.abc import Iterator, Sequence

from index import Document
from index.analysis.terms import stems, words
from rag.reading.context import sentence_at
from rag.reading.introduced import introduced
from rag.reading.lists import Span
from rag.types import Passage, Reading
from rag.understanding.definition import definition_in
from rag.understanding.first_letters import spelled_out
from rag.understanding.question import Meant
from rag.verdict.grouping import grouped
from rag.verdict.judge import LIKELY, Verdict
from rag.verdict.values import Statement, statement

MOST = 3  # meanings
LOOKED_AT = 200  # places of an article that name the thing
LONGEST = 400_000  # characters of an article that are looked through
_STEM = 3  # letters by which the places are found
_END = " .;"
_LEADING = ("—", "–", ":")
_LETTERED = re.compile(r"(?:\s*\n\s*\(\w{1,4}\)[ \t][^\n]+){1,30}")


def defined(meant: Meant, found: Sequence[Passage]) -> Verdict | None:
    """What articles say that a thing is, as what is said to who asks it; None if none says it, or something else is asked.

    Args:
        meant: a question; articles in its language go first.
        found: passages, best first; their articles are looked through.
    """
    if meant.kind != "defining":
        return None
    thing, language = meant.thing, meant.language
    documents = {each.document.id: each.document for each in found}
    told = [
        reading
        for document in sorted(documents.values(), key=lambda each: each.language != language)
        if (reading := next(_definitions(document, thing), None))
    ]
    own = [each for each in told if each.document.language == language] or told
    points = tuple(grouped([statement(each, None) for each in own], _say_same))[:MOST]
    return Verdict("answered", None, points, (), tuple(own)) if points else None


def _say_same(one: Statement, other: Statement) -> bool:
    return words(one.reading.answer) == words(other.reading.answer)


def _definitions(document: Document, thing: str) -> Iterator[Reading]:
    """The sentences of an article that say what a thing is, each with the list that it leads to."""
    text = document.text[:LONGEST]
    last = next(reversed(thing.split()), "")
    stem = min(stems(last.lower(), document.language), key=len, default=last)
    places = re.finditer(rf"\b{re.escape(stem[:_STEM])}", text, re.IGNORECASE)
    seen: set[int] = set()
    for place, _ in zip(places, range(LOOKED_AT), strict=False):
        start, end = sentence_at(document, place.start())
        if start in seen:
            continue
        seen.add(start)
        if said := _said(document, start, end, thing):
            yield Reading(document, start, max(end, said[1]), *said, LIKELY)


def _said(document: Document, start: int, end: int, thing: str) -> Span | None:
    """Where a sentence says what a thing is, with the list that it leads to, or spells out its name."""
    begins = definition_in(document.text[start:end], thing, document.language)
    if begins is not None:
        told = document.text[start + begins : _end_of_list(document, end)]
        first, last = len(told) - len(told.lstrip()), len(told.rstrip(_END))
        return (start + begins + first, start + begins + last) if re.search(r"\w", told) else None
    spelled = spelled_out(document.text[start:end], thing)
    return (start + spelled[0], start + spelled[1]) if spelled else None


def _end_of_list(document: Document, end: int) -> int:
    """Where the list ends that a sentence leads to, as laws have them: "a particle that is—", "(a) not soluble,"; else its own end."""
    if led_to := introduced(document, end):
        return led_to[1]
    lettered = _LETTERED.match(document.text, end) if document.text.endswith(_LEADING, 0, end) else None
    return lettered.end() if lettered else end
