"""What tells that two articles do not speak of the same matter, and what does not: contradictions are shown, others are not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index import build, load_embedder
from rag import Answer, Assistant
from rag.reading.answer_type import AnswerType
from rag.types import Reading
from rag.verdict.apart import contradict, is_denied, tells_of_another
from rag.verdict.grouping import grouped, told_in
from rag.verdict.matter import of_other_places, shared_names
from rag.verdict.names import names_in
from rag.verdict.values import Statement, same_value, statement
from tests.test_verdict import document, said


def when(words: str, text: str, language: str = "en", confidence: float = 0.5) -> Statement:
    whole, start = document(text, language), text.index(words)
    return statement(Reading(whole, 0, len(text), start, start + len(words), confidence), AnswerType.TIME)


FERRY = "The ferry between Marlow and Greenhithe will sail again from 4 May."


@pytest.mark.parametrize(
    ("words", "text", "language", "is_other"),
    [
        ("11 мая", "Паром между Марлоу и Гринхайтом пойдёт 11 мая.", "ru", False),
        ("11 мамырда", "Марлоудан паром 11 мамырда жүреді.", "kk", False),
        ("11 мая", "Паром в Орвике пойдёт 11 мая.", "ru", True),
        ("11 мая", "Паромная переправа откроется 11 мая.", "ru", False),  # names no place
        ("11 мамырда", "Кеме Орвикте 11 мамырда жүреді.", "kk", True),
        ("11 May", "Repairs end on 11 May.", "en", False),
    ],
)
def test_only_an_article_that_surely_names_another_place_is_of_one(
    words: str, text: str, language: str, is_other: bool
) -> None:
    here, there = when("4 May", FERRY).reading, when(words, text, language).reading
    assert of_other_places(here, there) is of_other_places(there, here) is is_other


def test_names_with_a_hyphen_are_known_by_their_parts() -> None:
    here, there = said("3 tonnes", "In Marangu Hill grew 3 tonnes.").reading, "На Марангу-Хилл собрали 4 тонны."
    assert shared_names(here, said("4 тонны", there, "ru").reading) == 2


def test_surnames_made_of_months_are_names() -> None:
    texts = ("пришёл Мартынов", "пришёл Мартин", "пришёл Зимин", "келген Наурызбаев", "келген Айдар", "в Марте", "Айда")
    assert [len(names_in(text, "kk" if "келген" in text or text == "Айда" else "ru")) for text in texts] == [
        1,
        1,
        1,
        1,
        1,
        0,
        0,
    ]


def test_may_goes_with_one_of_its_days_only_and_the_day_is_told() -> None:
    may, fourth, eleventh = (
        when(*row, confidence=confidence)
        for *row, confidence in (
            ("мамырда", "Паром мамырда жүреді.", "kk", 0.8),
            ("4 May", FERRY, "en", 0.7),
            ("11 мая", "Паром пойдёт 11 мая.", "ru", 0.6),
        )
    )
    groups = grouped([may, fourth, eleventh], same_value)
    assert [group.statements for group in groups] == [(may, fourth), (eleventh,)]
    assert told_in(groups[0], "kk").first is fourth
    assert contradict(fourth, eleventh)


@pytest.mark.parametrize(
    ("text", "value", "language", "denied"),
    [
        ("on 11 May, not on 4 May", "4 May", "en", True),
        ("on 11 May, not on 4 May", "11 May", "en", False),
        ("raised from 35 to 38 crowns", "35", "en", True),
        ("raised from 35 to 38 crowns", "38", "en", False),
        ("not less than 40", "40", "en", False),
        ("11 мая, а не 4-го", "4-го", "ru", True),
        ("38 крон вместо 35", "35", "ru", True),
        ("не менее 40 человек", "40", "ru", False),
        ("4 мамырда емес, 11 мамырда", "4 мамырда", "kk", True),
        ("4 мамырда емес, 11 мамырда", "11 мамырда", "kk", False),
    ],
)
def test_what_is_denied(text: str, value: str, language: str, denied: bool) -> None:
    start = text.index(value)
    assert is_denied(text, start, start + len(value), language) is denied


def test_an_article_that_denies_the_other_day_contradicts() -> None:
    assert contradict(when("5 мая", "Паром пойдёт 5 мая.", "ru"), when("9 May", "It sails on 9 May, not on 5 May."))
    assert not contradict(
        when("5 мая", "Паром пойдёт 5 мая.", "ru"), when("9 May", "From 5 May, and from 9 May at night.")
    )


@pytest.mark.parametrize(
    ("first", "other", "is_other"),
    [
        (("40", "It was built by 40 men.", "en"), ("55", "Ожидается, что придут 55 рабочих.", "ru"), True),
        (("38", "Билет подорожает до 38 крон.", "ru"), ("35", "A ticket will cost 35 crowns.", "en"), False),
        (("8", "Порт қыста 8 кеме қабылдайды.", "kk"), ("21", "Летом порт принимает 21 судно.", "ru"), True),
        (("8", "Порт қыста 8 кеме қабылдайды.", "kk"), ("21", "Зимой порт принимает 21 судно.", "ru"), False),
        (("80,000", "It holds 80,000 books.", "en"), ("12,000", "It holds 12,000 books for children.", "en"), True),
        (("80,000", "It holds 80,000 books.", "en"), ("12,000", "It holds 12,000 books.", "en"), False),
        (("38 crowns", "It costs 38 crowns.", "en"), ("35 crowns", "It costs 35 crowns for adults.", "en"), False),
        (("38", "Билет стоит 38 крон, а не 35.", "ru"), ("35 crowns", "It costs 35 crowns.", "en"), False),
    ],
)
def test_another_season_a_part_or_a_plan_is_another_matter(
    first: tuple[str, str, str], other: tuple[str, str, str], is_other: bool
) -> None:
    assert tells_of_another(said(*first), said(*other)) is is_other


def test_years_that_answer_are_not_the_years_of_two_matters() -> None:
    here, there = when("1962 жылы", "Музей 1962 жылы ашылған.", "kk"), when("1971", "Музей открыли в 1971 году.", "ru")
    assert not tells_of_another(here, there)


TWO = {
    "day": (
        [("en", FERRY), ("ru", "Переправа между Марлоу и Гринхайтом откроется 11 мая, а не 4-го, как обещали.")],
        ("When will the Marlow ferry sail again?", "Когда откроется переправа между Марлоу и Гринхайтом?"),
        {"4 May", "11 мая"},
    ),
    "price": (
        [("en", "A crossing to Marlow costs 35 crowns."), ("ru", "Билет на паром в Марлоу стоит 38 крон.")],
        ("How much does a crossing to Marlow cost?", "Сколько стоит билет на паром в Марлоу?"),
        {"35", "38"},
    ),
    "name": (
        [
            ("en", "Joan Whitaker won the election for mayor of Barlow."),
            ("ru", "Выборы мэра Барлоу выиграл Джордж Хьюитт."),
        ],
        ("Who won the election for mayor of Barlow?", "Кто выиграл выборы мэра Барлоу?"),
        {"Joan", "Джордж"},
    ),
    "count": (
        [("kk", "Кесвиктегі өрт кезінде 14 адам зардап шекті."), ("en", "The fire in Keswick injured 19 people.")],
        ("How many people were injured in the Keswick fire?", "Кесвиктегі өртте қанша адам зардап шекті?"),
        {"14", "19"},
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Answer]:
    """Asks a question of a case, in an index of its own."""
    embedder, indexes = load_embedder(), dict[str, Path]()

    def answer(name: str, question: str) -> Answer:
        if name not in indexes:
            folder = indexes[name] = tmp_path_factory.mktemp(name)
            rows = [json.dumps({"lang": language, "text": text}) for language, text in TWO[name][0]]
            (folder / "articles.jsonl").write_text("\n".join(rows), "utf-8")
            build([folder / "articles.jsonl"], folder / "index", embedder)
        with Assistant.open(indexes[name] / "index") as assistant:
            return assistant.ask(question)

    return answer


@pytest.mark.parametrize(("name", "question"), [(name, each) for name, case in TWO.items() for each in case[1]])
def test_a_contradiction_in_another_language_is_shown(
    name: str, question: str, ask: Callable[[str, str], Answer]
) -> None:
    answer = ask(name, question)
    said_and_shown = f"{answer.text} | {[other.text for other in answer.others]}"
    assert answer.others
    assert {value for value in TWO[name][2] if value in said_and_shown} == TWO[name][2]
    assert answer.points[0].sources == 1
    assert (answer.confidence or 0) < 0.9


@pytest.mark.parametrize(
    ("words", "text", "language", "is_other"),
    [
        ("980", "The petition for the Orvik pier has 980 names of people of the county and the city.", "en", False),
        ("5000", "The petition for the Orvik pier needs 5000 names.", "en", True),
        ("5000", "Для причала в Орвике нужно 5000 подписей.", "ru", True),
        ("5000", "Орвик айлағына 5000 қол қажет.", "kk", True),
        ("980", "The women's petition for the Orvik pier has 980 names.", "en", True),
        ("980", "Мужская команда собрала для причала в Орвике 980 подписей.", "ru", True),
    ],
)
def test_what_is_needed_or_of_some_is_another_matter(words: str, text: str, language: str, is_other: bool) -> None:
    first = said("640", "The petition for the Orvik pier has 640 names.")
    assert tells_of_another(first, said(words, text, language)) is is_other


def test_a_vague_time_told_later_makes_no_precise_one_newer() -> None:
    def until(words: str, text: str, date: str) -> Statement:
        whole, start = document(text, "en", date), text.index(words)
        return statement(Reading(whole, 0, len(text), start, start + len(words), 0.5), AnswerType.TIME)

    exact = until("12 June", "The ban lasts to 12 June 2025.", "2025-05-01")
    vague = until("the middle of June", "The last case was in the middle of June 2025.", "2025-07-07")
    (group,) = grouped([exact, vague], same_value)
    assert group.newest == "2025-05-01"
