"""Values: quantities, names and times that are one in several languages, units, scripts and spellings, and that are not."""

from fractions import Fraction

import pytest

from index import Document
from rag.reading.answer_type import AnswerType
from rag.reading.asked_unit import AskedUnit
from rag.reading.quantities import quantities_in
from rag.types import Reading
from rag.verdict.moments import moments_in
from rag.verdict.names import names_in, same_names
from rag.verdict.values import Kind, comparable, same_value, statement


def reading(words: str, sentence: str = "", language: str = "en", published: str | None = None) -> Reading:
    text = sentence or words
    start = text.index(words)
    document = Document(text, "", text, None, None, published, language, "")
    return Reading(document, 0, len(text), start, start + len(words), 0.5)


@pytest.mark.parametrize(
    ("text", "language", "amount", "unit"),
    [
        ("sixty", "en", Fraction(60), ""),
        ("алпыс", "kk", Fraction(60), ""),
        ("шестидесяти", "ru", Fraction(60), ""),
        ("1,240 people", "en", Fraction(1240), ""),
        ("1 240 человек", "ru", Fraction(1240), ""),
        ("5.12 m", "en", Fraction(512, 100), "m"),
        ("512 см", "ru", Fraction(512, 100), "m"),
        ("5 м 12 см", "ru", Fraction(512, 100), "m"),
        ("5,12 метрді", "kk", Fraction(512, 100), "m"),
        ("2.5 million euros", "en", Fraction(2_500_000), "euro"),
        ("2,5 млн евро", "ru", Fraction(2_500_000), "euro"),
        ("2,5 миллион еуроға", "kk", Fraction(2_500_000), "euro"),
        ("€2.5 million", "en", Fraction(2_500_000), "euro"),
        ("58 per cent", "en", Fraction(58), "percent"),
        ("58% населения", "ru", Fraction(58), "percent"),
        ("58 пайызы", "kk", Fraction(58), "percent"),
        ("an hour and a half; 90 minutes", "en", Fraction(90), "minute"),
        ("полторы тонны", "ru", Fraction(1500), "kg"),
        ("600 grams", "en", Fraction(6, 10), "kg"),
        ("6.5 percentage points", "en", Fraction(13, 2), "point"),
        ("40 кв. км", "ru", Fraction(40_000_000), "m2"),
    ],
)
def test_a_quantity_in_any_words_and_units(text: str, language: str, amount: Fraction, unit: str) -> None:
    found = quantities_in(text, language)[-1]
    assert (found.amount, found.unit) == (amount, unit)


def test_two_numbers_side_by_side_are_one_quantity_only_if_the_second_is_a_part_of_the_first() -> None:
    assert len(quantities_in("2 hours 30 minutes", "en")) == 1
    assert len(quantities_in("30 minutes, 2 hours", "en")) == 2
    assert len(quantities_in("5 m and 3 m", "en")) == 2
    assert quantities_in("the third floor, No. B12", "en") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Tokayev", "en"), ("Тоқаевтың", "kk"), True),
        (("Kassym-Jomart Tokayev", "en"), ("Токаевым", "ru"), True),
        (("President Tokayev", "en"), ("Касым-Жомарт Токаев", "ru"), True),
        (("Asel Kim", "en"), ("Асель Ким", "ru"), True),
        (("M. Serikova", "en"), ("Мадина Серикова", "ru"), True),
        (("Aliya Bekova", "en"), ("Daulet Nurov", "en"), False),
        (("Рустам Ахмади", "kk"), ("Рустам Ахмади", "ru"), True),
        (("Kristjan Saar", "en"), ("Кристьян Саар", "kk"), True),
        (("the Portuguese poet Henrique Salvado", "en"), ("Энрике Салваду", "ru"), True),
        (("Unionist Matilda Krok", "en"), ("Профсоюзный деятель Матильда Крок", "ru"), True),
        (("Kristjan Saar", "en"), ("Кристьян Лехтонен", "ru"), False),
        (("Kristjan Saar", "en"), ("Пирьо Саар", "ru"), False),
        (("Aliya Bekova", "en"), ("Aliya Nurova", "en"), False),
        (("Tassai", "en"), ("Тассайский район", "ru"), True),
        (("the mayor", "en"), ("мэр", "ru"), False),
    ],
)
def test_names_are_one_in_every_spelling(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert same_names(names_in(*one), names_in(*other)) is same
    assert same_names(names_in(*other), names_in(*one)) is same


@pytest.mark.parametrize(
    ("text", "language", "published", "first", "last"),
    [
        ("6 марта", "ru", "2024-03-11", "2024-03-06", "2024-03-06"),
        ("March 6", "en", "2024-03-11", "2024-03-06", "2024-03-06"),
        ("2024-03-06", "en", None, "2024-03-06", "2024-03-06"),
        ("6 наурызда", "kk", "2024-03-11", "2024-03-06", "2024-03-06"),
        ("on Wednesday", "en", "2024-03-11", "2024-03-06", "2024-03-06"),
        ("в среду", "ru", "2024-03-06", "2024-03-06", "2024-03-06"),
        ("will open on Wednesday", "en", "2024-03-11", "2024-03-13", "2024-03-13"),
        ("сәрсенбіде", "kk", "2024-03-11", "2024-03-06", "2024-03-06"),
        ("yesterday", "en", "2024-03-07", "2024-03-06", "2024-03-06"),
        ("on Wednesday, 6 March", "en", "2024-03-20", "2024-03-06", "2024-03-06"),
        ("in 2023", "en", "2024-03-07", "2023-01-01", "2023-12-31"),
        ("in June next year", "en", "2024-03-07", "2025-06-01", "2025-06-30"),
        ("March of this year", "en", "2024-05-07", "2024-03-01", "2024-03-31"),
        ("it slipped to November after a leak", "en", "2024-09-01", "2024-11-01", "2024-11-30"),
        ("it will open in November", "en", "2024-03-07", "2024-11-01", "2024-11-30"),
        ("October 2025", "en", "2024-03-07", "2025-10-01", "2025-10-31"),
        ("in the spring of 2027", "en", "2024-03-07", "2027-03-01", "2027-05-31"),
        ("from 4 to 8 May", "en", "2024-03-07", "2024-05-04", "2024-05-08"),
        ("в июне следующего года", "ru", "2024-03-07", "2025-06-01", "2025-06-30"),
        ("весной следующего года", "ru", "2024-03-07", "2025-03-01", "2025-05-31"),
        ("с 4 по 8 мая", "ru", "2024-03-07", "2024-05-04", "2024-05-08"),
        ("2027 жылдың ақпанында", "kk", "2024-03-07", "2027-02-01", "2027-02-28"),
        ("2025 жылдың қыркүйегінде", "kk", "2024-03-07", "2025-09-01", "2025-09-30"),
        ("келер жылы маусымда", "kk", "2024-03-07", "2025-06-01", "2025-06-30"),
        ("келесі жылдың маусымында", "kk", "2024-03-07", "2025-06-01", "2025-06-30"),
        ("2026 жылғы мамырдың 5-інде", "kk", "2024-03-07", "2026-05-05", "2026-05-05"),
        ("2027 жылдың көктемінде", "kk", "2024-03-07", "2027-03-01", "2027-05-31"),
        ("қарашаға шегерілді", "kk", "2024-09-07", "2024-11-01", "2024-11-30"),
    ],
)
def test_a_day_as_seen_from_its_article(text: str, language: str, published: str | None, first: str, last: str) -> None:
    (moment,) = moments_in(text, language, published)
    assert moment.days is not None
    assert (moment.days.first.isoformat(), moment.days.last.isoformat()) == (first, last)


def test_a_month_that_goes_with_a_noun_is_no_time() -> None:
    assert moments_in("The November accident killed 15 people.", "en", "2025-02-06") == []


def test_times_of_day() -> None:
    minutes = [moments_in(text, "en", None)[0].minutes for text in ("at 4:17", "4.17 a.m.", "9 p.m.", "12 a.m.")]
    assert minutes == [257, 257, 1260, 0]
    assert moments_in("magnitude 5.8, a 3:2 win", "en", None) == []


Said = tuple[str, str, str | None]  # words, their language, and the date of their article


@pytest.mark.parametrize(
    ("one", "other", "can", "same"),
    [
        (("on 2 March", "en", None), ("2 наурызда", "kk", None), True, True),
        (("on 2 March", "en", None), ("2 марта", "ru", "2024-02-20"), True, True),
        (("on 2 March", "en", None), ("3 марта", "ru", "2024-02-20"), True, False),
        (("on 2 March", "en", None), ("11 қазанда", "kk", None), True, False),
        (("in March", "en", None), ("2 марта", "ru", None), True, True),
        (("on Thursday", "en", None), ("в четверг", "ru", None), True, True),
        (("on Thursday", "en", None), ("в среду", "ru", None), True, False),
        (("on Thursday", "en", None), ("7 марта", "ru", "2024-03-08"), True, True),
        (("on Thursday", "en", None), ("2 марта", "ru", None), False, False),
        (("yesterday", "en", None), ("2 марта", "ru", None), False, False),
        (("from 3 to 17 May", "en", None), ("с 3 по 17 мая", "ru", None), True, True),
        (("from 7:30 to 13", "en", None), ("с 6 до 16, долина с 7:30", "ru", None), True, True),
        (("from 7:30", "en", None), ("2 марта", "ru", None), False, False),
    ],
)
def test_times_are_compared_where_articles_have_no_date(one: Said, other: Said, can: bool, same: bool) -> None:
    first, second = (
        statement(reading(words, words, language, published), AnswerType.TIME)
        for words, language, published in (one, other)
    )
    assert (comparable(first, second), comparable(second, first)) == (can, can)
    assert (same_value(first, second), same_value(second, first)) == (same, same)


def test_a_number_is_read_with_the_unit_that_follows_the_words() -> None:
    cut = statement(reading("5,3 миллиард", "Шығын 5,3 миллиард теңгеге бағаланды.", "kk"), AnswerType.NUMBER)
    whole = statement(reading("5.3 billion tenge"), AnswerType.NUMBER)
    houses = statement(reading("310 houses"), AnswerType.NUMBER)
    assert comparable(cut, whole)
    assert same_value(cut, whole)
    assert not comparable(cut, houses)


def test_the_kind_is_the_one_asked_for_or_that_of_words_that_say_little_else() -> None:
    assert statement(reading("Askhat Mukanov"), None).kind is Kind.NAME
    assert statement(reading("on 6 March 2024"), None).kind is Kind.TIME
    assert statement(reading("about 40 articles"), None).kind is Kind.NUMBER
    assert statement(reading("because the ice on the river broke in 12 places at once"), None).kind is Kind.WORDS
    assert statement(reading("nobody"), AnswerType.NUMBER).kind is Kind.WORDS


def test_values_agree_across_languages_and_differ_within_one() -> None:
    one = statement(reading("512 centimetres at midnight, against a danger mark of 450"), AnswerType.NUMBER)
    other = statement(reading("5 м 12 см", language="ru"), AnswerType.NUMBER)
    assert same_value(one, other)
    assert same_value(other, one)
    assert not same_value(other, statement(reading("4,80 м", language="ru"), AnswerType.NUMBER))


@pytest.mark.parametrize(
    ("question", "language", "text", "allowed"),
    [
        ("How much does a loaf cost?", "en", "185 tenge", True),
        ("How much does a loaf cost?", "en", "185 crowns", True),
        ("How much does a loaf cost?", "en", "600 grams", False),
        ("How much does a seat cost?", "en", "200 MB", False),
        ("Сколько стоит место?", "ru", "200 МБ", False),
        ("Орын қанша тұрады?", "kk", "25 градус", False),
        ("Сколько весит буханка?", "ru", "170 тенге", False),
        ("Сколько стоит буханка?", "ru", "170 тенге", True),
        ("Қанша үй су астында қалды?", "kk", "5,3 миллиард теңге", False),
        ("Қаратоғайда бір бөлке нан қанша тұрады?", "kk", "170 теңге", True),
        ("Облыста қанша адам тұрады?", "kk", "812 мың адам", True),
        ("What share of people live in villages?", "en", "812 thousand people", False),
        ("What share of people live in villages?", "en", "two thirds", True),
        ("How many kilometres of road were built?", "en", "40 km", True),
        ("How many kilometres of road were built?", "en", "40 million tenge", False),
        ("На сколько вырос тариф?", "ru", "12 процентов", True),
        ("How long is maternity leave paid in full?", "en", "26 weeks", True),
        ("How old must I be to pay the full fare?", "en", "16 years", True),
        ("Сколько времени платят пособие?", "ru", "9 месяцев", True),
        ("Айыппұлды төлеуге қанша уақыт бар?", "kk", "30 күн", True),
        ("How much of the fee is paid back?", "en", "80 percent", True),
        ("How much is paid back?", "en", "80 percent", False),
        ("Какую часть зарплаты выплачивают?", "ru", "60 процентов", True),
        ("Жалақының қанша бөлігі төленеді?", "kk", "60 пайыз", True),
        ("How many unused vacation days can be carried over?", "en", "5 days", True),
        ("How many personal days may one take?", "en", "3 days", True),
    ],
)
def test_a_question_asks_for_a_unit(question: str, language: str, text: str, allowed: bool) -> None:
    (quantity,) = quantities_in(text, language)
    assert AskedUnit(question, language).allows(quantity) is allowed


@pytest.mark.parametrize(
    ("language", "words", "others", "same"),
    [
        ("en", "the Orvik council", "Orvik police", False),
        ("en", "builders from Orvik", "volunteers from Orvik", False),
        ("en", "the council of Orvik", "Orvik council", True),
        ("en", "mayor Petrov", "President Petrov", True),
        ("en", "Orvik", "the council of Orvik", True),
        ("en", "Ivan Petrov of Orvik", "Orvik council", False),
        ("en", "Ivan Petrov of Orvik", "Petrov", True),
        ("ru", "полиция Орвика", "жители Орвика", False),
        ("ru", "жители Орвика", "жителями Орвика", True),
        ("ru", "директор Петров", "Петровым", True),
        ("kk", "Орвик полициясы", "Орвик тұрғындары", False),
        ("kk", "Орвик тұрғындары", "Орвиктің тұрғындары", True),
        ("kk", "әкім Петров", "Петров", True),
    ],
)
def test_a_lone_name_of_a_place_is_no_agreement(language: str, words: str, others: str, same: bool) -> None:
    one, other = (statement(reading(each, language=language), AnswerType.PERSON) for each in (words, others))
    assert (same_value(one, other), same_value(other, one)) == (same, same)
    assert comparable(one, other)


def test_what_stands_beside_a_lone_name_is_not_compared_across_languages() -> None:
    one = statement(reading("the council of Orvik"), AnswerType.PERSON)
    other = statement(reading("полиция Орвика", language="ru"), AnswerType.PERSON)
    assert not comparable(one, other)
    assert comparable(one, statement(reading("Орвик", language="ru"), AnswerType.PERSON))
    assert same_value(
        statement(reading("mayor Petrov"), AnswerType.PERSON),
        statement(reading("аким Петров", language="ru"), AnswerType.PERSON),
    )
