"""Writes questions as people type them: in small letters, without a question mark, with a slip, without Kazakh letters."""

import re
from random import Random

SMALL, UNMARKED, SLIPPED, OTHER_LETTERS = 0.1, 0.06, 0.06, 0.04  # shares of questions
SHORTEST = 5  # letters of a word with a slip
RUSSIAN_LETTERS = str.maketrans("қәңөұүһіғҚӘҢӨҰҮҺІҒ", "каноуухигКАНОУУХИГ")
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_MARKS = "?. "


def as_typed(question: str, language: str, chance: Random) -> str:
    """A question, in most cases as it is; each change is drawn for itself."""
    if language == "kk" and chance.random() < OTHER_LETTERS:
        question = question.translate(RUSSIAN_LETTERS)
    if chance.random() < SLIPPED:
        question = with_slip(question, chance)
    dice = chance.random()
    if dice < SMALL:
        return question.lower().rstrip(_MARKS)
    return question.rstrip(_MARKS) if dice < SMALL + UNMARKED else question


def with_slip(question: str, chance: Random) -> str:
    """One letter inside a long word is left out, doubled, or swapped with the next; a question without long words stays.

    >>> with_slip("How many bridges?", Random(1))
    'How many bridgs?'
    """
    words = list(_WORD.finditer(question))
    if not words:
        return question
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    letter, following = question[at], question[at + 1]
    changed = chance.choice((following, letter + letter + following, following + letter))
    return question[:at] + changed + question[at + 2 :]
