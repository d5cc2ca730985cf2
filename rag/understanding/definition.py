"""Tells what asks for a definition ("what is a mazhilis?"), and which sentences give one."""

import re

from index.analysis.detect import detect
from index.analysis.languages import RECORDS, record
from index.analysis.terms import stems
from rag.understanding.follow_up import says_nothing
from rag.understanding.small_talk import topic_defined
from rag.understanding.topic import is_topic

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ASIDE = re.compile(r"^\s*(?:\)|\((?:[^()]|\([^()]*\))*\))")  # behind a thing, or the end of the one that it stands in
_MARKS = "«»“”\"'`*_\u0301"  # quotation, emphasis, stress
MOST_BEFORE = 4  # words before a thing in a sentence that says what it is: "In Kazakhstan the"


def thing_asked(text: str, language: str) -> str | None:
    """The thing that a text asks what it is, of one or two words or a name; None if it asks nothing of the kind, or for a number.

    >>> thing_asked("What is a borrow checker?", "en"), thing_asked("What is the new price?", "en"), thing_asked("trait деген не", "ru")
    ('borrow checker', None, 'trait')
    """
    spoken = [language, *(each.code for each in RECORDS.values() if each.cyrillic and each.code != language)]
    for each in spoken:
        thing = topic_defined(text, each)
        if thing and is_topic(thing, each) and not says_nothing(thing) and not _asks_for_value(text, each):
            return thing
    return None


def _asks_for_value(text: str, language: str) -> bool:
    answers = record(language).answers
    asked = (answers.asks_number, answers.asks_time, answers.asks_person)
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in asked)


def language_of(thing: str, language: str) -> str:
    """The language to look up a thing in: that of the question, unless the thing stands in other letters.

    >>> language_of("trait", "kk"), language_of("сенат", "kk")
    ('en', 'kk')
    """
    own = detect(thing)
    return language if record(own).cyrillic == record(language).cyrillic else own


def defines(sentence: str, thing: str, language: str) -> bool:
    """Whether a sentence says what a thing is, in a language.

    >>> defines("A trait (or interface) is a set of methods.", "traits", "en"), defines("A trait is implemented here.", "trait", "en")
    (True, False)
    >>> defines("Курултай — площадка для диалога.", "курултай", "ru"), defines("Курултай прошёл в Атырау.", "курултай", "ru")
    (True, False)
    """
    talk, sentence = record(language).talk, _plain(sentence)
    found = [(match, _forms(match[0], language)) for match in _WORD.finditer(sentence)]
    wanted = [_forms(word[0], language) for word in _WORD.finditer(thing)]
    for at in range(len(found) - len(wanted) + 1):
        placed = found[at : at + len(wanted)]
        if not wanted or any(forms.isdisjoint(asked) for (_, forms), asked in zip(placed, wanted, strict=True)):
            continue
        before = sentence[: placed[0][0].start()]
        after = _ASIDE.sub("", sentence[placed[-1][0].end() :])
        if at <= MOST_BEFORE and not _is_narrowed(before, language) and re.match(talk.defines, after, re.IGNORECASE):
            return True
        if re.search(rf"\b(?:{talk.called}) ?$", before, re.IGNORECASE):
            return True
    return False


def _is_narrowed(before: str, language: str) -> bool:
    """Whether the word before a thing makes it another one: "community" plugins are not what plugins are.

    >>> _is_narrowed("New ", "en"), _is_narrowed("In Ust a ", "en"), _is_narrowed("Малые ", "ru"), _is_narrowed("В городе ", "ru")
    (True, False, True, False)
    """
    known, word = record(language), re.search(r"([\w'’-]+) +$", before)
    if not word or word[1].lower() in known.function_words:
        return False
    if known.nouns.adjectives:
        return bool(re.fullmatch(known.nouns.adjectives, word[1], re.IGNORECASE))
    return not re.fullmatch(known.nouns.oblique or "(?!)", word[1], re.IGNORECASE)


def _forms(word: str, language: str) -> frozenset[str]:
    return frozenset([word.lower(), *stems(word.lower(), language)])


def _plain(text: str) -> str:
    """A sentence without marks of quotation, emphasis and stress."""
    return text.translate(dict.fromkeys(map(ord, _MARKS)))
