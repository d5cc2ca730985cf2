"""Bringing one's own articles, by HTTP: what is taken, what is refused and by what name, and that it goes again."""

import contextlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from index import IndexReader, verify
from index.errors import FullDisk
from tests import made_answers, web_server
from tests.conftest import PATIENCE
from ui.html.texts import say
from ui.server import intake as intake_module
from ui.server import received
from ui.server.page.adding import BYTES
from ui.server.received import Refusal, safe_name

pytestmark = pytest.mark.slow

BRIDGE = "The bridge\n\nThe bridge over the Irtysh cost nine million tenge."


class Desk:
    """A server that takes articles in, and what is asked of it."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder / "added"
        self.index = folder / "index"
        self.client = httpx.Client(base_url=address, timeout=PATIENCE)

    def send(self, name: str, content: bytes, **headers: str) -> httpx.Response:
        return self.client.post(
            f"/page/addfile?name={quote(name, safe='')}", content=content, headers={"content-type": BYTES, **headers}
        )

    def ended(self, reply: httpx.Response) -> dict[str, Any]:
        """What became of something that was taken."""
        assert reply.status_code == 202, reply.text
        while True:
            job: dict[str, Any] = self.client.get("/page/adding", params={"job": reply.json()["job"]}).json()
            if job["refused"] or job["articles"]:
                return job
            time.sleep(0.02)

    def add(self, name: str, content: bytes) -> dict[str, Any]:
        return self.ended(self.send(name, content))

    def titles(self) -> list[str]:
        found = self.client.get("/api/documents", params={"top": 100}).json()
        return [each["title"] for each in found["documents"]]

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def refused(self, name: str, content: bytes) -> tuple[int, str]:
        """The status and the name of a refusal, whether it comes at once or later; nothing may be left of the file."""
        before = self.titles(), self.files()
        reply = self.send(name, content)
        told = self.ended(reply) if reply.status_code == 202 else reply.json()
        assert (self.titles(), self.files()) == before
        assert str(self.folder.parent) not in json.dumps(told)  # whose folder it is, is nobody's business
        return reply.status_code, told["refused"]["key"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with serving(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def desk(served: Desk) -> Iterator[Desk]:
    """The server, which has nothing added at the beginning of a test."""
    yield served
    for name in served.files():
        if not name.startswith("."):
            assert served.client.post("/page/takeaway", json={"name": name}).status_code == 204


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Desk]:
    with made_answers.serving(folder, accept=folder / "added") as address:
        desk = Desk(address, folder)
        with desk.client:
            yield desk


def test_a_file_can_be_searched_and_read_at_once_and_taken_away_again(desk: Desk) -> None:
    before = desk.titles()
    assert desk.add("letters/Мост.txt", BRIDGE.encode()) == {
        "share": 1.0,
        "articles": 1,
        "left_out": 0,
        "refused": None,
    }
    assert desk.files() == ["Мост.txt"]
    assert "The bridge" in desk.titles()
    found = desk.client.get("/api/search", params={"query": "bridge Irtysh", "top": 1}).json()["passages"]
    assert "nine million" in found[0]["text"]
    shown = desk.client.get("/page/added?language=ru").text
    assert "Мост.txt" in shown
    assert say("ru", "take_away") in shown
    assert desk.client.post("/page/takeaway", json={"name": "Мост.txt"}).status_code == 204
    assert (desk.titles(), desk.files()) == (before, [])
    assert verify(desk.index) == []
    gone = desk.client.post("/page/takeaway", json={"name": "Мост.txt"})
    assert (gone.status_code, gone.json()["refused"]["key"]) == (404, "add_gone")


def test_what_is_no_article_is_refused_by_name_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.refused("a.exe", b"MZ") == (415, "add_kind")
    assert desk.refused("README", b"text") == (415, "add_kind")
    assert desk.refused("", b"text") == (400, "add_name")
    assert desk.refused("...", b"text") == (400, "add_name")
    assert desk.refused("CON.txt", b"text") == (400, "add_name")
    assert desk.refused("empty.txt", b"") == (400, "add_empty")
    assert desk.refused("blank.txt", b"  \n \n") == (202, "add_nothing")
    assert desk.refused("scan.pdf", b"%PDF-1.4 no pdf at all") == (202, "add_damaged")
    assert desk.refused("binary.txt", bytes(range(256)) * 9) == (202, "add_no_text")
    assert desk.refused("list.jsonl", b'{"title": "No text"}') == (202, "add_malformed")
    assert desk.refused("page.html", b"<html><body><script>1</script></body></html>") == (202, "add_no_text")
    assert desk.refused("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (202, "add_encrypted")
    assert desk.refused("draft.md", b"---\ndraft: true\n---\nNot yet.") == (202, "add_nothing")
    desk.add("bridge.txt", BRIDGE.encode())
    assert desk.refused("same.txt", BRIDGE.encode()) == (409, "add_there")
    monkeypatch.setattr(received, "FILE_LIMIT", 1000)
    assert desk.refused("long.txt", b"word " * 400) == (413, "add_too_large")
    parts = iter([b"word " * 100] * 4)  # without a length
    reply = desk.client.post("/page/addfile?name=long.txt", content=parts, headers={"content-type": BYTES})
    assert (reply.status_code, reply.json()["refused"]["key"]) == (413, "add_too_large")
    assert desk.files() == ["bridge.txt"]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_refusal_is_told_in_the_language_of_the_page(language: str) -> None:
    source = (Path(received.__file__).read_text("utf-8") + Path(intake_module.__file__).read_text("utf-8")).split()
    keys = {word[9:].split('"')[0] for word in source if word.startswith('Refusal("')}
    assert len(keys) >= 13
    for key in keys:
        assert say(language, key, limit=1, kinds=".txt", name="a")


def archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return packed.getvalue()


def test_archives_give_their_articles_and_nothing_outside_the_folder(desk: Desk) -> None:
    members = {"a.txt": b"Apples are red.", "../../evil.txt": b"Evil is outside.", "bad.pdf": b"no pdf", "x.exe": b"MZ"}
    job = desk.add("news.zip", archive(members))
    assert (job["articles"], job["left_out"]) == (1, 1)
    assert desk.files() == ["news.zip"]
    assert not (desk.folder.parent / "evil.txt").exists()
    assert desk.client.get("/page/added").text.count("<ol><li>") == 1
    desk.client.post("/page/takeaway", json={"name": "news.zip"})
    assert (
        desk.client.get("/api/search", params={"query": "apples red evil outside"})
        .json()["passages"][0]["document_id"]
        .endswith(("-en", "-ru", "-kk"))
    )
    bomb = archive({f"{number}.txt": b"0" * 9_000_000 for number in range(3)})
    assert desk.refused("bomb.zip", bomb.replace(b"PK\x05\x06", b"PK\x05\x07")) == (202, "add_damaged")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/cron.d/a.txt", "a.txt"),
        ("..\\..\\windows\\a.txt", "a.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        (".hidden.txt", "hidden.txt"),
        ("a\x00\x1b[2J\u202etxt.md", "a[2Jtxt.md"),
        ("<img src=x onerror=alert(1)>.md", "_img src=x onerror=alert(1)_.md"),
        ("й" * 300 + ".txt", "й" * 73 + ".txt"),
        ("и\u0306.txt", "й.txt"),
        ("a.txt.html", "a.txt.html"),
    ],
)
def test_hostile_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert len(kept.encode()) <= received.LONGEST_NAME


@pytest.mark.parametrize("given", ["", ".txt", "..", "nul.txt", "/", "\u202e.txt", "a.yaml", "a.jso\u200bn/"])
def test_names_that_leave_nothing_are_refused(given: str) -> None:
    with pytest.raises(Refusal):
        safe_name(given)


def test_two_of_one_name_are_both_kept_and_both_at_a_time(desk: Desk) -> None:
    with ThreadPoolExecutor(2) as both:
        jobs = list(both.map(lambda text: desk.add("a.txt", text), [b"Plums are blue.", b"Pears are green."]))
    assert [job["articles"] for job in jobs] == [1, 1]
    assert desk.files() == ["a (2).txt", "a.txt"]


def test_a_third_at_a_time_is_asked_to_wait(desk: Desk) -> None:
    go_on = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b"Slow words. "
        assert go_on.wait(PATIENCE)

    def send(number: int) -> httpx.Response:
        headers = {"content-type": BYTES}
        return httpx.post(
            f"{desk.client.base_url}/page/addfile?name={number}.txt",
            content=slowly(),
            headers=headers,
            timeout=PATIENCE,
        )

    with ThreadPoolExecutor(2) as two:
        sent = [two.submit(send, number) for number in range(2)]
        while len(list(desk.folder.glob(f"{received.UNFINISHED}*"))) < 2:
            time.sleep(0.01)
        third = desk.send("third.txt", b"Third.")
        assert (third.status_code, third.json()["refused"]["key"]) == (503, "add_busy")
        go_on.set()
        statuses = sorted(each.result().status_code for each in sent)
    assert statuses == [202, 409]  # they hold the same
    assert desk.add("third.txt", b"Third.")["articles"] == 1


def test_other_sites_and_forms_cannot_add_or_take_away(desk: Desk) -> None:
    desk.add("bridge.txt", BRIDGE.encode())
    evil = {"origin": "http://evil.example"}
    assert desk.send("evil.txt", b"Evil.", **evil).status_code == 403
    assert desk.client.post("/page/takeaway", json={"name": "bridge.txt"}, headers=evil).status_code == 403
    assert desk.client.post("/page/addaddress", json={"address": "http://a.example"}, headers=evil).status_code == 403
    for kind in ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        reply = desk.client.post("/page/addfile?name=a.txt", content=b"Evil.", headers={"content-type": kind})
        assert reply.status_code == 400
    for name in ("../index/store.db", "/etc/passwd", ".kenes-fetch.json", ""):
        assert desk.client.post("/page/takeaway", json={"name": name}).status_code == 404
    assert desk.files() == ["bridge.txt"]


def test_a_forged_id_takes_nobodys_place(desk: Desk) -> None:
    before = desk.client.get("/api/documents/homes-en").json()
    row = json.dumps({"id": "homes-en", "title": "Forged", "text": "No home was flooded."})
    assert desk.add("forged.jsonl", row.encode())["articles"] == 1  # with an id of its own
    assert desk.client.get("/api/documents/homes-en").json() == before
    assert desk.client.post("/page/takeaway", json={"name": "forged.jsonl"}).status_code == 204


def test_a_full_disk_is_told_and_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise FullDisk("no room")

    with monkeypatch.context() as patched:
        patched.setattr(received.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        assert desk.refused("a.txt", b"Apples.") == (507, "add_full")
    with monkeypatch.context() as patched:
        patched.setattr(intake_module, "build", full)
        assert desk.refused("a.txt", b"Apples.") == (202, "add_full")
    with monkeypatch.context() as patched:
        patched.setattr(intake_module, "build", lambda *_, **__: 1 / 0)
        assert desk.refused("a.txt", b"Apples.") == (202, "add_fault")
    assert desk.add("a.txt", b"Apples.")["articles"] == 1


def test_a_page_is_fetched_by_its_address(desk: Desk) -> None:
    with web_server.serving() as web:
        web.page("/dam", "The dam", "The dam of Karasu held through the night. " * 9)
        job = desk.ended(desk.client.post("/page/addaddress", json={"address": f"{web.address}/dam"}))
        assert job["articles"] == 1
        again = desk.ended(desk.client.post("/page/addaddress", json={"address": f"{web.address}/dam"}))
        assert again["refused"]["key"] == "add_there"
        lost = desk.ended(desk.client.post("/page/addaddress", json={"address": f"{web.address}/nowhere"}))
        assert (lost["refused"]["key"], lost["refused"]["detail"]) == ("add_page_gone", "HTTP 404")
    assert "The dam" in desk.titles()
    for address in ("", "dam", "file:///etc/passwd", "ftp://a.example/x", "http://user:word@a.example/"):
        reply = desk.client.post("/page/addaddress", json={"address": address})
        assert (reply.status_code, reply.json()["refused"]["key"]) == (400, "add_address")
    (name,) = [name for name in desk.files() if name.endswith(".html")]
    assert desk.client.post("/page/takeaway", json={"name": name}).status_code == 204
    assert [name for name in desk.files() if not name.startswith(".")] == []


def test_what_was_not_read_when_the_server_ended_is_read_when_it_starts(tmp_path: Path) -> None:
    added = tmp_path / "added"
    added.mkdir()
    (added / "bridge.txt").write_text(BRIDGE, "utf-8")
    (added / f"{received.UNFINISHED}1").write_text("half a file", "utf-8")
    with serving(tmp_path) as desk:
        while "The bridge" not in desk.titles():
            time.sleep(0.02)
        assert desk.files() == ["bridge.txt"]
    (added / "bridge.txt").unlink()
    with serving(tmp_path) as desk:
        while "The bridge" in desk.titles():
            time.sleep(0.02)


def test_nothing_can_be_added_where_it_is_not_switched_on(tmp_path: Path) -> None:
    with made_answers.serving(tmp_path) as address, httpx.Client(base_url=address) as client:
        desk = Desk(address, tmp_path)
        desk.client.close()
        desk.client = client
        assert desk.send("a.txt", b"Apples.").status_code in (404, 405)
        assert desk.client.post("/page/takeaway", json={"name": "a.txt"}).status_code in (404, 405)
        assert desk.client.get("/page/added").status_code == 404
        assert 'data-can=""' in desk.client.get("/").text
        with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
            assert snapshot.counts()[0] == 15
