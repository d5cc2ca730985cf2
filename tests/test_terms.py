"""Terms: what the lexical index counts as the same word."""

import pytest

from index.terms import query_terms, terms, words


def test_english_and_russian_are_stemmed_and_kazakh_cut() -> None:
    assert terms("Laws updated, updating the law", "en") == ["law", "updat", "updat", "the", "law"]
    assert terms("законов закон законы", "ru") == ["закон"] * 3
    assert terms("Құрылтайдың құрылтайда Құрылтай", "kk") == ["құрылт"] * 3


@pytest.mark.parametrize("written", ["10,000", "10 000", "10\u00a0000", "10\u202f000", "10000"])
def test_thousands_are_one_number_however_written(written: str) -> None:
    assert words(f"about {written} letters") == ["about", "10000", "letters"]


def test_other_numbers_stay_as_they_are() -> None:
    assert words("13.2 and 1:1, 2,5 or 40, 50") == ["13.2", "and", "1", "1", "2,5", "or", "40", "50"]


def test_case_compatibility_forms_and_yo() -> None:
    assert words("ЁЛКА ﬁne Ⅳ") == ["елка", "fine", "iv"]


def test_a_question_is_put_in_both_cyrillic_languages_each_term_once() -> None:
    assert query_terms("Президент Президента", "ru") == ["президент", "презид"]
    assert query_terms("laws law", "en") == ["law"]
