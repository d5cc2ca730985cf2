"""An index that has lived through changes, moves, deletions and killed runs is that of a fresh build of the same folder."""

import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index import IndexReader, Snapshot, build, pipeline, verify
from index.analysis.terms import terms
from index.pipeline import BuildReport
from index.store.writer import IndexWriter
from tests.fakes import FakeEmbedder

WORDS = ["apple", "pear", "plum", "red", "green", "sweet"]
NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "deep/a.txt", "deep/d.txt"])
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
URLS = st.sampled_from([None, "https://example.org/", "https://example.org/one"])


class Killed(Exception):
    """What ends a run in the middle."""


class IndexOverTime(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.articles, self.folder = self.root / "articles", self.root / "index"
        self.articles.mkdir()
        self.is_killed = False
        self.is_built = False

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def files(self) -> list[Path]:
        return sorted(path for path in self.articles.rglob("*") if path.suffix in (".txt", ".md"))

    def rows(self) -> list[str]:
        path = self.articles / "rows.jsonl"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def write_rows(self, rows: list[str]) -> None:
        (self.articles / "rows.jsonl").write_text("".join(row + "\n" for row in rows), "utf-8")

    @initialize(text=TEXTS)
    def one_article(self, text: str) -> None:
        self.write("a.txt", text)

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        """Add a file, or change it."""
        path = self.articles / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Title of one\n\nAbout {text}.", "utf-8")

    @precondition(lambda self: len(self.files()) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.files()), label="deleted").unlink()

    @precondition(lambda self: self.files())
    @rule(data=st.data(), name=NAMES)
    def move(self, data: st.DataObject, name: str) -> None:
        """A file that lies there already is lost, as with mv."""
        target = self.articles / name
        target.parent.mkdir(exist_ok=True)
        data.draw(st.sampled_from(self.files()), label="moved").replace(target)

    @rule(text=TEXTS, url=URLS)
    def put_row_on_top(self, text: str, url: str | None) -> None:
        self.write_rows([json.dumps({"title": "Row", "text": f"Of {text}.", "url": url}), *self.rows()])

    @precondition(lambda self: self.rows())
    @rule(data=st.data())
    def delete_row(self, data: st.DataObject) -> None:
        rows = self.rows()
        del rows[data.draw(st.integers(0, len(rows) - 1), label="deleted")]
        self.write_rows(rows)

    @rule(commits=st.integers(0, 2))
    def kill(self, commits: int) -> None:
        """A run ends after so many commits."""
        left = [commits]
        commit = IndexWriter.commit

        def counted(writer: IndexWriter, *arguments: Any) -> None:
            if not left[0]:
                raise Killed
            left[0] -= 1
            commit(writer, *arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(IndexWriter, "commit", counted)
            try:
                self.build(self.folder)
            except Killed:
                self.is_killed = True
            else:
                self.is_killed = False

    @rule()
    def build_and_compare_ids(self) -> None:
        """Without --prune, all that is there is in the index, and what is gone is named."""
        before = self.ids()
        report = self.build(self.folder)
        self.is_killed, self.is_built = False, True
        fresh = self.fresh()
        with IndexReader(self.folder) as reader, reader.snapshot() as snapshot:
            assert not fresh - documents(snapshot)
            assert len(report.gone) == report.documents - fresh.total()
        assert before <= self.ids()  # no document gets another id

    @rule()
    def build_and_compare(self) -> None:
        """With --prune, nothing tells the index from a fresh one but the ids."""
        self.build(self.folder, prune=True)
        self.is_killed, self.is_built = False, True
        self.fresh()
        found = []
        for folder in (self.folder, self.root / "fresh"):
            with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
                found.append((documents(snapshot), searches(snapshot)))
        assert found[0] == found[1]

    @invariant()
    def all_is_sound(self) -> None:
        if (self.folder / "store.db").exists():
            assert verify(self.folder) == []
            with IndexReader(self.folder) as reader, reader.snapshot() as snapshot:
                assert snapshot.is_unfinished() == self.is_killed

    def build(self, folder: Path, *, prune: bool = False) -> BuildReport:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "COMMIT_CHUNKS", 2)
            report = build([self.articles], folder, FakeEmbedder(), prune=prune)
        assert report.bad == []
        return report

    def fresh(self) -> Counter[tuple[object, ...]]:
        """The documents of a fresh build."""
        shutil.rmtree(self.root / "fresh", ignore_errors=True)
        self.build(self.root / "fresh")
        with IndexReader(self.root / "fresh") as reader, reader.snapshot() as snapshot:
            return documents(snapshot)

    def ids(self) -> set[str]:
        if not (self.folder / "store.db").exists():
            return set()
        with IndexReader(self.folder) as reader, reader.snapshot() as snapshot:
            return {listed.id for listed in snapshot.listing()}


def documents(snapshot: Snapshot) -> Counter[tuple[object, ...]]:
    """The documents with their places and chunks."""
    found: Counter[tuple[object, ...]] = Counter()
    for listed in snapshot.listing():
        document = snapshot.document(listed.id)
        assert document is not None
        chunks = tuple(chunk.text for chunk, _ in snapshot.chunks(snapshot.document_chunks(listed.id)))
        found[(document.title, document.text, document.url, document.path, document.line, chunks)] += 1
    return found


def searches(snapshot: Snapshot) -> list[object]:
    """What is found by each word, by meaning and by token, and how many chunks hold it."""
    found: list[object] = [snapshot.counts()]
    for word in WORDS:
        query = FakeEmbedder().embed_query(word)
        by_words = snapshot.search_bm25(terms(word, "en"), 50)
        by_meaning = snapshot.search_vectors(query.vectors[0], 50)
        nearness = snapshot.maxsim(query.states[0], [id for id, _ in by_meaning]).tolist()
        found.append(snapshot.document_frequencies(terms(word, "en")))
        for ranking in (
            by_words,
            by_meaning,
            [(id, score) for (id, _), score in zip(by_meaning, nearness, strict=True)],
        ):
            texts = [chunk.text for chunk, _ in snapshot.chunks([id for id, _ in ranking])]
            found.append(sorted((text, round(score, 5)) for text, (_, score) in zip(texts, ranking, strict=True)))
    return found


IndexOverTime.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestIndexOverTime = pytest.mark.slow(IndexOverTime.TestCase)
