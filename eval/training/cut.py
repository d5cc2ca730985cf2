"""Cuts what answers out of passages: a question whose answer is gone must be told from one that is answered."""

from collections.abc import Iterable
from dataclasses import replace

from eval.training.groups import GroupPassage
from index.analysis.sentences import sentences


def without_answers(passages: Iterable[GroupPassage]) -> list[GroupPassage] | None:
    """The passages without the sentences that answer; None if one of them would lose all its text, or if its answer stands in it again.

    >>> without_answers([GroupPassage("a", "en", "", "Ten laws change. Forty stay.", ((0, 3),))])[0].text
    'Forty stay.'
    """
    cut = [_without_answers(each) if each.answers else each for each in passages]
    return [each for each in cut if each] if all(cut) else None


def _without_answers(passage: GroupPassage) -> GroupPassage | None:
    told = sentences(passage.text, passage.version)
    kept = [(a, b) for a, b in told if not any(start < b and end > a for start, end in passage.answers)]
    rest = " ".join(passage.text[a:b] for a, b in kept)
    answers = [passage.text[start:end].lower() for start, end in passage.answers]
    is_left = any(answer in rest.lower() for answer in answers)
    return replace(passage, text=rest, answers=()) if rest and not is_left else None
