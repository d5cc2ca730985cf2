"""Understands a question: checks it, tells its language, makes its terms and its vector."""

import math
from collections.abc import Sequence
from functools import cache, partial

from index import Embedder, InputError, Snapshot, detect, printable, query_terms
from rag.types import Query

QUESTION_LIMIT = 4_000  # characters


def understand(text: str, embedder: Embedder, snapshot: Snapshot) -> Query:
    """Prepare a question for the searchers and the reader; nothing is read or embedded yet.

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
    looked = tuple(query_terms(text, language))
    weighed, embedded = cache(partial(weights, looked, snapshot)), cache(partial(embedder.embed_query, text))
    return Query(text, language, looked, weighed, embedded, snapshot.centre)


def weights(words: Sequence[str], snapshot: Snapshot) -> dict[str, float]:
    """Inverse document frequency of each term, ln(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it (Robertson and
    Zaragoza, "The Probabilistic Relevance Framework", 2009): N chunks in all, n that hold the term.
    """
    chunks = snapshot.chunk_count()
    return {term: math.log(1 + (chunks - held + 0.5) / (held + 0.5)) for term, held in snapshot.holding(words).items()}
