"""Measures of answers: their words against the gold answers, and their citations against the gold quotations.

To add a measure, write a function of an `Outcome` and name it in `ANSWERS` (and in `ERRORS`, if lower is better):
`kenes eval` reports it in every table, report and comparison.
"""

import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from eval.measures.outcome import Outcome, at_gold, shared
from index.analysis.terms import figures
from rag.reading.answer_type import AnswerType, expected_answer_type

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)

Measure = Callable[[Outcome], float | None]  # None: the measure does not apply to this question


def normalised(text: str) -> str:
    """Lower case, without ASCII punctuation and English articles, single spaces: the way SQuAD compares answers.

    Source: Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", EMNLP 2016, section 6.1.

    >>> normalised("The  Code, of the Sea")
    'code of sea'
    """
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(answer: str, gold: Sequence[str]) -> float:
    """1 if an answer equals a gold answer after normalisation; without gold answers, "" is right.

    >>> exact("the ten laws", ["Ten laws."]), exact("ten", ["ten laws"]), exact("", []), exact("ten", [])
    (1.0, 0.0, 1.0, 0.0)
    """
    return float(normalised(answer) in map(normalised, gold or ("",)))


def f1(answer: str, gold: Sequence[str]) -> float:
    """The best F1 between the words of an answer and those of a gold answer.

    "at least ten laws" and "ten laws": 2 words shared, precision 2/4, recall 2/2, F1 2/3. If one of the two has no
    words, F1 is 1 if the other has none either.

    >>> round(f1("at least ten laws", ["ten laws", "fifty"]), 4)
    0.6667
    """
    words = normalised(answer).split()
    return max(_f1(words, normalised(each).split()) for each in gold or ("",))


def _f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    common = (Counter(answer) & Counter(gold)).total()
    return 2 * common / (len(answer) + len(gold))


def answered_rightly(outcome: Outcome) -> float | None:
    """1 if an answerable question was answered and citation 1 stands at a gold place."""
    if not outcome.gold:
        return None
    return float(bool(outcome.cited) and at_gold(outcome.cited[0], outcome.gold))


def exact_match(outcome: Outcome) -> float | None:
    """SQuAD's exact match of the words given; a refusal scores 0."""
    if not _has_gold_words(outcome):
        return None
    return exact(outcome.answer, outcome.answers)


def word_f1(outcome: Outcome) -> float | None:
    """SQuAD's F1 of the words given; a refusal scores 0."""
    if not _has_gold_words(outcome):
        return None
    return f1(outcome.answer, outcome.answers)


def numbers_right(outcome: Outcome) -> float | None:
    """1 if the answer to a "how many" question holds the numbers of a gold answer and no others.

    Their spelling does not matter: "forty", "40" and "сорок" are one number.
    """
    if not _has_gold_words(outcome) or expected_answer_type(outcome.question) != AnswerType.NUMBER:
        return None
    said = figures(outcome.answer, outcome.language)
    return float(bool(said) and any(said == figures(each, outcome.language) for each in outcome.answers))


def _has_gold_words(outcome: Outcome) -> bool:
    return bool(outcome.gold and outcome.answers)


def citation_precision(outcome: Outcome) -> float | None:
    """Share of the citations that stand at a gold place, if an answerable question was answered."""
    if not outcome.gold or not outcome.cited:
        return None
    return sum(at_gold(each, outcome.gold) for each in outcome.cited) / len(outcome.cited)


def citation_recall(outcome: Outcome) -> float | None:
    """The largest share of a gold quotation that one citation holds; 0 for a refusal."""
    if not outcome.gold:
        return None
    held = 0.0
    for gold in outcome.gold:
        for cited in outcome.cited:
            held = max(held, shared(cited, gold) / (gold[2] - gold[1]))
    return held


def false_answer(outcome: Outcome) -> float | None:
    """1 if a question that nothing answers was answered, or failed."""
    if outcome.gold:
        return None
    return float(bool(outcome.cited) or outcome.failed)


def false_refusal(outcome: Outcome) -> float | None:
    """1 if an answerable question was refused."""
    if not outcome.gold:
        return None
    return float(not outcome.cited)


def points_recall(outcome: Outcome) -> float | None:
    """Share of the distinct right answers that are said, of questions that have several."""
    if not outcome.points:
        return None
    return sum(any(_tells(said, point) for said in outcome.said) for point in outcome.points) / len(outcome.points)


def points_precision(outcome: Outcome) -> float | None:
    """Share of what is said that tells a right answer, of answered questions that have several."""
    if not outcome.points or not outcome.said:
        return None
    return sum(any(_tells(said, point) for point in outcome.points) for said in outcome.said) / len(outcome.said)


def _tells(said: str, point: Sequence[str]) -> bool:
    """Whether words hold a wording of a point."""
    return any(normalised(wording) in normalised(said) for wording in point)


def shown_wrongly(outcome: Outcome) -> float | None:
    """1 if what is shown, said or only perhaps, does not stand at a gold place; does not apply if nothing is shown."""
    shown = outcome.cited[0] if outcome.cited else outcome.perhaps
    if shown is None:
        return None
    return float(not at_gold(shown, outcome.gold))


ANSWERS: Mapping[str, Measure] = {
    "answered rightly": answered_rightly,
    "EM": exact_match,
    "F1": word_f1,
    "numbers right": numbers_right,
    "citation precision": citation_precision,
    "citation recall": citation_recall,
    "points recall": points_recall,
    "points precision": points_precision,
    "shown wrongly": shown_wrongly,
    "false answers": false_answer,
    "false refusals": false_refusal,
}
ERRORS = {"false answers", "false refusals", "shown wrongly"}  # lower is better
