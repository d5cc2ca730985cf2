"""When something happened is told by the day over it, in minutes and diaries."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from rag.reading.day_sections import day_sections
from rag.types import Passage, Query
from rag.verdict.told_by_day import told_by_day

BOARD = """May 3

- The board discussed the plan for the mill and asked for a new one.
- Anna reported on the ferry.

May 10

- The board accepted the plan for the mill.
- The sale of the ferry was not approved.
- The board will open the market on 1 June.

May 17

- The board approved the sale of the barge.
- Kim resigned as treasurer."""
ISO = """2024-02-05

- Accepted proposal 741 - a new index

2024-02-12

- Discussion of proposal 742
- Rejected proposal 743"""
ДНЕВНИК = """5 мая 2024 года

Комиссия утвердила проект моста.

12 мая 2024 года

Комиссия отклонила проект рынка. Смету парка не утвердили."""
ХАТТАМА = """2024 жылғы 5 мамыр

Комиссия көпір жобасын бекітті.

2024 жылғы 12 мамыр

Комиссия базар жобасын қайтарды."""


def found(text: str, language: str, title: str = "Minutes of the board") -> Document:
    return Document("1", title, text, None, None, "2021-05-03" if text == BOARD else None, language, "")


def said(question: str, text: str, language: str) -> list[str]:
    document = found(text, language)
    passage = Passage(Chunk("1", 0, 0, 20, text[:20]), document, 1, 1.0, {})
    readings = told_by_day(Query(question, language, (), {}, Future[Embedded]()), [passage], 0.8)
    assert all(each.sentence_start <= each.start < each.end <= each.sentence_end for each in readings)
    return [each.answer for each in readings[:1]]


@pytest.mark.parametrize(
    ("language", "question", "text", "day"),
    [
        ("en", "When did the board accept the plan for the mill?", BOARD, ["May 10"]),
        ("en", "When was the sale of the barge approved?", BOARD, ["May 17"]),
        ("en", "When did Kim resign as treasurer?", BOARD, ["May 17"]),
        ("en", "On what date did Anna report on the ferry?", BOARD, ["May 3"]),
        ("en", "When was the sale of the ferry approved?", BOARD, []),  # it was not
        ("en", "When will the market open?", BOARD, []),
        ("en", "When did the board open the market?", BOARD, []),  # its sentence names another day
        ("en", "When did the board discuss the bridge?", BOARD, []),
        ("en", "Who accepted the plan for the mill?", BOARD, []),
        ("en", "When was proposal 741 accepted?", ISO, ["2024-02-05"]),
        ("en", "When was proposal 743 rejected?", ISO, ["2024-02-12"]),
        ("en", "When was proposal 742 accepted?", ISO, []),
        ("ru", "Когда комиссия утвердила проект моста?", ДНЕВНИК, ["5 мая 2024 года"]),
        ("ru", "Когда комиссия отклонила проект рынка?", ДНЕВНИК, ["12 мая 2024 года"]),
        ("ru", "Когда утвердили смету парка?", ДНЕВНИК, []),
        ("kk", "Комиссия көпір жобасын қашан бекітті?", ХАТТАМА, ["2024 жылғы 5 мамыр"]),
        ("kk", "Комиссия базар жобасын қашан қайтарды?", ХАТТАМА, ["2024 жылғы 12 мамыр"]),
    ],
)
def test_the_day_over_the_only_sentence_that_tells_it(language: str, question: str, text: str, day: list[str]) -> None:
    assert said(question, text, language) == day


def test_what_stands_under_two_days_is_told_of_none() -> None:
    twice = f"{BOARD}\n\nMay 24\n\n- The board accepted the plan for the mill."
    assert said("When did the board accept the plan for the mill?", twice, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", BOARD, ["2021-05-03", "2021-05-10", "2021-05-17"]),
        ("en", "Meeting of 5 May 2024\n\nTea.\n\nMeeting of 12 May 2024\n\nMilk.", ["2024-05-05", "2024-05-12"]),
        ("en", "On 5 May 2024 we met.\n\nTea.\n\nOn 12 May 2024 we parted.\n\nMilk.", []),
        ("en", "5 May 2024\n\nOnly one.", []),
        ("ru", ДНЕВНИК, ["2024-05-05", "2024-05-12"]),
        ("kk", ХАТТАМА, ["2024-05-05", "2024-05-12"]),
    ],
)
def test_headings_that_are_days(language: str, text: str, days: list[str]) -> None:
    assert [each.day and each.day.first.isoformat() for each in day_sections(found(text, language))] == days
