"""Tells what only names again what a question asks about: who founded ISRG is not the Internet Security Research Group."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.succession import NAME
from rag.understanding.small_talk import name_introduced

NEAR = 100  # characters before and after words, in which their name may begin or end

_CAPITAL = "[^\\W\\d_a-zа-яёәғқңөұүһі]"
_INITIALS = re.compile(rf"(?<![\w.-]){_CAPITAL}{{2,}}(?!\w|-{_CAPITAL}|-\d)")
_BRACKET = re.compile(rf"[»”\"']?\s*\(\s*[«“\"]?({_CAPITAL}{{2,}})[»”\"]?\s*[),;]")


class OwnName:
    """The names that a question asks something of, in initials or in full; none if it asks who bears the name, or offers it.

    >>> text = "The Internet Security Research Group (ISRG) was founded by Ann Lee."
    >>> own = OwnName("Who founded ISRG?", "en")
    >>> own.is_named(text, 4, 36, "en"), own.is_named(text, 59, 66, "en")
    (True, False)
    """

    def __init__(self, question: str, language: str) -> None:
        is_offered = whole_words(record(language).statements.alternatives).search(question)
        is_shouted = question.upper() == question
        asks_of_it = not (is_offered or is_shouted or name_introduced(question, language))
        self._initials = frozenset(_INITIALS.findall(question) if asks_of_it else ())
        names = (_without_little(each[0], language) for each in NAME.finditer(question) if asks_of_it)
        self._names = frozenset(each for each in names if " " in each)

    def is_named(self, text: str, start: int, end: int, language: str) -> bool:
        """Whether all names in some words of a text are those of the question, or are what its initials stand for."""
        if not (self._initials or self._names):
            return False
        found = [
            each
            for each in NAME.finditer(text, max(0, start - NEAR), end + NEAR)
            if each.end() > start and each.start() < end
        ]
        return bool(found) and all(self._is_own(text, each, end, language) for each in found)

    def _is_own(self, text: str, name: re.Match[str], end: int, language: str) -> bool:
        bracket = _BRACKET.match(text, max(end, name.end()))
        alone = _without_little(name[0], language)
        initials = "".join(word[0] for word in alone.split())
        is_spelled_out = initials in self._initials or bool(bracket and bracket[1] in self._initials)
        return is_spelled_out or alone in self._names


def _without_little(name: str, language: str) -> str:
    """A name without a little word before it, with which a sentence may begin: The Harbour Trust."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in record(language).little_words else name
