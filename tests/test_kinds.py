"""Kinds of questions and of sentences, in three languages."""

import pytest

from rag.kinds import counts_asked_thing, kind_missing


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("How many laws must change?", "Some laws must change.", True),
        ("How many laws must change?", "Fifty laws must change.", False),
        ("Сколько статей пересмотрят?", "Пересмотрят около 40 статей.", False),
        ("Сколько статей пересмотрят?", "Статьи пересмотрят.", True),
        ("Қанша бап өзгереді?", "Қырық бап өзгереді.", False),
        ("When was the meeting?", "The meeting was on Monday.", False),
        ("When was the meeting?", "The meeting was held in Astana.", True),
        ("Когда прошла встреча?", "Встреча прошла 19 января.", False),
        ("Отырыс қашан өтті?", "Отырыс Астанада өтті.", True),
        ("Who spoke?", "He did.", False),
    ],
)
def test_kind_missing(question: str, sentence: str, missing: bool) -> None:
    assert kind_missing(question, sentence) is missing


@pytest.mark.parametrize(
    ("question", "sentence", "language", "counts"),
    [
        ("How many laws must change?", "At least ten constitutional laws and fifty codes must change.", "en", True),
        ("How many deputies will there be?", "At least ten constitutional laws must change.", "en", False),
        ("Сколько обращений поступило?", "Поступило около 1600 обращений.", "ru", True),
        ("Сколько депутатов будет?", "Поступило около 1600 обращений.", "ru", False),
        ("Қанша заң өзгереді?", "Кемінде он конституциялық заң өзгереді.", "kk", True),
        ("Who spoke?", "Ten deputies spoke.", "en", None),
    ],
)
def test_counting_the_thing_that_was_asked(question: str, sentence: str, language: str, counts: bool | None) -> None:
    assert counts_asked_thing(question, sentence, language) is counts
