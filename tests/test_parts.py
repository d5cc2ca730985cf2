"""Parts of an index made elsewhere: the same index as made here, and nothing unsound gets in."""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import BuildReport, IndexReader, KenesError, build, verify
from index.articles.source_file import Options
from index.cluster import parts
from index.cluster.parts import Item, Part, Unit, check, lists_of_files, make_part
from index.making import Made, settings_for
from index.types import Article, BadArticle, PassedOver
from tests.fakes import FakeEmbedder

MEAN = np.zeros(FakeEmbedder.dim, np.float32)


class Here:
    """Workers that are none: every unit is made here, in turn."""

    def __init__(self) -> None:
        self.made = 0

    def items(
        self,
        paths: Sequence[Path],
        options: Options,
        mean: NDArray[np.float32],
        known: Callable[[Sequence[Path]], frozenset[str]],
    ) -> Iterator[tuple[Item, Made | None]]:
        for found in lists_of_files(paths):
            if not isinstance(found, tuple):
                yield found, None
                continue
            unit = Unit(found, known(found))
            part = make_part(unit, options, FakeEmbedder(), mean)
            check(part, unit, settings_for(FakeEmbedder()))
            self.made += sum(made is not None for _, made in part.items)
            yield from part.items


def contents(folder: Path) -> dict[str, Any]:
    """All that an index holds but the numbers of its chunks and files, and how it scores words."""
    of_chunks = "FROM chunks JOIN token_embeddings ON chunk_id = chunks.id ORDER BY document_id, position"
    scores = (
        "SELECT document_id, position, bm25(terms) FROM terms JOIN chunks ON chunks.id = terms.rowid "
        "WHERE terms MATCH ? ORDER BY 1, 2"
    )
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        execute = reader.connection.execute
        places = execute(f"SELECT vector_file, vector_row {of_chunks}").fetchall()
        return {
            "documents": execute("SELECT * FROM documents ORDER BY id").fetchall(),
            "places": execute("SELECT * FROM places ORDER BY document_id").fetchall(),
            "chunks": execute(f'SELECT document_id, position, start, "end", signs {of_chunks}').fetchall(),
            "vectors": reader.vectors.gather(snapshot.vector_files(), places),
            "scores": [execute(scores, (word,)).fetchall() for word in ("appl", "water", "plum", "town", "7", "pear")],
        }


def assert_same(one: Path, other: Path) -> None:
    """The same ids, texts, spans and sign bits; vectors and scores to 1e-5; nothing twice; both sound."""
    first, second = contents(one), contents(other)
    for what in ("documents", "places", "chunks"):
        assert first[what] == second[what], what
    assert np.abs(first["vectors"] - second["vectors"]).max() <= 1e-5
    assert any(first["scores"])
    for scores, others in zip(first["scores"], second["scores"], strict=True):
        assert [row[:2] for row in scores] == [row[:2] for row in others]
        assert [row[2] for row in scores] == pytest.approx([row[2] for row in others], abs=1e-5)
    assert verify(one) == verify(other) == []


def pile(folder: Path) -> Path:
    """Articles of many kinds, some of which cannot be read."""
    folder.mkdir()
    for number in range(12):
        text = f"Story {number}\n\n" + f"Water costs {number} crowns in town {number}. " * 60
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    rows = [{"text": f"Plums number {number} are blue."} for number in range(5)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [*rows, rows[0]]), "utf-8")
    (folder / "same-1.md").write_text("---\nurl: https://example.org/a\n---\nApples are red.", "utf-8")
    (folder / "same-2.md").write_text("---\nurl: https://example.org/a\n---\nApples are green.", "utf-8")
    (folder / "draft.md").write_text("---\ndraft: true\n---\nNot yet.", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "only-marks.txt").write_text("... !!!", "utf-8")
    (folder / "picture.png").write_bytes(b"x")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("pears.txt", "Pears are green.")
        archive.writestr("movie.avi", "x")
    return folder


def told(report: BuildReport) -> BuildReport:
    """What a report says, but for the time, and the order of what could not be read."""
    return replace(report, seconds=0.0, bad=sorted(report.bad, key=lambda bad: bad.origin))


@pytest.mark.parametrize("size", [1, 5_000, 10**9])
def test_parts_make_the_very_index_that_is_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(parts, "UNIT_BYTES", size)
    articles = pile(tmp_path / "articles")
    paths = [articles, articles / "03.txt", tmp_path / "nowhere"]
    for unchanged in (0, 20):
        here = build(paths, tmp_path / "here", FakeEmbedder())
        there = build(paths, tmp_path / "there", FakeEmbedder(), workers=Here())
        assert told(there) == told(here)
        assert (there.documents, there.unchanged) == (20, unchanged)
        assert_same(tmp_path / "here", tmp_path / "there")


def test_what_is_there_is_not_made_again(tmp_path: Path, articles: Path) -> None:
    first, second, third = Here(), Here(), Here()
    build([articles], tmp_path / "i", FakeEmbedder(), workers=first)
    build([articles], tmp_path / "i", FakeEmbedder(), workers=second)
    (articles / "apples.txt").write_text("Apples\n\nApples are yellow.", "utf-8")
    (articles / "pears.md").rename(articles / "moved.md")
    report = build([articles], tmp_path / "i", FakeEmbedder(), workers=third)
    assert (first.made, second.made, third.made) == (3, 0, 2)
    assert (report.changed, report.moved, report.unchanged) == (1, 1, 2)


def test_nothing_to_index_makes_no_index(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    report = build([tmp_path / "a"], tmp_path / "i", FakeEmbedder(), workers=Here())
    assert [bad.file for bad in report.bad] == [str(tmp_path / "a")]
    assert not (tmp_path / "i" / "store.db").exists()


def test_units_are_of_some_size_in_the_order_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "UNIT_BYTES", 100)
    monkeypatch.setattr(parts, "UNIT_FILES", 3)
    for name, size in {"a": 60, "b": 40, "c": 1, "d": 500, "e": 1, "f": 1, "g": 1, "h": 1}.items():
        (tmp_path / f"{name}.txt").write_text("x" * size)
    (tmp_path / "z.png").write_bytes(b"x")
    found = list(lists_of_files([tmp_path, tmp_path / "none.txt"]))
    names = ["".join(path.stem for path in each) for each in found if isinstance(each, tuple)]
    assert names == ["ab", "c", "d", "efg", "h"]
    assert [each for each in found if isinstance(each, PassedOver)] == [PassedOver({".png": 1})]
    assert [each.reason for each in found if isinstance(each, BadArticle)] == ["no such file or folder"]


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    file = tmp_path / "a.txt"
    file.write_text("Apples\n\nApples are red.", "utf-8")
    return Unit((file,), frozenset())


def spoilt(part: Part, how: str) -> Part:
    """A part with one fault."""
    ((item, made),) = part.items
    assert isinstance(item, Article)
    assert made is not None
    chunk = made.cut.chunks[0]
    changes: dict[str, Any] = {
        "a chunk elsewhere": replace(made, cut=replace(made.cut, chunks=[replace(chunk, start=chunk.start + 1)])),
        "too few terms": replace(made, terms=[]),
        "too few bits": replace(made, sign_bits=[]),
        "a long vector": replace(made, vectors=made.vectors * 2),
        "no number": replace(made, vectors=made.vectors * np.float32(np.nan)),
        "another width": replace(made, vectors=made.vectors[:, 1:]),
    }
    if how == "another file":
        return replace(part, items=[(replace(item, file="/etc/passwd"), made)])
    if how == "another version":
        return replace(part, settings=replace(part.settings, version="0"))
    return replace(part, items=[(item, changes[how])])


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("another version", "another version of Kenes"),
        ("another file", "not asked for"),
        ("a chunk elsewhere", "damaged part"),
        ("too few terms", "damaged part"),
        ("too few bits", "damaged part"),
        ("a long vector", "damaged part"),
        ("no number", "damaged part"),
        ("another width", "damaged part"),
    ],
)
def test_a_part_that_is_unsound_is_refused(unit: Unit, how: str, said: str) -> None:
    settings = settings_for(FakeEmbedder())
    part = make_part(unit, Options(), FakeEmbedder(), MEAN)
    check(part, unit, settings)
    with pytest.raises(KenesError, match=said):
        check(spoilt(part, how), unit, settings)
