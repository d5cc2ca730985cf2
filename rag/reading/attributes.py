"""What a question asks the measure of: a height is no length, and a speed is told as one."""

from collections.abc import Iterator

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.contrary import clause_at

_ALIKE = (frozenset({"height", "level"}), frozenset({"depth", "thickness"}), frozenset({"length", "distance"}))
_ALWAYS_TOLD = frozenset({"speed", "magnitude"})  # attributes without whose name no number is one

_OF_LABEL = (":", "—", "–")  # between what is measured and its number


class AskedAttribute:
    """Tells whether a number may measure what a question asks for.

    >>> text = "The bridge is 412 metres long, 11 metres wide."
    >>> asked = AskedAttribute("How wide is the bridge?", "en")
    >>> asked.is_other(text, 14, "en"), asked.is_other(text, 31, "en")
    (True, False)
    """

    def __init__(self, question: str, language: str) -> None:
        self._asked = frozenset(name for name, _ in _named(question, language))

    def is_other(self, text: str, start: int, language: str) -> bool:
        """Whether the number that begins at a place of a text measures, as its clause says, something else."""
        if not self._asked:
            return False
        told = _told(text, start, language)
        if told is None:
            return self._asked <= _ALWAYS_TOLD
        return not self._is_asked(told)

    def is_named(self, text: str, language: str) -> bool:
        """Whether a text names what is asked for."""
        return any(self._is_asked(told) for told, _ in _named(text, language))

    def _is_asked(self, told: str) -> bool:
        return any(told == asked or {told, asked} in _ALIKE for asked in self._asked)


def _told(text: str, start: int, language: str) -> str | None:
    """The attribute that stands nearest to a place in its clause, else the one that the clause is told of; None if there is none.

    >>> [_told("Width: 46 m, length — 65 m.", place, "en") for place in (7, 22)]
    ['width', 'length']
    """
    clause = clause_at(text, start)
    left = text.rfind(clause, 0, start + len(clause))
    nearest = min(_named(clause, language), key=lambda found: abs(left + found[1] - start), default=None)
    if nearest:
        return nearest[0]
    label = text[:left].rstrip()
    if not label.endswith(_OF_LABEL):
        return None
    *_, named = (None, *(name for name, _ in _named(clause_at(text, len(label) - 1), language)))
    return named


def _named(text: str, language: str) -> Iterator[tuple[str, int]]:
    """The attributes that a text names, and where."""
    for name, pattern in record(language).statements.attributes.items():
        for match in whole_words(pattern).finditer(text):
            yield name, match.start()
