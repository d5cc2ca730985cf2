"""Tells what asks for a definition ("what is a mazhilis?"), and which sentences give one."""

import re
from collections.abc import Iterator

from index.analysis.detect import detect
from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems
from rag.understanding.follow_up import says_nothing
from rag.understanding.small_talk import topic_defined
from rag.understanding.topic import is_topic

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ASIDE = re.compile(r"^\s*(?:\)|\((?:[^()]|\([^()]*\))*\))")  # behind a thing, or the end of the one that it stands in
_MARKS = "«»“”\"'`*_\u0301"  # quotation, emphasis, stress
_QUOTES = tuple("«»“”„\"'’‘")
_MARKER = re.compile(r"^\s*(?:\(?\w{1,3}[.)]|[-*•–—])\s+")  # of an item of a list
_BETWEEN = r"[«»“”„\"'’‘*]*(?:\s*\((?:[^()]|\([^()]*\))*\))?[«»“”„\"'’‘*]*"  # a thing and what says what it is
_AS_LISTED = re.compile(_BETWEEN + r" ?[—–-] (?=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
MOST_QUOTED = 6  # words of a thing in quotation marks
MOST_BEFORE = 4  # words before a thing in a sentence that says what it is: "In Kazakhstan the"


def thing_asked(text: str, language: str) -> str | None:
    """The thing that a text asks what it is, of one or two words or a name; None if it asks nothing of the kind, or for a number.

    In quotation marks it may have more words.

    >>> thing_asked("What is a borrow checker?", "en"), thing_asked("What is the new price?", "en"), thing_asked("trait деген не", "ru")
    ('borrow checker', None, 'trait')
    """
    spoken = [language, *(each.code for each in RECORDS.values() if each.cyrillic and each.code != language)]
    for each in spoken:
        asked = topic_defined(text, each) or ""
        thing = asked.strip("".join(_QUOTES))
        is_whole = asked.startswith(_QUOTES) and is_topic(thing, each, MOST_QUOTED)
        if (
            thing
            and (is_whole or is_topic(thing, each))
            and not says_nothing(thing)
            and not _asks_for_value(text, each)
        ):
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


def definition_in(sentence: str, thing: str, language: str) -> int | None:
    """From where on a sentence says what a thing is as a law or a dictionary does; None if it does not, or says it only in passing.

    >>> law = "“quorum” means half of the members;"
    >>> law[definition_in(law, "quorum", "en") :], definition_in("The strike means delays.", "strike", "en")
    ('half of the members;', None)
    >>> [definition_in(each, "кворум", "ru") is not None for each in ("3) кворум – половина членов;", "Кворум — это половина.", "Кворум — есть!")]
    [True, True, False]
    """
    known = record(language)
    means, denotes = (
        re.compile(rf"{_BETWEEN}(?:{each})\W*", re.IGNORECASE) for each in (known.talk.means, known.talk.denotes)
    )
    is_told = not whole_words(known.lists.speaking).search(sentence)
    for start, end in _places(sentence, thing, language):
        before, after = sentence[:start], sentence[end:]
        is_listed = _MARKER.match(sentence) or sentence.endswith(";")
        is_item = is_listed and not re.search(r"\w", _MARKER.sub("", before))
        is_quoted = before.endswith(_QUOTES) and after.startswith(_QUOTES)
        is_one = re.search(rf"\b(?:{known.talk.indefinite}) $", before, re.IGNORECASE)
        is_plain = is_told and len(_WORD.findall(before)) <= MOST_BEFORE and not _is_narrowed(before, language)
        found = (
            (means.match(after) if is_item or is_quoted or is_one else None)
            or (denotes.match(after) if is_item or is_quoted or is_plain else None)
            or (_AS_LISTED.match(after) if is_item else None)
        )
        if found:
            return end + found.end()
    return None


def _places(sentence: str, thing: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a thing is named in a sentence, in any form."""
    found = [(match.span(), _forms(match[0], language)) for match in _WORD.finditer(sentence)]
    wanted = [_forms(word[0], language) for word in _WORD.finditer(thing)]
    for at in range(len(found) - len(wanted) + 1 if wanted else 0):
        placed = found[at : at + len(wanted)]
        if not any(forms.isdisjoint(asked) for (_, forms), asked in zip(placed, wanted, strict=True)):
            yield placed[0][0][0], placed[-1][0][1]


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
