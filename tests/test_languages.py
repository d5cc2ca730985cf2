"""Telling three languages apart."""

import json

import pytest

from eval.datasets.questions import CALIBRATION, GOLD
from index.analysis.detect import detect
from index.analysis.languages import language_of, record
from index.analysis.languages.record import whole_words
from tests.conftest import SEEDS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many laws must change?", "en"),
        ("Сколько законов изменится?", "ru"),
        ("Қанша заң өзгереді?", "kk"),
        ("Сенат туралы не деді?", "kk"),  # not one Kazakh letter
        ("Кто такой Карин?", "ru"),
        ("Что такое Құрылтай и когда он собирается в столице Казахстана?", "ru"),
        ("Тайманов кім?", "kk"),  # a Russian ending in a name
        ("Достоевский мен Әуезов туралы не айтылды?", "kk"),
        ("Премию получил Әділ Жұмабеков", "ru"),
        ("1600?", "en"),
        ("", "en"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "У місті відкрили нову школу. Її директор — Олена Коваль.",
        "Хто він і де працює?",
        "Колькі законаў зменіцца? Гэта ён і яна.",
        "Парламент канча мыйзам өзгөртөт?",
        "Кыргызстандын президенти жаңы мыйзамга кол койду. Ал мындан ары бөлүмдөр үчүн милдеттүү болот.",
        "Ўзбекистон Республикаси Президенти янги қонунни имзолади, у ҳамма учун мажбурий.",
        "Казан шәһәрендә яңа мәктәп ачылды, җитәкчесе килде.",
        "Газета «Егемен Қазақстан» получила премию за репортаж.",
        "Кто такой Әлихан Бөкейхан?",
        "На нём обсудили законы и поправки. Онда заңдар мен түзетулер талқыланды.",
    ],
)
def test_neighbours_of_kazakh_and_mixed_pages_are_not_kazakh(text: str) -> None:
    assert detect(text) == "ru"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Temirsaı aýylynda jańa mektep ashyldy. Mektepte 320 oqýshy oqıdy.", "kk"),  # the alphabet of 2018
        ("Qarabel qalasynda jaña köpir salyndy. Köpirdiñ ūzyndyğy — 640 metr.", "kk"),  # that of 2021
        ("Bul ja'ne qazaq tili ty'raly jan'a zan', biz u's'in", "kk"),  # that of 2017
        ("Mektepte qansha oqýshy oqıdy?", "kk"),
        ("Where is Qyzylorda?", "en"),
        ("A new school, Mektep, opened in Qarabel; it has many pupils.", "en"),
        ("Türkiye yeni yasayı onayladı, ayrıca köylerde okul açıldı.", "en"),
        ("O'zbekiston Prezidenti yangi qonunni imzoladi. Qanday qilib?", "en"),
        ("Który minister był na dniach, jaki górny most?", "en"),
    ],
)
def test_kazakh_in_latin_letters_is_kazakh(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((name, "kk") for name in ("kk", "kaz", "kz", "KK-kz", "kk_KZ", "Қазақша", "қазақ тілі", "Kazakh", "kk-Latn")),
        *((name, "ru") for name in ("ru", "rus", "ru-RU", "Русский", "русский язык", "Russian", "орысша")),
        *((name, "en") for name in ("en", "eng", "en-GB", "English", "Английский")),
        *((name, None) for name in ("de", "uk", "kg", "", "Ukrainian", "kannada")),
    ],
)
def test_languages_go_by_many_names(written: str, code: str | None) -> None:
    assert language_of(written) == code


def test_every_seed_is_recognised() -> None:
    for path in sorted(SEEDS.glob("*.md")):
        assert detect(path.read_text("utf-8").split("---\n", 2)[2]) == path.stem.split(".")[1], path.name


def test_hardly_a_question_is_mistaken() -> None:
    rows = [json.loads(line) for path in (GOLD, CALIBRATION) for line in path.read_text("utf-8").splitlines()]
    wrong = [row["question"] for row in rows if detect(row["question"]) != row["language"]]
    assert len(wrong) / len(rows) <= 0.01, wrong


@pytest.mark.parametrize(
    ("text", "language", "planned"),
    [
        ("Вода не должна превышать отметку", "ru", False),
        ("Плата должна составлять не более 30 тенге", "ru", False),
        ("Мост должны открыть осенью", "ru", True),
        ("Су бұл белгіден аспауға тиіс", "kk", False),
        ("Көпір күзде ашылуға тиіс", "kk", True),
        ("The water must not exceed the mark", "en", False),
        ("The bridge is to open in autumn", "en", True),
    ],
)
def test_what_must_not_be_more_holds_and_is_not_planned(text: str, language: str, planned: bool) -> None:
    assert bool(whole_words(record(language).statements.planned).search(text)) is planned
