"""Tells what asks where a thing is ("where is the market?"), and which words of a sentence say so."""

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.understanding.follow_up import says_nothing
from rag.understanding.small_talk import topic_placed
from rag.understanding.topic import is_topic


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


def names_place(sentence: str, start: int, end: int, language: str) -> bool:
    """Whether words of a sentence, from one character to another, say where something is.

    >>> names_place("The market is near the bridge.", 14, 29, "en"), names_place("A house of one chamber.", 11, 22, "en")
    (True, False)
    >>> names_place("Рынок стоит у моста.", 14, 19, "ru"), names_place("Базар көпірдің жанында.", 6, 22, "kk")
    (True, True)
    """
    known = record(language)
    said = sentence[start:end]
    if whole_words(known.answers.times).search(said):
        return False
    placed = whole_words(known.talk.placed)
    if known.talk.placed_by_case:
        return bool(placed.search(said))
    before = [found.end() for found in placed.finditer(sentence[:start])]
    return bool(placed.match(said)) or bool(before and not sentence[before[-1] : start].strip())
