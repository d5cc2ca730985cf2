"""What of a text is quoted for words that answer: their sentence without what belongs to the page, and enough to understand it."""

import re
from dataclasses import replace

from index.analysis.sentences import sentences
from index.analysis.terms import words
from rag.reading.brackets import without_half_brackets
from rag.reading.lists import is_item
from rag.types import Reading
from rag.verdict.question_stems import question_stems

LONGEST_LINE = 400  # characters of an item that is quoted whole
FRAGMENT = 4  # words; so few of an item may not say what they are told of
ALONE = 8  # words from which a sentence stands without the question over it that names at most one thing
_BULLET = re.compile(r"[-*•▪►]\s+")
_BRACKET = re.compile(r"\([^()]*\)[.;,]?")
_SPOKEN = re.compile(r"\s*(?:[–—-]\s|[^\s:?][^:?\n]{0,30}:\s)")  # a line of an interview
_BREAK = re.compile(r"\n\s*\n\s*")


def quotation(reading: Reading) -> Reading:
    r"""A reading with the quotation that shows its words.

    It begins with no mark of a list, and with no heading that merely asks ("So what is it?"); a bracket, or a fragment of an item,
    is quoted with the whole of its line.

    >>> from index import Document
    >>> pool = Document("1", "Pool", "- size, the most at once. (Default 20)\n- age", None, None, None, "en", "")
    >>> quotation(Reading(pool, 26, 38, 35, 37, 0.5)).sentence, quotation(Reading(pool, 39, 44, 41, 44, 0.5)).sentence
    ('size, the most at once. (Default 20)', 'age')
    """
    return _without_half_brackets(_without_mark(_whole(_without_heading(reading))))


def _without_half_brackets(reading: Reading) -> Reading:
    """Without a bracket in its words whose pair they do not hold."""
    left = reading.sentence_start
    start, end = without_half_brackets(reading.sentence, reading.start - left, reading.end - left)
    return replace(reading, start=left + start, end=left + end)


def _without_heading(reading: Reading) -> Reading:
    """Without a question over the sentence that says little, unless somebody answers it in an interview, or in a few words."""
    found = _BREAK.search(reading.sentence)
    start = reading.sentence_start + found.end() if found else 0
    if found is None or reading.start < start:
        return reading
    over, rest = reading.sentence[: found.start()], reading.sentence[found.end() :]
    is_little = over.endswith("?") and len(question_stems(over, reading.document.language)) < 2
    is_spoken = _SPOKEN.match(over) or _SPOKEN.match(rest)
    is_left_out = is_little and not is_spoken and len(words(rest)) >= ALONE
    return replace(reading, sentence_start=start) if is_left_out else reading


def _whole(reading: Reading) -> Reading:
    """A bracket with the sentence before it in its line; a fragment of an item of a list with all of its line."""
    text, start = reading.document.text, reading.sentence_start
    first = text.rfind("\n", 0, start) + 1
    if first == start or "\n" in reading.sentence:
        return reading
    line = text[first:].partition("\n")[0].rstrip()
    if is_item(line) and len(words(reading.sentence)) <= FRAGMENT and len(line) <= LONGEST_LINE:
        return replace(reading, sentence_start=first, sentence_end=first + len(line))
    if _BRACKET.fullmatch(reading.sentence):
        before = sentences(text[first:start], reading.document.language)
        return replace(reading, sentence_start=first + before[-1][0]) if before else reading
    return reading


def _without_mark(reading: Reading) -> Reading:
    """Without the bullet of an item; a number of a step stays, as it is a part of what is told."""
    found = _BULLET.match(reading.sentence)
    start = reading.sentence_start + found.end() if found else 0
    if found is None or start >= reading.end:
        return reading
    return replace(reading, sentence_start=start, start=max(start, reading.start))
