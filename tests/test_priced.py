"""The price of bread is not that of milk, nor is the adults' price the children's."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from index import Document, build, load_embedder
from rag import Answer, Assistant
from rag.types import Query, Reading
from rag.verdict.priced import Priced


def reading(text: str, language: str, confidence: float = 0.9) -> Reading:
    return Reading(Document(text, "Prices", text, None, None, None, language, ""), 0, len(text), 0, 3, confidence)


def priced(question: str, language: str) -> Priced:
    return Priced(cast(Query, SimpleNamespace(text=question, language=language)))


@pytest.mark.parametrize(
    ("question", "language", "same", "other"),
    [
        (
            "How much does a loaf of bread cost in Worcester?",
            "en",
            "Bread costs 40 crowns.",
            "A litre of milk costs 95 crowns.",
        ),
        ("How much does a litre of petrol cost?", "en", "Petrol costs 210.", "A litre of diesel costs 265."),
        ("Сколько стоит буханка хлеба?", "ru", "Хлеб стоит 40 рублей.", "Литр молока стоит 95 рублей."),
        ("Бір келі картоп қанша тұрады?", "kk", "Картоптың келісі 180 теңге.", "Бір келі пияз 150 теңге."),
    ],
)
def test_an_article_that_never_names_the_thing_tells_the_price_of_another(
    question: str, language: str, same: str, other: str
) -> None:
    asked = priced(question, language)
    assert not asked.is_of_another(reading(same, language))
    assert asked.is_of_another(reading(other, language))
    assert asked.is_told([reading(same, language)], 0.5)
    assert not asked.is_told([reading(same, language, 0.4), reading(other, language)], 0.5)


def test_nothing_is_told_of_articles_in_another_language_or_where_no_price_is_asked_for() -> None:
    assert not priced("How much does bread cost?", "en").is_of_another(reading("Литр молока стоит 95 рублей.", "ru"))
    assert not priced("How many loaves were baked?", "en").is_of_another(reading("Milk is 95 crowns.", "en"))


# Articles, a question, what is said ("" for nothing), and what is told otherwise.
CASES: dict[str, tuple[list[tuple[str, str | None, str]], str, str, list[str]]] = {
    "bread": (
        [
            ("ru", None, "Буханка хлеба в Вустере стоит 40 рублей."),
            ("ru", None, "Литр молока в Вустере стоит 95 рублей."),
        ],
        "Сколько стоит буханка хлеба в Вустере?",
        "40 рублей",
        [],
    ),
    "ferry": (
        [("en", None, "The ferry from Marlow costs 35 crowns for adults. Dogs travel free.")],
        "How much do children pay on the ferry from Marlow?",
        "",
        [],
    ),
    "works": (
        [
            ("en", "2026-06-12", "The museum of Port Ellery closes. The works will cost 2.4 million crowns."),
            ("ru", "2026-06-20", "Музей в Порт-Эллери закроют. Ремонт обойдётся в 2,9 миллиона крон."),
        ],
        "How much will the repairs of the museum in Port Ellery cost?",
        "2,9",
        ["2.4 million crowns"],
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """Asks the question of a case, in an index of its own."""
    embedder = load_embedder()

    def answer(name: str) -> Answer:
        folder = tmp_path_factory.mktemp(name)
        articles, question, _, _ = CASES[name]
        rows = [{"lang": language, "date": date, "text": text} for language, date, text in articles]
        (folder / "articles.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        build([folder / "articles.jsonl"], folder / "index", embedder)
        with Assistant.open(Path(folder, "index")) as assistant:
            return assistant.ask(question)

    return answer


@pytest.mark.parametrize("name", CASES)
def test_the_price_of_the_thing_is_said(name: str, ask: Callable[[str], Answer]) -> None:
    answer, (_, _, expected, others) = ask(name), CASES[name]
    assert expected in (answer.text or "")
    assert bool(answer.text) == bool(expected)
    assert [other.text for other in answer.others] == others


@pytest.mark.parametrize(
    ("question", "language", "same", "other"),
    [
        ("By how much does heating go up?", "en", "Heating goes up by 7 percent.", "A tram ride rises by 9 percent."),
        ("На сколько подорожает отопление?", "ru", "Отопление дорожает на 7 процентов.", "Трамвай подорожает на 9."),
        ("Қалада жылу қаншаға қымбаттайды?", "kk", "Жылу 7 пайызға қымбаттады.", "Трамвай 9 пайызға қымбаттады."),
    ],
)
def test_the_rise_of_one_thing_is_not_that_of_another(question: str, language: str, same: str, other: str) -> None:
    asked = priced(question, language)
    assert asked.is_told_of_another(reading(same, language), reading(other, language))
    assert not asked.is_told_of_another(reading(same, language), reading(same, language))
    assert not asked.is_told_of_another(reading(other, language), reading(other, language))
