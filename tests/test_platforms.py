"""What other systems lack or do otherwise, made to happen here: macOS and Windows are not at hand."""

import errno
import fcntl
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock  # looks for fcntl when it is loaded
import pytest

from index import IndexReader, build, durable, verify
from index.articles.files import read_articles
from index.articles.process import child, worker
from index.embedding import model_cache
from index.embedding.e5 import encoder
from index.types import Article, BadArticle
from rag.themes import kept
from rag.themes.types import Themes
from tests.conftest import PATIENCE, ROOT
from tests.fakes import FakeEmbedder

PAGE = "<html><body><article><h1>Water</h1><p>The mayor said that water costs five hundred.</p></article></body></html>"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: no `fcntl`, no `resource`, folders cannot be opened, only files open for writing can be flushed."""
    opened, fsync = os.open, os.fsync

    def open_file(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, *more, **named)

    def flush_file(descriptor: int) -> None:
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        fsync(descriptor)

    monkeypatch.setattr(os, "open", open_file)
    monkeypatch.setattr(os, "fsync", flush_file)
    assert filelock.FileLock
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "resource", None)


@pytest.mark.usefixtures("windows")
def test_an_index_is_written_where_folders_cannot_be_flushed(
    articles: Path, tmp_path: Path, embedder: FakeEmbedder
) -> None:
    folder = tmp_path / "index"
    assert build([articles], folder, embedder).added == 3
    (articles / "apples.txt").write_text("About apples\n\nApples are yellow now.", "utf-8")
    assert build([articles], folder, embedder).changed == 1
    assert verify(folder) == []


def test_macos_is_asked_to_empty_the_memory_of_the_drive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[int] = []
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda descriptor, command: asked.append(command))
    monkeypatch.setattr(os, "fsync", lambda descriptor: pytest.fail("that leaves it in the drive's memory"))
    with (tmp_path / "a").open("wb") as file:
        durable.flush(file.fileno())
    durable.sync_folder(tmp_path)
    assert asked == [51, 51]


def test_a_network_drive_of_macos_is_flushed_as_far_as_it_can_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flushed: list[int] = []

    def refuse(descriptor: int, command: int) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr(os, "fsync", flushed.append)
    with (tmp_path / "a").open("wb") as file:
        durable.flush(file.fileno())
        assert flushed == [file.fileno()]


def refusing(method: Callable[..., Any], fits: Callable[[Path], bool]) -> Callable[..., Any]:
    """A method of paths that Windows refuses for files that are open elsewhere."""

    def refuse(path: Path, *more: Any, **named: Any) -> Any:
        if fits(path):
            raise PermissionError(errno.EACCES, "it is used by another process", str(path))
        return method(path, *more, **named)

    return refuse


def test_a_file_that_a_reader_has_mapped_is_deleted_by_a_later_run(
    monkeypatch: pytest.MonkeyPatch, articles: Path, index_folder: Path, embedder: FakeEmbedder
) -> None:
    (before,) = (index_folder / "vectors").iterdir()
    with IndexReader(index_folder) as reader, reader.snapshot(), monkeypatch.context() as held:
        held.setattr(Path, "unlink", refusing(Path.unlink, lambda path: path == before))
        for name in ("apples.txt", "pears.md", "more.jsonl"):
            (articles / name).unlink()
        (articles / "new.txt").write_text("Cherries\n\nCherries are dark.", "utf-8")
        assert build([articles], index_folder, embedder, prune=True).removed == 3
        assert before.exists()
    assert build([articles], index_folder, embedder).unchanged == 1
    assert not before.exists()
    assert verify(index_folder) == []


def test_a_folder_that_nobody_may_write_is_still_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "unlink", refusing(Path.unlink, lambda path: True))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        durable.remove_file(tmp_path / "a")


def test_a_model_that_another_process_reads_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc", from FIPS 180-2
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))

    def lost_race() -> bytes:
        (tmp_path / "models").mkdir(exist_ok=True)
        (tmp_path / "models" / f"m-{sha256[:12]}.bin").write_bytes(b"abc")
        return b"abc"

    monkeypatch.setattr(Path, "replace", refusing(Path.replace, lambda path: True))
    assert model_cache.made_file("m", sha256, lost_race).read_bytes() == b"abc"
    assert not [path.name for path in (tmp_path / "models").iterdir() if not path.name.startswith(("m-", "checked-"))]


def test_themes_that_cannot_be_put_in_place_leave_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "replace", refusing(Path.replace, lambda path: True))
    kept.keep(tmp_path, Themes(digest="", founded=0, themes=(), others=(), copies={}))
    assert list(tmp_path.iterdir()) == []


def test_cores_are_counted_where_nobody_says_which_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for count, asked, expected in ((3, "", 3), (None, "", 1), (3, "2", 2), (3, "8", 3), (3, "0", 1), (3, "4,2", 3)):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
        encoder._threads.cache_clear()
        try:
            assert encoder._threads()._max_workers == expected
        finally:
            encoder._threads.cache_clear()


def with_worker(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let children run some code before they serve."""
    start = child._START.replace("; from index", "; exec({code!r}); from index").replace("{code!r}", repr(code))
    monkeypatch.setattr(child, "_START", start.replace("{", "{{").replace("}", "}}").replace("{{path!r}}", "{path!r}"))


def test_foreign_files_are_read_where_the_system_sets_no_limits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_worker(monkeypatch, "sys.modules['resource'] = None")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (article,) = read_articles([tmp_path])
    assert isinstance(article, Article)
    assert "costs five hundred" in article.text


REFUSED = (  # as on macOS
    "import resource; was = resource.setrlimit\n"
    "def limit(kind, values):\n"
    "    if kind == resource.RLIMIT_AS: raise ValueError('current limit exceeds maximum limit')\n"
    "    was(kind, values)\n"
    "resource.setrlimit = limit\n"
)


def test_foreign_files_are_read_where_memory_cannot_be_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_worker(monkeypatch, REFUSED)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (article,) = read_articles([tmp_path])
    assert isinstance(article, Article)


def test_a_bomb_is_ended_where_memory_cannot_be_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small = "import index.articles.process.worker as w; w.MEMORY_LIMIT = 200_000_000\n"
    bomb = "w.read_guarded = lambda file: [bytearray(10_000_000) for _ in iter(int, 1)]\n"
    slowly = bomb.replace("[bytearray", "[__import__('time').sleep(.01) or bytearray")
    with_worker(monkeypatch, REFUSED + small + slowly)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (bad,) = read_articles([tmp_path])
    assert isinstance(bad, BadArticle)
    assert "GB of memory" in bad.reason


def test_the_peak_is_in_bytes_on_either_system(monkeypatch: pytest.MonkeyPatch) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KB here
    assert worker._peak() == pytest.approx(peak * 1024, rel=0.01)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert worker._peak() == pytest.approx(peak, rel=0.01)


@pytest.mark.parametrize("encoding", ["cp1252", "cp866", "ascii"])
def test_pipes_get_utf_8_whatever_the_system_speaks(seeds_folder: Path, tmp_path: Path, encoding: str) -> None:
    command = [sys.executable, "-m", "ui.cli", "search", "заңдар", "--top", "1", "--index", str(seeds_folder)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    assert "заң" in done.stdout.decode("utf-8").lower()


def test_the_unit_of_systemd_is_sound(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze; apt-get install systemd")
    (unit,) = re.findall(r"```ini\n(.*?)```", (ROOT / "docs" / "where-it-runs.md").read_text("utf-8"), re.DOTALL)
    assert "ExecStart=/opt/kenes/.venv/bin/kenes chat\n" in unit
    file = tmp_path / "kenes.service"
    file.write_text(unit.replace("/opt/kenes/.venv/bin/kenes", sys.executable).replace("User=kenes", "User=daemon"))
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, timeout=PATIENCE)
    assert str(file) not in done.stderr, done.stderr
    assert done.returncode == 0


def test_the_container_is_an_ordinary_user_s_and_names_what_exists() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", "").splitlines()
    steps = [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]
    of = dict(steps)
    assert [name for name, _ in steps].index("USER") > [name for name, _ in steps].index("RUN")
    assert of["USER"] == "kenes"
    assert of["VOLUME"] == "/data"
    assert json.loads(of["ENTRYPOINT"]) == ["/kenes/.venv/bin/kenes"]
    assert json.loads(of["CMD"])[0] == "chat"


def test_the_health_check_tells_a_page_from_none(chat: str) -> None:
    text = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", "")
    _, flag, code = json.loads(text[text.index('["/kenes/.venv/bin/python"') : text.index("ENTRYPOINT")])
    port = chat.rsplit(":", 1)[1]
    for place, expected in ((port, 0), ("1", 1)):
        command = [sys.executable, flag, code.replace("7860", place)]
        assert subprocess.run(command, capture_output=True, timeout=PATIENCE).returncode == expected
