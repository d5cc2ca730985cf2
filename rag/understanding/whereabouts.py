"""Tells what asks where a thing is ("where is the market?"), and which words of a sentence say so."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems
from rag.understanding.follow_up import says_nothing
from rag.understanding.small_talk import topic_placed
from rag.understanding.topic import is_topic

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def thing_sought(text: str, language: str) -> str | None:
    """The thing that a text asks where it is, of one or two words or a name; None if it asks nothing of the kind.

    >>> thing_sought("Where is the fish market?", "en"), thing_sought("Where did the group meet?", "en")
    ('fish market', None)
    >>> thing_sought("где рынок", "ru"), thing_sought("Базар қайда?", "kk"), thing_sought("Где прошло заседание?", "ru")
    ('рынок', 'Базар', None)
    """
    thing = topic_placed(text, language)
    if not thing or not is_topic(thing, language) or says_nothing(thing):
        return None
    known = record(language).follow_up
    return None if whole_words(f"{known.finite}|{known.pronouns}").search(thing) else thing


def _is_placed(thing: str, sentence: str, start: int, language: str) -> bool:
    """Whether a sentence names a thing, or begins with a pronoun; and no verb but one that places it stands between it and a place."""
    known, wanted = record(language), set(stems(thing.lower().split()[-1], language))
    named = [word for word in _WORD.finditer(sentence) if wanted & set(stems(word[0].lower(), language))]
    if not named:
        return bool(re.match(rf"\W*(?:{known.follow_up.pronouns})(?!\w)", sentence, re.IGNORECASE))
    before = [word.end() for word in named if word.end() <= start]
    between = whole_words(known.talk.locating).sub(" ", sentence[before[-1] : start]) if before else ""
    return not whole_words(known.follow_up.finite).search(between)


def names_place(sentence: str, start: int, end: int, thing: str, language: str) -> bool:
    """Whether words of a sentence, from one character to another, say where a thing is, and not where something happened to it.

    >>> names_place("The market is near the bridge.", 14, 29, "market", "en"), names_place("A house of one room.", 11, 19, "house", "en")
    (True, False)
    >>> names_place("Рынок стоит у моста.", 14, 19, "рынок", "ru"), names_place("Рынок пострадал от бури в Орле.", 26, 30, "рынок", "ru")
    (True, False)
    """
    known = record(language)
    if not _is_placed(thing, sentence, start, language):
        return False
    said = sentence[start:end]
    if whole_words(known.answers.times).search(said):
        return False
    placed = whole_words(known.talk.placed)
    if known.talk.placed_by_case:
        return bool(placed.search(said))
    before = [found.end() for found in placed.finditer(sentence[:start])]
    return bool(placed.match(said)) or bool(before and not sentence[before[-1] : start].strip())
