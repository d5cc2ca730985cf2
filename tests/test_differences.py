"""By how much something changes is not what it comes to."""

import pytest

from rag.reading.differences import AskedDifference

# A question and its language, a text and its language, a number of it, whether it tells the other of both.
CASES = [
    ("By how much did the herd grow?", "en", "The herd grew by 40 to 310.", "en", "310", True),
    ("By how much did the herd grow?", "en", "The herd grew by 40 to 310.", "en", "40", False),
    ("By how many metres did the lake fall?", "en", "Уровень озера упал до 12 метров.", "ru", "12", True),
    ("How many cows are there?", "en", "The herd grew by 40 last year.", "en", "40", True),
    ("How many cows are there?", "en", "The herd grew to 310 last year.", "en", "310", False),
    ("How much will a loaf cost?", "en", "Хлеб подорожает на 6 крон.", "ru", "6", True),
    ("How much did bread rise?", "en", "Bread rose by 40 crowns.", "en", "40", False),
    ("На сколько вырос надой?", "ru", "Надой вырос до 19 литров.", "ru", "19", True),
    ("На сколько вырос надой?", "ru", "Надой вырос на 3 литра.", "ru", "3", False),
    ("На сколько лет его назначили?", "ru", "Срок продлили до 7 лет.", "ru", "7", False),
    ("Сколько всего читателей в библиотеке?", "ru", "Число читателей выросло на 90.", "ru", "90", True),
    ("Сколько улиц починили?", "ru", "Работы шли на 12 улицах.", "ru", "12", False),
    ("На сколько выросло число учеников?", "ru", "Оқушылар саны 640 адамға жетті.", "kk", "640", True),
    ("На сколько выросло число учеников?", "ru", "Оқушылар саны 40 адамға көбейді.", "kk", "40", False),
]


@pytest.mark.parametrize(("question", "asked_in", "text", "told_in", "number", "is_other"), CASES)
def test_a_difference_is_told_from_what_it_comes_to(
    question: str, asked_in: str, text: str, told_in: str, number: str, is_other: bool
) -> None:
    start = text.index(number)
    assert AskedDifference(question, asked_in).is_other(text, start, start + len(number), told_in) is is_other
