"""Who took an office after another, what was put off, what is told of another thing: which values are earlier, which none at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Document, build, load_embedder
from rag import Answer, Assistant
from rag.reading.answer_type import AnswerType
from rag.types import Reading
from rag.verdict.apart import is_told_aside, tells_of_another
from rag.verdict.succession import succeeds, takes_office
from rag.verdict.values import Statement, statement

MAYOR = ("ru", "2024-09-01", "Мэр открыл школу", "Мэр Барлоу Игорь Сотников открыл школу на 600 мест.")
NEW_MAYOR = (
    "ru",
    "2024-09-02",
    "В Барлоу новый мэр",
    "Депутаты избрали мэром Барлоу Лидию Куманину. Бывший мэр Игорь Сотников ушёл на пенсию.",
)
Article = tuple[str, str, str, str]  # language, date, title, text


def said(words: str, article: Article, kind: AnswerType | None = AnswerType.PERSON) -> Statement:
    language, date, title, text = article
    document = Document(f"{title} {date}", title, text, "Paper", None, date, language, "")
    start = text.index(words)
    left = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    right = text.find(". ", start) + 1 or len(text)
    return statement(Reading(document, left, right, start, start + len(words), 0.9), kind)


def test_an_article_that_tells_who_had_the_office_before_is_of_a_successor() -> None:
    old, new = said("Игорь Сотников", MAYOR), said("Лидию Куманину", NEW_MAYOR)
    assert succeeds(new, old)
    assert not succeeds(old, new)
    assert takes_office(new)
    assert not takes_office(old)


@pytest.mark.parametrize(
    ("language", "text", "words", "takes"),
    [
        ("en", "United have appointed Sara Holm as head coach.", "Sara Holm", True),
        ("en", "Head coach Paul Dunmore praised his team.", "Paul Dunmore", False),
        ("kk", "Аудан әкімі болып Гүлсім Оразова тағайындалды.", "Гүлсім Оразова", True),
        ("kk", "Аудан әкімі Болат Ержанов тұрғындармен кездесті.", "Болат Ержанов", False),
        ("ru", "Директором музея стал Оливер Грант.", "Оливер Грант", True),
        ("ru", "Директор музея Хелен Марш показала залы.", "Хелен Марш", False),
    ],
)
def test_who_is_told_to_get_an_office(language: str, text: str, words: str, takes: bool) -> None:
    assert takes_office(said(words, (language, "2025-01-01", "Report", text))) is takes


@pytest.mark.parametrize(
    ("language", "text", "words", "kind", "question", "aside"),
    [
        ("en", "The next congress will be held in Penrith.", "Penrith", None, "Where is the congress held?", True),
        (
            "en",
            "The next congress will be held in Penrith.",
            "Penrith",
            None,
            "Where is the next congress held?",
            False,
        ),
        ("en", "This congress is held in Penrith.", "Penrith", None, "Where is the congress held?", False),
        ("ru", "Следующий съезд пройдёт в Пенрите.", "Пенрите", None, "Where is the congress held?", True),
        ("kk", "Келесі съезд Пенритте өтеді.", "Пенритте", None, "Where is the congress held?", True),
        ("en", "Four of the eleven paintings were found.", "Four", AnswerType.NUMBER, "How many were stolen?", True),
        ("ru", "Нашли четыре картины из одиннадцати.", "четыре", AnswerType.NUMBER, "How many were stolen?", True),
        ("kk", "Ұрланған суреттердің төртеуі табылды.", "төртеуі", AnswerType.NUMBER, "How many were stolen?", True),
        ("kk", "Он төрт суреттің тоғызы табылды.", "Он төрт", AnswerType.NUMBER, "How many were stolen?", False),
        ("en", "Of the 23 hurt, 15 of those in the hall burnt.", "15", AnswerType.NUMBER, "How many burnt?", False),
        ("en", "Thieves took eleven paintings.", "eleven", AnswerType.NUMBER, "How many were stolen?", False),
        (
            "en",
            "Four of the eleven were found.",
            "Four",
            AnswerType.NUMBER,
            "How many of the eleven were found?",
            False,
        ),
    ],
)
def test_what_is_told_of_a_part_or_of_the_next_time(
    language: str, text: str, words: str, kind: AnswerType | None, question: str, aside: bool
) -> None:
    told = said(words, (language, "2025-01-01", "Report", text), kind)
    assert is_told_aside(told, question, "en") is aside


def test_who_will_lead_after_another_holds_and_is_no_mere_plan() -> None:
    old = said("Ольга Рудь", ("ru", "2020-02-02", "Музей", "Директором музея в Липках стала Ольга Рудь."))
    text = "С мая музеем в Липках будет руководить Лев Вагин. Прежний директор Ольга Рудь ушла на пенсию."
    assert not tells_of_another(old, said("Лев Вагин", ("ru", "2023-03-03", "Музей", text)))
    alone = text.partition(" Прежний")[0]
    assert tells_of_another(old, said("Лев Вагин", ("ru", "2023-03-03", "Музей", alone)))


def test_a_former_mayor_who_is_named_minister_is_of_now() -> None:
    old = said("Carl Bow", ("en", "2010-05-05", "Strike", "Carl Bow was minister of fisheries."))
    text = "Former mayor Jon Pike was named minister of fisheries."
    assert not tells_of_another(old, said("Jon Pike", ("en", "2023-03-03", "Minister", text)))


def test_a_full_name_is_one_person_though_articles_spell_the_rest_in_other_ways() -> None:
    prize = said("Irina Solberg", ("en", "2025-04-01", "Prize", "Irina Solberg won the Amber Pen."))
    премия = said("Ирина Сольберг", ("ru", "2025-04-02", "Премия", "Премию «Янтарное перо» взяла Ирина Сольберг."))
    assert not tells_of_another(prize, премия)


# Articles, questions, what is said, and what else: its words, with its relation.
CASES: dict[str, tuple[list[Article], tuple[str, ...], str, list[tuple[str, str]]]] = {
    "mayor": (
        [MAYOR, NEW_MAYOR],
        ("Кто мэр Барлоу?", "Who is the mayor of Barlow?"),
        "Куманин",
        [("Сотников", "earlier")],
    ),
    "coach": (
        [
            ("en", "2025-02-10", "Coach pleased", "Wexley United won. Head coach Paul Dunmore praised the team."),
            (
                "en",
                "2025-02-12",
                "New coach",
                "Wexley United have appointed Sara Holm as head coach after parting company with Paul Dunmore.",
            ),
        ],
        ("Who is the head coach of Wexley United?",),
        "Holm",
        [("Dunmore", "earlier")],
    ),
    "rivals": (
        [
            ("en", "2025-05-04", "Election", "Joan Whitaker was elected mayor of Barlow with 52 per cent of the vote."),
            ("en", "2025-05-05", "Barlow's mayor", "George Hewitt was elected mayor of Barlow, the paper has learned."),
        ],
        ("Who was elected mayor of Barlow?",),
        "",
        [("", "differs")],
    ),
    "metro": (
        [
            ("kk", "2025-01-10", "Метро", "Шалқар метросының желісі 2025 жылдың желтоқсанында ашылады деп күтілуде."),
            ("kk", "2025-08-02", "Метро кешігеді", "Шалқар метросының желісі 2026 жылдың мамырында ғана ашылады."),
        ],
        ("Шалқар метросының желісі қашан ашылады?", "When will the Shalkar metro open?"),
        "2026",
        [("2025", "earlier")],
    ),
    "hall": (
        [
            (
                "en",
                "2025-03-20",
                "Hall",
                "The concert hall of Marlow will reopen in June next year, the city promised.",
            ),
            ("ru", "2025-09-10", "Зал", "Концертный зал Марлоу откроют не в июне, а в октябре 2026 года."),
        ],
        ("When will the concert hall of Marlow reopen?", "Когда откроют концертный зал Марлоу?"),
        "октябре",
        [("June", "earlier")],
    ),
    "congress": (
        [
            ("ru", "2025-04-02", "Съезд", "В Уитби проходит съезд союза стоматологов. Обсуждают цены на лечение."),
            (
                "en",
                "2025-04-05",
                "Congress",
                "The dentists' congress has ended. The next congress will be held in Penrith.",
            ),
        ],
        ("В каком городе проходит съезд союза стоматологов?",),
        "Уитби",
        [],
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Answer]:
    """Asks a question of a case, in an index of its own."""
    embedder, indexes = load_embedder(), dict[str, Path]()

    def answer(name: str, question: str) -> Answer:
        if name not in indexes:
            folder = indexes[name] = tmp_path_factory.mktemp(name)
            rows = [dict(zip(("lang", "date", "title", "text"), row, strict=True)) for row in CASES[name][0]]
            (folder / "articles.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
            build([folder / "articles.jsonl"], folder / "index", embedder)
        with Assistant.open(indexes[name] / "index") as assistant:
            return assistant.ask(question)

    return answer


@pytest.mark.parametrize(("name", "question"), [(name, each) for name, case in CASES.items() for each in case[1]])
def test_what_holds_is_said_and_what_held_before_is_earlier(
    name: str, question: str, ask: Callable[[str, str], Answer]
) -> None:
    answer, (_, _, expected, others) = ask(name, question), CASES[name]
    assert expected in (answer.text or "")
    assert [(text in other.text, other.relation) for other, (text, _) in zip(answer.others, others, strict=True)] == [
        (True, relation) for _, relation in others
    ]
