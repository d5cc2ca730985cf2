"""Lists, tables and numbered points: which items answer a question for all of them, and what the line over them says."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document
from index.analysis.detect import detect
from rag.reading.lists import column_at, list_at, numbered
from rag.types import Passage, Query, Reading
from rag.verdict.listed import beside_in_list, is_one_list
from rag.verdict.numbered import named_point

POOL = """Not allowed in the pool:

- glass bottles
- diving from the edge

Allowed in the pool:

- inflatable rings

Children pay 20 crowns."""
ORDER = """Для порядка в порту приказываю:
1. Утвердить график.
2. Боцману И. Лосеву:
1) красить причал;
2) чинить канаты.
3. Запретить костры."""
FAIR = """Дүйсенбі, 16 маусым

09:00: Ойын «Асық»

11:00: Ойын «Ләңгі»

12:00: Түскі ас"""
TABLE = """Карьер: Белый; Рабочие: 40
Карьер: Глухой; Рабочие: 73"""


def document(text: str, title: str = "") -> Document:
    return Document("d", title, text, None, None, None, detect(text), "")


def reading(words: str, text: str, title: str = "") -> Reading:
    start = text.index(words)
    return Reading(document(text, title), start, start + len(words), start, start + len(words), 0.8)


def asked(question: str) -> Query:
    return Query(question, detect(question), (), {}, Future())


@pytest.mark.parametrize(
    ("text", "words", "head", "items"),
    [
        (POOL, "diving", "Not allowed in the pool:", ["glass bottles", "diving from the edge"]),
        (POOL, "rings", "Allowed in the pool:", ["inflatable rings"]),
        (ORDER, "чинить", "2. Боцману И. Лосеву:", ["красить причал", "чинить канаты"]),
        (ORDER, "костры", "Для порядка в порту приказываю:", ["Утвердить график", "Запретить костры"]),
        (FAIR, "Асық", "Дүйсенбі, 16 маусым", ["Ойын «Асық»", "Ойын «Ләңгі»", "Түскі ас"]),
    ],
)
def test_the_items_of_a_list_and_the_line_over_it(text: str, words: str, head: str, items: list[str]) -> None:
    found = list_at(document(text), text.index(words))
    assert found is not None
    assert found.head == head
    assert [text[start:end] for start, end in found.items] == items


def test_prose_and_interviews_are_no_lists() -> None:
    talk = "— Who is captain?\n\n— Erlan Sadykov.\n\n— And who cooks?"
    assert list_at(document(talk), talk.index("Erlan")) is None
    assert list_at(document(POOL), POOL.index("Children")) is None
    assert column_at(document(POOL), POOL.index("Children")) is None


@pytest.mark.parametrize(
    ("question", "text", "words", "others"),
    [
        ("What is not allowed in the pool?", POOL, "glass bottles", ["diving from the edge"]),
        ("What is made of glass?", POOL, "glass bottles", []),  # the line over the list is not asked for
        ("Что поручено боцману Лосеву?", ORDER, "красить причал", ["чинить канаты"]),
        ("Что запретить в порту?", ORDER, "Запретить костры", []),  # a word that other items lack
        ("Дүйсенбі күні қандай ойындар болады?", FAIR, "Ойын «Асық»", ["Ойын «Ләңгі»"]),
        ("Какие карьеры названы в таблице?", TABLE, "Глухой", ["Белый"]),
        ("В каких карьерах больше 50 рабочих?", TABLE, "Глухой", []),  # another column is named
        ("Which rings are allowed in the pool?", POOL, "inflatable rings", []),
        ("Какие карьеры названы?", POOL, "glass bottles", []),  # of another language
    ],
)
def test_other_items_answer_if_the_question_asks_for_all(
    question: str, text: str, words: str, others: list[str]
) -> None:
    assert [each.answer for each in beside_in_list(asked(question), reading(words, text))] == others


def test_a_detail_of_an_item_is_no_item() -> None:
    text = "Rules of the lake:\n- boats leave the pier before six in the evening\n- dogs stay ashore"
    assert beside_in_list(asked("What are the rules of the lake?"), reading("pier", text)) == []
    whole = reading("boats leave the pier before six in the evening", text)
    assert [each.answer for each in beside_in_list(asked("What are the rules of the lake?"), whole)] == [
        "dogs stay ashore"
    ]


def test_items_of_one_list_are_never_one_answer() -> None:
    glass, diving, rings = (reading(each, POOL) for each in ("glass bottles", "diving from the edge", "inflatable"))
    assert is_one_list(glass, diving)
    assert not is_one_list(glass, glass)
    assert not is_one_list(glass, rings)
    assert is_one_list(reading("Белый", TABLE), reading("Глухой", TABLE))
    assert not is_one_list(reading("Белый", TABLE), reading("73", TABLE))


@pytest.mark.parametrize(
    ("question", "text", "title", "point"),
    [
        ("Что говорится в пункте 3 приказа?", ORDER, "", "Запретить костры"),
        ("Что гласит пункт 1?", ORDER, "", "Утвердить график"),
        ("Что говорится в пункте 2 приказа?", ORDER, "", None),  # it only announces others
        ("Что говорится в пункте 3 закона?", ORDER, "", None),  # the article is none
        ("Что говорится в пункте 7 приказа?", ORDER, "", None),
        ("What does point 2 of the decree say?", "1. Boats wait.\n2. Dogs stay ashore.", "Lake decree", "Dogs stay ashore"),
        ("What is the fine in point 2?", "1. Boats wait.\n2. Dogs stay ashore.", "Lake decree", None),
        ("Бұйрықтың 2-тармағында не айтылған?", "1. Қайық тоқтасын.\n2. Ит байлансын.", "Көл туралы бұйрық", "Ит байлансын"),
    ],
)  # fmt: skip
def test_a_point_that_is_asked_for_by_its_number(question: str, text: str, title: str, point: str | None) -> None:
    of = document(text, title)
    found = named_point(asked(question), [Passage(Chunk("d", 0, 0, len(text), text), of, 1, 1.0, {})], 0.89)
    assert [each.answer for each in found] == ([point] if point else [])


def test_a_point_that_two_documents_have_is_none() -> None:
    texts = ("1. Boats wait.\n2. Dogs stay ashore.", "1. Cars wait.\n2. Cats stay at home.")
    documents = [Document(text, "Decree", text, None, None, None, "en", "") for text in texts]
    found = [
        Passage(Chunk(of.id, 0, 0, len(of.text), of.text), of, rank, 1.0, {}) for rank, of in enumerate(documents, 1)
    ]
    assert named_point(asked("What does point 2 of the decree say?"), found, 0.89) == []
    assert [len(numbered(of, 2)) for of in documents] == [1, 1]
