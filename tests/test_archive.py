"""Archives, feeds and rich text."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from index.articles.files import read_articles
from index.types import Article, BadArticle, Note, PassedOver


def read(path: Path, content: str | bytes) -> list[Article | BadArticle | PassedOver]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([path]))


def one(path: Path, content: str | bytes) -> Article:
    (article,) = read(path, content)
    assert isinstance(article, Article), article
    return article


def test_members_of_an_archive_are_read_as_files(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("2024/b.html", "<title>Вода</title><p>Вода подорожала.")
        archive.writestr("2024/a.txt", "Head\n\nOne bridge.")
        archive.writestr("bad.md", b"\x89PNG\xff\xfe\x80")
        archive.writestr("empty.txt", " ")
        for other in ("inner.zip", "picture.key", "__MACOSX/a.txt", ".hidden.txt"):
            archive.writestr(other, "x")
        archive.writestr("QQQQQQ.txt", "Old archives name their members in cp866.")
    path.write_bytes(path.read_bytes().replace(b"QQQQQQ", "статья".encode("cp866")))
    items = list(read_articles([path]))
    articles = {item.origin.removeprefix(f"{path}/"): item.text for item in items if isinstance(item, Article)}
    assert articles == {
        "2024/a.txt": "Head\n\nOne bridge.",
        "2024/b.html": "Вода подорожала.",
        "статья.txt": "Old archives name their members in cp866.",
    }
    assert [item.origin for item in items if isinstance(item, BadArticle)] == [f"{path}/bad.md"]
    assert items[-1] == PassedOver({".zip": 1, ".key": 1}, empty=1)


def test_bombs_in_archives_cost_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * 50_000_000)
        archive.writestr("b.txt", "A good one.")
    bad, good = read_articles([path])
    assert isinstance(bad, BadArticle)
    assert "too large when unpacked: 50 MB" in bad.reason
    assert isinstance(good, Article)
    with ZipFile(path, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.txt", b"")
    (bad,) = read_articles([path])
    assert isinstance(bad, BadArticle)
    assert "20,001 files in it" in bad.reason


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Orda</title><language>ru</language>
<item><title>Вода &amp;amp; хлеб</title><link>https://orda.kz/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Вода <b>подорожала</b> до 500&nbsp;тенге.</p>]]></content:encoded></item>
<item><title>Two</title><guid>x-2</guid><description>&lt;p&gt;1 &amp;lt; 2.&lt;/p&gt;</description></item>
<item><title>Empty</title><guid>x-3</guid></item></channel></rss>"""


def test_every_entry_of_a_feed_is_an_article(tmp_path: Path) -> None:
    first, second, bad = read(tmp_path / "a.xml", RSS)
    assert isinstance(first, Article)
    assert (first.title, first.published, first.source) == ("Вода & хлеб", "2024-03-05", "Orda")
    assert (first.url, first.language) == ("https://orda.kz/1", "ru")
    assert first.text.split() == "Вода подорожала до 500 тенге.".split()
    assert isinstance(second, Article)
    assert (second.text, second.origin) == ("1 < 2.", f"{tmp_path / 'a.xml'} x-2")
    assert isinstance(bad, BadArticle)
    assert bad.reason == "no text in this entry"


def test_atom_and_what_is_no_feed(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><title type="html">A &lt;b&gt;head&lt;/b&gt;</title>'
        '<id>tag:1</id><updated>2024-03-05T23:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>One bridge.</p></div></content></entry></feed>"
    )
    article = one(tmp_path / "a.atom", atom)
    assert (article.title, article.published, article.text) == ("A head", "2024-03-05", "One bridge.")
    (bad,) = read(tmp_path / "b.xml", "<project><name>x</name></project>")
    assert isinstance(bad, BadArticle)
    assert bad.reason == "no RSS or Atom feed in it"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"One {\b bold} word.\par Two\line three.\par", "One bold word.\n\nTwo\nthree."),
        (r"\'cf\'f0\'e8\'e2\'e5\'f2, \u1179?\u1072?\u1083?\u1072?!", "Привет, қала!"),
        (r"{\f1 \'c6}\uc0\u8212 x\{\}\\y", "Ж—x{}\\y"),
        (r"{\listtext\pard 1.\tab}First\par{\listtext 2.\tab}Second\par", "1. First\n\n2. Second"),
        (
            r"\trowd\intbl Region\cell Rate\cell\row\intbl Abai\cell 5\cell\row\pard After.",
            "Region; Rate\nAbai; 5\n\nAfter.",
        ),
        (r"Free{\footnote\pard Until May.\par} now.\par Next.", "Free now.\n\nUntil May.\n\nNext."),
        (r"{\pict\wmetafile8 0102}{\header Head}{\*\unknown gone}Kept.\page Two.", "Kept.\n\n\fTwo."),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} \u-10179?\u-8704?", "link 😀"),
    ],
)
def test_rich_text(tmp_path: Path, body: str, text: str) -> None:
    head = r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset204 Times;}}{\info{\title A title}}"
    article = one(tmp_path / "a.rtf", f"{head}{body}}}".encode("ascii"))
    assert (article.title, article.text) == ("A title", text)


def test_struck_rich_text_goes_with_a_note(tmp_path: Path) -> None:
    article = one(tmp_path / "a.rtf", rb"{\rtf1 It costs {\strike 900} 750 tenge.}")
    assert (article.text, article.notes) == ("It costs 750 tenge.", (Note("struck text left out", "900"),))
    (bad,) = read(tmp_path / "b.rtf", "no rich text")
    assert isinstance(bad, BadArticle)
