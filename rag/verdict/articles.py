"""Finds the article of a law that a question names by its number: what does Article 17 of the Constitution say?"""

import functools
import re
from collections.abc import Sequence

from index import Document
from index.analysis.languages import LANGUAGES, record
from index.analysis.sentences import sentences
from index.articles.parts import Part, parts_of
from rag.types import Passage, Query, Reading
from rag.verdict.question_stems import holds, question_stems

MOST = 7  # laws that may have an article with the number
LONGEST = 3_000  # characters of an article; of a longer one the first sentences are shown


def named_articles(query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """The articles that a question asks for by their number, of all laws that were found or of the one that it calls by its title.

    Args:
        found: passages of laws and of anything else, best first.
        confidence: how sure the readings are to be.
    """
    asked = next(filter(None, (pattern.search(query.text) for pattern in _asking())), None)
    if asked is None or asked.lastindex is None:
        return []
    number = asked[asked.lastindex]
    rest = question_stems(f"{query.text[: asked.start()]} {query.text[asked.end() :]}", query.language)
    laws = {each.document.id: each.document for each in found if _is_called(each.document, rest)}
    articles = [
        _reading(law, part, confidence)
        for law in laws.values()
        for part in parts_of(law.text, law.language)
        if part.article == number and part.body < part.end
    ]
    return articles[:MOST]


@functools.cache
def _asking() -> tuple[re.Pattern[str], ...]:
    """What asks for an article, in every language: of "17-бап" alone the language cannot be told."""
    return tuple(re.compile(record(language).lists.asks_article, re.IGNORECASE) for language in LANGUAGES)


def _is_called(document: Document, rest: frozenset[str]) -> bool:
    """Whether the title of a document holds words with some stems."""
    return not rest or holds(document.title, document.language, rest)


def _reading(document: Document, part: Part, confidence: float) -> Reading:
    body = part.body + len(document.text[part.body :]) - len(document.text[part.body :].lstrip())
    end = _end(document, body, part.end)
    return Reading(document, part.start, end, body, end, confidence)


def _end(document: Document, start: int, end: int) -> int:
    """Where the last sentence ends that begins in the first 3,000 characters."""
    if end - start <= LONGEST:
        return end
    spans = sentences(document.text[start : start + LONGEST], document.language)
    return start + (spans[-2] if len(spans) > 1 else spans[-1])[1]
