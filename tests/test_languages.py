"""Telling three languages apart."""

import json

import pytest

from eval.datasets.questions import CALIBRATION, GOLD
from index import detect
from tests.conftest import SEEDS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many laws must change?", "en"),
        ("Сколько законов изменится?", "ru"),
        ("Қанша заң өзгереді?", "kk"),
        ("Сенат туралы не деді?", "kk"),  # not one Kazakh letter
        ("Кто такой Карин?", "ru"),
        ("Что такое Құрылтай и когда он собирается в столице Казахстана?", "kk"),
        ("1600?", "en"),
        ("", "en"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


def test_every_seed_is_recognised() -> None:
    for path in sorted(SEEDS.glob("*.md")):
        assert detect(path.read_text("utf-8").split("---\n", 2)[2]) == path.stem.split(".")[1], path.name


def test_hardly_a_question_is_mistaken() -> None:
    rows = [json.loads(line) for path in (GOLD, CALIBRATION) for line in path.read_text("utf-8").splitlines()]
    wrong = [row["question"] for row in rows if detect(row["question"]) != row["language"]]
    assert len(wrong) / len(rows) <= 0.01, wrong
