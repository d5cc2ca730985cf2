"""Sections: what stands under a label is told of it, and of none of its sisters."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from index.articles.chunks import cut
from index.articles.sections import are_sisters, sections_in, subject_of
from rag.types import Passage, Query
from rag.verdict.named_sections import of_named_sections

COUNCILS = """Every council sets its own fee.

Orvik Town Council. The fee for a stall is £20 a day.

It is paid in advance, on the web.

Lund Borough Council. The fee for a stall is £35 a day.

It is paid on the spot.

Complaints

Write to the ombudsman within 30 days."""
HEADED = """Orvik

Prices

A day at the pool costs £4.

Lund

Prices

A day at the pool costs £6."""
WASTE = """Garden waste

It is collected every second Monday.

Food waste

It is collected every Tuesday."""
РАЙОНЫ = """Плата за вывоз мусора в районах разная.

**Талдинский район.** Плата составляет 350 тенге в месяц.

**Коргалинский район.** Плата составляет 420 тенге в месяц.""".replace("*", "")
АУДАНДАР = """Тариф аудандарда әртүрлі.

Талды ауданы: айына 350 теңге төленеді.

Қорғалы ауданы: айына 420 теңге төленеді."""
ITEMS = """Opening times of the offices:

- Orvik Office – opens at 9.
- Lund Office – opens at 10.

All offices close at 6."""
TALK = """Kim: The bridge costs 9 million.

Lund: It costs far more, 12 million."""
MINUTES = """3 May 2024

- We agreed to hire 4 men.

10 May 2024

- We agreed to hire 7 men."""
DISTRICTS = """District: Orvik; Trees: 40
District: Lund; Trees: 75"""


@pytest.mark.parametrize(
    ("language", "question", "text", "left", "gone"),
    [
        ("en", "How much is a stall in Lund?", COUNCILS, ["£35", "on the spot", "30 days", "sets its own fee"], ["£20", "in advance"]),
        ("en", "How much is a stall in Orvik?", COUNCILS, ["£20", "in advance"], ["£35", "on the spot"]),
        ("en", "how much is a stall in orvik?", COUNCILS, ["£20"], ["£35"]),
        ("en", "How much is a stall in Torby?", COUNCILS, ["£20", "£35"], []),
        ("en", "How much is a stall?", COUNCILS, ["£20", "£35"], []),
        ("en", "How much is a stall in Lund and in Orvik?", COUNCILS, ["£20", "£35"], []),
        ("en", "Apart from Lund, what do the councils charge for a stall?", COUNCILS, ["£20"], []),
        ("en", "What does a day at the pool in Lund cost?", HEADED, ["£6"], ["£4"]),
        ("en", "What does a day at the Orvik pool cost?", HEADED, ["£4"], ["£6"]),
        ("en", "When is garden waste collected?", WASTE, ["Monday"], ["Tuesday"]),
        ("en", "When is food waste collected?", WASTE, ["Tuesday"], ["Monday"]),
        ("en", "When is waste collected?", WASTE, ["Monday", "Tuesday"], []),
        ("en", "When does the Lund office open?", ITEMS, ["opens at 10", "close at 6"], ["opens at 9"]),
        ("en", "What does the bridge cost, according to Lund?", TALK, ["12 million", "9 million"], []),  # not surely names
        ("en", "How many trees has Lund?", DISTRICTS, ["75"], ["40"]),
        ("en", "How many men were they to hire on 10 May 2024?", MINUTES, ["7 men"], ["4 men"]),
        ("en", "How many men were they to hire in May 2024?", MINUTES, ["7 men", "4 men"], []),
        ("ru", "Сколько платят за вывоз мусора в Коргалинском районе?", РАЙОНЫ, ["420"], ["350"]),
        ("ru", "Сколько платят за вывоз мусора в Талдинском районе?", РАЙОНЫ, ["350"], ["420"]),
        ("ru", "Сколько платят за вывоз мусора?", РАЙОНЫ, ["350", "420"], []),
        ("kk", "Қорғалы ауданында айына қанша төленеді?", АУДАНДАР, ["420"], ["350"]),
        ("kk", "Талды ауданында айына қанша төленеді?", АУДАНДАР, ["350"], ["420"]),
        ("ru", "Сколько стоит место в Лунде?", COUNCILS, ["£35"], ["£20"]),  # names go across languages
    ],
)  # fmt: skip
def test_the_section_that_is_named_is_read_and_none_of_its_sisters(
    language: str, question: str, text: str, left: list[str], gone: list[str]
) -> None:
    written_in = {РАЙОНЫ: "ru", АУДАНДАР: "kk"}.get(text, "en")
    document = Document("1", "Report", text, None, None, None, written_in, "")
    found = [Passage(each, document, 1, 1.0, {}) for each in cut(document)]
    passages = of_named_sections(Query(question, language, (), {}, Future[Embedded]()), found)
    read = " | ".join(each.chunk.text for each in passages)
    assert all(document.text[each.chunk.start : each.chunk.end] == each.chunk.text for each in passages)
    assert [each for each in left if each not in read] == []
    assert [each for each in gone if each in read] == []


def test_a_section_that_was_not_found_is_read_before_its_sister() -> None:
    document = Document("1", "Fees", COUNCILS, None, None, None, "en", "")
    start = COUNCILS.index("Orvik Town")
    chunk = Chunk("1", 0, start, COUNCILS.index("\n\nLund"), COUNCILS[start : COUNCILS.index("\n\nLund")])
    query = Query("How much is a stall in Lund?", "en", (), {}, Future[Embedded]())
    (read,) = of_named_sections(query, [Passage(chunk, document, 1, 1.0, {})])
    assert read.chunk.text == "Lund Borough Council. The fee for a stall is £35 a day.\n\nIt is paid on the spot."


def test_what_the_whole_article_is_told_of_is_no_section_of_it() -> None:
    text = "Members of the Gozlu co-operative met.\n\n- Gozlu: 64 tonnes of nuts.\n- Chinarly: no estimate yet, picking began late."
    document = Document("1", "Harvest", text, None, None, None, "en", "")
    found = [Passage(each, document, 1, 1.0, {}) for each in cut(document)]
    query = Query(
        "Does the Gozlu co-operative know what the late village will bring?", "en", (), {}, Future[Embedded]()
    )
    assert of_named_sections(query, found) == found


def test_a_text_of_one_section_is_left_as_it_is() -> None:
    text = "Orvik Town Council. The fee is £20.\n\nLund has other fees."
    assert sections_in(text, "en") == ()


def test_headings_that_every_section_has_do_not_end_it() -> None:
    assert [(each.label, HEADED[each.body : each.end].split()[-1]) for each in sections_in(HEADED, "en")] == [
        ("Orvik", "£4."),
        ("Lund", "£6."),
    ]


def test_a_sentence_is_no_label() -> None:
    text = "Kim agreed. He said so.\n\nLund refused. She said so, too.\n\nWe left: it was late."
    assert sections_in(text, "en") == ()


def test_labels_of_one_form_are_sisters() -> None:
    pairs = [
        ("Zone 1", "Zone 2"),
        ("Класс А", "Класс Б"),
        ("1-сынып", "2-сынып"),
        ("Prices", "Times"),
        ("Zone 1", "zone 1"),
    ]
    assert [are_sisters(*pair) for pair in pairs] == [True, True, False, False, False]


def test_what_a_place_is_told_of_is_the_label_that_shares_words_with_its_sisters() -> None:
    assert subject_of(COUNCILS, "en", COUNCILS.index("on the spot")) == ("Lund Borough Council",)
    assert subject_of(COUNCILS, "en", COUNCILS.index("Write to")) == ()
    assert subject_of(HEADED, "en", HEADED.index("£6")) == ()
    assert subject_of(РАЙОНЫ, "ru", РАЙОНЫ.index("420")) == ("Коргалинский район",)
    assert subject_of(АУДАНДАР, "kk", АУДАНДАР.index("420")) == ("Қорғалы ауданы",)
