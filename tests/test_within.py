"""Articles of one folder put into a foreign index: they never take the place of what is there, and go without a trace."""

import json
from pathlib import Path

import pytest

from index import IndexReader, build, verify
from index.pipeline import drop
from tests.fakes import FakeEmbedder


def texts(folder: Path) -> dict[str, str]:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        found = [snapshot.document(each.id) for each in snapshot.listing()]
    return {each.id: each.text for each in found if each}


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder that articles are added to."""
    folder = tmp_path / "added"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("gone", [False, True], ids=["files-there", "files-gone"])
@pytest.mark.parametrize(
    "given", [{"id": "plums"}, {"url": "https://example.org/plums"}, {}], ids=["id", "url", "same"]
)
def test_what_is_added_never_replaces_or_takes_over_what_was_there(
    tmp_path: Path, theirs: Path, given: dict[str, str], gone: bool
) -> None:
    row = {**given, "text": "Plums are blue and sweet."}
    ours = tmp_path / "ours.jsonl"
    ours.write_text(json.dumps(row) + "\n", "utf-8")
    folder = tmp_path / "index"
    build([ours], folder, FakeEmbedder())
    before = texts(folder)
    if gone:
        ours.unlink()
    file = theirs / "forged.jsonl"
    forged = {**row, "text": "Plums are poison."} if given else row
    file.write_text(json.dumps(forged) + "\n", "utf-8")
    build([file], folder, FakeEmbedder(), within=theirs)
    assert texts(folder).items() >= before.items()
    drop(file, folder, FakeEmbedder())
    assert texts(folder) == before
    assert verify(folder) == []


def test_a_file_is_dropped_with_all_its_articles_and_no_others(tmp_path: Path, theirs: Path) -> None:
    rows = [json.dumps({"text": f"Apples number {number}."}) for number in range(3)]
    many, one = theirs / "many.jsonl", theirs / "one.txt"
    many.write_text("\n".join(rows), "utf-8")
    one.write_text("Pears are green.", "utf-8")
    folder = tmp_path / "index"
    build([theirs], folder, FakeEmbedder())
    assert drop(many, folder, FakeEmbedder()) == 3
    assert list(texts(folder).values()) == ["Pears are green."]
    assert drop(many, folder, FakeEmbedder()) == 0


def test_files_of_a_folder_that_was_indexed_are_no_further_sources(tmp_path: Path, theirs: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (theirs / name).write_text(f"Text {name}.", "utf-8")
    folder = tmp_path / "index"
    for paths in ([theirs], [theirs / "a.txt"], [theirs / "b.txt"]):
        build(paths, folder, FakeEmbedder())
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        assert json.loads(snapshot.meta["sources"]) == [str(theirs)]
