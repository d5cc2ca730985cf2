"""Goes on from a line that only announces what answers to the list, or the command, that it leads to."""

from collections.abc import Sequence
from dataclasses import replace

from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.contacts import CONTACTS
from rag.reading.context import sentence_at
from rag.reading.introduced import introduced, leads_on
from rag.reading.lists import Span, list_at
from rag.types import Query, Reading
from rag.verdict.enumeration import announces
from rag.verdict.points import MOST, asks_for_several
from rag.verdict.question_stems import found_in, question_stems


def with_what_follows(query: Query, reading: Reading) -> Reading:
    """Words that only announce others, with these in their place: the items under "you need the following documents:"."""
    document = reading.document
    led_to = introduced(document, reading.sentence_end)
    if led_to is None or not _only_announces(query, reading):
        return reading
    return replace(reading, start=led_to[0], end=led_to[1], sentence_end=led_to[1])


def in_lists(query: Query, readings: Sequence[Reading]) -> list[Reading]:
    """Some readings, those that only announce a list with the list in their place, and none of an item of it alone."""
    pairs = [(each, with_what_follows(query, each)) for each in readings if not leads_nowhere(each)]
    lists = [told for before, told in pairs if told is not before]
    items = [told for before, told in pairs if told is before and any(_is_in(told, each) for each in lists)]
    surest = {each.sentence_start: _surest(each, items) for each in lists}
    return [
        replace(told, confidence=surest[told.sentence_start]) if told in lists else told
        for _, told in pairs
        if told not in items
    ]


def longer_lists(readings: Sequence[Reading]) -> list[Reading]:
    """Some readings, all items of a list that is too long for them to be points of their own as one, with the line over it."""
    lists = [list_at(each.document, each.start) for each in readings]
    keys = [(each.document.id, found.items) if found else None for each, found in zip(readings, lists, strict=True)]
    whole: dict[tuple[str, tuple[Span, ...]] | None, Reading] = {}
    for key in dict.fromkeys(keys):
        own = [each for each, other in zip(readings, keys, strict=True) if other == key]
        if key and len(key[1]) > MOST and all(any(_holds(item, each) for each in own) for item in key[1]):
            whole[key] = _whole(own[0], key[1])
    return list(dict.fromkeys(whole.get(key, each) for each, key in zip(readings, keys, strict=True)))


def _holds(item: Span, reading: Reading) -> bool:
    return item[0] <= reading.start < item[1]


def _whole(reading: Reading, items: Sequence[Span]) -> Reading:
    """The words of a list, from the first of its items to the last, in the sentence that leads to it."""
    document, (start, _), (_, end) = reading.document, items[0], items[-1]
    line = document.text.rfind("\n", 0, start) + 1
    over, _ = sentence_at(document, len(document.text[:line].rstrip()) - 1) if line else (start, start)
    return replace(reading, sentence_start=over, sentence_end=end, start=start, end=end)


def _surest(whole: Reading, items: Sequence[Reading]) -> float:
    """How sure a list is with the surest of its items that were read alone."""
    return max(each.confidence for each in (whole, *(item for item in items if _is_in(item, whole))))


def _is_in(reading: Reading, other: Reading) -> bool:
    return reading.document.id == other.document.id and other.start <= reading.start and reading.end <= other.end


def leads_nowhere(reading: Reading) -> bool:
    """Whether words are a line, or most of one, that announces something which does not follow, such as a picture."""
    document, end = reading.document, reading.sentence_end
    is_most = 2 * (reading.end - reading.start) >= end - reading.sentence_start
    return leads_on(document, end) and is_most and _is_at_its_end(reading) and introduced(document, end) is None


def _only_announces(query: Query, reading: Reading) -> bool:
    """Whether words announce what a question asks for: up to the colon, if it asks for several; else in words of the question alone.

    A line without a colon may be a heading, and a person, a number or a time may stand in either.
    """
    kind, language = expected_answer_type(query.text), reading.document.language
    if kind in (AnswerType.NUMBER, AnswerType.TIME, *CONTACTS):
        return False
    is_line = leads_on(reading.document, reading.sentence_end) and kind is None and asks_for_several(query.text)
    if is_line and (
        _is_at_its_end(reading) or announces(reading.answer, language) or _is_asked_at_its_end(query, reading)
    ):
        return True
    told = question_stems(reading.answer, language)
    known = found_in(query.text, language, told) if language == query.language else frozenset()
    return _is_at_its_end(reading) and 2 * len(known) > len(told)


def _is_asked_at_its_end(query: Query, reading: Reading) -> bool:
    """Whether what a question asks for stands after words, at the end of their sentence: "… but it has many advantages:"."""
    document, language = reading.document, reading.document.language
    rest = document.text[reading.end : reading.sentence_end].rpartition(",")[2]
    asked = question_stems(query.text, query.language)
    return language == query.language and bool(
        found_in(rest, language, asked - found_in(document.title, language, asked))
    )


def _is_at_its_end(reading: Reading) -> bool:
    """Whether words are the last ones of their sentence."""
    return not any(map(str.isalnum, reading.document.text[reading.end : reading.sentence_end]))
