"""Keeps to the section of an article that a question names: what its sister sections tell is told of others."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index import Document
from index.articles.sections import Section, are_sisters, sections_in
from rag.reading.day_sections import day_sections
from rag.types import Passage, Query
from rag.understanding.exclusion import exclusion
from rag.understanding.when import Relation, when
from rag.verdict.names import Spellings, shared, spellings_in, surely_names
from rag.verdict.question_stems import holds, question_stems

Span = tuple[int, int]
_LONGEST = 800  # characters of a named section that are read as one passage
_MOST = 2  # passages that a named section is read as
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_WORD = re.compile(r"\w+")


def of_named_sections(query: Query, found: Sequence[Passage]) -> list[Passage]:
    """Passages without what stands in sections of other things than the question names; the section that it names goes before.

    Args:
        found: passages, best first.
    """
    if exclusion(query.text, query.language).things:  # what is named is left out, and the others are asked about
        return list(found)
    documents = {each.document.id: each.document for each in found}
    told = {id: _Sections(query, document, documents.values()) for id, document in documents.items()}
    kept: list[Passage] = []
    for passage in found:
        sections = told[passage.document.id]
        if not sections.others:
            kept.append(passage)
            continue
        spans = _without((passage.chunk.start, passage.chunk.end), sorted([*sections.others, *sections.named]))
        kept += [
            _part(passage, *span) for span in [*sections.new(), *spans] if _WORD.search(passage.document.text, *span)
        ]
    return kept


class _Sections:
    """Where an article tells of what a question names, under a label of its own, and where of its sisters."""

    def __init__(self, query: Query, document: Document, found: Collection[Document]) -> None:
        self._query, self._document = query, document
        self._texts = [each.text for each in found if each.language == document.language]
        self._is_new = True
        self.others, self.named = _by_day(query, document)
        if self.named:
            return
        sections = sections_in(document.text, document.language)
        self._head = _head(document, sections)
        asked = [each for each in sections if self._is_named(each)]
        sisters = [each for each in sections if each not in asked and any(self._are_apart(each, one) for one in asked)]
        self.others = [span for each in sisters for span in self._of_others(each, asked)]
        self.named = [(each.start, each.end) for each in asked if any(self._are_apart(one, each) for one in sisters)]

    def new(self) -> list[Span]:
        """The passages of the sections that are named; none the second time."""
        is_new, self._is_new = self._is_new, False
        return [piece for span in self.named for piece in _pieces(self._document.text, *span)] if is_new else []

    def _is_named(self, section: Section) -> bool:
        """Whether a question names what a section is told of."""
        query, language = self._query, self._document.language
        names = self._names(section)
        if section.is_name and names and shared(names, self._head) == names:  # the whole article is told of it, too
            return False
        if section.is_name and shared(names, surely_names(query.text, query.language)):
            return True
        if language != query.language:
            return False
        if section.is_name and any(
            self._is_proper(word) and holds(query.text, language, question_stems(word, language))
            for word in section.own
        ):
            return True
        label = question_stems(section.label, language)
        return bool(label) and holds(query.text, language, label)

    def _names(self, section: Section) -> Spellings:
        return spellings_in(" ".join(section.own), self._document.language)

    def _is_proper(self, word: str) -> bool:
        """Whether a word stands in no article in small letters, but for addresses."""
        small = re.compile(rf"(?<![^\s«“\"(]){re.escape(word.lower())}(?![\w-]|[.@/]\w)")
        return word != word.lower() and not any(small.search(text) for text in self._texts)

    def _are_apart(self, section: Section, asked: Section) -> bool:
        """Whether a section surely tells of another thing of the kind that is asked about."""
        if section.kind != asked.kind or section.label == asked.label:
            return False
        if are_sisters(section.label, asked.label):
            return True
        if not (section.is_name and asked.is_name):
            return False
        if _frame(section) & _frame(asked):
            return any(map(self._is_proper, section.own))
        sure = surely_names(self._document.text, self._document.language)
        return all(map(self._is_proper, section.own)) and bool(shared(self._names(section), sure))

    def _of_others(self, section: Section, asked: Sequence[Section]) -> Iterator[Span]:
        """The paragraphs of a section that name nothing that is asked about."""
        text, language = self._document.text, self._document.language
        for found in _PARAGRAPH.finditer(text, section.start, section.end):
            names = spellings_in(found[0], language)
            stems = [question_stems(" ".join(each.own), language) for each in asked]
            if not any(shared(self._names(each), names) for each in asked) and not any(
                of and holds(found[0], language, of) for of in stems
            ):
                yield found.span()


def _head(document: Document, sections: Sequence[Section]) -> Spellings:
    """The names in the title of an article and in its first paragraph, unless that is of a section."""
    start = min((each.start for each in sections), default=0)
    return spellings_in(f"{document.title}. {document.text[:start].partition(chr(10) * 2)[0]}", document.language)


def _by_day(query: Query, document: Document) -> tuple[list[Span], list[Span]]:
    """Of an article whose headings name days, what stands under other days than the one that a question names, and what under it."""
    asked = when(query.text, query.language)
    is_day = asked and asked.relation is Relation.DURING and not asked.until
    days = asked.days(document.published) if asked and is_day else None
    if days is None or days.first != days.last:
        return [], []
    sections = day_sections(document)
    named = [(each.heading[0], each.end) for each in sections if each.day == days]
    return [(each.heading[0], each.end) for each in sections if each.day != days] if named else [], named


def _frame(section: Section) -> frozenset[str]:
    """The words with capital letters that a label shares with its sisters."""
    return frozenset(word for word in _WORD.findall(section.label) if word[0].isupper() and word not in section.own)


def _without(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span without others, which are sorted."""
    start, end = span
    for left, right in others:
        if left >= end:
            break
        if left > start:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """A section as passages: its paragraphs, as many together as one may hold."""
    pieces: list[Span] = []
    for found in _PARAGRAPH.finditer(text, start, end):
        left, right = found.span()
        if pieces and right - pieces[-1][0] <= _LONGEST:
            pieces[-1] = (pieces[-1][0], right)
        else:
            pieces.append((left, right))
    return pieces[:_MOST]


def _part(passage: Passage, start: int, end: int) -> Passage:
    """A passage of a part of the same document, without blanks around it."""
    text = passage.document.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = len(text[:end].rstrip())
    if (start, end) == (passage.chunk.start, passage.chunk.end):
        return passage
    return replace(passage, chunk=replace(passage.chunk, start=start, end=end, text=text[start:end]))
