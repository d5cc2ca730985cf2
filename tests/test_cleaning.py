"""Cleaning: what must go goes, what must stay stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.unicode import one_line
from index.articles.boilerplate import without_boilerplate
from index.articles.cleaning import clean, clean_pages
from index.articles.document import to_document
from index.types import Article, Note


@pytest.mark.parametrize(
    "heading", ["Latest news", "Последние новости:", "Соңғы жаңалықтар", "Read also:", "Читайте также"]
)
def test_a_menu_of_headlines_at_the_end_goes_and_is_said(heading: str) -> None:
    body = "The reform was discussed.\nIt will go on."
    text, notes = without_boilerplate(f"{body}\n{heading}\n- One thing happens\n- Another: thing\n- A third, too")
    assert text == body
    assert notes == (Note("menu left out", f"{heading} / - One thing happens / - Another: thing / - A third, too"),)


@pytest.mark.parametrize(
    "text",
    [
        "The group looked at:\n- the size of the chamber\n- the term\n- the elections",
        "Latest news\n- One\n- Two\n- Three\nAnd so the day ended.",
        "Latest news\n- Fares rise by 3 crowns\n- A street is closed\n- The mayor resigns",
        "Other changes:\n- Fares rise\n- A street is closed\n- The mayor resigns",
        "Последние решения:\n1. Налог отменён\n2. Пошлина введена\n3. Акциз снижен",
        "Негізгі өзгерістер:\n- Салық азаяды\n- Жол салынады\n- Мектеп ашылады",
        "Read also:\n- He came.\n- He saw.\n- He won.",
        "Latest news\n- One\n- Two",
    ],
)
def test_a_list_that_belongs_to_the_article_stays(text: str) -> None:
    assert without_boilerplate(text) == (text, ())


@pytest.mark.parametrize(
    ("line", "kept", "credit"),
    [
        ("A hall full of people. Photo: Ella Roe", "A hall full of people.", "Photo: Ella Roe"),
        (
            "The bill cost 7 million. Photo credit: Press service",
            "The bill cost 7 million.",
            "Photo credit: Press service",
        ),
        ("Потратили 9 млн. Фото: пресс-служба акимата", "Потратили 9 млн.", "Фото: пресс-служба акимата"),
        ("Отырыс өтті. Сурет: Ақорда баспасөз қызметі", "Отырыс өтті.", "Сурет: Ақорда баспасөз қызметі"),
        ("The mine gave gold. Photo © A. Roe/Reuters, 2024", "The mine gave gold.", "Photo © A. Roe/Reuters, 2024"),
        ("It opened. (Photo: Ella Roe)", "It opened.", "Photo: Ella Roe"),
        ("Image: City Hall", "", "Image: City Hall"),
        ("Photo by Ella Roe", "", "Photo by Ella Roe"),
        ("It is open. © Photo: Tom Arden", "It is open.", "© Photo: Tom Arden"),
        ("Ол ашылды. Сурет: ашық дереккөз", "Ол ашылды.", "Сурет: ашық дереккөз"),
    ],
)
def test_of_a_caption_only_the_credit_goes(line: str, kept: str, credit: str) -> None:
    assert without_boilerplate(f"Before.\n{line}\nAfter.") == (
        f"Before.\n{kept}\nAfter.",
        (Note("caption left out", credit),),
    )


@pytest.mark.parametrize(
    "line",
    [
        "The photo was taken in Astana.",
        "He said: the photo shows a hall.",
        "Photo: the mayor opened the bridge on 4 May.",
        "Фото: Мэр Иванов открыл мост",
        "The text. Image: Prices doubled within a year",
        "Picture: 300 guests",
        "Photo by photo, the film shows Ella Roe.",
        "Forty lorries crossed it (picture by Ella Roe).",
        "Сурет: Көпірді әкім ашты",
    ],
)
def test_sentences_about_pictures_stay(line: str) -> None:
    assert without_boilerplate(line) == (line, ())


def test_control_characters_and_terminal_escapes_go() -> None:
    assert clean("a\x1b[31mred\x07 \u202eevil\u202c b\r\nc\td") == "a[31mred evil b\nc d"
    assert one_line("two\nlines\x00") == "two lines"


def test_text_becomes_nfc() -> None:
    assert clean(unicodedata.normalize("NFD", "Ёлка и май")) == "Ёлка и май"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_no_letter_is_left_out_without_a_note(text: str) -> None:
    kept, notes = without_boilerplate(text)
    if not notes:
        assert kept.split() == text.split()


@pytest.mark.parametrize(
    ("text", "cleaned", "pages"),
    [
        ("One.", "One.", ()),
        ("One.\n\n\fTwo.", "One.\n\nTwo.", (6,)),
        ("One goes \fon.", "One goes on.", (9,)),
        ("One.\n\n\f\n\n\fThree.", "One.\n\nThree.", (6, 6)),
        ("\fTwo.", "Two.", (0,)),
        ("One.\f", "One.", (4,)),
    ],
)
def test_pages_are_offsets_in_the_cleaned_text(text: str, cleaned: str, pages: tuple[int, ...]) -> None:
    assert clean_pages(text) == (cleaned, pages)


def test_a_headline_that_goes_moves_the_pages() -> None:
    article = Article("/a.pdf", "/a.pdf", "…", "Head\n\nOne.\n\n\fTwo.", title="Head")
    document = to_document(article)
    assert (document.text, document.pages) == ("One.\n\nTwo.", (6,))
    assert document.text[6:] == "Two."


@given(st.text(alphabet="ab \n\f"))
def test_pages_hold_all_words(text: str) -> None:
    cleaned, pages = clean_pages(text)
    assert cleaned.split() == text.split()
    assert len(pages) == text.count("\f")
    assert list(pages) == sorted(pages)
