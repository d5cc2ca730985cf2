"""Finds the sentence of words that answer, and the one before that it leans on: the question of an interview, what "he" or "also" refer to."""

import functools
import re

from index import Document
from index.analysis.languages import record
from index.analysis.sentences import sentences

_LOOKED_BACK = 600  # characters
AROUND = 5_000  # characters of a paragraph before and after an answer, in which its sentence is looked for
_DATELINE_WITHIN = 2  # lines of an article
_WORD = re.compile(r"\w+")
_MARKS = " \n\t\"“”«»'()–—-*"


def with_context(document: Document, left: int, right: int) -> tuple[int, int]:
    r"""A sentence with the one before it, if it cannot be understood alone.

    It cannot after a question, even in the paragraph before, nor if it begins with a pronoun ("He also …").

    >>> talk = Document("1", "Talk", "— Who is captain?\n\n— Erlan Sadykov.", None, None, None, "en", "")
    >>> with_context(talk, 19, 35)
    (0, 35)
    """
    before = document.text[max(0, left - _LOOKED_BACK) : left]
    if before.rstrip(_MARKS).endswith("?"):
        return _last_sentence(before, left, document.language, in_paragraph=False), right
    if _leans_back(document.language).match(document.text[left:right].lstrip(_MARKS)):
        return _last_sentence(before, left, document.language, in_paragraph=True), right
    return left, right


def _last_sentence(before: str, left: int, language: str, *, in_paragraph: bool) -> int:
    """Where the sentence before a place begins; the place itself if there is none."""
    offset = left - len(before)
    kept = before if in_paragraph else before.rstrip()
    start = kept.rfind("\n\n") + 1
    spans = sentences(kept[start:], language)
    return offset + start + spans[-1][0] if spans else left


@functools.cache
def _leans_back(language: str) -> re.Pattern[str]:
    """A pronoun that a sentence begins with."""
    return re.compile(rf"(?:{record(language).follow_up.pronouns})(?!\w)", re.IGNORECASE)


def sentence_at(document: Document, place: int) -> tuple[int, int]:
    """The sentence that holds a character, looked for in the paragraph around it."""
    text = document.text
    offset = max(text.rfind("\n\n", 0, place) + 1, _blank_before(text, place - AROUND))
    until = text.find("\n\n", place)
    end = min(len(text) if until < 0 else until, _blank_before(text, place + AROUND))
    spans = _sentences(text[offset : max(end, place + 1)], document.language)
    found = next(((left, right) for left, right in spans if left <= place - offset < right), None)
    return (found[0] + offset, found[1] + offset) if found else (place, place + 1)


@functools.lru_cache(256)
def _sentences(paragraph: str, language: str) -> list[tuple[int, int]]:
    return sentences(paragraph, language)  # of one paragraph they are asked for some twenty times


def _blank_before(text: str, place: int) -> int:
    """The place after the last blank before a place, so that no word is cut; the place itself beyond the text's ends."""
    if not 0 < place < len(text):
        return max(0, min(place, len(text)))
    return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1


def is_dateline(document: Document, place: int) -> bool:
    r"""Whether a character stands in the line at an article's beginning that tells its date and its paper, and nothing else.

    Such a line dates the article, and nothing that the article tells.

    >>> report = Document("1", "Ferry", "Ferry stops\n20 June 2026\n\nIt stops in July.", None, None, None, "en", "")
    >>> is_dateline(report, 15), is_dateline(report, 2)
    (True, False)
    """
    above = [line for line in document.text[:place].split("\n")[:-1] if line.strip()]
    if len(above) >= _DATELINE_WITHIN:
        return False
    line = document.text[document.text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    without_paper = line.replace(document.source, " ") if document.source else line
    return any(map(str.isdigit, line)) and only_names_time(without_paper, document.language)


def day_over(document: Document, place: int) -> str:
    r"""The nearest line above a character's line that names a day and nothing else, as in a programme of several days; "" for none.

    >>> fair = Document("1", "Fair", "Saturday, 4 May\n10:00 Races\n\nSunday, 5 May\n9:00 Mass", None, None, None, "en", "")
    >>> day_over(fair, 17), day_over(fair, 45)
    ('Saturday, 4 May', 'Sunday, 5 May')
    """
    above = document.text[max(0, place - AROUND) : place].split("\n")[:-1]
    return next((line for line in reversed(above) if only_names_time(line, document.language)), "")


def is_bare_question(document: Document, start: int, end: int) -> bool:
    r"""Whether words are a sentence that asks, as a heading over its answer does, and none that is quoted.

    >>> help = Document("1", "Help", "Any questions? Write to Ada.\n\nHe asked: \"Is she in?\" She is.", None, None, None, "en", "")
    >>> is_bare_question(help, 0, 14), is_bare_question(help, 15, 28), is_bare_question(help, 41, 51)
    (True, False, False)
    """
    words = document.text[start:end].rstrip()
    if not words.endswith("?"):
        return False
    left, right = sentence_at(document, start)
    sentence = document.text[left:right]
    return sentence.strip(_MARKS) == words.strip(_MARKS) and sentence.strip()[:1] not in '«“"'


def only_names_time(line: str, language: str) -> bool:
    """Whether a line names a time, such as a day, and nothing else."""
    words = _WORD.findall(line)
    named = re.compile(record(language).answers.times, re.IGNORECASE)
    return bool(words) and all(word[0].isdigit() or named.fullmatch(word) for word in words)
