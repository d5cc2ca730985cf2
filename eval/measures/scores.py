"""The measures, as pure functions of what was asked and what came back."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from eval.measures.answers import exact, f1
from index import figures
from rag.reading.answer_type import A_NUMBER, wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Span = tuple[str, int, int]  # document id, start, end


def hit(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 if a relevant document is among the first k, else 0 (trec_eval's `success`).

    >>> hit(["a", "b"], {"b"}, 1), hit(["a", "b"], {"b"}, 2), hit([], {"b"}, 5)
    (0.0, 1.0, 0.0)
    """
    return float(any(id in relevant for id in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant document, 0 without one (Voorhees, "The TREC-8 Question Answering Track Report",
    1999).

    >>> reciprocal_rank(["a", "b"], {"b", "c"}), reciprocal_rank(["a"], {"b"})
    (0.5, 0.0)
    """
    return next((1 / rank for rank, id in enumerate(ranking, 1) if id in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant documents that are among the first k (Manning, Raghavan and Schütze, "Introduction to
    Information Retrieval", 2008, section 8.3).

    >>> recall(["a", "b", "c"], {"b", "d"}, 2), recall(["a", "b", "c"], {"b", "d"}, 1)
    (0.5, 0.0)
    """
    return sum(id in relevant for id in ranking[:k]) / len(relevant) if relevant else 0.0


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain: a relevant document at rank r adds 1 / log2(r + 1), and the sum over the
    first k is divided by that of the best possible ranking (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of
    IR techniques", 2002, with the discount that trec_eval uses).

    Relevant at rank 3 of two relevant: 1 / log2(4) = 0.5, of 1 + 1 / log2(3) = 1.6309 at best.

    >>> round(ndcg(["a", "b", "c"], {"c", "d"}, 10), 4)
    0.3066
    """
    gain = sum(1 / math.log2(rank + 1) for rank, id in enumerate(ranking[:k], 1) if id in relevant)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1)) if relevant else 0.0


def bootstrap(values: Sequence[float], seed: int = 0, samples: int = 1000) -> tuple[float, float]:
    """The interval that holds 95 % of the means of samples drawn anew from the values, with replacement (percentile
    bootstrap; Efron, "Bootstrap methods: another look at the jackknife", 1979). The same seed gives the same interval.

    >>> bootstrap([0.5, 0.5, 0.5]), bootstrap([])
    ((0.5, 0.5), (0.0, 0.0))
    """
    import numpy as np

    drawn = np.asarray(values, np.float64)
    return bootstrap_of(lambda at: float(drawn[at].mean()), len(values), seed, samples)


def bootstrap_of(
    statistic: "Callable[[NDArray[np.int64]], float]", size: int, seed: int = 0, samples: int = 1000
) -> tuple[float, float]:
    """The interval that holds 95 % of the values of a statistic of so many rows, each time drawn anew with replacement.

    Args:
        statistic: takes the numbers of the rows drawn, shape (size,).
    """
    import numpy as np

    if not size:
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(size, size=(samples, size))
    low, high = np.percentile([statistic(rows) for rows in drawn], (2.5, 97.5))
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one gold question got.

    Attributes:
        question: as it was asked.
        gold: every span that answers; none: it is not answerable.
        answers: the answers in words, any of which is right.
        found: the spans of the passages, in rank order.
        cited: the spans of the citations, in their order; none where it was refused.
        answer: the words that were given as the answer, "" where it was refused.
        language: of the article that these words are from.
        failed: it could not be asked. It then counts 0 in every measure, and as an error in those of errors.
    """

    question: str
    gold: tuple[Span, ...] = ()
    answers: tuple[str, ...] = ()
    found: tuple[Span, ...] = ()
    cited: tuple[Span, ...] = ()
    answer: str = ""
    language: str = ""
    failed: bool = False


Measure = Callable[[Outcome], float | None]  # None: says nothing of this question


def overlaps(span: Span, gold: Span) -> bool:
    """Whether a span holds at least half of the shorter of the two.

    >>> overlaps(("a", 0, 10), ("a", 6, 30)), overlaps(("a", 0, 10), ("a", 4, 30))
    (False, True)
    """
    shared = min(span[2], gold[2]) - max(span[1], gold[1])
    shorter = min(span[2] - span[1], gold[2] - gold[1])
    return span[0] == gold[0] and shared > 0 and 2 * shared >= shorter


def at_gold(span: Span, gold: Collection[Span]) -> bool:
    """Whether a span stands where a question is answered."""
    return any(overlaps(span, each) for each in gold)


def name(span: Span) -> str:
    """A span as rankings and run files name it.

    >>> name(("first-meeting", 10, 250))
    'first-meeting:10-250'
    """
    return f"{span[0]}:{span[1]}-{span[2]}"


def judged(found: Sequence[Span], gold: Collection[Span]) -> tuple[list[str], list[str]]:
    """A ranking of passages, and which are relevant: for every gold span the first passage that holds it.

    A gold span that no passage holds is relevant under its own name, so that measures know what was missed. A second
    passage with the same gold span adds nothing.

    >>> judged([("a", 0, 50), ("b", 0, 50), ("a", 50, 90)], [("a", 10, 20), ("a", 30, 40), ("c", 0, 9)])
    (['a:0-50', 'b:0-50', 'a:50-90'], ['a:0-50', 'c:0-9'])
    """
    relevant = {name(next((each for each in found if overlaps(each, span)), span)) for span in gold}
    return [name(each) for each in found], sorted(relevant)


def answered_rightly(outcome: Outcome) -> float | None:
    """1 if an answerable question was answered from a place that answers it: citation 1 stands there."""
    return float(at_gold(outcome.cited[0], outcome.gold) if outcome.cited else 0) if outcome.gold else None


def citation_precision(outcome: Outcome) -> float | None:
    """Share of the citations that stand at a place that answers, where an answerable question was answered."""
    if not outcome.gold or not outcome.cited:
        return None
    return sum(at_gold(each, outcome.gold) for each in outcome.cited) / len(outcome.cited)


def citation_recall(outcome: Outcome) -> float | None:
    """How much of a gold quotation the citations hold, that of which they hold most; 0 where it was refused."""
    if not outcome.gold:
        return None
    return max((_held(each, gold) for gold in outcome.gold for each in outcome.cited), default=0.0)


def _held(span: Span, gold: Span) -> float:
    shared = min(span[2], gold[2]) - max(span[1], gold[1])
    return max(0, shared) / (gold[2] - gold[1]) if span[0] == gold[0] else 0.0


def exact_match(outcome: Outcome) -> float | None:
    """SQuAD's exact match of the words that were given; a refusal is wrong."""
    return exact(outcome.answer, outcome.answers) if _worded(outcome) else None


def word_f1(outcome: Outcome) -> float | None:
    """SQuAD's F1 of the words that were given; a refusal is 0."""
    return f1(outcome.answer, outcome.answers) if _worded(outcome) else None


def _worded(outcome: Outcome) -> bool:
    return bool(outcome.gold and outcome.answers)


def numbers_right(outcome: Outcome) -> float | None:
    """1 if the words that were given hold the numbers of a gold answer and no others, where a question asks how many.

    However they are written: "forty", "40" and "сорок" are one number.
    """
    if not _worded(outcome) or wanted(outcome.question) != A_NUMBER:
        return None
    said = figures(outcome.answer, outcome.language)
    return float(bool(said) and any(said == figures(each, outcome.language) for each in outcome.answers))


def false_answer(outcome: Outcome) -> float | None:
    """1 if a question without an answer was answered all the same."""
    return None if outcome.gold else float(bool(outcome.cited) or outcome.failed)


def false_refusal(outcome: Outcome) -> float | None:
    """1 if an answerable question was refused."""
    return float(not outcome.cited) if outcome.gold else None


def _ranked(measure: Callable[[Sequence[str], Collection[str]], float]) -> Measure:
    return lambda outcome: measure(*judged(outcome.found, outcome.gold)) if outcome.gold else None


MEASURES: Mapping[str, Measure] = {
    "hit@1": _ranked(partial(hit, k=1)),
    "hit@5": _ranked(partial(hit, k=5)),
    "MRR@10": _ranked(lambda ranking, relevant: reciprocal_rank(ranking[:10], relevant)),
    "nDCG@10": _ranked(partial(ndcg, k=10)),
    "answered rightly": answered_rightly,
    "EM": exact_match,
    "F1": word_f1,
    "numbers right": numbers_right,
    "citation precision": citation_precision,
    "citation recall": citation_recall,
    "false answers": false_answer,
    "false refusals": false_refusal,
}
ERRORS = ("false answers", "false refusals", "calibration error")  # the lower the better


def values(outcome: Outcome) -> dict[str, float]:
    """Every measure that says something of a question."""
    return {key: value for key, measure in MEASURES.items() if (value := measure(outcome)) is not None}
