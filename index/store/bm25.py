"""Search by words: BM25 over the terms of chunks, as SQLite's FTS5 computes it.

BM25 is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with k1 1.2 and
b 0.75, which FTS5 fixes. The terms themselves come from `index.analysis.terms`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from index.store.schema import Condition, Execute

K1, B = 1.2, 0.75
MOST_MATCHES = 7_500  # matches, summed over the terms of a question, that take some 3 ms to score
FEW_MATCHES = 1_000  # take no time, so terms with fewer are never too common


def search_bm25(
    execute: Execute, terms: Sequence[str], limit: int, condition: Condition | None = None
) -> list[tuple[int, float]]:
    """Chunks that hold any of the terms, best first.

    Args:
        execute: of the database.
        terms: quoted before use, so operators in them mean nothing. A term that is given twice counts twice.
        condition: only chunks of documents that meet it.

    Returns:
        at most `limit` pairs of chunk number and BM25 score, higher is better.
    """
    if not terms:
        return []
    within = ""
    values: Sequence[str] = ()
    if condition:
        # Tested on each chunk that matches. If it were a set of rows to look in, FTS5 would search again for every row.
        within = (
            "AND (SELECT document_id FROM chunks WHERE id = terms.rowid) "
            f"IN (SELECT id FROM documents WHERE {condition[0]})"
        )
        values = condition[1]
    query = " OR ".join(map(_quoted, terms))
    rows = execute(
        f"SELECT rowid, bm25(terms) FROM terms WHERE terms MATCH ? {within} ORDER BY 2, 1 LIMIT {int(limit)}",
        (query, *values),
    )
    return [(id, -score) for id, score in rows]


def document_frequency(execute: Execute, term: str) -> int:
    """How many chunks hold a term, counted up to `MOST_MATCHES`."""
    counted = f"SELECT count(*) FROM (SELECT 1 FROM terms WHERE terms MATCH ? LIMIT {MOST_MATCHES})"
    count: int = execute(counted, (_quoted(term),)).get
    return count


def informative_terms(terms: Sequence[str], frequencies: Mapping[str, int], chunks: int) -> list[str]:
    """The terms worth searching for, in their order: the rarest ones, at least one.

    Terms in more than half of the chunks are dropped, as FTS5 gives them no weight. If the rest still match more than
    `MOST_MATCHES` chunks in total, the most frequent go too: they tell least and cost most.

    Args:
        frequencies: in how many chunks each term is.
        chunks: how many there are.

    >>> informative_terms(["the", "mayor", "of", "kentau"], {"the": 6000, "mayor": 900, "of": 5900, "kentau": 7}, 9000)
    ['mayor', 'kentau']
    """
    most = max(chunks / 2, FEW_MATCHES)
    kept: set[str] = set()
    matches = 0
    for term in sorted(frequencies, key=lambda term: frequencies[term]):
        matches += frequencies[term]
        if kept and (matches > MOST_MATCHES or frequencies[term] > most):
            break
        kept.add(term)
    return [term for term in terms if term in kept]


def idf(frequency: int, chunks: int) -> float:
    """Inverse document frequency of a term in `frequency` of all chunks, ln(1 + (N - n + 0.5) / (n + 0.5)).

    >>> round(idf(0, 9), 3), round(idf(9, 9), 3)
    (2.996, 0.051)
    """
    return math.log(1 + (chunks - frequency + 0.5) / (frequency + 0.5))


def upper_bound(weights: Iterable[float]) -> float:
    """The limit of BM25 as the frequency of every term grows: (k1 + 1) · Σ idf. 1 for a question without terms.

    >>> round(upper_bound([1.0, 0.5]), 6), upper_bound([])
    (3.3, 1.0)
    """
    return (K1 + 1) * sum(weights) or 1.0


def _quoted(term: str) -> str:
    """A term as FTS5 takes it literally, whatever it holds."""
    return '"' + term.replace('"', '""') + '"'
