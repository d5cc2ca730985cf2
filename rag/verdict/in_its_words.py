"""Tells the sentences of any article that answer a question for several in its own words: who spoke, what was said, what is forbidden."""

import re
from collections.abc import Callable

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.contrary import denies, is_allowed
from rag.types import Query
from rag.verdict.names import names_in, shared, spellings_in
from rag.verdict.question_stems import FEWEST, holds, question_stems

LEAD = 300  # characters of an article that tell what it reports of
FEWEST_PLACES = 2  # stems that say where something is forbidden or allowed, or to whom

_ENDS = re.compile(r"[.!…][\"”»’')\]]*\s*$")

Tells = Callable[[str, Document], bool]


def tells_in_its_words(query: Query) -> Tells | None:
    """Tells of a sentence and its article whether it surely answers; None for a question of another kind. Languages must be the same."""
    if asks_for_speakers(query):
        return _speech(query)
    return _saying(query) or _rule(query)


def asks_for_speakers(query: Query) -> bool:
    """Whether a question asks who spoke."""
    return bool(re.search(record(query.language).lists.asks_speakers, query.text, re.IGNORECASE))


def topic_of(query: Query) -> frozenset[str]:
    """The stems of what a question says is spoken of."""
    topic = re.search(record(query.language).lists.topic, query.text, re.IGNORECASE)
    return question_stems(topic[1], query.language) if topic else frozenset()


def tells_who_speaks(sentence: str, language: str) -> bool:
    """Whether a sentence tells who speaks, and names somebody."""
    return bool(whole_words(record(language).lists.speaking).search(sentence) and names_in(sentence, language))


def _speech(query: Query) -> Tells | None:
    """A speech at the meeting that a question names, as the beginning of its report does."""
    meeting = question_stems(query.text, query.language)
    took_floor = whole_words(record(query.language).lists.took_floor)

    def tells(sentence: str, document: Document) -> bool:
        is_speech = took_floor.search(sentence) and not denies(sentence, document.language)
        return bool(is_speech and names_in(sentence, document.language)) and _is_of(meeting, sentence, document)

    return tells if len(meeting) >= FEWEST else None


def _saying(query: Query) -> Tells | None:
    """What somebody says of a matter whom a question names."""
    names, topic = spellings_in(query.text, query.language), topic_of(query)
    asks = whole_words(record(query.language).lists.speaking).search(query.text)

    def tells(sentence: str, document: Document) -> bool:
        is_his = tells_who_speaks(sentence, document.language) and shared(
            names, spellings_in(sentence, document.language)
        )
        return bool(is_his) and holds(sentence, document.language, topic)

    return tells if asks and names and topic else None


def _rule(query: Query) -> Tells | None:
    """What is forbidden, or what is allowed, at the place that a question names, as the beginning of its report does; not how or why."""
    allowed, rules = is_allowed(query.text, query.language), record(query.language).lists
    asks_what = not whole_words("|".join(record(query.language).follow_up.adverbs.values())).search(query.text)
    text = whole_words(f"{rules.forbidden}|{rules.allowed}").sub(" ", query.text)
    place = question_stems(text, query.language)

    def tells(sentence: str, document: Document) -> bool:
        is_whole = _ENDS.search(sentence)  # and no heading or line over a list
        is_same = is_whole and is_allowed(sentence, document.language) is allowed
        return bool(is_same) and _is_of(place, sentence, document)

    return tells if allowed is not None and asks_what and len(place) >= FEWEST_PLACES else None


def _is_of(asked: frozenset[str], sentence: str, document: Document) -> bool:
    return holds(f"{document.title} {document.text[:LEAD]} {sentence}", document.language, asked)
