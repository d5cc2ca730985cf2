"""`kenes fetch`: what it saves, that `kenes index` reads it, and that nothing else of Kenes uses the network."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.metadata.beside import path_beside
from index.types import Article, BadArticle
from index.web.client import Client
from index.web.fetch import Fetcher, Outcome
from index.web.saved import STATE, file_name, read_state
from tests.conftest import ROOT, Kenes
from tests.web_server import Answer, Site, redirect, serving

pytestmark = pytest.mark.slow  # a server answers each
NETWORK = {"socket", "ssl", "http", "urllib3", "httpx", "requests", "aiohttp", "ftplib", "smtplib", "socketserver"}
WORDS = "Су бағасы өсті. Вода подорожала до 500 тенге."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved"


def fetch(folder: Path, *urls: str, follow_feed: bool = False) -> list[Outcome]:
    return list(Fetcher(folder, Client(allow_private=True, pause=0), follow_feed=follow_feed).fetch(urls))


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def indexed(folder: Path) -> dict[str, Article]:
    """What `kenes index` makes of the folder, by the names of the files; everything in it is read."""
    items = list(read_articles([folder]))
    assert all(isinstance(item, Article) for item in items), items
    return {Path(item.file).name: item for item in items if isinstance(item, Article)}


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_page_is_saved_as_it_was_sent_and_read_with_its_address(site: Site, folder: Path) -> None:
    date = "<meta property='article:published_time' content='2024-03-05T10:00:00+05:00'><link rel=canonical href='https://elsewhere.example/'>"
    url = site.page("/news", "Су қымбаттады: «500»?", WORDS, date)
    site.pages["/news"].type = "text/html"  # type: ignore[attr-defined]
    (outcome,) = fetch(folder, url)
    assert outcome.path is not None
    assert outcome.path.read_bytes() == site.pages["/news"].body.encode()  # type: ignore[attr-defined]
    (article,) = indexed(folder).values()
    assert article.text == WORDS
    assert (article.title, article.published, article.url) == ("Су қымбаттады: «500»?", "2024-03-05", url)
    assert outcome.path.name == f"2024-03-05-су-қымбаттады-500-{to_document(article).id}.html"


def test_what_is_unchanged_is_not_sent_again(site: Site, folder: Path) -> None:
    with_tag = site.page("/tag", "A", WORDS, ETag='"1"')
    without = site.page("/none", "B", WORDS)
    assert statuses(fetch(folder, with_tag, without)) == ["saved", "saved"]
    assert sorted(set(folder.iterdir()) - {folder / name for name in visible(folder)}) == [folder / STATE]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != STATE}
    assert statuses(fetch(folder, with_tag, without)) == ["unchanged", "unchanged"]
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != STATE} == before
    assert [headers.get("If-None-Match") for path, headers in site.asked if path == "/tag"] == [None, '"1"']


def test_a_file_that_was_removed_is_fetched_again(site: Site, folder: Path) -> None:
    url = site.page("/a", "A", WORDS, ETag='"1"')
    (outcome,) = fetch(folder, url)
    assert outcome.path is not None
    outcome.path.unlink()
    assert statuses(fetch(folder, url)) == ["saved"]
    assert outcome.path.exists()


def test_last_modified_is_sent_back(site: Site, folder: Path) -> None:
    url = site.page("/a", "A", WORDS, **{"Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT"})
    fetch(folder, url)
    fetch(folder, url)
    asked = [headers.get("If-Modified-Since") for path, headers in site.asked if path == "/a"]
    assert asked == [None, "Tue, 05 Mar 2024 10:00:00 GMT"]


def test_a_page_that_changed_replaces_its_file(site: Site, folder: Path) -> None:
    url = site.page("/a", "First title", WORDS, ETag='"1"')
    (first,) = fetch(folder, url)
    site.page("/a", "Second title", WORDS + " Now.", ETag='"2"')
    (second,) = fetch(folder, url)
    assert (second.status, second.path) == ("saved", first.path)
    (article,) = indexed(folder).values()
    assert (article.title, article.text) == ("Second title", WORDS + " Now.")


def test_a_page_without_title_and_date_keeps_its_file(site: Site, folder: Path) -> None:
    for words in ("First words.", "Second words."):
        site.pages["/a"] = Answer(words, "text/plain")
        assert statuses(fetch(folder, f"{site.address}/a")) == ["saved"]
    (article,) = indexed(folder).values()
    assert article.text.strip() == "Second words."


def test_a_page_of_another_kind_replaces_its_file(site: Site, folder: Path) -> None:
    url = site.page("/a", "Title", WORDS)
    fetch(folder, url)
    site.pages["/a"] = Answer("Plain words.", "text/plain")
    (outcome,) = fetch(folder, url)
    assert outcome.path is not None
    assert visible(folder) == [outcome.path.name, path_beside(outcome.path).name]
    (article,) = indexed(folder).values()
    assert (article.text.strip(), article.url) == ("Plain words.", url)


def test_two_addresses_that_lead_to_one_page_have_one_file(site: Site, folder: Path) -> None:
    url = site.page("/a", "A", WORDS, ETag='"1"')
    site.pages["/short"] = redirect("/a")
    assert statuses(fetch(folder, url, f"{site.address}/short")) == ["saved", "unchanged"]
    (article,) = indexed(folder).values()
    assert article.url == url
    assert statuses(fetch(folder, f"{site.address}/short")) == ["unchanged"]
    assert [headers.get("If-None-Match") for path, headers in site.asked if path != "/robots.txt"][-2:] == [None, '"1"']


def test_a_page_that_vanished_is_told_and_kept(site: Site, folder: Path) -> None:
    url = site.page("/a", "A", WORDS)
    (saved,) = fetch(folder, url)
    del site.pages["/a"]
    (outcome,) = fetch(folder, url)
    assert (outcome.status, outcome.why, outcome.path) == ("gone", "HTTP 404", saved.path)
    assert len(indexed(folder)) == 1


def test_a_damaged_state_is_named_and_costs_nothing_else(site: Site, folder: Path) -> None:
    url = site.page("/a", "A", WORDS, ETag='"1"')
    (first,) = fetch(folder, url)
    for damage in (
        "{",
        "[]",
        '{"version": 9}',
        '{"version": 1, "pages": {"a": 1}, "feeds": {}}',
        '{"version": 1, "pages": {"a": {"url": "b", "etag": "x\\ny", "last_modified": null}}, "feeds": {}}',
        "\0" * 9,
    ):
        (folder / STATE).write_text(damage)
        fetcher = Fetcher(folder, Client(allow_private=True, pause=0))
        assert fetcher.problem is not None
        assert fetcher.problem.what == f"{folder / STATE} is damaged", damage
        (outcome,) = fetcher.fetch([url])
        assert (outcome.status, outcome.path) == ("unchanged", first.path)
        assert read_state(folder).pages[url].validators.etag == '"1"'


@pytest.mark.parametrize(
    ("body", "type"),
    [
        (f"<html><title>Вода</title><p>{WORDS}".replace("ғ", "г").replace("ө", "о"), "text/html; charset=windows-1251"),
        (
            f"<html><meta charset=utf-8><title>Вода</title><p>{WORDS}".replace("ғ", "г").replace("ө", "о"),
            "text/html; charset=windows-1251",
        ),
        (
            f"<html><meta charset=windows-1251><title>Вода</title><p>{WORDS}".replace("ғ", "г").replace("ө", "о"),
            "text/html",
        ),
    ],
    ids=["by the server", "against the page", "by the page"],
)
def test_a_page_in_windows_1251(site: Site, folder: Path, body: str, type: str) -> None:
    site.pages["/a"] = Answer(body.encode("windows-1251"), type)
    fetch(folder, f"{site.address}/a")
    (article,) = indexed(folder).values()
    assert (article.title, article.text) == ("Вода", WORDS.replace("ғ", "г").replace("ө", "о"))


def test_plain_text_in_koi8_and_a_charset_that_is_no_encoding(site: Site, folder: Path) -> None:
    site.pages["/a"] = Answer("Вода подорожала.".encode("koi8-r"), "text/plain; charset=KOI8-R")
    site.pages["/b"] = Answer("Вода.".encode(), "text/plain; charset=punycode")
    assert statuses(fetch(folder, f"{site.address}/a", f"{site.address}/b")) == ["saved", "saved"]
    assert {article.text.strip() for article in indexed(folder).values()} == {"Вода подорожала.", "Вода."}


def test_a_pdf_gets_its_address_beside_it(site: Site, folder: Path) -> None:
    raw = (ROOT / "tests" / "files" / "report.pdf").read_bytes()
    site.pages["/report"] = Answer(raw, "application/pdf")
    (outcome,) = fetch(folder, f"{site.address}/report")
    assert outcome.path is not None
    assert outcome.path.read_bytes() == raw
    (article,) = indexed(folder).values()
    assert article.url == f"{site.address}/report"


def test_what_index_could_not_read_is_not_saved(site: Site, folder: Path) -> None:
    site.pages["/script"] = Answer("<html><script>draw()</script>")
    site.pages["/empty"] = Answer("")
    site.pages["/xml"] = Answer("<svg/>", "text/xml")
    site.pages["/pdf"] = Answer("no PDF", "application/pdf")
    outcomes = fetch(folder, *(site.address + path for path in site.pages))
    assert statuses(outcomes) == ["refused"] * 4
    assert [outcome.why for outcome in outcomes[:3]] == [
        "no text in this page; perhaps a script would have written it",
        "no text in this page; perhaps a script would have written it",
        "no RSS or Atom feed in it",
    ]
    assert visible(folder) == []


def feed_of(site: Site, *numbers: int, date: str = "Tue, 05 Mar 2024 10:00:00 GMT") -> Answer:
    items = "".join(
        f"<item><title>Entry {n}</title><link>{site.address}/{n}</link><pubDate>{date}</pubDate>"
        f"<description>Summary of {n}.</description></item>"
        for n in numbers
    )
    raw = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Orda</title>{items}</channel></rss>'
    return Answer(raw, "application/rss+xml", headers={"ETag": f'"{numbers}"'})


def test_a_feed_is_saved_as_its_entries(site: Site, folder: Path) -> None:
    site.pages["/feed"] = feed_of(site, 1, 2)
    (outcome,) = fetch(folder, f"{site.address}/feed")
    assert outcome.path is not None
    assert outcome.path.name.startswith("orda-")
    items = [item for item in read_articles([folder]) if isinstance(item, Article)]
    assert [(item.title, item.text, item.published, item.url) for item in items] == [
        (f"Entry {n}", f"Summary of {n}.", "2024-03-05", f"{site.address}/{n}") for n in (1, 2)
    ]
    assert site.paths() == ["/feed"]


def test_following_a_feed_fetches_only_new_entries(site: Site, folder: Path) -> None:
    for number in (1, 2, 3):
        site.page(f"/{number}", f"Page {number}", f"Text of {number}.")
    site.pages["/feed"] = feed_of(site, 1, 2)
    first = fetch(folder, f"{site.address}/feed", follow_feed=True)
    assert [(each.status, each.why) for each in first][-1] == ("followed", "2 entries, 2 new")
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["unchanged"]
    site.pages["/feed"] = feed_of(site, 2, 3)
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["saved", "followed"]
    assert site.paths() == ["/feed", "/1", "/2", "/feed", "/feed", "/3"]
    assert {(each.title, each.published) for each in indexed(folder).values()} == {
        (f"Page {number}", "2024-03-05") for number in (1, 2, 3)
    }


def test_a_feed_fills_what_a_page_lacks_and_no_more(site: Site, folder: Path) -> None:
    site.page("/1", "", "Text of 1.")
    site.page(
        "/2",
        "Own title",
        "Text of 2.",
        "<meta property='article:published_time' content='2020-01-02'><meta property='og:site_name' content='Own'>",
    )
    site.pages["/feed"] = feed_of(site, 1, 2)
    fetch(folder, f"{site.address}/feed", follow_feed=True)
    told = {each.text: (each.title, each.published, each.source) for each in indexed(folder).values()}
    assert told == {
        "Text of 1.": ("Entry 1", "2024-03-05", "Orda"),
        "Text of 2.": ("Own title", "2020-01-02", "Own"),
    }


def test_what_a_feed_said_of_a_page_is_kept_when_the_page_changes(site: Site, folder: Path) -> None:
    page = site.page("/1", "", "Text of 1.")
    site.pages["/feed"] = feed_of(site, 1)
    fetch(folder, f"{site.address}/feed", follow_feed=True)
    site.page("/1", "", "New text.")
    assert statuses(fetch(folder, page)) == ["saved"]
    (article,) = indexed(folder).values()
    told = (article.text, article.title, article.published, article.source, article.url)
    assert told == ("New text.", "Entry 1", "2024-03-05", "Orda", page)


def test_a_feed_that_was_saved_can_be_followed(site: Site, folder: Path) -> None:
    site.page("/1", "Page 1", "Text of 1.")
    site.pages["/feed"] = feed_of(site, 1)
    assert statuses(fetch(folder, f"{site.address}/feed")) == ["saved"]
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["saved", "followed"]
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["unchanged"]


def test_a_server_that_calls_everything_unchanged(site: Site, folder: Path) -> None:
    site.pages["/1"] = Answer(status=304)
    site.pages["/feed"] = feed_of(site, 1)
    outcomes = fetch(folder, f"{site.address}/1", f"{site.address}/feed", follow_feed=True)
    assert [(each.status, each.why) for each in outcomes[:2]] == [("failed", "HTTP 304")] * 2


def test_an_entry_that_failed_is_tried_again(site: Site, folder: Path) -> None:
    site.page("/1", "Page 1", "Text of 1.")
    site.pages["/feed"] = feed_of(site, 1, 2)
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["saved", "gone", "followed"]
    site.page("/2", "Page 2", "Text of 2.")
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["saved", "followed"]
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["unchanged"]


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8"])
@pytest.mark.parametrize("follow_feed", [True, False])
def test_a_feed_in_windows_1251(site: Site, folder: Path, declared: str, follow_feed: bool) -> None:
    """The server says so, and the feed says the same or is wrong."""
    site.page("/1", "", "Text.")
    item = f"<item><title>Вода</title><link>{site.address}/1</link><description>Text.</description></item>"
    raw = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>А</title>{item}</channel></rss>'
    )
    site.pages["/feed"] = Answer(raw.encode("windows-1251"), "text/xml; charset=windows-1251")
    fetch(folder, f"{site.address}/feed", follow_feed=follow_feed)
    (article,) = indexed(folder).values()
    assert (article.title, article.source) == ("Вода", "А")


def test_a_feed_in_atom_is_followed(site: Site, folder: Path) -> None:
    site.page("/one", "Page", WORDS)
    site.pages["/feed"] = Answer(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Site</title><entry><title>One</title><link href='/one'/>"
        "<published>2024-03-05T00:00:00Z</published></entry></feed>",
        "application/atom+xml",
    )
    assert statuses(fetch(folder, f"{site.address}/feed", follow_feed=True)) == ["saved", "followed"]
    (article,) = indexed(folder).values()
    assert (article.published, article.url) == ("2024-03-05", f"{site.address}/one")


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("CON", "con-"),
        ("../../etc/passwd", "etc-passwd-"),
        ('a<b>:"c"|d?*\\e/f\0\n', "a-b-c-d-e-f-"),
        ("Жаңалық… № 1", "жаңалық-1-"),
        ("", ""),
        ("..", ""),
        ("Й" * 200, "й" * 60 + "-"),
        ("İstanbul ﬁ ẞ", "i-stanbul-fi-ss-"),
    ],
)
def test_names_of_files_are_safe(title: str, start: str) -> None:
    name = file_name(title, "https://example.org/")
    assert name == f"{start}8198d1bac40a"
    assert len(name.encode()) < 200


def test_metadata_beside_a_file_is_no_article_and_wins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words.")
    (tmp_path / "b.md").write_text("---\ntitle: Inside\npubdate: 2020-01-01\nsource: Paper\n---\nOther words.")
    (tmp_path / "b.md.yaml").write_text("---\ntitle: 'Beside: it'\ndate: 5 марта 2024\n---\n")
    (tmp_path / "c.yaml").write_text("of: no file")
    first, second, passed = read_articles([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.title is None
    assert (second.title, second.published, second.source) == ("Beside: it", "2024-03-05", "Paper")
    assert passed.others == {".yaml": 1}  # type: ignore[union-attr]
    (tmp_path / "b.md.yaml").write_text("---\ntitle: Another\n---\n")
    changed = next(iter(read_articles([tmp_path / "b.md"])))
    assert isinstance(changed, Article)
    assert changed.digest != second.digest


def test_metadata_beside_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words.")
    (tmp_path / "a.txt.yaml").write_bytes(b"\x00\xff\xfe\x01" * 20)
    (bad,) = read_articles([tmp_path / "a.txt"])
    assert isinstance(bad, BadArticle)


def test_the_command(kenes: Kenes, site: Site, tmp_path: Path) -> None:
    site.page("/water", "Water", "Water costs 500 tenge a cubic metre since March.")
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /closed", "text/plain")
    folder = tmp_path / "new" / "articles"
    done = kenes("fetch", f"{site.address}/water", f"{site.address}/closed", "--to", folder, "--allow-private")
    assert done.returncode == 1
    assert done.stdout == "1 page saved, 1 refused: robots.txt\n"
    assert f"not fetched: {site.address}/closed: robots.txt" in done.stderr
    assert "fix: " in done.stderr
    again = kenes("fetch", f"{site.address}/water", "--to", folder, "--allow-private")
    assert (again.returncode, again.stdout, again.stderr) == (0, "0 pages saved, 1 unchanged\n", "")
    index = tmp_path / "index"
    done = kenes("index", folder, "--index", index)
    assert (done.returncode, "passed over" in done.stderr) == (0, False)
    (page,) = folder.glob("*.html")
    shown = kenes("show", page.stem.rpartition("-")[2], "--index", index).stdout
    assert f"{site.address}/water" in shown
    assert "Water costs 500 tenge a cubic metre since March." in shown


def test_the_command_refuses_private_addresses_unless_allowed(kenes: Kenes, site: Site, tmp_path: Path) -> None:
    done = kenes("fetch", site.page("/a", "A", WORDS), "--to", tmp_path / "a")
    assert (done.returncode, done.stdout) == (1, "0 pages saved, 1 refused: private address 127.0.0.1\n")
    assert "--allow-private" in done.stderr
    assert site.asked == []


@pytest.mark.parametrize(
    "arguments", [("news", "--to", "a"), ("file:///etc/passwd", "--to", "a"), ("http://a.example/",)]
)
def test_the_command_with_unusable_input(kenes: Kenes, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = kenes("fetch", *(str(tmp_path / "a") if each == "a" else each for each in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a").exists()


def test_the_command_into_a_file(kenes: Kenes, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    done = kenes("fetch", "http://127.0.0.1:9/", "--to", tmp_path / "a")
    assert done.returncode == 2
    assert f"{tmp_path / 'a'} cannot be made: File exists" in done.stderr


def imported(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_only_fetch_and_what_the_page_is_given_know_the_web() -> None:
    inside = ROOT / "index" / "web"
    users = {
        str(path.relative_to(ROOT))
        for package in ("index", "rag", "eval", "ui")
        for path in (ROOT / package).rglob("*.py")
        if inside not in path.parents and any(f"{name}.".startswith("index.web.") for name in imported(path))
    }
    assert users == {"ui/cli/fetch_command.py", "ui/server/intake.py"}


def test_only_the_web_the_server_and_what_joins_machines_know_sockets() -> None:
    users = {
        path.parent.relative_to(ROOT).as_posix()
        for package in ("index", "rag", "ui")
        for path in (ROOT / package).rglob("*.py")
        if {name.split(".")[0] for name in imported(path)} & NETWORK or "urllib.request" in imported(path)
    }
    assert users == {"index/web", "index/cluster", "index/store/postgresql", "ui/server"}


def test_other_commands_load_no_network_and_open_no_socket(articles: Path, tmp_path: Path) -> None:
    """They run in a process that writes down every socket, every look-up of a name and every module of the web."""
    commands = [
        ["index", str(articles)],
        ["ask", "What are apples?"],
        ["search", "apples"],
        ["show", "plums"],
        ["status", "--documents"],
        ["verify"],
        ["doctor"],
    ]
    code = (
        "import json, sys\n"
        "tried = []\n"
        "sys.addaudithook(lambda event, _: tried.append(event) if event.startswith('socket.') else None)\n"
        "from ui.cli.commands import app\n"
        "codes = []\n"
        "for command in json.loads(sys.argv[1]):\n"
        "    try:\n"
        "        app([*command, '--index', sys.argv[2]])\n"
        "    except SystemExit as exit:\n"
        "        codes.append(exit.code)\n"
        "loaded = [name for name in sys.modules if name.startswith('index.web')]\n"
        "print('\\n' + json.dumps([codes, tried, loaded]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(commands), str(tmp_path / "opened")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [[0] * len(commands), [], []]
