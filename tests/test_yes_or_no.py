"""Clauses that say yes or no to a question: the newest one holds, and what older articles say otherwise stands beside it."""

import json
from pathlib import Path

import pytest

from index import Document, build, load_embedder
from rag import Assistant
from rag.reading.answer_type import AnswerType
from rag.types import Reading
from rag.verdict.grouping import Group
from rag.verdict.values import Kind, Statement, statement
from rag.verdict.yes_or_no import AskedSide, by_side, in_clause, since_the_other

# A question and its language, a clause and its language, which side it takes.
SIDES: list[tuple[str, str, str, str, bool | None]] = [
    ("Was anybody killed?", "en", "one man died in the fire", "en", True),
    ("Was anybody killed?", "en", "no one was killed or hurt", "en", False),
    ("Was anybody killed?", "en", "it is the only death", "en", True),
    ("Was anybody killed?", "en", "погибших и пострадавших нет", "ru", False),
    ("Was anybody killed?", "en", "ешкім қаза тапқан жоқ", "kk", False),
    ("Was anybody killed?", "en", "it is not known whether anybody was killed", "en", None),
    ("Was anybody killed?", "en", "40 houses burnt down", "en", None),
    ("Were more than ten people killed?", "en", "nobody was killed", "en", None),  # that so many were is denied by less
    ("Погиб ли кто-нибудь?", "ru", "один человек погиб", "ru", True),
    ("Погиб ли кто-нибудь?", "ru", "никто не погиб", "ru", False),
    ("Погиб ли кто-нибудь?", "ru", "all the miners survived", "en", False),
    ("Қаза тапқандар бар ма?", "kk", "қаза тапқандар жоқ", "kk", False),
    ("Қаза тапқандар бар ма?", "kk", "екі адам қаза тапты", "kk", True),
    ("Is the pool open?", "en", "the pool reopened on Monday", "en", True),
    ("Is the pool open?", "en", "the pool is closed", "en", False),
    ("Is the pool open?", "en", "the pool is not closed", "en", True),
    ("Is the pool open?", "en", "the pool opens at 9 and closes at 6", "en", None),
    ("Is the pool open or closed?", "en", "the pool is closed", "en", None),
    ("Is the pool open?", "en", "бассейн жабылды", "kk", False),
    ("Is the pool open?", "en", "бассейн закрыли", "ru", False),
    ("Состоится ли ярмарка?", "ru", "ярмарку отменили", "ru", False),
    ("Will the fair take place?", "en", "ярмарка состоится в мае", "ru", True),
    ("Is the northern gate open?", "en", "the southern gate is open", "en", None),
    ("Does the ferry carry cars?", "en", "the ferry carries cars", "en", True),
    ("Does the ferry carry cars?", "en", "the ferry does not carry cars", "en", False),
    ("Does the ferry carry cars?", "en", "the ferry carries goats", "en", None),
    ("Does the ferry carry cars?", "en", "паром не перевозит машины", "ru", None),  # whether it is of that is not known
    ("Достроили ли школу?", "ru", "школу достроили", "ru", True),
    ("Достроили ли школу?", "ru", "школу так и не достроили", "ru", False),
    ("Жаңа кітапхана салына ма?", "kk", "жаңа кітапхана салынады", "kk", True),
    ("Жаңа кітапхана салына ма?", "kk", "жаңа кітапхана салынбайды", "kk", False),
]


@pytest.mark.parametrize(("question", "asked_in", "clause", "told_in", "side"), SIDES)
def test_a_clause_takes_a_side_with_an_opposite_or_with_the_words_of_the_question(
    question: str, asked_in: str, clause: str, told_in: str, side: bool | None
) -> None:
    assert AskedSide(question, asked_in).of(clause, told_in) is side


def test_what_the_title_names_need_not_stand_in_the_clause() -> None:
    asked = AskedSide("Will the dam be painted?", "en")
    assert asked.of("it will not be painted this year", "en") is None
    assert asked.of("it will not be painted this year", "en", title="The dam of Orvik") is False
    assert asked.of("it burst in the night", "en", title="The dam of Orvik") is None


def told(words: str, text: str, date: str | None, title: str = "", language: str = "en") -> Statement:
    document = Document(text, title, text, None, None, date, language, text)
    start = text.index(words)
    return statement(Reading(document, 0, len(text), start, start + len(words), 0.5), AnswerType.YES_NO)


CLOSED = told("is closed", "The pool is closed.", "2024-03-01")
OPEN = told("reopened", "The pool reopened.", "2024-05-01")
SHUT = told("is shut", "The pool is shut again.", "2024-07-01")


def test_a_clause_settles_it_whatever_values_it_holds() -> None:
    assert told("One man died", "One man died.", None).kind is Kind.WORDS


def test_statements_of_one_side_stand_together() -> None:
    asked = AskedSide("Is the pool open?", "en")
    sides = by_side(asked, [CLOSED, OPEN, SHUT])
    assert [each.statements for each in sides] == [(CLOSED, SHUT), (OPEN,)]
    assert by_side(asked, [CLOSED, SHUT]) == []
    assert since_the_other(*sides).statements == (SHUT,)
    assert since_the_other(Group((CLOSED,)), Group((OPEN,))).statements == (CLOSED,)


def test_words_that_settle_nothing_are_shown_with_their_clause() -> None:
    arrested = "Police have arrested the director of the mine, said the court."
    asked = AskedSide("Was the director arrested?", "en")
    widened = in_clause(asked, Group((told("Police", arrested, None),)))
    assert widened.first.reading.answer == "Police have arrested the director of the mine"
    kept = Group((told("have arrested", arrested, None),))
    assert in_clause(asked, kept) == kept


def test_what_says_the_opposite_of_the_same_things_is_as_likely() -> None:
    asked = AskedSide("Is the pool closed?", "en")
    assert asked.is_opposite(OPEN.reading, CLOSED.reading)
    assert not asked.is_opposite(SHUT.reading, CLOSED.reading)
    assert not asked.is_opposite(told("reopened", "The library reopened.", "2024-05-01").reading, CLOSED.reading)
    in_russian = AskedSide("Закрыт ли бассейн?", "ru")
    assert in_russian.is_opposite(OPEN.reading, CLOSED.reading)
    assert not in_russian.is_opposite(told("reopened", "The library reopened.", "2024-05-01").reading, CLOSED.reading)


# Articles with language, date, title and text; a question, what is said, and what stands beside it.
STORIES = [
    (
        [
            (
                "en",
                "2025-04-12",
                "Flood in Sarsk",
                "The river Ul flooded Sarsk on Friday. No one has been killed, said the mayor.",
            ),
            (
                "ru",
                "2025-04-21",
                "После паводка",
                "В Сарске после паводка нашли тело рыбака. Он погиб во время паводка в Сарске.",
            ),
        ],
        "Погиб ли кто-нибудь во время паводка в Сарске?",
        "погиб",
        "No one",
    ),
    (
        [
            (
                "en",
                "2024-10-01",
                "Harbour museum",
                "The harbour museum in Vestnes has a cafe. Dogs are not allowed in the museum.",
            ),
            ("en", "2024-11-01", "Dogs welcome", "From November dogs are allowed in the harbour museum in Vestnes."),
        ],
        "Are dogs allowed in the harbour museum of Vestnes?",
        "dogs are allowed",
        "not allowed",
    ),
    (
        [
            ("kk", "2024-02-03", "Қарасу кітапханасы", "Қарасуда жаңа кітапхана салынбайды. Бюджетте ақша жоқ."),
            (
                "kk",
                "2024-09-12",
                "Кітапхана болады",
                "Қарасуда жаңа кітапхана салынады. Құрылысқа 400 миллион теңге бөлінді.",
            ),
        ],
        "Қарасуда жаңа кітапхана салына ма?",
        "салынады",
        "салынбайды",
    ),
]


@pytest.mark.parametrize(("articles", "question", "said", "earlier"), STORIES)
def test_the_newest_article_that_settles_it_holds_and_the_earlier_one_is_shown(
    articles: list[tuple[str, str, str, str]], question: str, said: str, earlier: str, tmp_path: Path
) -> None:
    rows = [dict(zip(("lang", "date", "title", "text"), row, strict=True)) for row in articles]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "articles.jsonl"], tmp_path / "index", load_embedder())
    with Assistant.open(tmp_path / "index") as assistant:
        answer = assistant.ask(question)
    assert said in (answer.text or "")
    assert [(earlier in each.text, each.relation) for each in answer.others] == [(True, "earlier")]
