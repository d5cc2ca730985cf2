"""Understands a question: checks it, detects its language, makes its terms, and starts to embed it."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

from index import Embedder, InputError, Snapshot
from index.analysis.detect import detect
from index.analysis.terms import query_terms, readable
from index.analysis.unicode import printable
from rag.types import Query

QUESTION_LIMIT = 4_000  # characters


def understand(text: str, embedder: Embedder, snapshot: Snapshot) -> Query:
    """Prepare a question for the searchers and the reader.

    Kazakh in Latin letters is written in Cyrillic, as most articles are. The question is embedded in another thread,
    while this one goes on to look up words.

    Raises:
        InputError: it is empty, or too long to be a question.
    """
    if len(text) > QUESTION_LIMIT:
        raise InputError(
            f"the question has {len(text):,} characters; the limit is {QUESTION_LIMIT:,}", "ask something shorter"
        )
    text = " ".join(printable(text).split())
    if not any(c.isalnum() for c in text):
        raise InputError(
            "the question is empty, or has no words",
            'ask something, for example: kenes ask "How many laws must change?"',
        )
    language = detect(text)
    text = readable(text, language)
    embedded = _embedding_threads().submit(embedder.embed_query, text)
    terms = tuple(query_terms(text, language))
    return Query(text, language, terms, snapshot.inverse_document_frequencies(terms), embedded)


@cache
def _embedding_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_name_prefix="embedding")
