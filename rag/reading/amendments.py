"""Tells what a law takes out from what it puts in: “26 weeks” for “22 weeks”; and how a number is bounded by a denial."""

import functools
import re

from index.analysis.languages import record

_NEAR = 80  # characters before a number and after it, in which its bound stands


def is_taken_out(sentence: str, place: int, language: str) -> bool:
    """Whether a place of a sentence is in words that others are put in for, or that are left out.

    >>> text = "by the substitution of “26 weeks” for “22 weeks”"
    >>> is_taken_out(text, text.index("26"), "en"), is_taken_out(text, text.index("22"), "en")
    (False, True)
    """
    return any(start <= place < end for start, end in _taken_out(sentence, language))


def without_taken_out(sentence: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Words of a sentence without what is taken out there, if they hold other words as well; they may go on behind the sentence.

    >>> text = "by the substitution of “26 weeks” for “22 weeks”"
    >>> text[slice(*without_taken_out(text, 24, len(text), "en"))]
    '26 weeks'
    >>> text = "«14 күн» деген сөздер «10 күн» деген сөздермен ауыстырылсын."
    >>> text[slice(*without_taken_out(text, 1, len(text) + 9, "kk"))]
    '10 күн» деген сөздермен ауыстырылсын.'
    """
    for out, out_end in _taken_out(sentence, language):
        if start < out < end:
            quoted = re.search(r"[»”\"'’]", sentence[start:out])
            return start, start + quoted.start() if quoted else out
        if out <= start < out_end < end:
            quoted = re.search(r"[«“\"'‘]", sentence[out_end:end])
            return (out_end + quoted.end(), end - (sentence[end - 1 : end] in ("»", "”"))) if quoted else (start, end)
    return start, end


def with_denied_bound(sentence: str, start: int, end: int, number: tuple[int, int], language: str) -> tuple[int, int]:
    """Words with all of what bounds the number in them, if it is a denial: not by "more than 3", but by "not more than 3".

    >>> text = "An order shall not increase it by more than 3 days."
    >>> text[slice(*with_denied_bound(text, 34, 45, (44, 45), "en"))]
    'shall not increase it by more than 3'
    """
    left, right = number
    before, after = sentence[max(0, left - _NEAR) : left], sentence[right : right + _NEAR]
    found = _bound(language).search(f"{before}#{after}")
    if found is None:
        return start, end
    first, last = left - len(before) + found.start(), left - len(before) + found.end() - 1 + right - left
    return min(start, first), max(end, last)


@functools.lru_cache(256)
def _taken_out(sentence: str, language: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span("out") for pattern in _amending(language) for found in pattern.finditer(sentence))


@functools.cache
def _amending(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in record(language).statements.taken_out)


@functools.cache
def _bound(language: str) -> re.Pattern[str]:
    return re.compile(record(language).statements.denied_bound, re.IGNORECASE)
