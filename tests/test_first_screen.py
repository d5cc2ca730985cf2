"""The first screen: at once, whatever the articles are about, and made once while the index stays as it is."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from index import IndexReader, build
from rag import Assistant
from rag.themes.first_look import is_due
from rag.themes.kept import FILE, read_kept
from tests.fakes import FakeEmbedder
from ui.html.first_screen import facts_of
from ui.server.finding_themes import ThemeFinder
from ui.server.page import first
from ui.server.page.first import FirstScreen
from ui.server.queue import AskQueue


class Waiting(ThemeFinder):
    """Finds nothing before `go` is set; counts how often it began."""

    def __init__(self) -> None:
        super().__init__("nowhere")
        self.go = asyncio.Event()
        self.began = 0

    async def _run(self) -> None:
        self.began += 1
        await self.go.wait()


def pile(folder: Path, count: int) -> Path:
    rows = [
        {"id": f"a{n}", "title": f"Bridge {n}", "text": f"The bridge number {n} is closed for work."}
        for n in range(count)
    ]
    (folder / "pile.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([folder / "pile.jsonl"], folder / "index", FakeEmbedder())
    return folder / "index"


def queue_of(index: Path, finder: ThemeFinder | None) -> AskQueue:
    reader = IndexReader(index)
    return AskQueue(Assistant(reader, FakeEmbedder()), reader, finder)


def test_it_comes_before_the_themes_and_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(first, "facts_of", lambda *of: made.append(of[1]) or facts_of(*of))
    index = pile(tmp_path, 30)

    async def visits() -> None:
        finder = Waiting()
        screen = FirstScreen(queue_of(index, finder))
        shown = [await screen.shown("en") for _ in range(5)]
        assert all("30" in each and "data-due" in each for each in shown)
        assert (made, finder.began) == (["en"], 0)
        waiting = [asyncio.create_task(screen.themes(language)) for language in ("en", "ru", "kk")]
        await asyncio.sleep(0.2)
        assert not any(each.done() for each in waiting)
        assert "30" in await screen.shown("ru")  # and does not wait for them either
        finder.go.set()
        assert [str(each) for each in await asyncio.gather(*waiting)] == ['<div class="themes"></div>'] * 3
        assert finder.began == 1
        pile(tmp_path, 31)
        assert "31" in await screen.shown("en")
        assert made == ["en", "ru", "en"]

    asyncio.run(visits())


def test_a_small_pile_has_none_to_wait_for(tmp_path: Path) -> None:
    finder = Waiting()
    assert "data-due" not in asyncio.run(FirstScreen(queue_of(pile(tmp_path, 3), finder)).shown("en"))
    assert "data-due" not in asyncio.run(FirstScreen(queue_of(pile(tmp_path, 30), None)).shown("en"))


def test_another_process_finds_them_and_keeps_them_beside_the_index(seeds_folder: Path, tmp_path: Path) -> None:
    index = Path(shutil.copytree(seeds_folder, tmp_path / "index"))
    (index / FILE).unlink(missing_ok=True)
    with IndexReader(index) as reader:
        assert is_due(reader)
        asyncio.run(ThemeFinder(index).find())
        assert not is_due(reader)
        kept = read_kept(index)
        assert kept is not None
        with reader.snapshot() as snapshot:
            assert kept.digest == snapshot.digest()


def test_a_place_without_an_index_is_no_fault(tmp_path: Path) -> None:
    asyncio.run(ThemeFinder(tmp_path / "none").find())
    assert list(tmp_path.iterdir()) == []
