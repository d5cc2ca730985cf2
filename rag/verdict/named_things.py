"""Whether an article tells of other things than a question names: of the mine at Brannock, not at Pellworth; of Kite-2, not of Kite-1."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index import Document
from index.analysis.languages import record
from index.analysis.terms import stems
from rag.types import Passage, Query
from rag.verdict.names import Name, Spellings, names_in, shared, spellings_in, surely_names

LONGEST = 20_000  # characters of an article, in which things are looked for
_NUMBER = re.compile(r"[-–‑](\d+)(?!\w)")
_AFTER = re.compile(r"[»”\"]?\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?")


@dataclass(frozen=True, slots=True)
class Thing:
    """A name with what tells which thing bears it.

    Attributes:
        names: its words, but for the first of several.
        beside: stems of the words beside it, and of that first one: the "mine" at Brannock, "Storm" Petra.
        number: what it ends in: Kite-"2"; "" for none.
    """

    names: Spellings
    beside: frozenset[str]
    number: str


def things_in(text: str, language: str) -> list[Thing]:
    """The named things of a text.

    >>> [(sorted(name.text for name in thing.names), sorted(thing.beside), thing.number)
    ...  for thing in things_in("A fire hit the mine at Brannock, and the rocket Kite-2 flew.", "en")]
    [(['brannock'], ['mine'], ''), (['kite'], ['rocket'], '2')]
    """
    return [_thing(text, name, language) for name in names_in(text, language)]


class NamedThings:
    """The things that a question names, and which articles tell of others.

    Args:
        found: the passages; unless the article of one names a thing, none tells of another one instead.
    """

    def __init__(self, query: Query, found: Sequence[Passage]) -> None:
        self._language = query.language
        documents = list({each.document.id: each.document for each in found}.values())
        sure = surely_names(query.text, query.language)

        def is_told_of(thing: Thing) -> bool:
            is_name = bool(shared(thing.names, sure)) or not _is_word(thing, documents)
            return is_name and any(_is_surely_named(thing, each) for each in documents)

        asked = (each for each in things_in(query.text, query.language) if each.names)
        self._asked = [each for each in asked if each.number or is_told_of(each)]

    def allows(self, document: Document) -> bool:
        """Whether an article names each thing, or at least none like it in its place."""
        return all(_is_named(each, document) or not self._is_replaced(each, document) for each in self._asked)

    def _is_replaced(self, thing: Thing, document: Document) -> bool:
        """Whether an article names another thing that stands beside the same words, or bears the same name and another number."""
        others = _things(document)
        if thing.number and any(each.number and shared(thing.names, each.names) for each in others):
            return True
        is_one_language = document.language == self._language
        return is_one_language and any(not thing.beside.isdisjoint(each.beside) for each in others)


def _is_named(thing: Thing, document: Document) -> bool:
    if thing.number:
        alike = (each for each in _things(document) if shared(thing.names, each.names))
        return any(each.number in ("", thing.number) for each in alike)
    return bool(shared(thing.names, spellings_in(_told(document), document.language)))


def _is_surely_named(thing: Thing, document: Document) -> bool:
    return bool(shared(thing.names, surely_names(_told(document), document.language)))


def _is_word(thing: Thing, documents: Iterable[Document]) -> bool:
    """Whether articles have a name in small letters, too: it merely begins a question."""
    return any(name.text in document.text for name in thing.names for document in documents)


def _thing(text: str, name: Name, language: str) -> Thing:
    number, after = _NUMBER.match(text, name.end), _AFTER.match(text, name.end)
    before = _before(language).search(text[: name.start])
    kind, _, rest = text[name.start : name.end].partition(" ")  # Storm Petra, Storm Oskar
    words = [*(after.groups() if after else ()), before[1] if before else None, kind.lower() if rest else None]
    return Thing(spellings_in(rest or kind, language), _telling(words, language), number[1] if number else "")


@cache
def _before(language: str) -> re.Pattern[str]:
    """The word before a name that goes with it, and what joins them: the port "of" Vestnes, the rocket Kite."""
    joined = record(language).statements.joined
    return re.compile(rf"([^\W\d_]+)\s+(?:{joined})[«“\"]?$", re.IGNORECASE)


def _telling(words: Sequence[str | None], language: str) -> frozenset[str]:
    """Stems of words in small letters that say something."""
    little = record(language).little_words
    return frozenset(
        stems(" ".join(each for each in words if each and each.islower() and each not in little), language)
    )


def _told(document: Document) -> str:
    return f"{document.title}. {document.source or ''}. {document.text[:LONGEST]}"


@lru_cache(64)
def _things(document: Document) -> tuple[Thing, ...]:
    """The things that an article names, without words that merely begin a sentence."""
    text, language = _told(document), document.language
    sure = surely_names(text, language)
    return tuple(each for each in things_in(text, language) if each.number or shared(each.names, sure))
