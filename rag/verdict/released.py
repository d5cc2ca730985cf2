"""Answers questions about the versions of a programme from its changelog, whose headings tell the version and the day of what follows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems, words
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.releases import VERSION, Release, Span, plain_version, releases_in
from rag.types import Passage, Query, Reading
from rag.verdict.question_stems import holds

_VERSION = re.compile(rf"(?<![\w.])v?(?P<version>{VERSION})(?!\.?\w)", re.IGNORECASE)
_NAMED = re.compile(rf"(?P<name>\w+)\s+{_VERSION.pattern}", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:[-*•–—]|\d{1,3}[.)])[ \t]+(?P<words>\S.*?)(?:[\s.]*\([^()]*#\d[^()]*\))?[\s.]*")
_SENTENCES = re.compile(r"(?P<words>[^\n]*[.!])\s*")
_LINE = re.compile(r"[^\n]+")
_QUOTED = 300  # characters from a heading to the end of what stands below it, up to which both are quoted as one


@dataclass(frozen=True, slots=True)
class _Change:
    """What a release changed: where its words stand, and the kinds of change that these name, else the line over them."""

    line: Span
    words: Span
    kinds: frozenset[int]


def told_of_release(query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """What a changelog tells: what changed in a version, when that was released, which version made a change, or when.

    Nothing, unless one changelog among the passages has the version, or one release such a change.

    Args:
        confidence: how sure it is to be.
    """
    version, asks_version = _version_asked(query), _asks_version(query)
    if not (version or asks_version or (_is_time(query) and _kinds(query.text, query.language))):
        return []
    documents = {each.document.id: each.document for each in found}.values()
    told = [(document, release) for document in documents for release in releases_in(document)]
    if version is None:
        return _of_change(query, told, confidence)
    of_version = [each for each in told if plain_version(each[1].name) == version and _is_named(query, each[0])]
    own = [each for each in of_version if each[0].language == query.language] or of_version
    return _of_version(query, *own[0], confidence) if len(own) == 1 else []


def of_asked_release(query: Query, found: Sequence[Passage]) -> list[Passage]:
    """The passages without those of changelogs that tell of other versions than the one that is asked about."""
    version = _version_asked(query)
    return [each for each in found if version is None or _may_tell_of(version, each)]


def _may_tell_of(version: str, passage: Passage) -> bool:
    """Whether a passage is of no changelog, or stands under the heading of a version, or names it."""
    releases, chunk = releases_in(passage.document), passage.chunk
    under = (each.name for each in releases if each.heading[0] < chunk.end and chunk.start < each.end)
    named = (each["version"] for each in _VERSION.finditer(chunk.text))
    return not releases or version in map(plain_version, (*under, *named))


def _version_asked(query: Query) -> str | None:
    """The version of which a question asks when it was released or what changed in it; None if it asks for something else."""
    named = _VERSION.search(query.text)
    is_asked = named and not _asks_version(query) and _is_of_releases(query)
    return plain_version(named["version"]) if named and is_asked else None


def _asks_version(query: Query) -> bool:
    return bool(whole_words(record(query.language).releases.asks_version).search(query.text))


def _is_time(query: Query) -> bool:
    return expected_answer_type(query.text) is AnswerType.TIME


def _is_of_releases(query: Query) -> bool:
    """Whether a question asks when a version was released, or what changed in it."""
    known = record(query.language).releases
    if _is_time(query):
        return bool(whole_words(known.released).search(query.text))
    asks_what = whole_words(known.asks_what).search(query.text)
    return asks_what is not None and bool(
        whole_words(known.news).search(query.text) or _kinds(query.text, query.language)
    )


def _kinds(text: str, language: str) -> frozenset[int]:
    """The kinds of change that a text names."""
    kinds = record(language).releases.changes
    return frozenset(at for at, pattern in enumerate(kinds) if whole_words(pattern).search(text))


def _rest(query: Query, text: str) -> list[str]:
    """The words of a question that are not about versions, releases and kinds of change."""
    known = record(query.language)
    asked = known.releases
    about = (asked.asks_version, asked.version, asked.asks_what, asked.news, asked.released, *asked.changes)
    small = known.little_words
    kept = whole_words("|".join(about)).sub(" ", " ".join(words(text)))
    return [word for word in kept.split() if word not in small]


def _is_named(query: Query, document: Document) -> bool:
    """Whether a question names nothing besides a version but what has it, and that is found in a document."""
    named = _NAMED.search(query.text)
    names = {word for word in query.text.split() if word != word.lower()} | ({named["name"]} if named else set())
    rest = _rest(query, _VERSION.sub(" ", query.text))
    told = f"{document.title} {document.source} {document.path} {document.text}"
    is_name = frozenset(rest) <= frozenset(words(" ".join(names)))
    return is_name and holds(told, document.language, frozenset(stems(" ".join(rest), query.language)))


def _of_version(query: Query, document: Document, release: Release, confidence: float) -> list[Reading]:
    """The day of a release, or what it changed."""
    if _is_time(query):
        return [Reading(document, *release.heading, *release.day, confidence)] if release.day else []
    is_all = whole_words(record(query.language).releases.news).search(query.text)
    kinds = _kinds(query.text, query.language)
    return [
        Reading(document, *each.line, *each.words, confidence)
        for each in _changes(document, release)
        if is_all or each.kinds & kinds
    ]


def _of_change(query: Query, told: Sequence[tuple[Document, Release]], confidence: float) -> list[Reading]:
    """The version that made a change, or its day, with what is told of it; nothing unless one release did."""
    kinds, rest = _kinds(query.text, query.language), " ".join(_rest(query, query.text))
    asked = frozenset(stems(rest, query.language))
    made = [
        (document, release, change)
        for document, release in told
        if document.language == query.language
        for change in _changes(document, release)
        if asked and change.kinds & kinds and holds(document.text[slice(*change.words)], document.language, asked)
    ]
    if len({(document.id, release.heading) for document, release, _ in made}) != 1:
        return []
    document, release, change = made[0]
    words_of = release.day if _is_time(query) else release.version
    if words_of is None:
        return []
    if change.line[1] - release.heading[0] <= _QUOTED:
        return [Reading(document, release.heading[0], change.line[1], *words_of, confidence)]
    return [
        Reading(document, *release.heading, *words_of, confidence),
        Reading(document, *change.line, *change.words, confidence),
    ]


def _changes(document: Document, release: Release) -> Iterator[_Change]:
    """The items that stand under the heading of a release; its sentences if there are none."""
    lines = list(_LINE.finditer(document.text, release.heading[1], release.end))
    told = [(line, found) for line in lines if (found := _ITEM.fullmatch(line[0]))]
    told = told or [(line, found) for line in lines if (found := _SENTENCES.fullmatch(line[0]))]
    items = {line.start(): found for line, found in told}
    over = frozenset[int]()
    for line in lines:
        if line.start() not in items:
            over = _kinds(line[0], document.language)
            continue
        found = items[line.start()]
        start, end = (line.start() + place for place in found.span("words"))
        yield _Change(line.span(), (start, end), _kinds(found["words"], document.language) or over)
