"""Cleaning: what must go goes, what must stay stays."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.unicode import one_line
from index.articles.cleaning import clean, is_caption, plain_from_markdown, split_title


def test_a_menu_of_headlines_at_the_end_goes() -> None:
    body = "The reform was discussed.\nIt will go on."
    for heading in ("Latest news", "Последние новости", "Соңғы жаңалықтар", "Read also:", "Читайте также"):
        assert clean(f"{body}\n{heading}\n- One thing happens\n- Another: thing\n- A third, too") == body


def test_a_list_that_belongs_to_the_article_stays() -> None:
    text = "The group looked at:\n- the size of the chamber\n- the term\n- the elections"
    assert clean(text) == text
    text = "Latest news\n- One\n- Two\n- Three\nAnd so the day ended."
    assert clean(text) == text


def test_captions_go_and_sentences_about_photographs_stay() -> None:
    assert is_caption("President chairs a meeting in Astana. Photo credit: Akorda")
    assert is_caption("Заседание рабочей группы. Фото: Акорда")
    assert is_caption("Отырыс. Сурет: Ақорда баспасөз қызметі")
    assert not is_caption("The photo was taken in Astana.")
    assert not is_caption("He said: the photo shows a hall.")
    assert clean("Before.\nA hall full of people. Photo: Somebody\nAfter.") == "Before.\nAfter."


def test_control_characters_and_terminal_escapes_go() -> None:
    assert clean("a\x1b[31mred\x07 \u202eevil\u202c b\r\nc\td") == "a[31mred evil b\nc d"
    assert one_line("two\nlines\x00") == "two lines"


def test_text_becomes_nfc() -> None:
    assert clean(unicodedata.normalize("NFD", "Ёлка и май")) == "Ёлка и май"


def test_markdown_is_rendered_away() -> None:
    source = "# Head\n\nA *b* `c` [d](e) ![pic](f)\nnext\n\n1. one\n2. two\n\n> said\n\n```\ncode\n```"
    assert plain_from_markdown(source) == "Head\n\nA b c d \nnext\n\none\n\ntwo\n\nsaid\n\ncode"


def test_a_title_needs_a_blank_line_and_must_not_be_a_sentence() -> None:
    assert split_title("A headline\n\nBody.") == ("A headline", "Body.")
    assert split_title("A sentence.\n\nBody.") == (None, "A sentence.\n\nBody.")
    assert split_title("A headline\nBody.") == (None, "A headline\nBody.")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
