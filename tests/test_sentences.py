"""Sentences: exact offsets, and no end after an abbreviation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.sentences import sentences


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Mr. Karin came at approx. 5 p.m. to Astana.", "He spoke.", "“It is new,” he said."]),
        ("ru", ["По ст. 5 и мнению К.-Ж. Токаева, это так.", "В 2025 г. было иначе.", "Он ответил: «Да!»"]),
        ("kk", ["Бұл туралы Orda.kz хабарлады.", "2026 жылы т.б. мәселелер қаралды.", "Ол бекітті."]),
    ],
)
def test_sentences_of_each_language(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


def test_a_line_break_ends_a_sentence() -> None:
    assert split("A heading\nand a line.\n\nMore.", "en") == ["A heading", "and a line.", "More."]


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "kk", "de"]))
@settings(deadline=None)
def test_spans_are_in_order_trimmed_and_cover_all_words(text: str, language: str) -> None:
    cursor = 0
    for start, end in sentences(text, language):
        assert text[start:end] == text[start:end].strip() != ""
        assert not text[cursor:start].strip()
        cursor = end
    assert not text[cursor:].strip()
