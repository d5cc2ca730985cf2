"""Finds the article of a law, or the point of a numbered list, that a question names: what does point 3 of the order say?"""

import re
from collections.abc import Sequence

from index import Document
from index.analysis.languages import record
from index.analysis.terms import stems
from rag.reading.context import sentence_at
from rag.reading.lists import Span, list_at, numbered
from rag.types import Passage, Query, Reading
from rag.verdict.articles import named_articles
from rag.verdict.comparer import READ_PASSAGES
from rag.verdict.grouping import Group
from rag.verdict.judge import LIKELY, Verdict
from rag.verdict.question_stems import question_stems
from rag.verdict.values import statement


def by_number(query: Query, found: Sequence[Passage]) -> Verdict | None:
    """What a question names by its number, as what is said to it; None if it names nothing, or no article has it."""
    named = named_articles(query, found, LIKELY) or named_point(query, found[:READ_PASSAGES], LIKELY)
    points = tuple(Group((statement(each, None),)) for each in named)
    return Verdict("answered", None, points, (), tuple(named)) if points else None


def named_point(query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """The point that a question asks for by its number and in the words of its document's title; none unless one document has it.

    Args:
        confidence: how sure it is to be.
    """
    asked = re.search(record(query.language).lists.asks_point, query.text, re.IGNORECASE)
    if asked is None or asked.lastindex is None:
        return []
    rest = question_stems(f"{query.text[: asked.start()]} {query.text[asked.end() :]}", query.language)
    documents = {each.document.id: each.document for each in found if each.document.language == query.language}
    points = [
        (document, span)
        for document in documents.values()
        for span in numbered(document, int(asked[asked.lastindex]))
        if _is_called(document, span, rest)
    ]
    return [_reading(*points[0], confidence)] if len(points) == 1 else []


def _is_called(document: Document, span: Span, rest: frozenset[str]) -> bool:
    """Whether words with some stems stand in a document's title, or over its list: "I order" says that it is an order."""
    listed = list_at(document, span[0])
    told = stems(f"{document.title} {listed.head if listed else ''}", document.language)
    return all(any(each.startswith(stem) for each in told) for stem in rest)


def _reading(document: Document, span: Span, confidence: float) -> Reading:
    left, right = sentence_at(document, span[0])
    return Reading(document, left, max(right, span[1]), *span, confidence)
