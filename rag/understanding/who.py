"""Tells what asks who somebody is, or who made a thing, and whether words of a sentence say so."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems, terms
from rag.understanding.definition import language_of
from rag.understanding.follow_up import says_nothing
from rag.understanding.small_talk import name_introduced, thing_made
from rag.understanding.topic import is_topic

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def person_asked(text: str, language: str) -> str | None:
    """The name that a text asks who bears it; None if it asks nothing of the kind, or for who holds an office or does a work.

    >>> person_asked("Who is Dana Serik?", "en"), person_asked("who is serik", "en"), person_asked("Who is the mayor?", "en")
    ('Dana Serik', 'serik', None)
    >>> person_asked("кто такой Серик", "ru"), person_asked("Дана Серік кім?", "kk"), person_asked("әкім кім", "kk")
    ('Серик', 'Дана Серік', None)
    >>> person_asked("Кітапхананың меңгерушісі кім?", "kk"), person_asked("кто возит почту?", "ru")  # words in small letters tell
    (None, None)
    """
    name = name_introduced(text, language)
    if not name or not is_topic(name, language) or says_nothing(name):
        return None
    known, (_, *further) = record(language), name.split()
    if not all(word[0].isupper() for word in further):
        return None
    return None if whole_words(f"{known.answers.persons}|{known.answers.offices}").search(name) else name


def made_by_whom(text: str, language: str) -> str | None:
    """The thing that a text asks who made it, founded it, wrote it or owns it; None if it asks nothing of the kind.

    >>> made_by_whom("Who built the new bridge?", "en"), made_by_whom("кто основал музей", "ru"), made_by_whom("Көпірді кім салды?", "kk")
    ('new bridge', 'музей', 'Көпірді')
    """
    thing = thing_made(text, language)
    return thing if thing and is_topic(thing, language) and not says_nothing(thing) else None


def tells_who(said: str, text: str, name: str, asked: str, language: str) -> bool:
    """Whether words can say who bears a name: more than a name alone, unless the text has the name in small letters, or not at all.

    Args:
        text: the sentence that the words stand in, with the title of its article; `language` is theirs, `asked` that of the question.

    >>> tells_who("mayor of Karasu", "Dana Serik, mayor of Karasu, left.", "Serik", "ru", "en")
    True
    >>> tells_who("Pavel Orlov", "Mayor Serik met Pavel Orlov.", "serik", "en", "en"), tells_who("Dana", "They elected Dana.", "elected", "en", "en")
    (False, True)
    """
    found = [word for word in _WORD.findall(said) if word not in ("The", "A", "An")]
    if any(not word[0].isupper() for word in found) or whole_words(record(language).answers.offices).search(said):
        return True
    capitals = " ".join(word for word in _WORD.findall(text) if word[0].isupper())
    return not set(terms(name.title(), asked)) & set(terms(capitals, language))


def names_maker(said: str, sentence: str, title: str, thing: str, asked: str, language: str) -> bool:
    """Whether words of a sentence can be who made a thing: it is named there, or in the title and the sentence names a part of it or
    begins with a pronoun; and they are not the thing itself.

    Args:
        asked: the language of the question; an article in another one may have another word for the thing.

    >>> names_maker("Dana Serik", "The museum was founded by Dana Serik.", "", "museum", "en", "en")
    True
    >>> names_maker("Dana Serik", "The model was made by Dana Serik.", "A new bridge", "bridge model", "en", "en")
    True
    >>> names_maker("John Locke", "John Locke, An Essay", "The museum", "museum", "en", "en"), names_maker("a museum", "It is a museum.", "", "museum", "en", "en")
    (False, False)
    """
    if language_of(thing, asked) != language:
        return True
    wanted, here = _stems(thing, language), _stems(sentence, language)
    leans = re.match(rf"\W*(?:{record(language).follow_up.pronouns})(?!\w)", sentence, re.IGNORECASE)
    is_told = wanted <= here | _stems(title, language) and (leans or not wanted.isdisjoint(here))
    return bool(is_told) and not wanted <= _stems(said, language)


def _stems(text: str, language: str) -> set[str]:
    return {stem for word in _WORD.findall(text.lower()) for stem in stems(word, language)}
