"""Themes as people read them: named in a language, counted among the articles that pass filters, quoted with proof."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index import Filters, Snapshot
from index.store.types import ListedDocument
from rag.answer import Citation
from rag.themes.types import Member, Theme, Themes

VERSION = 1  # of the JSON
ENOUGH = 2  # articles in a language, and it names the theme
QUOTES = 3  # of a theme
OF_ONE_LANGUAGE = 2  # quotes
MONTH = len("2026-01")

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme among the articles that pass the filters.

    Attributes:
        phrases: that name it, best first, in the language that was asked for if enough of its articles are in that.
        language: of the phrases.
        articles: how many articles are in it, copies not counted.
        copies: how many more tell the same as one of these in the same words.
        documents: all these, copies after the others.
        languages, months, places, sources: how many of the articles are of each, the most frequent first, months in their
            order; an article without one is not counted there.
        quotes: its two or three most telling sentences.
    """

    phrases: tuple[str, ...]
    language: str
    articles: int
    copies: int
    documents: tuple[ListedDocument, ...]
    languages: Counts
    months: Counts
    places: Counts
    sources: Counts
    quotes: tuple[Citation, ...]

    @property
    def name(self) -> str:
        """Its phrases in a row."""
        return ", ".join(self.phrases)

    def to_json(self) -> dict[str, Any]:
        """The theme as `kenes themes --json` prints it."""
        return {
            "name": self.name,
            "language": self.language,
            "articles": self.articles,
            "copies": self.copies,
            "documents": [each.id for each in self.documents],
            "languages": dict(self.languages),
            "months": dict(self.months),
            "places": dict(self.places),
            "sources": dict(self.sources),
            "quotes": [quote.to_json() for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """What the articles that pass the filters are about.

    Attributes:
        language: in which themes are named where they can be.
        articles: how many articles pass the filters, copies not counted.
        copies: how many more are copies of these.
        themes: those that hold any of these articles, the largest first.
        other: the articles that are in no theme.
    """

    language: str
    articles: int
    copies: int
    themes: tuple[ThemeCount, ...]
    other: tuple[ListedDocument, ...]

    def to_json(self) -> dict[str, Any]:
        """The report as `kenes themes --json` prints it."""
        return {
            "version": VERSION,
            "language": self.language,
            "articles": self.articles,
            "copies": self.copies,
            "themes": [theme.to_json() for theme in self.themes],
            "other": [each.id for each in self.other],
        }


def report(
    snapshot: Snapshot, found: Themes, filters: Filters | None = None, language: str | None = None
) -> ThemeReport:
    """Count and quote themes among the articles that pass the filters.

    Args:
        snapshot: the index that they are of.
        found: its themes.
        filters: count only the documents that pass, or all for None.
        language: to name themes in; None for the one that most of these articles are written in.
    """
    passing = {listed.id: listed for listed in snapshot.listing(filters)}
    language = language or main_language(passing.values())
    copies = _copies_of(found, passing)
    counts = [_count(snapshot, theme, passing, copies, language) for theme in found.themes]
    counts = sorted((each for each in counts if each.articles), key=lambda each: -each.articles)
    in_themes = {document.id for each in counts for document in each.documents}
    copied = sum(id in passing and first in passing for id, first in found.copies.items())
    return ThemeReport(
        language=language,
        articles=len(passing) - copied,
        copies=copied,
        themes=tuple(counts),
        other=tuple(each for id, each in sorted(passing.items()) if id not in in_themes),
    )


def one_theme(snapshot: Snapshot, theme: Theme, filters: Filters | None = None) -> ThemeReport:
    """The report of one theme alone, such as `like` finds; the other articles are not listed."""
    named = next(iter(theme.names))
    found = report(snapshot, Themes("", 0, (theme,), (), {}), filters, named)
    return ThemeReport(named, found.articles, found.copies, found.themes, ())


def main_language(listed: Iterable[ListedDocument]) -> str:
    """The language that most of some documents are written in; English if there are none.

    >>> main_language([])
    'en'
    """
    counts = Counter(each.language for each in listed)
    return min(counts, key=lambda code: (-counts[code], code), default="en")


def _copies_of(found: Themes, passing: Mapping[str, ListedDocument]) -> dict[str, list[str]]:
    """The copies of each article that pass the filters."""
    copies: dict[str, list[str]] = {}
    for copy, first in sorted(found.copies.items()):
        if copy in passing:
            copies.setdefault(first, []).append(copy)
    return copies


def _count(
    snapshot: Snapshot,
    theme: Theme,
    passing: Mapping[str, ListedDocument],
    copies: Mapping[str, Sequence[str]],
    language: str,
) -> ThemeCount:
    tellings = [[member.id, *copies.get(member.id, ())] for member in theme.members]  # each article with its copies
    tellings = [kept for ids in tellings if (kept := [id for id in ids if id in passing])]
    firsts = [passing[ids[0]] for ids in tellings]
    named = _named_in(theme, Counter(each.language for each in firsts), language)
    months = Counter(each.published[:MONTH] for each in firsts if len(each.published or "") >= MONTH and each.published)
    return ThemeCount(
        phrases=theme.names.get(named, ()),
        language=named,
        articles=len(tellings),
        copies=sum(map(len, tellings)) - len(tellings),
        documents=(*firsts, *(passing[id] for ids in tellings for id in ids[1:])),
        languages=_ordered(each.language for each in firsts),
        months=dict(sorted(months.items())),
        places=_ordered(each.place for each in firsts),
        sources=_ordered(each.source for each in firsts),
        quotes=_quotes(snapshot, [member for member in theme.members if member.id in passing], passing, named),
    )


def _named_in(theme: Theme, languages: Counter[str], language: str) -> str:
    """The language to name a theme in: the one asked for, if enough articles are written in it; else that of most."""
    known = {code: count for code, count in languages.items() if theme.names.get(code)}
    if known.get(language, 0) >= min(ENOUGH, languages.total()):
        return language
    return min(known, key=lambda code: (-known[code], code), default=next(iter(theme.names), language))


def _quotes(
    snapshot: Snapshot, members: Sequence[Member], passing: Mapping[str, ListedDocument], language: str
) -> tuple[Citation, ...]:
    """The most telling sentences: two in the language of the name and one in another, where there are."""
    own = [member for member in members if passing[member.id].language == language]
    foreign = [member for member in members if passing[member.id].language != language]
    order = dict.fromkeys([*own[:OF_ONE_LANGUAGE], *foreign[:1], *own, *foreign])
    quotes: list[Citation] = []
    for member in list(order)[:QUOTES]:
        document = snapshot.document(member.id)
        if document and 0 <= member.start < member.end <= len(document.text):
            quotes.append(Citation.of(len(quotes) + 1, document, member.start, member.end))
    return tuple(quotes)


def _ordered(values: Iterable[str | None]) -> dict[str, int]:
    """How often each value occurs, the most frequent first."""
    counts = Counter(value for value in values if value)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
