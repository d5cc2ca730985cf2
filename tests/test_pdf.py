"""PDFs: paragraphs out of lines, pages, running heads, and what is no text."""

from pathlib import Path

import pytest

from index.articles.files import read_articles
from index.articles.markup.pdf_lines import Line, drop_running_heads, text_of
from index.types import Article, BadArticle, Note
from tests.foreign_files import pdf_of

FILES = Path(__file__).with_name("files")


def lines(*texts: str, top: float = 700, left: float = 50, step: float = 14, size: float = 10) -> list[Line]:
    """Lines under one another, five points wide a letter; a "-" at the end says that a word is divided."""
    return [
        Line(text.removesuffix("-"), left, left + 5 * len(text), top - at * step, size, is_divided=text.endswith("-"))
        for at, text in enumerate(texts)
    ]


def test_a_report_of_three_pages() -> None:
    (article,) = read_articles([FILES / "report.pdf"])
    assert isinstance(article, Article)
    assert article.title == "Вода в городе: отчёт за год"
    pages = article.text.split("\f")
    assert len(pages) == 3
    russian = (
        "Водоканал потерял в 2023 году 14 процентов воды, а не 18 процентов, как годом раньше; предприятие заменило сорок "
        "километров труб. Директор А. Калиев сказал, что новые трубы обещаны к 2026 году, и поблагодарил рабочих."
    )
    kazakh = (
        "Қала әкімі су бағасы өспейді деп мәлімдеді, ал министрлік оны растамады. Жөндеу жұмыстары қыркүйек айында аяқталады, "
        "қосымша қаражат бөлінді."
    )
    english = (
        "The company employs 530 people and runs twelve pumping stations on the well-known left bank of the river."
    )
    paragraphs = article.text.replace("\f", "").split("\n\n")
    assert paragraphs[1:6] == [
        f"{russian} {russian}",
        f"{kazakh} {kazakh}",
        " ".join([english] * 3),
        f"{russian} {english}",
        f"{kazakh} {russian}",
    ]
    assert "раньше; \fпредприятие" in article.text
    assert article.text.endswith(
        "1. First the pumps are mended and the old pipes in the north are taken out of use.\n"
        "2. Then the tariff is set by the council."
    )
    assert {note.detail for note in article.notes} >= {"Вестник водоканала"}
    assert "Вестник" not in article.text


def test_paragraphs_begin_after_short_lines_gaps_and_indents() -> None:
    page = lines(
        "The bridge was closed in the spring and",
        "opened again in May.",
        "A ferry was used meanwhile, which took",
        "long.",
    )
    assert (
        text_of([page])
        == "The bridge was closed in the spring and opened again in May.\n\nA ferry was used meanwhile, which took long."
    )
    far = [*lines("One full line of the first paragraph."), *lines("Second one stands further below it all.", top=660)]
    assert len(text_of([far]).split("\n\n")) == 2
    heading = [*lines("Regions", size=16), *lines("the text under it", top=680)]
    assert text_of([heading]) == "Regions\n\nthe text under it"


def test_a_line_with_many_figures_or_a_smaller_word_goes_on() -> None:
    prose = [
        *lines("The bulletin of the works has the number"),
        *lines("1028, dated 5, 20 and 21. A bulletin", top=686),
    ]
    prose += [*lines("was sent under", top=672), *lines("accordance with 14 CFR 21.197 and 21.199.", top=658, size=9)]
    assert text_of([prose]) == (
        "The bulletin of the works has the number 1028, dated 5, 20 and 21. A bulletin was sent under "
        "accordance with 14 CFR 21.197 and 21.199."
    )


def test_divided_words_and_compounds() -> None:
    page = lines("The govern-", "ment met on the left bank of the well-", "known river.")
    assert text_of([page]) == "The government met on the left bank of the well-known river."


def test_a_number_goes_on_over_a_line() -> None:
    assert text_of([lines("The bulletin has the number 737–", "00–1028 and a date.")]) == (
        "The bulletin has the number 737–00–1028 and a date."
    )


def test_lists_and_rows_keep_their_lines() -> None:
    page = lines(
        "The plan:", "1. Mend the pumps and", "the pipes.", "2. Set the tariff.", "Abai 120 135", "Almaty 210 190"
    )
    assert (
        text_of([page])
        == "The plan:\n1. Mend the pumps and the pipes.\n2. Set the tariff.\n\nAbai 120 135\nAlmaty 210 190"
    )


def test_pages_join_where_a_sentence_goes_on() -> None:
    assert text_of([lines("The bridge was"), lines("closed.")]) == "The bridge was \fclosed."
    assert text_of([lines("The bridge was clo-"), lines("sed in May.")]) == "The bridge was closed \fin May."
    assert text_of([lines("It was closed."), lines("A ferry ran.")]) == "It was closed.\n\n\fA ferry ran."
    assert text_of([lines("One."), [], lines("Three.")]).split("\f") == ["One.\n\n", "\n\n", "Three."]


def test_running_heads_go_with_a_note() -> None:
    pages = [
        [
            *lines("The Herald"),
            *lines(f"Text {name} of", "the page.", f"More on {name}.", top=600),
            *lines(f"— {number} —", top=30),
        ]
        for number, name in ((7, "one"), (8, "two"), (9, "three"))
    ]
    kept, notes = drop_running_heads(pages)
    assert [[line.text for line in page] for page in kept] == [
        [f"Text {name} of", "the page.", f"More on {name}."] for name in ("one", "two", "three")
    ]
    assert notes == [Note("running head left out", "The Herald"), Note("running head left out", "— 9 —")]


def test_what_differs_from_page_to_page_stays() -> None:
    pages = [lines("In 2021 there were 5 bridges.", "x", "y"), lines("In 2022 there were 9 bridges.", "z", "w")]
    assert drop_running_heads(pages) == (pages, [])


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
TWO_EMPTY = "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /MediaBox [0 0 200 200] >>"
PAGE = "<< /Type /Page /Parent 2 0 R >>"
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({'o' * 32}) /U ({'u' * 32}) >> /ID [(a) (b)]"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf_of(CATALOG, TWO_EMPTY, PAGE), "looks like a scan: no text on its 2 pages"),
        (pdf_of(CATALOG, TWO_EMPTY, PAGE, trailer=LOCKED), "encrypted with a password"),
        (b"%PDF-1.4 cut", "damaged, or no PDF"),
        (b"something else", "damaged, or no PDF"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    (bad,) = read_articles([path])
    assert isinstance(bad, BadArticle)
    assert words in bad.reason


def test_a_few_lines_over_all_columns_do_not_widen_a_column() -> None:
    wide = lines("A heading that stands over both of the columns of this page and more", top=760)
    column = lines(*["The works of the town have the pipe"] * 10, "Mended in May.")
    assert text_of([[*wide, *column]]).split("\n\n")[1] == " ".join(
        [*["The works of the town have the pipe"] * 10, "Mended in May."]
    )
