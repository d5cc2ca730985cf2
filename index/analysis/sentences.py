"""Splits text into sentences with exact offsets, in English, Russian and Kazakh."""

import functools
import re

from index.analysis.languages import record
from index.analysis.languages.record import SentenceWords

LONGEST = 800  # characters; a longer sentence, as laws have them, is cut at a clause
_LEAST = 200  # characters of such a clause
_CLAUSES = ("; ", ", ", " — ", " – ", " - ")  # where to cut, best first
_BLANK = re.compile(r"(?<!\d)\s|\s(?!\d)")  # not between the thousands of a number
_LOOKED_BACK = 40  # characters before a dot, to find its abbreviation

_BOUNDARY = re.compile(r"[.!?…]+[\"”»’)\]“]*(?=\s|$)|(?<!\s)\s*\n\s*")
_NEXT = re.compile(r"\s*[\"“«‘(\[]*([\w'’-]*)")
_CONTINUES = re.compile(r"\s*[a-zа-яёәғқңөұүһіıáäǵğńñóöúüý,;:)»”\-–—]")  # no sentence begins with these
_BLANK_AFTER_DOT = re.compile(r"\.[ \u00a0]+(?=\S)")
_LIST_MARK = re.compile(
    r"[*_\"“«]*(?:\d{1,4}[A-ZА-Я]{0,2}|[^\W\d_]|[IVXivx]{1,4})(?:\.\d+)*"
)  # also of what a law puts in: “28A.
_INITIALS = re.compile(r"(?:.*\.)?-?[^\W\d_a-zа-яёәғқңөұүһі](?:\.-?[^\W\d_a-zа-яёәғқңөұүһі])*")
_AFTER_COLON = re.compile(r":\s*\d{1,3}$")
_NUMBER_BEFORE = re.compile(r"(?:\d|\b[IVXLC]+)\s*[-–]?$")
_HOUR_BEFORE = re.compile(r"(?<![\d.,:])(?:[01]?\d|2[0-4])$")
_FROM_BEFORE = re.compile(r"\d[.:] ?[0-5]\d(?:\s\S{1,5}\s|\s?[-–—]\s?)\d{1,2}$")  # the end of a span: 8. 30 to 17
_AMOUNT_BEFORE = re.compile(r"\d\s*(?:[^\W\d_]{2,5}\.?\s*)?$")  # 120 or "120 тыс." кв. м.

_STARTS_A_LINE = re.compile(r"[-*•–—▪►|]|\d{1,4}[.):]|[^\W\d_]\)|[^.:\n]{1,40}:\s|[^\n]*\s\|\s")
_LOWER = re.compile("[a-zа-яёәғқңөұүһі]")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \u00a0]*$")


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    r"""Spans of the sentences of a text, in order, without the blanks around them.

    A blank line ends a sentence, and so does a single line break, unless the next line goes on in small letters. The
    marker of a list item ("1.", "a)") stays with it. Sentences of more than 800 characters are cut at a clause.

    >>> [text[a:b] for text in ["See art. 5. It says\nso."] for a, b in sentences(text, "en")]
    ['See art. 5.', 'It says\nso.']
    """
    known = record(language)
    spans: list[tuple[int, int]] = []
    start = 0
    unended = -1  # after the last dot that ended no sentence
    for found in _BOUNDARY.finditer(text):
        if found[0].isspace():
            ends = not _goes_on(text, found, known.small_words, after_abbreviation=unended == found.start())
        else:
            ends = _ends(text, start, found, known.sentences)
            unended = found.end()
        if ends:
            spans += _pieces(text, start, found.end())
            start = found.end()
    return [*spans, *_pieces(text, start, len(text))]


def _goes_on(text: str, found: re.Match[str], small_words: frozenset[str], *, after_abbreviation: bool) -> bool:
    """Whether a line break stands inside a sentence: after a comma or a small word, or before a small letter."""
    if found[0].count("\n") > 1 or _STARTS_A_LINE.match(text, found.end()):
        return False
    if after_abbreviation or _LOWER.match(text, found.end()):
        return True
    before = text[max(0, found.start() - _LOOKED_BACK) : found.start()]
    last = _LAST_WORD.search(before)
    return before.endswith(",") or bool(last and last[1] in small_words)


def _ends(text: str, start: int, found: re.Match[str], known: SentenceWords) -> bool:
    """Whether a dot, or another mark, is the end of the sentence that begins at `start`."""
    if _CONTINUES.match(text, found.end()) and "\n" not in text[found.end() : found.end() + 2]:
        return False
    if found[0] != ".":
        return True
    before = text[max(start, found.start() - _LOOKED_BACK) : found.start()]
    following = _NEXT.match(text, found.end())
    next_word = following[1] if following else ""
    if not next_word:
        return True
    if _LIST_MARK.fullmatch(text[start : found.start()].strip()) or _AFTER_COLON.search(before):
        return False
    if _HOUR_BEFORE.search(before) and _minutes(known.clock, bool(_FROM_BEFORE.search(before))).match(
        text, found.end()
    ):
        return False
    is_initial = len(next_word) == 1 and following is not None and text[following.end() : following.end() + 1] == "."
    begins = next_word[0].isupper() and next_word.lower() in known.starters and not is_initial
    if _is_measure(before, known) and _may_begin(next_word):
        return True
    return _ends_after(before, known, before_number=next_word[0].isdigit(), begins=begins)


@functools.cache
def _minutes(clock: str, ends_span: bool) -> re.Pattern[str]:
    """The minutes of a time of day after its hour and a dot: 10. 00, 8. 30 a.m., 9. 15 to 17. 45."""
    sign = "" if ends_span else rf"(?:(?<=0\d)|\s*(?:{clock}|[-–—]\s?\d))"
    return re.compile(rf"[ \u00a0](?:0\d|[1-5]\d)(?!\d|[.,]\d){sign}", re.IGNORECASE)


def _is_measure(before: str, known: SentenceWords) -> bool:
    """Whether some words end with a number and its unit: "120 км", "5 тыс. га"."""
    last = _LAST_WORD.search(before)
    return bool(last and last[1].lower() in known.units and _AMOUNT_BEFORE.search(before[: last.start()]))


def _may_begin(word: str) -> bool:
    """Whether a word is written as those that begin a sentence, and not as a code: Berlin, but not USD."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _ends_after(before: str, known: SentenceWords, *, before_number: bool, begins: bool) -> bool:
    """Whether a sentence ends with a dot after some words.

    Args:
        before: the words; letters that dots part belong together, "и т. д" ends with "т.д".
        known: the abbreviations of the language.
        before_number: whether a number follows.
        begins: whether a word follows that sentences begin with, and names do not.
    """
    joined = _BLANK_AFTER_DOT.sub(".", before).split()
    word = joined[-1].lstrip("(«“\"'[") if joined else ""
    parts = word.lower().split(".")
    forms = {parts[-1], ".".join(parts[-2:]), ".".join(parts[-3:])}
    if _INITIALS.fullmatch(word):
        return begins
    if forms & known.list_ends or parts[-1] in known.before_numbers:
        return not before_number
    is_unit = bool(_NUMBER_BEFORE.search(before[: len(before) - len(parts[-1])]))
    if forms & known.may_end and (is_unit or not forms & known.never_end):
        return begins
    if forms & known.never_end:
        return False
    is_letter = len(parts[-1]) == 1 and parts[-1].isalpha() and parts[-1] not in known.one_letter_words
    return begins or not is_letter


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence without the blanks around it; in pieces if it is too long; none if it is blank."""
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    end = start + len(written.strip())
    pieces: list[tuple[int, int]] = []
    while end - start > LONGEST and (cut := _clause_end(text, start)) is not None:
        pieces.append((start, cut))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    return [*pieces, (start, end)] if start < end else pieces


def _clause_end(text: str, start: int) -> int | None:
    """Where to cut a long sentence: after the last semicolon, else comma, else before a dash, else at a blank."""
    first, limit = start + _LEAST, start + LONGEST
    for mark in _CLAUSES:
        at = text.rfind(mark, first, limit)
        if at >= 0:
            return at + len(mark.rstrip()) if mark[0] != " " else at
    blanks = list(_BLANK.finditer(text, first, limit))
    blank = blanks[-1] if blanks else _BLANK.search(text, limit)
    return blank.start() if blank else None
