"""Terms: what the lexical index counts as the same word."""

import pytest

from index.analysis.kazakh_stemmer import stem, without_case
from index.analysis.name_keys import MARK
from index.analysis.numerals import number_terms
from index.analysis.terms import query_terms, shared_words, terms, words
from index.analysis.unicode import without_lookalikes


def stems(text: str, language: str) -> list[str]:
    return [term for term in terms(text, language) if not term.startswith(MARK)]


def test_every_language_is_stemmed() -> None:
    assert stems("Laws updated, updating the law", "en") == ["law", "updat", "updat", "the", "law"]
    assert stems("законов закон законы", "ru") == ["закон"] * 3
    assert stems("заңдарының заңға заң", "kk") == ["заң"] * 3
    assert stems("Құрылтайдың құрылтайда Құрылтай", "kk") == ["құрылт"] * 3


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("мектептерде", "мектеп"),  # мектеп + plural тер + locative де
        ("мектебі", "мектеп"),  # possessive, and п voiced before it
        ("қалаларымыздан", "қала"),  # plural, our, ablative
        ("тауларға", "тау"),
        ("жерінде", "жер"),
        ("су", "су"),  # nothing to take off
        ("сода", "сода"),  # да would leave two letters
        ("жазған", "жаз"),
    ],
)
def test_kazakh_endings(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_a_kazakh_name_loses_its_case_only() -> None:
    assert [without_case(word) for word in ("қасымның", "есікте", "назарбаевпен")] == ["қасым", "есік", "назарбаев"]


@pytest.mark.parametrize("written", ["10,000", "10 000", "10\u00a0000", "10\u202f000", "10000"])
def test_thousands_are_one_number_however_written(written: str) -> None:
    assert words(f"about {written} letters") == ["about", "10000", "letters"]


def test_a_year_before_a_number_is_not_its_thousands() -> None:
    assert words("in 2019 300 laws; 1,234,567") == ["in", "2019", "300", "laws", "1234567"]


def test_other_numbers_stay_as_they_are() -> None:
    assert words("13.2 and 1:1, 2,5 or 40, 50") == ["13.2", "and", "1", "1", "2,5", "or", "40", "50"]
    assert stems("15,5 15.5", "en") == ["15.5", "15.5"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("forty", "en", ["40"]),
        ("сорока", "ru", ["40"]),
        ("қырық", "kk", ["40"]),
        ("Twenty-five", "en", ["25"]),
        ("двадцать пять", "ru", ["25"]),
        ("жиырма бес", "kk", ["25"]),
        ("one hundred and forty-five", "en", ["145"]),
        ("ста сорока пяти", "ru", ["145"]),
        ("жүз қырық бес", "kk", ["145"]),
        ("10 thousand", "en", ["10000"]),
        ("10 тыс.", "ru", ["10000"]),
        ("10 мың", "kk", ["10000"]),
        ("1.6 million", "en", ["1600000"]),
        ("1,6 миллиона", "ru", ["1600000"]),
        ("third, 3rd", "en", ["3", "3"]),
        ("третьего", "ru", ["3"]),
        ("үшінші", "kk", ["3"]),
        ("две тысячи двадцать шестого", "ru", ["2026"]),
        ("екі мың жиырма алтыншы", "kk", ["2026"]),
        ("ten and forty", "en", ["10", "40"]),  # two numbers
        ("one, один, бір", "en", []),
        ("он сказал", "ru", []),  # he said; in Kazakh он is ten
        ("19 January 2026", "en", []),  # in digits already
        ("in the 1990s", "en", ["1990"]),
    ],
)
def test_numbers_in_words_stand_in_digits_too(text: str, language: str, expected: list[str]) -> None:
    assert number_terms(text, language) == expected


def test_case_compatibility_forms_yo_and_stress() -> None:
    assert words("ЁЛКА ﬁne Ⅳ") == ["елка", "fine", "iv"]
    assert words("правово́е Робеспье́р край café") == ["правовое", "робеспьер", "край", "café"]


def test_abbreviations_and_apostrophes() -> None:
    assert words("U.S. U.S US, т.д. К.-Ж. Tokayev's O’Neill ended.") == (
        ["us", "us", "us", "тд", "кж", "tokayev", "oneill", "ended"]
    )
    assert words("one.two 3.5 A. Smith.") == ["one", "two", "3.5", "a", "smith"]


@pytest.mark.parametrize("written", ["Диpeктop шкoлы", "ДИPEКTOP ШKOЛЫ", "Дирeктор школы"])  # some letters are Latin
def test_latin_twins_of_cyrillic_letters_are_the_letters_they_look_like(written: str) -> None:
    assert stems(written, "ru") == stems("Директор школы", "ru") == ["директор", "школ"]
    assert without_lookalikes(written).casefold() == "директор школы"
    assert len(without_lookalikes(written)) == len(written)


def test_words_of_one_script_or_with_letters_of_their_own_stay() -> None:
    assert without_lookalikes("COVID, iPhoneның, Аstana 5G") == "COVID, iPhoneның, Astana 5G"


@pytest.mark.parametrize(
    "written",
    [
        "Aýyldaǵy mektepte oqýshylar oqıdy, kópirdiń uzyndyǵy belgili",  # 2018
        "Auyldağy mektepte oquşylar oqidy, köpirdiñ ūzyndyğy belgili",  # 2021, i for both
        "Ay'yldag'y mektepte oqy'shylar oqi'dy, ko'pirdin' uzyndyg'y belgili",  # 2017
        "Auyldağy mektepte oquşylar oqidy, köpırdıñ ūzyndyğy belgılı",  # 2021, by the book
    ],
)
def test_kazakh_in_latin_letters_has_the_terms_of_cyrillic(written: str) -> None:
    expected = stems("Ауылдағы мектепте оқушылар оқиды, көпірдің ұзындығы белгілі", "kk")
    assert stems(written, "kk") == expected
    assert set(query_terms(written, "kk")) >= set(expected)


def test_latin_words_in_kazakh_articles_stay() -> None:
    assert stems("Бұл Google компаниясы", "kk")[1] == stem("google")
    assert "compani" not in stems("The company said so", "kk")


def test_a_hyphenated_word_is_its_parts_and_one() -> None:
    assert stems("single-chamber", "en") == ["singl", "chamber", "singlechamb"]
    assert "≈katnkarag" in terms("Катон-Карагай", "ru")
    assert "≈katnkarag" in terms("Қатонқарағайдың", "kk")


def test_a_question_is_put_in_both_cyrillic_languages_each_term_once() -> None:
    assert query_terms("президента президенту утром сегодня", "ru") == (
        ["президент", "утр", "сегодн", "презид", "утром", "≈prisdnt", "≈utrm", "≈sigdn"]
    )
    assert query_terms("rivers river", "en") == ["river", "≈rivr"]


def test_words_that_ask_are_not_looked_for_unless_alone() -> None:
    assert query_terms("How many rivers", "en") == ["river", "≈rivr"]
    assert query_terms("who", "en") == ["who"]


def test_a_name_in_a_short_question_is_looked_for_three_times() -> None:
    assert query_terms("Who was Tokayev?", "en") == ["tokayev", "≈tukav", "≈tukav", "≈tukav"]
    assert query_terms("tokayev", "en") == ["tokayev", "≈tukav"]


@pytest.mark.parametrize(
    ("question", "language", "text", "text_language", "expected"),
    [
        ("What did Tokayev say?", "en", "Тоқаевтың сөзі", "kk", [("tokayev", "тоқаевтың")]),
        ("Акорда", "ru", "The Aqorda said so. Akorda.", "en", [("акорда", "aqorda")]),
        ("forty laws", "en", "40 заңдар", "kk", [("40", "40")]),
        ("42 articles", "en", "forty-two articles", "en", [("articles", "articles"), ("42", "42")]),
        ("40 articles", "en", "forty-two articles", "en", [("articles", "articles")]),
        ("Which of the two?", "en", "Which two?", "en", [("two", "two"), ("2", "2")]),
        ("Nur-Sultan", "en", "Астана", "ru", []),
        ("", "en", "", "en", []),
    ],
)
def test_words_that_meet_are_shown_as_each_side_spells_them(
    question: str, language: str, text: str, text_language: str, expected: list[tuple[str, str]]
) -> None:
    assert shared_words(question, language, text, text_language) == expected
