"""Office files and books: numbers of lists, tables, footnotes and pages stay; struck and deleted words do not."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from index.articles.files import read_articles
from index.types import Article, BadArticle, Note

FILES = Path(__file__).with_name("files")


def one(path: Path) -> Article:
    (article,) = read_articles([path])
    assert isinstance(article, Article), article
    return article


def reason(path: Path) -> str:
    (bad,) = read_articles([path])
    assert isinstance(bad, BadArticle), bad
    return bad.reason


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_word_file() -> None:
    article = one(FILES / "law.docx")
    assert article.title == "Су туралы заң"
    assert article.text.split("\n") == [
        "Глава 1. Вода & хлеб",
        "",
        "Цена воды 500 тенге; 1 < 2. Ақпан айында баға өсті.",
        "",
        "3. Министр отвечает за воду.",
        "а) он подписывает план;",
        "б) он публикует отчёт;",
        "4. Әкім есеп береді.",
        "4.а.1 Subpoint.",
        "",
        "Region: Turkistan; Unemployed: 51300; Rate: 5.2",
        "Unemployed: 44100; Rate: 4.1",
        "",
        "Kept inserted words 750 tenge",
        "second line",
        "",
        "As of March 2024.",
        "",
        "\fPage two.",
    ]
    assert article.notes == (Note("deleted text left out", "deleted words"), Note("struck text left out", "900"))


def test_cells_of_a_word_table_that_span(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Region") + cell("Year") + cell("Rate"),
        cell("Abai", '<w:vMerge w:val="restart"/>') + cell("2023") + cell("5"),
        cell("", "<w:vMerge/>") + cell("2024") + cell("6"),
        cell("Both", '<w:gridSpan w:val="2"/>') + cell("7"),
    ]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{name}"><w:body><w:tbl>{body}</w:tbl></w:body></w:document>'
    assert one(zipped(tmp_path / "a.docx", {"word/document.xml": document})).text.split("\n") == [
        "Region: Abai; Year: 2023; Rate: 5",
        "Region: Abai; Year: 2024; Rate: 6",
        "Region: Both; Rate: 7",
    ]


def test_slides_are_pages() -> None:
    article = one(FILES / "slides.pptx")
    assert article.title is None
    assert article.text.split("\f") == [
        "Су бағасы\n\nЦена 500 тенге & больше\nPrice rose by 3.5%\n\nSay that it was 480 before.\n\n",
        "Regions\n\nRegion: Abai; Rate: 5",
    ]


def test_open_document_text() -> None:
    article = one(FILES / "holiday.odt")
    assert article.title == "Қала күні"
    assert article.text == (
        "Қала күні\n\nМереке 6 мамырда & кешке өтеді.\n\n1. Шеру.\n2. Концерт.\n\n- bullet\n\n"
        "Region; N\nAbai; 5\n\nIt costs nothing at all.\n\nPaid by the city."
    )
    assert article.notes == (Note("struck text left out", "5 мамырда"),)


def book(chapters: dict[str, str], metadata: str = "") -> dict[str, str | bytes]:
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters)
    order = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/a.opf"/></rootfiles></container>',
        "OPS/a.opf": f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        **{f"OPS/{name}.xhtml": f"<html><head><title>x</title></head><body>{text}</body></html>" for name, text in chapters.items()},
    }  # fmt: skip


def test_book(tmp_path: Path) -> None:
    metadata = "<dc:title>Дала &amp; қала</dc:title><dc:date>2019-05-01</dc:date><dc:language>kk</dc:language>"
    chapters = {"two": "<h1>Екінші</h1><p>Бір.</p>", "one": "<p>Екі.</p><ol><li>Үш</li></ol>"}
    article = one(zipped(tmp_path / "a.epub", book(chapters, metadata)))
    assert (article.title, article.published, article.language) == ("Дала & қала", "2019-05-01", "kk")
    assert article.text == "Екінші\n\nБір.\n\nЕкі.\n\n1. Үш"


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".odt", ".epub"])
def test_what_is_no_such_file_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"no archive")
    assert "damaged" in reason(path)
    assert "damaged" in reason(zipped(path, {"other.xml": "<a/>"}))
    path.write_bytes((FILES / "law.docx").read_bytes()[:9000])
    assert "damaged" in reason(path)


def test_bombs_and_entities(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "a.docx", {"word/document.xml": b"<a>" + b" " * 150_000_000})
    assert "too large when unpacked: 150 MB" in reason(bomb)
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f'<!ENTITY e{n + 1} "&e{n};&e{n};">' for n in range(40))
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    document = (
        f'<!DOCTYPE a [<!ENTITY e0 "lol">{lines}<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{name}"><w:body>'
        "<w:p><w:r><w:t>Text &e40;&x;.</w:t></w:r></w:p></w:body></w:document>"
    )
    (item,) = read_articles([zipped(tmp_path / "b.docx", {"word/document.xml": document})])
    assert "lol" not in str(item)
    assert "a secret" not in str(item)


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word/document.xml": "<a/>"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory
    path.write_bytes(raw)
    assert "encrypted" in reason(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "encrypted" in reason(path)


def test_a_zip_of_nothing_is_no_bomb_for_memory(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "x")
    assert "damaged" in reason(zipped(tmp_path / "a.odt", {"content.zip": inner.getvalue()}))
