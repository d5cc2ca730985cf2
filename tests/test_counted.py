"""Which number counts what a question asks for, in one language and across languages."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from index import Document, IndexReader, build, load_embedder
from rag.reading.answer_type import AnswerType
from rag.reading.extract import AnswerExtractor, Pointing
from rag.types import Query, Reading
from rag.understanding.question import understand
from rag.verdict.comparer import surest_of
from rag.verdict.counted import Counted

TEXTS = {
    "en": "Veldham repaired 38 bridges. Its hospital treated 5,300 patients. It has hired 180 teachers for its schools.",
    "ru": "В Ярове отремонтировали 38 мостов. Больница приняла 5300 пациентов. В школы взяли 180 учителей за год.",
    "kk": "Ақсуда 38 көпір жөнделді. Ауруханада 5300 науқас емделді. Мектептерге 180 мұғалім алынды.",
}
NUMBERS = {"bridges": "38", "patients": "5", "teachers": "180"}
ASKED = {
    "bridges": {"en": "How many bridges were repaired?", "ru": "Сколько мостов?", "kk": "Қанша көпір жөнделді?"},
    "patients": {"en": "How many patients are there?", "ru": "Сколько пациентов?", "kk": "Қанша науқас бар?"},
    "teachers": {"en": "How many teachers are there?", "ru": "Сколько учителей?", "kk": "Қанша мұғалім бар?"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("counted")
    rows = [{"lang": language, "title": "News", "text": text} for language, text in TEXTS.items()]
    (made / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([made / "a.jsonl"], made / "index", load_embedder())
    return made / "index"


def asked(question: str, folder: Path) -> Query:
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        return understand(question, load_embedder(), snapshot)


def at(language: str, number: str) -> Reading:
    text = TEXTS[language]
    start = text.index(f" {number}") + 1
    document = Document(language, "News", text, None, None, None, language, "")
    return Reading(document, 0, len(text), start, text.index(" ", start), 0.5)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("thing", ASKED)
def test_what_is_asked_for_is_nearest_to_the_number_that_counts_it(thing: str, language: str, folder: Path) -> None:
    query = asked(ASKED[thing][language], folder)
    readings = {name: at(language, number) for name, number in NUMBERS.items()}
    AnswerExtractor(load_embedder()).weigh(query, [Pointing(each, 0.0) for each in readings.values()])
    counted = Counted(query, load_embedder())
    assert counted.is_asked
    assert max(readings, key=lambda name: counted.evidence(readings[name])) == thing


@pytest.mark.parametrize(("asking", "told"), [("en", "ru"), ("ru", "kk"), ("kk", "en"), ("en", "kk")])
def test_it_is_told_across_languages(asking: str, told: str, folder: Path) -> None:
    query = asked(ASKED["bridges"][asking], folder)
    readings = [at(told, NUMBERS["bridges"]), at(told, NUMBERS["teachers"])]
    AnswerExtractor(load_embedder()).weigh(query, [Pointing(each, 0.0) for each in readings])
    counted = Counted(query, load_embedder())
    assert counted.evidence(readings[0]) > counted.evidence(readings[1])


MINES = {
    "en": ("The blast killed 15 people.", "There were 187 people underground."),
    "ru": ("Взрыв унёс жизни 15 человек.", "Под землёй находились 187 человек."),
    "kk": ("Жарылыстан 15 адам қаза тапты.", "Жер астында 187 адам болған."),
}
CONDITIONS = {
    "en": ("How many people were killed by the blast?", "How many people were underground?"),
    "ru": ("Сколько человек погибло при взрыве?", "Сколько человек было под землёй?"),
    "kk": ("Жарылыстан қанша адам қаза тапты?", "Жер астында қанша адам болды?"),
}


@pytest.mark.parametrize("told", MINES)
@pytest.mark.parametrize("asking", CONDITIONS)
def test_of_the_same_things_the_condition_that_is_asked_for_decides(asking: str, told: str, folder: Path) -> None:
    text = " ".join(MINES[told])
    document = Document(told, "News", text, None, None, None, told, "")
    half = len(MINES[told][0])
    places = [(0, half, "15"), (half + 1, len(text), "187")]
    readings = [Reading(document, start, end, at := text.index(n), at + len(n), 0.5) for start, end, n in places]
    for number, question in enumerate(CONDITIONS[asking]):
        query = asked(question, folder)
        AnswerExtractor(load_embedder()).weigh(query, [Pointing(each, 0.0) for each in readings])
        counted = Counted(query, load_embedder())
        evidence = [counted.evidence(each) for each in readings]
        assert evidence[number] > evidence[1 - number]


def test_a_question_that_counts_nothing_tells_nothing(folder: Path) -> None:
    query = asked("Who repaired the bridges?", folder)
    AnswerExtractor(load_embedder()).weigh(query, [Pointing(at("en", "38"), 0.0)])
    counted = Counted(query, load_embedder())
    assert not counted.is_asked
    assert counted.evidence(at("en", "38")) == 0.0


@pytest.mark.parametrize("language", TEXTS)
def test_the_very_noun_is_known_in_any_form_of_its_language(language: str, folder: Path) -> None:
    counted = Counted(asked(ASKED["bridges"][language], folder), load_embedder())
    named = [name for name, number in NUMBERS.items() if counted.is_named(at(language, number))]
    assert named == ["bridges"]
    other = next(each for each in TEXTS if each != language)
    assert not counted.is_named(at(other, NUMBERS["bridges"]))


@pytest.mark.parametrize(("shown", "first"), [(0.3, "38"), (0.7, "180")])
def test_what_is_named_goes_before_what_is_likelier_if_it_is_shown(shown: float, first: str, folder: Path) -> None:
    query = asked(ASKED["bridges"]["en"], folder)
    readings = [replace(at("en", "180"), confidence=0.88), replace(at("en", "38"), confidence=0.65)]
    AnswerExtractor(load_embedder()).weigh(query, [Pointing(each, 0.0) for each in readings])
    counted = Counted(query, load_embedder())
    flat = SimpleNamespace(is_named=counted.is_named, evidence=lambda reading: 0.0)
    surest = surest_of(query, readings, AnswerType.NUMBER, cast(Any, flat), shown)
    assert surest is not None
    assert surest.first.reading.answer == first
