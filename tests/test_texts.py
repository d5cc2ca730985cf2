"""The words of the page and of reasons: complete in every language, all used, none invented."""

import re
from string import Formatter
from typing import get_args

import pytest

from index.analysis.detect import detect
from index.analysis.languages import LANGUAGES
from index.types import Fault
from rag import Code
from rag.answer import Relation
from rag.reading.answer_type import AnswerType
from tests.conftest import ROOT
from ui.html.texts import preferred, say, texts
from ui.requests import CAUTIONS

FILES = (file for room in ("rag", "ui") for file in (ROOT / room).rglob("*") if file.suffix in (".py", ".js"))
CODE = "\n".join(file.read_text("utf-8") for file in FILES)
MADE = {
    *(f"{kind}_{month:02}" for kind in ("day", "month") for month in range(1, 13)),
    *(f"said_{relation}" for relation in get_args(Relation)),
    *(f"in_{code}" for code in LANGUAGES),
    *(f"reason_{code}" for code in Code if code != Code.NO_SUCH_KIND),
    *(f"reason_no_such_kind_{kind}" for kind in AnswerType if kind is not AnswerType.YES_NO),
    *(f"caution_{caution}" for caution in CAUTIONS),
    *(f"add_{fault}" for fault in get_args(Fault)),
}


@pytest.mark.parametrize("key", texts())
def test_every_text_is_there_in_three_languages(key: str) -> None:
    found = texts()[key]
    assert set(found) == set(LANGUAGES)
    assert all(text.strip() == text != "" for text in found.values())
    gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in found.values()]
    assert gaps[0] == gaps[1] == gaps[2]


@pytest.mark.parametrize("key", [key for key in texts() if key != "as_markdown"])
def test_no_text_is_left_untranslated(key: str) -> None:
    found = texts()[key]
    assert len({*found.values()}) == 3, found
    for language in ("ru", "kk"):
        assert re.search("[а-яёәғқңөұүһі]", found[language])
    assert detect(found["en"]) == "en"


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    used = {key for key in texts() if f'"{key}"' in CODE} | MADE
    assert set(texts()) - used == set()
    assert set(texts()) >= MADE
    asked = re.findall(
        r'\b(?:(?:say|label|button|renamed|explained)\(language, |tell\(button, |told\(turn, |hint\(|say\()"([a-z_]+)"[,)]',
        CODE,
    )
    assert {*asked} <= set(texts())


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("kk-KZ,kk;q=0.9,ru;q=0.8", "kk"),
        ("de,ru;q=0.5,kk;q=0.7", "kk"),
        ("fr;q=x", "en"),
        ("ru", "ru"),
        (",;;q=", "en"),
    ],
)
def test_the_browsers_language_is_the_default(header: str, language: str) -> None:
    assert preferred(header) == language


def test_gaps_are_filled() -> None:
    assert say("en", "place", id="a", start=1, end=2) == "Document a, characters 1 to 2."
