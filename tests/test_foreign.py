"""Formats that libraries parse: what comes of them, and that a bad file costs nothing but itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.articles.files import read_articles
from index.articles.process import child
from index.articles.process.child import Child
from index.articles.registry import needs_child
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle
from tests.conftest import ROOT

FOREIGN_LIBRARIES = {
    "lxml",
    "trafilatura",
    "pypdfium2",
    "openpyxl",
    "feedparser",
    "zipfile",
    "email",
    "multiprocessing",
}
PARAGRAPH = "Әкім су туралы айтты, а вода стоит 500 тенге & rises < 5. " * 12


def read(path: Path, content: str | bytes) -> list[Article]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read_articles([path]))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def one(path: Path, content: str | bytes) -> Article:
    (article,) = read(path, content)
    return article


def reason(path: Path, content: str | bytes) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (bad,) = read_articles([path])
    assert isinstance(bad, BadArticle), bad
    return bad.reason


@pytest.fixture
def reader_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children find formats of the tests."""
    monkeypatch.setattr(
        child,
        "_START",
        child._START.replace("from index", "import tests.bad_format; tests.bad_format.install(); from index"),
    )


def test_plain_text_loads_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "a.md").write_text("# Head\n\nA text.")
    code = (
        "import sys; from pathlib import Path; from index.articles.files import read_articles; "
        "assert len(list(read_articles([Path(sys.argv[1])]))) == 2; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"lxml", "trafilatura", "pypdfium2", "openpyxl", "feedparser"} & set(done.stdout.split())


@pytest.mark.usefixtures("reader_of")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("raises", "damaged, or no .bad file (a fault)"),
        ("dies", "a fault in it stopped its reader"),
        ("hangs", "not read within 3 seconds"),
        ("eats", "takes more than 1 GB of memory"),
        ("connects", "a file wants socket"),
        ("starts", "a file wants subprocess.Popen"),
        ("writes", "cannot be read: File too large"),
    ],
)
def test_a_bad_file_costs_itself_alone(tmp_path: Path, kind: str, words: str) -> None:
    for name, content in (("a", "good"), ("b", kind), ("c", "good")):
        (tmp_path / name).write_text(content)
    with Child(time_limit=3) as reader:
        items = [item for name in "abc" for item in reader.read(SourceFile(tmp_path / name, f"{name}.bad"))]
    good, bad, again = items
    assert isinstance(bad, BadArticle)
    assert words in bad.reason
    assert [each.text for each in (good, again) if isinstance(each, Article)] == ["good", "good"]


@pytest.mark.usefixtures("reader_of")
def test_a_parser_that_only_computes_is_ended_by_its_processor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("computes")
    limited = child._START.replace("serve()", "worker.TIME_LIMIT = 1; serve()")
    monkeypatch.setattr(
        child,
        "_START",
        limited.replace("import serve;", "import serve; import index.articles.process.worker as worker;"),
    )
    with Child() as reader:
        (bad,) = reader.read(SourceFile(tmp_path / "a", "a.bad"))
    assert isinstance(bad, BadArticle)
    assert bad.reason == "not read within 30 seconds"


def test_a_long_text_is_parsed_in_the_child_and_a_short_one_here(tmp_path: Path) -> None:
    for name, length in (("a.txt", 20_000), ("b.txt", 40_000)):
        (tmp_path / name).write_text("x" * length)
    assert [needs_child(SourceFile(path, str(path))) for path in sorted(tmp_path.iterdir())] == [False, True]


@pytest.mark.usefixtures("reader_of")
def test_what_was_read_before_a_crash_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("two, then dies")
    with Child(time_limit=5) as reader:
        items = list(reader.read(SourceFile(tmp_path / "a", "a.bad")))
    assert [type(item) for item in items] == [Article, Article, BadArticle]


def test_page_keeps_its_main_text(tmp_path: Path) -> None:
    menu = "".join(f"<li><a href='/{i}'>Жаңалық {i}</a></li>" for i in range(30))
    article = one(
        tmp_path / "a.html",
        f"<html><head><title>Вода дорожает — Orda.kz</title><meta property='og:site_name' content='Orda.kz'>"
        "<meta property='article:published_time' content='2024-03-05T10:00:00+05:00'></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>Вода дорожает</h1><p>{PARAGRAPH.replace('<', '&lt;')}</p>"
        "<table><tr><th>Region<th>Rate<tr><td>Abai<td>5</table>"
        f"<p>Second {PARAGRAPH.replace('<', '&lt;')}</p></article><aside><ul>{menu}</ul></aside></body></html>",
    )
    assert (article.title, article.published, article.source) == ("Вода дорожает", "2024-03-05", "Orda.kz")
    words = f"{PARAGRAPH}\n\nRegion: Abai; Rate: 5\n\nSecond {PARAGRAPH}".split()
    assert article.text.removeprefix("Вода дорожает").split() == words
    assert [note.kind for note in article.notes] == ["frame of the page left out"]


def test_page_keeps_lists_with_links_and_repeated_paragraphs(tmp_path: Path) -> None:
    words = f"<p>{'Министр объяснил закон и привёл примеры. ' * 12}</p>"
    menu = "".join(f"<li><a href='/{i}'>News {i}</a></li>" for i in range(5))
    page = f"{words}{words}{words}<h3>Plan</h3><ol><li>The <a href='/x'>bridge</a></li><li>A school</li></ol><ul>{menu}</ul>{words}"
    text = one(tmp_path / "a.html", f"<html><body><div>{page}</div></body></html>").text
    assert text.count("Министр") == 48
    assert "Plan\n\n1. The bridge\n2. A school\n\nМинистр" in text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='windows-1251'>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<meta charset='windows-1251'>", "utf-8-sig"),
        ("", "utf-8"),
    ],
)
def test_page_says_its_encoding(tmp_path: Path, head: str, encoding: str) -> None:
    page = f"<html>{head}<body><p>Вода подорожала в Абае."
    assert one(tmp_path / "a.htm", page.encode(encoding)).text == "Вода подорожала в Абае."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Вода дорожает | Orda.kz</title><h1>Вода дорожает</h1>", "Вода дорожает"),
        (
            "<title>Water prices rise again in the north - The Astana Times</title>",
            "Water prices rise again in the north",
        ),
        ("<title>Orda.kz</title><h1>Вода</h1>", "Orda.kz"),
        ("<h1>Вода &amp; хлеб</h1>", "Вода & хлеб"),
        ("<title>Алматы — Астана</title>", "Алматы — Астана"),
    ],
)
def test_title_of_a_page(tmp_path: Path, head: str, title: str) -> None:
    assert one(tmp_path / "a.html", f"<html>{head}<p>The text of the page.").title == title


def test_page_without_text_is_named(tmp_path: Path) -> None:
    assert "no text in this page" in reason(tmp_path / "a.html", "<html><script>write()</script><div id=app></div>")
