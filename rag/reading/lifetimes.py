"""Tells from when to when somebody lived, in brackets behind the name: that dates nothing else that is told of the person."""

import functools
import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words

_BRACKET = re.compile(r"\(([^()]*)\)")
_SPAN = re.compile(r"(?<!\d)(\d{3,4})(?:/\d{1,2})?(?!\d)[^–—-]*[–—-]\D*?(?:\d{1,2}\D+?)?(\d{2,4})(?:/\d{1,2})?\D*")
_YOUNGEST, _OLDEST = 15, 110  # years that somebody lives
_YOUNGEST_ASIDE = 20  # the same where the name does not begin the sentence: "of New Lund (1838-52)" may be an office
_NAME = r"[^\W\d_a-zа-яёәғқңөұүһі][\w.'’-]*"
_ENDS_WITH_NAME = re.compile(rf"{_NAME}\s{_NAME}$")  # of two words or more: the opera by Ada Lind


def asks_lifetime(question: str, language: str) -> bool:
    """Whether a question asks when somebody was born or died, or from when to when something was.

    >>> [asks_lifetime(each, "en") for each in ("When was Ada born?", "When did Ada become queen?")]
    [True, False]
    """
    return bool(whole_words(record(language).statements.asks_lifetime).search(question))


def is_lifetime(sentence: str, place: int, language: str) -> bool:
    """Whether a place of a sentence is in a bracket that says from when to when somebody lived.

    >>> text = "Ada Lind (1802-1871) led the mill of Orvik (1838-66)."
    >>> is_lifetime(text, 10, "en"), is_lifetime(text, 44, "en")
    (True, False)
    """
    bracket = next((each for each in _BRACKET.finditer(sentence) if each.start() <= place < each.end()), None)
    if bracket is None:
        return False
    if _marked(language).search(bracket[1]) and re.search(r"\d{3}", bracket[1]):
        return True
    lived, before = _years(bracket[1]), sentence[: bracket.start()].strip()
    if _begins_with_name(language).fullmatch(before):
        return _YOUNGEST <= lived <= _OLDEST
    return _YOUNGEST_ASIDE <= lived <= _OLDEST and _ends_with_person(before, language)


def _ends_with_person(text: str, language: str) -> bool:
    """Whether a text ends with a name that is not that of a place or the like: by Ada Lind, not: of New Lund, the Kelp War."""
    found = _ENDS_WITH_NAME.search(text)
    if found is None:
        return False
    joined = re.search(rf"(?:^|\s)(?:{record(language).statements.joined})$", text[: found.start()], re.IGNORECASE)
    return not (joined and joined[0].strip())


def _years(words: str) -> int:
    """How many years lie between the ends of a span that makes up some words; -1 for none."""
    found = next(iter(_SPAN.finditer(words)), None)
    if found is None or found.end() < len(words):
        return -1
    first, last = found.groups()
    return int(first[: max(0, len(first) - len(last))] + last) - int(first)


@functools.cache
def _begins_with_name(language: str) -> re.Pattern[str]:
    """A name that is all of some words, with what it is called by: Olaf the Old, Жүніс хан."""
    known = record(language)
    small = "|".join(word.title() for word in known.small_words)
    return re.compile(rf"\W*(?!(?:{small})\s){_NAME}(?:,?\s+(?:{_NAME}|{known.statements.styles}))*")


@functools.cache
def _marked(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{record(language).statements.lifetime})(?!\w)", re.IGNORECASE)
