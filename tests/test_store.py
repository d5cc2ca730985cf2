"""The store: incremental runs, readers beside a writer, damage found and named, nothing lost."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.store.bm25
import index.store.reader
from index import DamagedIndex, Embedded, IndexReader, InputError, MismatchedIndex, MissingIndex, build, verify
from index.analysis.terms import terms
from index.articles.chunks import embedding_text
from index.errors import BusyIndex, FullDisk
from index.making import settings_for
from index.store.bm25 import search_bm25
from index.store.vectors.merging import MAX_FILES
from index.store.writer import IndexWriter
from tests.conftest import ROOT
from tests.fakes import FakeEmbedder

MOMENTS = 25  # at which a run is killed


def ids(folder: Path) -> set[str]:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        return {row[0] for row in snapshot.listing()}


def write(folder: Path, count: int, text: str = "Article {n} is about thing{n}.") -> None:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n:04}.txt").write_text(text.format(n=n), "utf-8")


def test_a_second_run_embeds_nothing(index_folder: Path, articles: Path, embedder: FakeEmbedder) -> None:
    report = build([articles], index_folder, embedder)
    assert (report.documents, report.added, report.unchanged, report.embedded) == (3, 0, 3, 0)


def test_changed_added_and_gone_articles(index_folder: Path, articles: Path, embedder: FakeEmbedder) -> None:
    (articles / "apples.txt").write_text("Apples are green now.", "utf-8")
    (articles / "pears.md").unlink()
    (articles / "figs.txt").write_text("Figs are sweet.", "utf-8")
    report = build([articles], index_folder, embedder)
    assert (report.added, report.changed, report.unchanged, report.documents) == (1, 1, 1, 4)
    report = build([articles], index_folder, embedder, prune=True)
    assert (report.removed, report.documents) == (1, 3)
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        texts = {document.text for id, *_ in snapshot.listing() if (document := snapshot.document(id))}
    assert texts == {"Apples are green now.", "Figs are sweet.", "Plums are blue and sweet."}
    assert verify(index_folder) == []


def test_prune_leaves_other_folders_and_unreadable_files_alone(
    index_folder: Path, articles: Path, tmp_path: Path, embedder: FakeEmbedder
) -> None:
    write(tmp_path / "other", 2)
    build([tmp_path / "other"], index_folder, embedder, prune=True)
    assert len(ids(index_folder)) == 5
    (articles / "apples.txt").write_bytes(b"\xff\xfe\x00")
    report = build([articles], index_folder, embedder, prune=True)
    assert len(report.bad) == 1
    assert len(ids(index_folder)) == 5


def test_nothing_readable_leaves_no_empty_index(tmp_path: Path, embedder: FakeEmbedder) -> None:
    report = build([tmp_path / "none"], tmp_path / "index", embedder)
    assert (len(report.bad), report.documents) == (1, 0)
    assert not (tmp_path / "index").exists()


def test_two_articles_with_one_id(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "x", "text": "First one."}\n{"id": "x", "text": "Second one."}\n', "utf-8")
    report = build([source], tmp_path / "index", embedder)
    assert (report.documents, report.bad) == (2, [])
    assert [note.kind for _, note in report.notes] == ["shared id"]
    other = tmp_path / "b.jsonl"
    other.write_text('{"id": "x", "text": "Third one."}', "utf-8")
    assert build([other], tmp_path / "index", embedder).added == 1
    before = ids(tmp_path / "index")
    assert len(before) == 3
    assert "x" in before
    source.write_text("\n".join(reversed(source.read_text("utf-8").splitlines())), "utf-8")
    again = build([other, source], tmp_path / "index", embedder, prune=True)
    assert (again.unchanged, again.removed) == (3, 0)
    assert ids(tmp_path / "index") == before


def test_the_same_row_twice_is_one_article(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "x", "text": "The first one."}\n' * 3, "utf-8")
    report = build([source], tmp_path / "index", embedder)
    assert report.documents == 1
    assert [note.kind for _, note in report.notes] == ["repeated row"] * 2


def test_an_article_whose_id_moved_to_another_file(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_text('{"id": "x", "text": "First one."}', "utf-8")
    build([source], tmp_path / "index", embedder)
    source.unlink()
    other.write_text('{"id": "x", "text": "Third one."}', "utf-8")
    assert build([other], tmp_path / "index", embedder).changed == 1
    assert ids(tmp_path / "index") == {"x"}


def test_an_article_that_gets_another_id_replaces_itself(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source = tmp_path / "a.md"
    source.write_text("A body of text.", "utf-8")
    build([source], tmp_path / "index", embedder)
    source.write_text("---\nurl: https://example.org/a\n---\nA body of text.", "utf-8")
    build([source], tmp_path / "index", embedder)
    assert len(ids(tmp_path / "index")) == 1


def test_a_line_put_in_front_of_lines_with_and_without_ids(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "The first article."}\n{"id": "k", "text": "The second article."}\n', "utf-8")
    build([source], tmp_path / "index", embedder)
    source.write_text('{"text": "A new one."}\n' + source.read_text("utf-8"), "utf-8")
    report = build([source], tmp_path / "index", embedder, prune=True)
    assert (report.documents, report.removed) == (3, 0)
    assert "k" in ids(tmp_path / "index")


def texts_by_id(folder: Path) -> dict[str, str]:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        found = {id: snapshot.document(id) for id in ids(folder)}
    return {id: document.text for id, document in found.items() if document}


def test_rows_that_share_a_url_keep_their_ids_whatever_is_put_between_them(
    tmp_path: Path, embedder: FakeEmbedder
) -> None:
    source = tmp_path / "a.jsonl"
    rows = [json.dumps({"text": f"Article {name}.", "url": "https://example.org/"}) for name in ("one", "two", "three")]
    source.write_text("\n".join(rows[:2]), "utf-8")
    build([source], tmp_path / "index", embedder)
    before = texts_by_id(tmp_path / "index")
    source.write_text("\n".join([rows[2], rows[1], rows[0]]), "utf-8")
    build([source], tmp_path / "index", embedder)
    after = texts_by_id(tmp_path / "index")
    assert sorted(after.values()) == ["Article one.", "Article three.", "Article two."]
    assert before.items() <= after.items()


def test_records_on_one_line_all_go_in(tmp_path: Path, embedder: FakeEmbedder) -> None:
    source = tmp_path / "a.json"
    source.write_text('[{"text": "Article one."}, {"text": "Article two."}, {"text": "Article one."}]', "utf-8")
    report = build([source], tmp_path / "index", embedder)
    assert sorted(texts_by_id(tmp_path / "index").values()) == ["Article one.", "Article two."]
    assert [note.kind for _, note in report.notes] == ["repeated row"]


def test_prune_keeps_what_lies_under_a_folder_that_is_not_there(
    index_folder: Path, articles: Path, tmp_path: Path, embedder: FakeEmbedder
) -> None:
    articles.rename(tmp_path / "unmounted")
    write(tmp_path / "other", 1)
    build([articles, tmp_path / "other"], index_folder, embedder, prune=True)
    assert len(ids(index_folder)) == 4
    articles.mkdir()  # an empty folder, though, is one whose articles are gone
    build([articles], index_folder, embedder, prune=True)
    assert len(ids(index_folder)) == 1


def test_a_damaged_index_is_not_built_upon(index_folder: Path, articles: Path, embedder: FakeEmbedder) -> None:
    (path,) = (index_folder / "vectors").iterdir()
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(DamagedIndex, match=path.name):
        build([articles], index_folder, embedder)


def test_file_and_folder_named_together_count_once(articles: Path, tmp_path: Path, embedder: FakeEmbedder) -> None:
    report = build([articles, articles / "apples.txt"], tmp_path / "index", embedder)
    assert (report.documents, report.bad) == (3, [])


def test_many_small_runs_are_compacted(tmp_path: Path, embedder: FakeEmbedder) -> None:
    for n in range(MAX_FILES + 4):
        (tmp_path / f"{n}.txt").write_text(f"Thing number{n}.", "utf-8")
        build([tmp_path / f"{n}.txt"], tmp_path / "index", embedder)
    assert len(list((tmp_path / "index" / "vectors").iterdir())) < MAX_FILES
    assert len(ids(tmp_path / "index")) == MAX_FILES + 4
    assert verify(tmp_path / "index") == []


def test_a_reader_sees_one_generation(tmp_path: Path, embedder: FakeEmbedder) -> None:
    write(tmp_path / "a", 5)
    build([tmp_path / "a"], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader:
        with reader.snapshot(search=True) as snapshot:
            before = snapshot.generation
            write(tmp_path / "a", 5, "Quite another text {n}.")
            build([tmp_path / "a"], tmp_path / "index", embedder)
            (document,) = [snapshot.document(id) for id, *_ in list(snapshot.listing())[:1]]
            assert document is not None
            assert document.text.startswith("Article")
            assert len(snapshot.search_vectors(embedder.embed_query("thing3").vectors[0], 9, None)) == 5
        with reader.snapshot(search=True) as snapshot:
            assert snapshot.generation > before
            assert len(snapshot.search_vectors(embedder.embed_query("thing3").vectors[0], 9, None)) == 5


def test_only_one_writer(index_folder: Path, articles: Path, embedder: FakeEmbedder) -> None:
    with IndexWriter(index_folder, settings_for(embedder)), pytest.raises(BusyIndex, match="another process"):
        build([articles], index_folder, embedder)


def test_another_model_is_refused_with_the_command_that_mends(
    index_folder: Path, articles: Path, embedder: FakeEmbedder
) -> None:
    class Other(FakeEmbedder):
        name = "other"

    with pytest.raises(MismatchedIndex, match=r"rm -r .* && kenes index .*articles --model other"):
        build([articles], index_folder, Other())


def test_a_missing_index(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="kenes index PATH"):
        IndexReader(tmp_path)


def test_a_folder_of_something_else_is_not_taken(articles: Path, embedder: FakeEmbedder) -> None:
    with pytest.raises(InputError, match="is no index"):
        build([articles], articles, embedder)


def test_a_foreign_or_broken_database(index_folder: Path, tmp_path: Path) -> None:
    (index_folder / "store.db").write_bytes(b"This is no database at all, only text. " * 100)
    with pytest.raises(DamagedIndex):
        IndexReader(index_folder)


@pytest.mark.slow
def test_every_flipped_bit_of_a_used_page_is_found(index_folder: Path, tmp_path: Path) -> None:
    source = (index_folder / "store.db").read_bytes()
    chance = random.Random(1)
    for _ in range(40):
        copy = tmp_path / "copy"
        shutil.copytree(index_folder, copy)
        data = bytearray(source)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (copy / "store.db").write_bytes(data)
        try:
            problems = verify(copy)
        except (DamagedIndex, MissingIndex, MismatchedIndex) as error:
            problems = [str(error)]
        assert problems
        assert all("Traceback" not in problem for problem in problems)
        shutil.rmtree(copy)


def test_a_damaged_vector_file_is_named_and_never_searched(index_folder: Path) -> None:
    (path,) = (index_folder / "vectors").iterdir()
    data = bytearray(path.read_bytes())
    data[-3] ^= 4
    path.write_bytes(data)
    assert any(path.name in problem for problem in verify(index_folder))
    with (
        IndexReader(index_folder) as reader,
        pytest.raises(DamagedIndex, match=path.name),
        reader.snapshot(search=True),
    ):
        pass


def test_a_missing_vector_file_is_named(index_folder: Path) -> None:
    (path,) = (index_folder / "vectors").iterdir()
    path.unlink()
    assert any("missing" in problem for problem in verify(index_folder))
    with (
        IndexReader(index_folder) as reader,
        pytest.raises(DamagedIndex, match="missing"),
        reader.snapshot(search=True),
    ):
        pass


def test_a_full_disk_keeps_what_was_committed(
    index_folder: Path, tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ids(index_folder)
    write(tmp_path / "big", 50, "word " * 2000 + "{n}")

    def small(path: Path, *, write: bool) -> object:
        connection = real(path, write=write)
        if write:
            connection.execute(f"PRAGMA max_page_count = {connection.pragma('page_count') + 5}")
        return connection

    real = index.store.reader.connect
    monkeypatch.setattr(index.store.reader, "connect", small)
    with pytest.raises(FullDisk, match="no room"):
        build([tmp_path / "big"], index_folder, embedder)
    monkeypatch.undo()
    assert ids(index_folder) == before
    assert verify(index_folder) == []
    assert build([tmp_path / "big"], index_folder, embedder).documents == len(before) + 50


def test_a_disk_full_while_vectors_are_written(
    index_folder: Path, tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = ids(index_folder)
    write(tmp_path / "more", 3)
    with monkeypatch.context() as patch:
        patch.setattr(np.lib.format, "write_array_header_1_0", full)
        with pytest.raises(FullDisk, match="no room"):
            build([tmp_path / "more"], index_folder, embedder)
    assert ids(index_folder) == before
    build([tmp_path / "more"], index_folder, embedder)
    assert verify(index_folder) == []


def test_a_failing_embedder_leaves_the_index_as_it_was(index_folder: Path, tmp_path: Path) -> None:
    class Broken(FakeEmbedder):
        def embed_documents(self, texts: Sequence[str]) -> Embedded:
            raise MemoryError

    before = ids(index_folder)
    write(tmp_path / "more", 3)
    with pytest.raises(MemoryError):
        build([tmp_path / "more"], index_folder, Broken())
    assert ids(index_folder) == before


@pytest.mark.slow
def test_kill_9_at_many_moments_loses_nothing_reported(tmp_path: Path) -> None:
    """A run is killed again and again; what it reported stays, the index stays sound, and the last run completes it."""
    write(tmp_path / "articles", 3000)
    folder, chance = tmp_path / "index", random.Random(7)
    reported = killed_at_work = 0
    for _ in range(MOMENTS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash_writer", tmp_path / "articles", folder],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 6)):  # the first line says that imports are done, the others commits
            reported = max(reported, int(process.stdout.readline() or 0))
        time.sleep(chance.uniform(0.0, 0.03))
        killed_at_work += process.poll() is None
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            reported = max(reported, int(line))
        process.stdout.close()
        process.wait()
        if (folder / "store.db").is_file():
            try:
                assert verify(folder) == []
                assert len(ids(folder)) >= reported
            except MissingIndex:
                assert reported == 0
    assert killed_at_work == MOMENTS
    assert reported > MOMENTS
    subprocess.run([sys.executable, "-m", "tests.crash_writer", tmp_path / "articles", folder], cwd=ROOT, check=True)
    assert len(ids(folder)) == 3000
    assert verify(folder) == []


def test_words_that_match_too_much_are_left_out(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"id": f"d{n}", "text": f"common words{' medium' if n % 4 == 0 else ''}{' rare' if n == 7 else ''} {n}"}
        for n in range(40)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", embedder)
    assert build([tmp_path / "a.jsonl"], tmp_path / "index", embedder).chunks == 40
    monkeypatch.setattr(index.store.bm25, "MOST_MATCHES", 12)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        common, medium, rare = (terms(word, "en")[0] for word in ("common", "medium", "rare"))
        assert snapshot.document_frequencies([common, medium, rare]) == {
            common: 12,
            medium: 10,
            rare: 1,
        }  # counted no further
        assert len(snapshot.search_bm25([common, medium, rare], 100)) == 11
        assert len(snapshot.search_bm25([rare], 100)) == 1
        assert len(snapshot.search_bm25([common], 100)) == 40  # a word alone is looked for, however common
        once, twice = (dict(snapshot.search_bm25([rare] * times, 1)) for times in (1, 2))
        assert [twice[8], *twice] == pytest.approx([2 * once[8], 8])  # as a name is in a short question


def test_words_that_most_chunks_hold_are_left_out_and_change_no_score(
    tmp_path: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"id": f"d{n}", "text": f"common {'usual ' * (n % 5 > 1)}{'medium ' * (n % 3)}{'rare' if n == 7 else ''} {n}"}
        for n in range(60)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        asked = [terms(word, "en")[0] for word in ("common", "usual", "medium", "rare")]
        held = snapshot.document_frequencies(asked)
        assert list(held.values()) == [60, 36, 40, 1]
        assert len(snapshot.search_bm25(asked, 100)) == 60  # so few are no matter
        monkeypatch.setattr(index.store.bm25, "FEW_MATCHES", 10)
        assert [id for id, _ in snapshot.search_bm25(asked, 100)] == [8]  # only the rare one is in half of them at most
        whole = dict(search_bm25(reader.connection.execute, asked, 100))
        assert max(whole.values()) == whole[8]
        assert dict(snapshot.search_bm25(asked, 100))[8] == pytest.approx(whole[8], abs=1e-5)
        assert sum(score > 1e-4 for score in whole.values()) == 1


def test_chunks_are_counted_by_the_rows_in_use(tmp_path: Path, embedder: FakeEmbedder) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(6):
        (articles / f"{number}.txt").write_text("Apples are red.\n\n" * 99, "utf-8")
    build([articles], tmp_path / "index", embedder)
    (articles / "1.txt").write_text("Pears.", "utf-8")
    (articles / "2.txt").unlink()
    build([articles], tmp_path / "index", embedder, prune=True)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        assert snapshot.chunk_count() == len(snapshot.chunk_vectors()[0]) > 5


def test_counts_of_terms_are_those_of_the_generation(tmp_path: Path, embedder: FakeEmbedder) -> None:
    (tmp_path / "a.txt").write_text("Apples are red.", "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader:
        with reader.snapshot() as snapshot:
            assert snapshot.document_frequencies(["appl"]) == {"appl": 1}
        (tmp_path / "b.txt").write_text("Green apples.", "utf-8")
        build([tmp_path / "b.txt"], tmp_path / "index", embedder)
        with reader.snapshot() as snapshot:
            assert snapshot.document_frequencies(["appl"]) == {"appl": 2}


def test_a_file_that_was_renamed_keeps_its_id_and_is_read_as_what_it_is_now(
    tmp_path: Path, embedder: FakeEmbedder
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Apples\n\nApples are *red*.", "utf-8")
    build([articles], tmp_path / "index", embedder)
    (before,) = ids(tmp_path / "index")
    (articles / "a.txt").rename(articles / "b.txt")
    report = build([articles], tmp_path / "index", embedder)
    assert (report.moved, report.unchanged, report.embedded, report.gone) == (1, 1, 0, [])
    (articles / "b.txt").rename(articles / "c.md")
    report = build([articles], tmp_path / "index", embedder)
    assert (report.changed, report.added, report.gone) == (1, 0, [])
    assert ids(tmp_path / "index") == {before}
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        document = snapshot.document(before)
        assert document is not None
        assert (document.text, document.path) == ("Apples\n\nApples are red.", str(articles / "c.md"))


def test_a_term_is_one_token_whatever_stands_in_it(tmp_path: Path, embedder: FakeEmbedder) -> None:
    text = "Prices rose by 3.5 percent, then by 10.5; two thirds (2/3) of foo_bar, x.25, A.B.C., 5 and 3 remain."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        ((chunk, document),) = snapshot.chunks([1])
        counted = Counter(terms(embedding_text(document, chunk), document.language))
        assert {"3.5", "2/3", "x.25", "foo_bar"} <= counted.keys()
        reader.connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'terms', 'row')")
        assert dict(reader.connection.execute("SELECT term, cnt FROM temp.held")) == counted
        assert [snapshot.document_frequencies([term])[term] for term in ("3.5", "10", "25")] == [1, 0, 0]
