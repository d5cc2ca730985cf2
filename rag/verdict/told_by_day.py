"""Answers when something happened from minutes and diaries, whose headings tell the day of what stands below them."""

import re
from collections.abc import Iterator, Sequence

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.day_sections import DaySection, Span, day_sections
from rag.types import Passage, Query, Reading
from rag.understanding.days import Calendar
from rag.understanding.when import times_in, when
from rag.verdict.question_stems import found_in, question_stems

_FEWEST = 2  # stems of a question that is known again by its words
_QUOTED = 300  # characters from a heading to the end of a sentence below it, up to which both are quoted as one
_PARAGRAPH = re.compile(r"[^\n]+")


def told_by_day(query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """The day over the only sentence that tells what a question asks for the time of, with that sentence; nothing else.

    The title of an article may tell what all of it is of, such as whose minutes they are.

    Args:
        found: passages, whose whole articles are looked through.
        confidence: how sure it is to be.
    """
    asked = question_stems(query.text, query.language)
    if not _asks_when_it_was(query) or len(asked) < _FEWEST:
        return []
    documents = {each.document.id: each.document for each in found}.values()
    told = [
        (document, section, sentence)
        for document in documents
        if document.language == query.language
        for section in day_sections(document)
        for sentence in _sentences(document, section)
        if _tells(document, sentence, asked)
    ]
    if len({section.day or (document.id, section.heading) for document, section, _ in told}) != 1:
        return []
    document, section, (start, end) = told[0]
    if end - section.heading[0] <= _QUOTED:
        return [Reading(document, section.heading[0], end, *section.named, confidence)]
    return [
        Reading(document, *section.heading, *section.named, confidence),
        Reading(document, start, end, start, end, confidence),
    ]


def _asks_when_it_was(query: Query) -> bool:
    """Whether a question asks for the day of what happened, and names no time of its own."""
    known = record(query.language)
    is_time = expected_answer_type(query.text) is AnswerType.TIME
    is_to_come = whole_words(f"{known.answers.asks_next}|{known.statements.planned}").search(query.text)
    return is_time and not is_to_come and when(query.text, query.language) is None


def _sentences(document: Document, section: DaySection) -> Iterator[Span]:
    for line in _PARAGRAPH.finditer(document.text, section.heading[1], section.end):
        for start, end in sentences(line[0], document.language):
            yield line.start() + start, line.start() + end


def _tells(document: Document, span: Span, asked: frozenset[str]) -> bool:
    """Whether a sentence tells what is asked for in its words, that it happened, and no day of its own."""
    sentence, language = document.text[slice(*span)], document.language
    here = found_in(sentence, language, asked)
    missing = asked - here
    if len(here) < _FEWEST or (
        missing and found_in(f"{document.title} {document.source or ''}", language, missing) != missing
    ):
        return False
    known = record(language)
    is_another = re.compile(known.denials, re.IGNORECASE).search(sentence) or whole_words(
        f"{known.statements.planned}|{known.statements.formerly}|{known.statements.next_time}"
    ).search(sentence)
    times = (each.time for each in times_in(sentence, language))
    names_day = any(not isinstance(time, Calendar) or time.month for time in times)
    return not is_another and not names_day and not sentence.rstrip().endswith("?")
