"""Of two numbers of which one took the other's place the one that holds is said and compared: raised from 100 to 150."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from index.analysis.terms import stems
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.asked import Asked
from rag.reading.fitting import count_fitting
from rag.reading.raised import AskedChange, changes_in
from rag.types import Passage, Query, Reading
from rag.verdict.comparison import is_same_matter
from rag.verdict.grouping import Group
from rag.verdict.matter import Matter
from rag.verdict.otherwise import newest
from rag.verdict.succession import replaces
from rag.verdict.values import Statement, same_value, statement


@pytest.mark.parametrize(
    ("text", "language", "changes"),
    [
        ("The first payment was raised from 100 to 150 indices", "en", [("100", "150")]),
        ("The fee rose to 150 tenge from 100 last year", "en", [("100", "150")]),
        ("The quota was cut from 1,200 crates a year to about 900", "en", [("1200", "900")]),
        ("Выплату увеличили с 100 до 150 МРП", "ru", [("100", "150")]),
        ("С 1 марта проезд подорожает с 90 до 120 тенге", "ru", [("90", "120")]),
        ("Размер выплаты с 100 до 150 МРП повысили", "ru", [("100", "150")]),
        ("Цена поднялась до 150 тенге со 100", "ru", [("100", "150")]),
        ("Төлем 100-ден 150 АЕК-ке дейін көтерілді", "kk", [("100", "150")]),
        ("Төлем 100 айлық есептік көрсеткіштен 150-ге дейін көбейтілді", "kk", [("100", "150")]),
        ("Баға 90 теңгеден 120 теңгеге қымбаттады", "kk", [("90", "120")]),
        ("Жұмысшылар саны жүзден екі жүзге дейін өсті", "kk", [("100", "200")]),
        # spans are no changes
        ("It is open from 9 to 18", "en", []),
        ("Prices are from 5 to 10 and rose by 3", "en", []),
        ("The vote was moved from 7 May to 9 May", "en", []),
        ("Работает с 9 до 18", "ru", []),
        ("Дети с 5 до 7 лет", "ru", []),
        ("Сағат 9-дан 18-ге дейін жұмыс істейді", "kk", []),
    ],
)
def test_numbers_that_took_the_place_of_others(text: str, language: str, changes: list[tuple[str, str]]) -> None:
    assert [tuple(str(each.amount) for each in change) for change in changes_in(text, language)] == changes


RAISED = {
    "en": "The payment was raised from 100 to 150 indices.",
    "ru": "Выплату увеличили с 100 до 150 показателей.",
    "kk": "Төлем 100-ден 150 көрсеткішке дейін көтерілді.",
}


@pytest.mark.parametrize(
    ("question", "language", "right", "wrong"),
    [
        ("How many indices is the payment?", "en", "150", "100"),
        ("Сколько показателей составляет выплата?", "ru", "150", "100"),
        ("Төлем қанша көрсеткіш?", "kk", "150", "100"),
        ("From how many indices was the payment raised?", "en", "100", "150"),
        ("Со скольких показателей увеличили выплату?", "ru", "100", "150"),
        ("Төлем неше көрсеткіштен көтерілді?", "kk", "100", "150"),
    ],
)
@pytest.mark.parametrize("told", ["en", "ru", "kk"])
def test_the_side_that_is_asked_for_answers(question: str, language: str, right: str, wrong: str, told: str) -> None:
    text = RAISED[told]
    document = Document("1", "Report", text, None, None, None, told, "")
    passage = Passage(Chunk("1", 0, 0, len(text), text), document, 1, 1.0, {})
    query = Query(question, language, tuple(stems(question, language)), {}, Future[Embedded]())
    count = count_fitting(Asked(query, expected_answer_type(question)), passage)
    places = {each: text.index(each) for each in (right, wrong)}
    assert [bool(count(places[each], places[each] + 3)) for each in (right, wrong)] == [True, False]
    assert count(min(places.values()), max(places.values()) + 3)
    start, end = AskedChange(question, language).kept(text, min(places.values()), max(places.values()) + 3, told)
    assert right in text[start:end]
    assert wrong not in text[start:end]


def said(words: str, text: str, date: str, language: str = "en") -> Statement:
    document = Document(text, "Payment", text, "Post", None, date, language, "")
    start = text.index(words)
    return statement(Reading(document, 0, len(text), start, start + len(words), 0.5), AnswerType.NUMBER)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_number_that_holds_is_compared(language: str) -> None:
    text = RAISED[language]
    words = text[text.index("100") : text.index("150") + 3]
    raised = said(words, text, "2025-04-21", language)
    before, now = (said(each, f"They get {each} indices.", "2025-04-14") for each in ("100", "150"))
    assert same_value(raised, now)
    assert not same_value(raised, before)
    assert replaces(raised, before)
    assert not replaces(raised, now)
    assert not replaces(before, raised)
    unlikely = Matter(-3.6, 2.0, 1.0, 0.92, 1.0, 0.4)
    assert is_same_matter(before, raised, unlikely, least=0.9)
    chosen = newest([Group((before,)), Group((raised,))], [raised], None)
    assert chosen is not None
    assert chosen.group.first is raised
    assert [relation for _, relation in chosen.others] == ["earlier"]


def test_an_older_article_takes_no_place() -> None:
    raised = said("150", RAISED["en"], "2025-04-01")
    assert not replaces(raised, said("100", "They get 100 indices.", "2025-04-14"))
