"""Leaves out what says that something is not known, once anything else answers: "the cause is not yet established"."""

import re
from collections.abc import Sequence

from index.analysis.languages import record
from rag.reading.answer_type import AnswerType
from rag.reading.extract import Candidate
from rag.types import Reading
from rag.verdict.matter import clause_of


def without_unknown(candidates: Sequence[Candidate], kind: AnswerType | None, shown: float) -> list[Candidate]:
    """The candidates without those that say that something is not known, if another one is sure enough to be shown.

    A number, a time or a name answers, whatever its clause leaves open; and a question that a clause settles may be whether something is known.
    """
    if kind is not None:
        return list(candidates)
    telling = [each for each in candidates if not says_unknown(each.reading)]
    return telling if any(each.reading.confidence >= shown for each in telling) else list(candidates)


def says_unknown(reading: Reading) -> bool:
    """Whether the clause of a reading's words says that something is not known."""
    return is_unknown(clause_of(reading), reading.document.language)


def is_unknown(text: str, language: str) -> bool:
    """Whether a text says that something is not known.

    >>> [is_unknown(each, "en") for each in ("What set it off is not yet known.", "The known cause is a cable.")]
    [True, False]
    """
    return bool(re.search(record(language).statements.unknown, text, re.IGNORECASE))
