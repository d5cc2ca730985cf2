"""What says that something is not known is left out once another article tells it."""

import pytest

from index import Document
from rag.reading.answer_type import AnswerType
from rag.reading.confidence import Features
from rag.reading.extract import Candidate
from rag.types import Reading
from rag.verdict.unknown import is_unknown, without_unknown


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What set off the alarm has not yet been established.", "en", True),
        ("The owner's name wasn't disclosed.", "en", True),
        ("It remains unclear why the dam leaked.", "en", True),
        ("A well known defect made the dam leak.", "en", False),
        ("The dam leaked after an unknown boat had struck it.", "en", False),
        ("Отчего протекла плотина, пока не установлено.", "ru", True),
        ("Причина неизвестна.", "ru", True),
        ("Имя владельца не называется.", "ru", True),
        ("Плотину повредила неизвестная лодка.", "ru", False),
        ("Бөгеттің неден ағып кеткені әлі белгісіз.", "kk", True),
        ("Себебі анықталған жоқ.", "kk", True),
        ("Бөгетті қайық зақымдағаны белгілі болды.", "kk", False),
    ],
)
def test_what_is_not_known(text: str, language: str, expected: bool) -> None:
    assert is_unknown(text, language) is expected


def _candidate(sentence: str, language: str, confidence: float) -> Candidate:
    document = Document(sentence, "", sentence, None, None, None, language, "")
    return Candidate(Reading(document, 0, len(sentence), 0, len(sentence), confidence), Features(0.0, 0.0))


@pytest.mark.parametrize(
    ("kind", "confidence", "told"),
    [
        (None, 0.6, ["A boat had struck the dam."]),
        (
            None,
            0.1,
            ["Отчего протекла плотина, не установлено.", "A boat had struck the dam."],
        ),  # too faint to be shown
        (AnswerType.NUMBER, 0.6, ["Отчего протекла плотина, не установлено.", "A boat had struck the dam."]),
    ],
)
def test_a_cause_is_told_rather_than_that_it_is_not_known(
    kind: AnswerType | None, confidence: float, told: list[str]
) -> None:
    unknown = _candidate("Отчего протекла плотина, не установлено.", "ru", 0.9)
    cause = _candidate("A boat had struck the dam.", "en", confidence)
    assert [each.reading.answer for each in without_unknown([unknown, cause], kind, 0.3)] == told
