"""Who came before somebody, or after: what is asked, and what articles of several years answer."""

import json
from collections.abc import Callable

import pytest

from index import build, load_embedder
from rag import Answer, Assistant
from rag.reading.succession import asked_succession

ASKED = [
    ("en", "Who led the yard before Ann Roe?", "Ann Roe", True, "Who led the yard?"),
    ("en", "Whom did Ann Roe replace as head of the yard?", "Ann Roe", True, "Who was as head of the yard?"),
    ("en", "Who took over from Ann Roe as head of the yard?", "Ann Roe", False, "Who is as head of the yard?"),
    ("en", "Who replaced Ann Roe?", "Ann Roe", False, ""),
    ("ru", "Кто руководил верфью до Анны Ро?", "Анны Ро", True, "Кто руководил верфью?"),
    ("ru", "Кого сменила Анна Ро?", "Анна Ро", True, ""),
    ("ru", "Кто пришёл на смену Анне Ро на верфи?", "Анне Ро", False, ""),
    ("kk", "Анна Роға дейін верфьті кім басқарды?", "Анна Роға", True, "Верфьті кім басқарды?"),
    ("kk", "Анна Роның орнына верфьті кім басқарады?", "Анна Роның", False, "Верфьті кім басқарады?"),
]


@pytest.mark.parametrize(("language", "question", "name", "is_before", "office"), ASKED)
def test_whose_predecessor_or_successor_is_asked_for(
    language: str, question: str, name: str, is_before: bool, office: str
) -> None:
    asked = asked_succession(question, language)
    assert asked is not None
    assert (asked.name, asked.is_before, asked.office) == (name, is_before, office)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Who led the yard before the war?"),
        ("en", "When did Ann Roe replace the crane?"),
        ("en", "Who is Ann Roe?"),
        ("ru", "Кто руководил верфью до ремонта?"),
        ("kk", "Верфьті кім басқарады?"),
    ],
)
def test_other_questions_ask_for_neither(language: str, question: str) -> None:
    assert asked_succession(question, language) is None


ARTICLES = [
    ("en", "2016-05-02", "Bank finds a head", "The savings bank of Holmgate has chosen Ida Frost as its director."),
    (
        "en",
        "2019-06-04",
        "Change at the savings bank",
        "Peter Lamb becomes director of the savings bank of Holmgate, the board said. His predecessor resigned in April.",
    ),
    (
        "en",
        "2024-01-12",
        "New face at the bank",
        "The savings bank of Holmgate has a new director. Clara Dunn, until now head of lending, was chosen on Friday. "
        "She follows Peter Lamb, who retires.",
    ),
    (
        "ru",
        "2023-12-01",
        "Новый тренер",
        "Хоккейный клуб «Вихрь» возглавил Сергей Иванов. Прежний тренер Павел Ли уволен в ноябре.",
    ),
    (
        "kk",
        "2023-02-02",
        "Жаңа әкім",
        "Көлбай ауданының әкімі болып Нұржан Сәтбаев тағайындалды. Ол бұған дейін басқарған Әсел Мұратованың орнына келді.",
    ),
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder, embedder = tmp_path_factory.mktemp("offices"), load_embedder()
    rows = [
        {"id": title, "language": language, "date": date, "title": title, "text": text}
        for language, date, title, text in ARTICLES
    ]
    source = folder / "offices.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    build([source], folder / "index", embedder)
    return Assistant.open(folder / "index").ask


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who was director of the savings bank of Holmgate before Clara Dunn?", "Peter Lamb"),
        ("Whom did Clara Dunn replace as director of the savings bank of Holmgate?", "Peter Lamb"),
        ("Who succeeded Peter Lamb as director of the savings bank of Holmgate?", "Clara Dunn"),
        ("Кто был тренером клуба «Вихрь» до Сергея Иванова?", "Павел Ли"),
        ("Кто сменил Павла Ли в клубе «Вихрь»?", "Сергей Иванов"),
        ("Нұржан Сәтбаевқа дейін Көлбай ауданының әкімі кім болды?", "Әсел Мұратова"),
        ("Әсел Мұратованың орнына Көлбай ауданының әкімі болып кім келді?", "Нұржан Сәтбаев"),
    ],
)
def test_articles_tell_who_came_before_and_after(question: str, name: str, ask: Callable[[str], Answer]) -> None:
    answer = ask(question)
    assert name in (answer.text or "")
    assert not answer.others


def test_what_only_dates_tell_is_never_sure(ask: Callable[[str], Answer]) -> None:
    answer = ask("Who was director of the savings bank of Holmgate before Peter Lamb?")
    assert answer.status != "answered"
    assert answer.text is None or "Ida Frost" in answer.text
