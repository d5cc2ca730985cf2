"""Quotations are clean and can be understood alone; addresses and names of pictures are no values."""

import pytest

from index import Document
from index.analysis.detect import detect
from index.analysis.terms import stems
from rag.reading.addresses import Addresses
from rag.reading.named_items import NamedItems
from rag.types import Reading
from rag.verdict.quotation import quotation

POOL = """The pool takes these options:

- max_jobs, the most that wait. (Default 200)
- max_workers, the most that run at once. (Default 8)
* Oslo. By ferry.

How is that ok?

Google Harbour takes thirteen seconds to open a short letter of ten lines.

When does it open?

At nine.

— Why?

— Because the boats, the nets and the engines were all of them too old.

It closed in May. (Report no. 4)"""
MARKET = """Как проехать на рынок и где там стоянка?

Автобусы 4 и 7 идут до рынка от вокзала каждые десять минут.

И что же?

Новый рынок открыли в мае, и в первый же день туда пришли пять тысяч человек.

- вход: с улицы Мира
- стоянка: у северных ворот"""
FAIR = """• Ат жарысы сағат онда басталады.
1. Билетті кассадан алыңыз.

- Асхана: екінші қабатта
- Кітапхана: үшінші қабатта"""


def document(text: str) -> Document:
    return Document("d", "", text, None, None, None, detect(text), "")


def reading(words: str, sentence: str, text: str) -> Reading:
    left = text.index(sentence)
    start = text.index(words, left)
    return Reading(document(text), left, left + len(sentence), start, start + len(words), 0.5)


@pytest.mark.parametrize(
    ("text", "sentence", "words", "quoted"),
    [
        (POOL, "(Default 8)", "8", "max_workers, the most that run at once. (Default 8)"),
        (POOL, "By ferry.", "By ferry", "Oslo. By ferry."),
        (
            POOL,
            "- max_jobs, the most that wait.",
            "max_jobs",
            "max_jobs, the most that wait.",
        ),
        (
            POOL,
            "How is that ok?\n\nGoogle Harbour takes thirteen seconds to open a short letter of ten lines.",
            "thirteen",
            "Google Harbour takes thirteen seconds to open a short letter of ten lines.",
        ),
        (POOL, "When does it open?\n\nAt nine.", "nine", "When does it open?\n\nAt nine."),
        (
            POOL,
            "— Why?\n\n— Because the boats, the nets and the engines were all of them too old.",
            "too old",
            "— Why?\n\n— Because the boats, the nets and the engines were all of them too old.",
        ),
        (POOL, "(Report no. 4)", "4", "It closed in May. (Report no. 4)"),
        (
            MARKET,
            "Как проехать на рынок и где там стоянка?\n\nАвтобусы 4 и 7 идут до рынка от вокзала каждые десять минут.",
            "4 и 7",
            "Как проехать на рынок и где там стоянка?\n\nАвтобусы 4 и 7 идут до рынка от вокзала каждые десять минут.",
        ),
        (
            MARKET,
            "И что же?\n\nНовый рынок открыли в мае, и в первый же день туда пришли пять тысяч человек.",
            "пять тысяч",
            "Новый рынок открыли в мае, и в первый же день туда пришли пять тысяч человек.",
        ),
        (MARKET, "- вход: с улицы Мира", "с улицы Мира", "вход: с улицы Мира"),
        (FAIR, "• Ат жарысы сағат онда басталады.", "онда", "Ат жарысы сағат онда басталады."),
        (FAIR, "1. Билетті кассадан алыңыз.", "кассадан", "1. Билетті кассадан алыңыз."),
    ],
)
def test_a_quotation_is_clean_and_can_be_understood(text: str, sentence: str, words: str, quoted: str) -> None:
    told = quotation(reading(words, sentence, text))
    assert (told.sentence, told.answer) == (quoted, words)
    assert told.document.text[told.sentence_start : told.sentence_end] == quoted


def test_words_that_begin_with_the_mark_of_an_item_begin_after_it() -> None:
    told = quotation(reading("- max_jobs, the most that wait.", "- max_jobs, the most that wait.", POOL))
    assert told.answer == told.sentence == "max_jobs, the most that wait."


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("Hours: https://sheets.example/d/1x7/edit?gid=0", "gid=0", True),
        ("Hours: https://sheets.example/d/1x7/edit?gid=0", "1x7", True),
        ("See https://fair.example/2024, and come.", "https://fair.example/2024", False),
        ("See https://fair.example/2024, and come.", "come", False),
        ("Обновление windows_update.gif идёт долго", "windows_update", True),
        ("Обновление windows_update.gif идёт долго", "Обновление", False),
        ("Сурет: img/mill@2x.webp және 12 адам", "2x", True),
        ("Сурет: img/mill@2x.webp және 12 адам", "12", False),
    ],
)
def test_parts_of_addresses_and_names_of_pictures_are_no_values(text: str, words: str, held: bool) -> None:
    start = text.index(words)
    assert Addresses(text).hold(start, start + len(words)) is held


@pytest.mark.parametrize(
    ("text", "question", "words", "is_other"),
    [
        (POOL, "What is the default of max_workers?", "200", True),
        (POOL, "What is the default of max_workers?", "8)", False),
        (POOL, "What is the default?", "200", False),
        (POOL, "When does it open?", "200", False),
        (MARKET, "Где находится стоянка?", "улицы Мира", True),
        (MARKET, "Где находится стоянка?", "северных", False),
        (FAIR, "Кітапхана қай қабатта?", "екінші", True),
        (FAIR, "Кітапхана қай қабатта?", "үшінші", False),
    ],
)
def test_of_items_with_names_the_one_that_is_asked_for_answers(
    text: str, question: str, words: str, is_other: bool
) -> None:
    asked = frozenset(stems(question, detect(question)))
    assert NamedItems(document(text), (0, len(text)), asked).is_other(text.index(words)) is is_other
