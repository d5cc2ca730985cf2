"""Tests for times of day: a question that asks when wants the day, where one is told nearby."""

import pytest

from index import Document
from rag.reading.context import sentence_at
from rag.types import Query, Reading
from rag.verdict.day_of import asks_time_of_day, is_day, is_time_of_day, with_day
from tests.test_read import query

FALL = "On 14 March 2019 the old wall was found to lean. Nobody came near it, and at 21:40 it fell. It is rebuilt from 20 March."
ROOF = "Взрыв произошёл 3 июня 2020 года. В 04:15 обрушилась кровля забоя. Работы возобновили 10 июня."
FIRE = "2021 жылғы 5 қыркүйекте қоймада өрт шықты. Сағат 23:50-де өрт сөндірілді."


def reading(text: str, words: str, language: str, published: str | None = None) -> Reading:
    document = Document("1", "Report", text, None, None, published, language, "")
    start = text.index(words)
    return Reading(document, *sentence_at(document, start), start, start + len(words), 0.9)


@pytest.mark.parametrize(
    ("text", "words", "language", "day"),
    [
        (FALL, "at 21:40", "en", "14 March 2019"),
        (ROOF, "В 04:15", "ru", "3 июня 2020 года"),
        (FIRE, "Сағат 23:50-де", "kk", "2021 жылғы 5 қыркүйек"),
        ("It fell at half past seven on 4 May 2020, and was sold on 9 May.", "at half past seven", "en", "4 May 2020"),
    ],
)  # fmt: skip
def test_the_day_is_the_nearest_in_the_sentence_or_the_last_before(
    text: str, words: str, language: str, day: str
) -> None:
    told = reading(text, words, language)
    found = with_day(told)
    assert is_time_of_day(told)
    assert found is not None
    assert found.answer == day
    assert is_day(found)
    assert (found.sentence_start, found.sentence_end) == (0, told.sentence_end)


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("It rang on Saturdays. The bell was heard at 7:30.", "at 7:30", "en"),
        ("20 June 2026\n\nIt stops at 8 p.m. each evening.", "at 8 p.m.", "en"),
        ("Зал работает в мае. Он открыт до 22 часов.", "до 22 часов", "ru"),
    ],
)  # fmt: skip
def test_no_day_is_told(text: str, words: str, language: str) -> None:
    assert with_day(reading(text, words, language)) is None


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("till 8 p.m.", "en", True),
        ("from 9 to 18", "en", True),
        ("с 7 до 23 часов", "ru", True),
        ("до 22 часов", "ru", True),
        ("кешкі сағат 20-ға дейін", "kk", True),
        ("at 60", "en", False),
        ("on 4 May at 10:00", "en", False),
        ("после двух часов ожидания", "ru", False),
        ("in May", "en", False),
        ("В 2011 году", "ru", False),
    ],
)  # fmt: skip
def test_a_time_of_day_alone(words: str, language: str, expected: bool) -> None:
    assert is_time_of_day(reading(f"{words}", words, language)) is expected


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("When did he die?", "en", False),
        ("At what time did he die?", "en", True),
        ("What are the opening hours?", "en", True),
        ("When does the museum open?", "en", True),
        ("When will the museum open?", "en", False),
        ("When on Friday did the roof fall?", "en", True),
        ("When on 4 May did the roof fall?", "en", True),
        ("When in May 2020 did the roof fall?", "en", False),
        ("Когда обрушилась кровля?", "ru", False),
        ("Во сколько обрушилась кровля?", "ru", True),
        ("До которого часа открыт музей?", "ru", True),
        ("Когда откроется музей?", "ru", False),
        ("Когда работает музей?", "ru", True),
        ("Өрт қашан сөндірілді?", "kk", False),
        ("Өрт сағат нешеде сөндірілді?", "kk", True),
        ("Мұражай қашан ашық?", "kk", True),
    ],
)  # fmt: skip
def test_who_asks_for_a_time_of_day(question: str, language: str, expected: bool) -> None:
    asked: Query = query(question, language)
    assert asks_time_of_day(asked) is expected
