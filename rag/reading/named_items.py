"""Tells whether words stand in another item of a list than the one that a question names: in "max_jobs, …" for "max_workers, …"."""

import re

from index import Document
from index.analysis.terms import stems
from rag.reading.lists import Span, is_item, list_at

_LINE = re.compile(r"[^\n]+")
_NAME = re.compile(r"[^,:;()\n]{2,60}?(?=\s*[,:;(]|\s+[—–-]\s)")  # of an item that goes on to tell of it


class NamedItems:
    """The lists of a text of which a question names some items by the words that they begin with, and not the others.

    Args:
        asked: the stems of the question, in the language of the document. What its title names tells no item from others.
        span: where the text stands in the document.
    """

    def __init__(self, document: Document, span: Span, asked: frozenset[str]) -> None:
        self._asked, self._document = asked.difference(stems(document.title, document.language)), document
        lines = [found.start() for found in _LINE.finditer(document.text, *span) if is_item(found[0])]
        lists = dict.fromkeys(found.items for start in lines if (found := list_at(document, start))) if asked else {}
        self._named = {items: tuple(filter(self._is_named, items)) for items in lists}

    def is_other(self, place: int) -> bool:
        """Whether a character stands in an item that is not named and names none that is, of a list with one that is."""
        return any(self._is_beside(items, named, place) for items, named in self._named.items() if named)

    def _is_beside(self, items: tuple[Span, ...], named: tuple[Span, ...], place: int) -> bool:
        own = next((each for each in items if each[0] <= place < each[1]), None)
        if own is None or own in named:
            return False
        told = self._document.text[slice(*own)]
        return not any(self._name(each) in told for each in named)

    def _is_named(self, item: Span) -> bool:
        name = frozenset(stems(self._name(item), self._document.language))
        return bool(name) and name <= self._asked

    def _name(self, item: Span) -> str:
        found = _NAME.match(self._document.text, *item)
        return found[0] if found else ""
