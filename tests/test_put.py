"""Tests for the words in which a question is put to a passage: the time that is asked for, as the passage tells it."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from rag.reading.put import is_of_another_time, put_to
from rag.types import Passage, Query
from rag.understanding.when import when


def passage(published: str | None, language: str, text: str) -> Passage:
    document = Document("1", "Report", text, None, None, published, language, "")
    return Passage(Chunk("1", 0, 0, len(text), text), document, 1, 1.0, {})


def put(question: str, language: str, to: Passage) -> str:
    return put_to(Query(question, language, (), {}, Future[Embedded]()), to)


@pytest.mark.parametrize(
    ("question", "language", "text", "published", "asked"),
    [
        ("How many came in 2021?", "en", "Some 900 came.", "2021-03-04", "How many came?"),
        ("How many came in 2021?", "en", "Some 900 came in 2021.", "2021-03-04", None),  # the words themselves tell it
        ("How many came in 2021?", "en", "Some 900 came.", "2022-03-04", None),
        ("How many came in 2021?", "en", "Some 900 came.", None, None),
        ("How many came on 3 March 2021?", "en", "Some 900 came.", "2021-03-04", "How many came?"),
        ("How many came on 3 March 2021?", "en", "Some 900 came.", "2021-03-14", None),  # of other days by then
        ("How many came on 3 March 2021?", "en", "On 3 March 900 came.", "2021-03-04", "How many came on 3 March?"),
        ("How many came since March 2021?", "en", "Some 900 came.", "2021-03-14", None),
        ("How many came to the fair of May 2021?", "en", "Some 900 came.", "2021-06-04", "How many came to the fair?"),
        (
            "Сколько гостей было на ярмарке 2021 года?",
            "ru",
            "Было 900 гостей.",
            "2021-06-04",
            "Сколько гостей было на ярмарке?",
        ),
        (
            "2021 жылғы жәрмеңкеге қанша адам келді?",
            "kk",
            "Оған 900 адам келді.",
            "2021-06",
            "жәрмеңкеге қанша адам келді?",
        ),
    ],
)
def test_a_time_that_only_the_date_of_print_tells_is_not_put_to_the_reader(
    question: str, language: str, text: str, published: str | None, asked: str | None
) -> None:
    assert put(question, language, passage(published, language, text)) == (asked or question)


YEARS = {
    "en": ("The choir has nine singers. Last year it gave 31 concerts.", "How many concerts were given in 2024?"),
    "ru": ("В хоре девять певцов. В прошлом году он дал 31 концерт.", "Сколько концертов дали в 2024 году?"),
    "kk": ("Хорда тоғыз әнші бар. Былтыр ол 31 концерт берді.", "2024 жылы қанша концерт берілді?"),
}
LAST_YEAR = {
    "en": "How many concerts were given last year?",
    "ru": "Сколько концертов дали в прошлом году?",
    "kk": "Былтыр қанша концерт берілді?",
}


@pytest.mark.parametrize("told", YEARS)
@pytest.mark.parametrize("asked", YEARS)
def test_a_year_is_asked_for_as_the_passage_sees_it_in_the_language_of_the_question(asked: str, told: str) -> None:
    text, question = YEARS[told][0], YEARS[asked][1]
    assert put(question, asked, passage("2025-10-02", told, text)) == LAST_YEAR[asked]


@pytest.mark.parametrize("published", ["2024-10-02", "2026-10-02", None])
def test_last_year_is_another_one_for_articles_of_other_years(published: str | None) -> None:
    text, question = YEARS["en"][0], "How many concerts were given in 2022?"
    assert put(question, "en", passage(published, "en", text)) == question


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("en", "How much was the budget of 2024?", "How much was the budget?"),
        ("ru", "Каков был бюджет 2024 года?", "Каков был бюджет?"),
        ("kk", "Хордың 2024 жылғы бюджеті қанша?", "Хордың бюджеті қанша?"),
    ],
)
def test_the_year_of_a_thing_is_left_out_where_the_passage_says_last_year(
    language: str, question: str, expected: str
) -> None:
    assert put(question, language, passage("2025-10-02", language, YEARS[language][0])) == expected


@pytest.mark.parametrize(
    ("language", "published", "text", "question", "expected"),
    [
        ("en", "2024-12-20", "The November storm felled 15 masts.", "How many masts fell in November 2024?", "How many masts fell in November?"),
        ("en", "2024-07-20", "On 8 May a mast fell.", "What fell on 8 May 2024?", "What fell on 8 May?"),
        ("ru", "2024-12-20", "В ноябре буря свалила 15 мачт.", "Сколько мачт упало в ноябре 2024 года?", "Сколько мачт упало в ноябре?"),
        ("kk", "2024-12-20", "Қарашада дауыл 15 діңгекті құлатты.", "2024 жылғы қарашада қанша діңгек құлады?", "қарашада қанша діңгек құлады?"),
    ],
)  # fmt: skip
def test_a_year_is_left_out_where_the_passage_names_the_month_or_day_alone(
    language: str, published: str, text: str, question: str, expected: str
) -> None:
    assert put(question, language, passage(published, language, text)) == expected


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("en", "How many came to the March fair?", "How many came to the fair?"),
        ("en", "How many came to the 2025 fair?", "How many came to the fair?"),
        ("en", "How many came to the fair of March 2025?", "How many came to the fair?"),
        ("ru", "Сколько гостей было на мартовской ярмарке?", "Сколько гостей было на ярмарке?"),
        ("kk", "Наурыздағы жәрмеңкеге қанша адам келді?", "жәрмеңкеге қанша адам келді?"),
    ],
)
def test_a_thing_told_from_others_by_its_time_is_asked_for_without_it_where_print_tells_that(
    language: str, question: str, expected: str
) -> None:
    fair = "Some 900 guests came. The hall may open again in March next year."
    assert put(question, language, passage("2025-03-04", "en", fair)) == expected
    assert put(question, language, passage("2026-07-04", "en", fair)) == question


def test_a_capital_and_a_verb_are_no_months() -> None:
    for question in ("Who ran the Paris office?", "May we march to the sea?", "How heavy is the Moon today?"):
        assert put(question, "en", passage("2025-03-04", "en", "Some 900 came.")) == question
    assert when("Что решили в Майском районе?", "ru") is None


def minutes(title: str, language: str, text: str, published: str) -> Document:
    return Document("1", title, text, None, None, published, language, "")


def test_a_title_that_only_dates_its_document_leaves_the_question_without_its_time() -> None:
    notes = minutes("Crew meeting 2021-03-04", "en", "Some 900 came.", "2021-03-04")
    found = Passage(Chunk("1", 0, 0, 14, notes.text), notes, 1, 1.0, {})
    assert put("How many came on 4 March 2021?", "en", found) == "How many came?"
    assert put("How many came on 2 March 2021?", "en", found) == "How many came on 2 March 2021?"


@pytest.mark.parametrize(
    ("question", "language", "title", "text", "published", "is_other"),
    [
        ("Who came in July 2024?", "en", "Fair", "Ann came.", "2024-07-03", False),
        ("Who came in July 2024?", "en", "Fair", "Ann came.", "2024-08-20", False),  # soon after
        ("Who came in July 2024?", "en", "Minutes of 20 August 2024", "Ann came.", "2024-08-20", True),
        ("Who came in July 2024?", "en", "Fair", "Ann came.", "2024-05-20", True),
        ("Who came in July 2024?", "en", "Fair", "Ann comes in July.", "2024-05-20", False),
        ("Who came in July 2024?", "en", "Fair", "In 2024 Ann came.", "2024-12-20", False),
        ("Who came on 3 July 2024?", "en", "Fair", "In 2024 Ann came.", "2024-12-20", True),
        ("Who came in July?", "en", "Fair", "Ann came.", "2024-12-20", False),  # of a year that is not named
        ("Who came in July 2024?", "en", "Fair", "Ann came.", None, False),
        ("Кто приехал в июле 2024 года?", "ru", "Ярмарка", "Приехала Анна.", "2024-11-20", True),
        ("Кто приехал в июле 2024 года?", "ru", "Ярмарка", "Летом 2024 года приехала Анна.", "2024-11-20", False),
        ("2024 жылғы шілдеде кім келді?", "kk", "Жәрмеңке", "Анна келді.", "2024-11-20", True),
        ("2024 жылғы шілдеде кім келді?", "kk", "Жәрмеңке", "Шілдеде Анна келді.", "2024-11-20", False),
    ],
)
def test_what_was_printed_at_another_time(
    question: str, language: str, title: str, text: str, published: str | None, is_other: bool
) -> None:
    document = Document("1", title, text, None, None, published, language, "")
    assert is_of_another_time(when(question, language), document) is is_other
