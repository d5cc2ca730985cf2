"""An index in PostgreSQL is the local one: the same answers, statistics and order; outages and hostile input end in named errors."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.benchmarks.growth import Drawn
from eval.benchmarks.postgres_server import PASSWORD, PostgresServer
from index import (
    DamagedIndex,
    Filters,
    IndexReader,
    InputError,
    MismatchedIndex,
    MissingIndex,
    Snapshot,
    build,
    open_index,
)
from index.errors import BusyIndex, MissingPart, StoreError, UnreachableIndex
from index.export import export
from index.store.postgresql import connection as connecting
from index.store.postgresql.address import SCHEMA, Address, Host, read_address
from index.store.postgresql.connection import Connection
from index.store.postgresql.reader import PostgresReader
from index.store.postgresql.snapshot import PostgresSnapshot
from index.store.postgresql.writer import PostgresWriter
from index.store.snapshot import LocalSnapshot
from rag import Assistant
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand
from tests.conftest import PATIENCE, ROOT, SEEDS, Kenes
from tests.fakes import FakeEmbedder

APPEALS = ROOT / "eval" / "datasets" / "own" / "appeals.jsonl"
WORDS = "apples pears plums red green blue ripe sour fell tree 3.5 2/3 ten школа дорога мектеп жол 10,000".split()
HOSTILE = (
    "'; DROP TABLE documents; --",
    '" OR 1=1',
    "\\'; SELECT pg_sleep(9)",
    "{a,b}",
    '{NULL,"x"}',
    "$1 ? :v0 %s",
    "a\0b",
    "\ud800",
    "\N{REPLACEMENT CHARACTER}",
    "\\.",
    "\\N",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of its own; where the wheel does not run, the tests are skipped, except in CI."""
    try:
        with PostgresServer(fsync="off") as started:
            yield started
    except (MissingPart, OSError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def address(postgres: PostgresServer, request: pytest.FixtureRequest) -> Iterator[Address]:
    """A schema of its own for each test."""
    schema = f"t{abs(hash(request.node.nodeid))}"
    yield replace(read_address(postgres.by_socket), schema=schema)
    drop(postgres, schema)


def drop(postgres: PostgresServer, schema: str) -> None:
    connection = Connection(read_address(postgres.by_socket))
    connection.script(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    connection.close()


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the seeds and of 160 letters, with vectors drawn by lot, so that no two chunks are equally near."""
    folder = tmp_path_factory.mktemp("pile") / "index"
    build([SEEDS, APPEALS], folder, Drawn())
    return folder


@pytest.fixture(scope="session")
def exported(pile: Path, postgres: PostgresServer) -> Iterator[Address]:
    """That index in the database."""
    address = replace(read_address(postgres.by_socket), schema="pile")
    export(pile, address)
    yield address
    drop(postgres, "pile")


@contextmanager
def both(folder: Path, address: Address) -> Iterator[tuple[LocalSnapshot, PostgresSnapshot]]:
    """A snapshot of a local index, and one of the database."""
    with (
        IndexReader(folder) as reader,
        PostgresReader(address) as database,
        reader.snapshot(search=True) as local,
        database.snapshot(search=True) as there,
    ):
        yield local, there


def tables(address: Address) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the tables hold, but for numbers that only count runs."""
    connection = Connection(address)
    found = {
        name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
        for name in ("documents", "places", "chunks", "token_embeddings", "vectors", "terms", "postings", "meta")
    }
    connection.close()
    found["meta"] = [row for row in found["meta"] if row[0] != "generation"]
    return found


def facts(snapshot: Snapshot) -> list[object]:
    """What a snapshot says of all that it holds."""
    everything = [listed.id for listed in snapshot.listing()]
    numbers = [number for id in everything for number in snapshot.document_chunks(id)]
    owners, vectors = snapshot.chunk_vectors()
    return [
        snapshot.settings,
        snapshot.counts(),
        snapshot.is_unfinished(),
        list(snapshot.languages().items()),
        snapshot.sources(),
        list(snapshot.stored_documents()),
        list(snapshot.listing()),
        snapshot.newest(7),
        snapshot.digest(),
        snapshot.beginnings(2, 5),
        snapshot.chunks(numbers),
        snapshot.sign_bits(numbers),
        owners,
        vectors.tobytes(),
        [snapshot.document(id) for id in everything],
    ]


def searches(snapshot: Snapshot, question: str, filters: Filters | None = None) -> list[list[Any]]:
    """What every searcher finds, and the passages in the end: places, then scores."""
    query = understand(question, Drawn(), snapshot)
    by_words = snapshot.search_bm25(query.terms, 50, filters)
    nearest = snapshot.search_vectors(query.vector, 20, filters)
    cosines = snapshot.cosines(query.vector, [number for number, _ in nearest])
    found = [((each.document.id, each.chunk.start), each.score) for each in retrieve(snapshot, query, 10, filters)]
    rankings = [list(query.weights.items()), by_words, nearest, cosines, found]
    places = [place for ranking in rankings for place, _ in ranking]
    return [places, [score for ranking in rankings for _, score in ranking]]


def assert_same(found: list[list[Any]], expected: list[list[Any]]) -> None:
    assert found[0] == expected[0]
    assert found[1] == pytest.approx(expected[1], abs=1e-6)


def questions(snapshot: Snapshot, count: int) -> list[str]:
    """Pieces of the articles, as questions."""
    chance = random.Random(0)
    texts = [document.text for each in snapshot.listing() if (document := snapshot.document(each.id))]
    return [" ".join(chance.choice(texts).split()[at % 20 :][:6]) for at in range(count)]


def test_an_index_in_the_database_is_the_local_one(pile: Path, exported: Address) -> None:
    with both(pile, exported) as (local, there):
        assert facts(there) == facts(local)
        assert there.counts()[0] == 187


def test_searches_find_the_same_in_the_same_order(pile: Path, exported: Address) -> None:
    with both(pile, exported) as (local, there):
        for question in questions(local, 60):
            assert_same(searches(there, question), searches(local, question))


def test_words_are_scored_as_fts5_scores_them(pile: Path, exported: Address) -> None:
    with both(pile, exported) as (local, there):
        known = local.terms_with_prefix("а", 400) | local.terms_with_prefix("s", 400)
        assert there.terms_with_prefix("а", 400) == local.terms_with_prefix("а", 400)
        assert there.terms_among([*known, "nowhere"]) == known
        chance = random.Random(1)
        for _ in range(50):
            terms = chance.choices([*known, "nowhere"], k=6)
            assert there.document_frequencies(terms) == local.document_frequencies(terms)
            found, expected = there._search_bm25(terms, 40), local._search_bm25(terms, 40)
            assert [number for number, _ in found] == [number for number, _ in expected]
            assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-12)
        assert there.chunks_with_term(next(iter(known)), 3) == local.chunks_with_term(next(iter(known)), 3)


def test_filters_let_the_same_through(pile: Path, exported: Address) -> None:
    with both(pile, exported) as (local, there):
        ids = tuple(listed.id for listed in local.listing())[:40]
        sources = tuple(source.name.upper() for source in local.sources() if source.name)[:2]
        parts = {
            "documents": ids,
            "after": "2024-06",
            "before": "2026",
            "sources": sources,
            "languages": ("kk", "ru"),
        }
        some = [dict(pair) for size in (1, 2, 3) for pair in combinations(parts.items(), size)]
        for given_ in [*some, {"documents": ()}, {"sources": ("Nobody",)}]:
            filters = Filters(**given_)
            assert there.count(filters) == local.count(filters)
            assert there.passes(filters) == local.passes(filters)
            assert list(there.listing(filters)) == list(local.listing(filters))
            assert there.newest(5, filters) == local.newest(5, filters)
            for question in ("How many laws must change?", "дорога школа"):
                assert_same(searches(there, question, filters), searches(local, question, filters))


def test_answers_are_the_same_word_for_word(
    seeds_folder: Path, address: Address, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(seeds_folder, address)
    where = f"{postgres.by_tcp}?schema={address.schema}"
    with Assistant.open(seeds_folder) as local, Assistant.open(where) as there:
        for question in (
            "How many laws must change?",
            "Кто предложил реформу?",
            "How meny laws must chagne?",
            "Hello!",
        ):
            said, expected = there.ask(question).to_json(), local.ask(question).to_json()
            for key in ("status", "points", "citations", "reason", "corrections", "understood"):
                assert said[key] == expected[key], key
            assert [each["document_id"] for each in said["passages"]] == [
                each["document_id"] for each in expected["passages"]
            ]
        monkeypatch.setattr(PostgresReader, "cache", tmp_path)
        assert there.themes().articles == local.themes().articles


@given(
    st.lists(st.sampled_from(["change", "add", "drop", "move", "export", "prune"]), min_size=3, max_size=9),
    st.randoms(),
)
@settings(max_examples=8, deadline=None)
def test_exports_follow_whatever_happens_to_the_local_index(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory, steps: list[str], chance: random.Random
) -> None:
    base = tmp_path_factory.mktemp("steps")
    articles, folder = base / "articles", base / "index"
    articles.mkdir()
    kept, fresh = (replace(read_address(postgres.by_socket), schema=name) for name in ("kept", "fresh"))
    write_article(articles, "a0", chance)
    build([articles], folder, FakeEmbedder())
    try:
        for step in [*steps, "prune", "export"]:
            files = sorted(articles.iterdir())
            if step == "export":
                export(folder, kept)
            elif step in ("add", "prune") or not files:
                write_article(articles, f"a{chance.randrange(9)}", chance)
            elif step == "change":
                write_article(articles, chance.choice(files).stem, chance)
            elif step == "drop":
                chance.choice(files).unlink()
            else:
                moved = chance.choice(files)
                moved.rename(moved.with_name(f"b{chance.randrange(99)}.txt"))
            build([articles], folder, FakeEmbedder(), prune=step == "prune")
        assert export(folder, kept).unchanged == export(folder, fresh).added
        assert tables(kept) == tables(fresh)
    finally:
        for name in ("kept", "fresh"):
            drop(postgres, name)
        shutil.rmtree(base)


def write_article(folder: Path, name: str, chance: random.Random) -> None:
    text = " ".join(chance.choices(WORDS, k=chance.randrange(3, 400)))
    (folder / f"{name}.txt").write_text(f"About {name}\n\n{text}.", "utf-8")


def test_only_what_changed_is_brought_over(
    articles: Path, index_folder: Path, address: Address, embedder: FakeEmbedder
) -> None:
    first = export(index_folder, address)
    assert (first.added, first.chunks, first.generation) == (3, 3, 1)
    again = export(index_folder, address)
    assert (again.added, again.changed, again.removed, again.unchanged, again.generation) == (0, 0, 0, 3, 1)
    (articles / "apples.txt").write_text("About apples\n\nEleven apples fell from the tree.", "utf-8")
    (articles / "pears.md").unlink()
    build([articles], index_folder, embedder, prune=True)
    third = export(index_folder, address)
    assert (third.added, third.changed, third.removed, third.unchanged, third.generation) == (0, 1, 1, 1, 3)
    with PostgresReader(address) as database, database.snapshot() as there:
        assert there.terms_among(["eleven", "ten", "green"]) == {"eleven": 1}


def test_a_reader_sees_one_generation_whole(
    articles: Path, index_folder: Path, address: Address, embedder: FakeEmbedder
) -> None:
    export(index_folder, address)
    with PostgresReader(address) as database:
        with database.snapshot() as before:
            (articles / "figs.txt").write_text("Figs are sweet.", "utf-8")
            build([articles], index_folder, embedder)
            export(index_folder, address)
            assert before.counts() == (3, 3)
            assert before.terms_among(["fig"]) == {}
        with database.snapshot() as after:
            assert after.counts() == (4, 4)
            assert after.terms_among(["fig"]) == {"fig": 1}
            assert after.generation == before.generation + 1


def test_a_killed_export_goes_on_where_it_stopped(
    pile: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.export.COMMIT_CHUNKS", 20)

    def stop(done: int, due: int) -> None:
        if done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(pile, address, on_progress=stop)
    with PostgresReader(address) as database, database.snapshot() as there:
        committed = there.counts()[0]
        assert committed > 50
        assert there.is_unfinished()
    report = export(pile, address)
    assert (report.added, report.unchanged) == (187 - committed, committed)
    with both(pile, address) as (local, there):
        assert facts(there) == facts(local)


def test_many_chunks_are_searched_by_hnsw_and_nearly_as_well(pile: Path, exported: Address, address: Address) -> None:
    report = export(pile, address, hnsw_from=1)
    assert report.chunks > 200
    with (
        PostgresReader(exported) as exact,
        PostgresReader(address) as near,
        exact.snapshot() as all_,
        near.snapshot() as some,
    ):
        plan = "\n".join(row[0] for row in plan_of(some))
        assert "vectors_hnsw" in plan
        shared = 0
        asked = questions(all_, 30)
        for question in asked:
            vector = Drawn().embed_query(question).vectors[0]
            found = some.search_vectors(vector, 10)
            assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
            shared += len(dict(found).keys() & dict(all_.search_vectors(vector, 10)).keys())
        assert shared / 10 / len(asked) >= 0.97
        few = Filters(languages=("kk",))
        assert some.search_vectors(vector, 10, few) == all_.search_vectors(vector, 10, few)
    with PostgresReader(address, exact=True) as whole, whole.snapshot() as compared:
        vector = Drawn().embed_query("дорога").vectors[0]
        with PostgresReader(exported) as exact, exact.snapshot() as all_:
            assert compared.search_vectors(vector, 50) == all_.search_vectors(vector, 50)


def plan_of(snapshot: Snapshot) -> list[tuple[str]]:
    """How the database looks for the nearest vectors."""
    rows = snapshot._rows  # type: ignore[attr-defined]
    asked: list[tuple[str]] = []

    def explained(sql: str, values: object = ()) -> list[tuple[object, ...]]:
        if "halfvec" in sql:
            asked.extend(rows(f"EXPLAIN {sql}", values))
        return list(rows(sql, values))

    snapshot._rows = explained  # type: ignore[attr-defined]
    rows("SET LOCAL enable_seqscan = off")  # so few would be read one by one
    snapshot.search_vectors(np.full(384, 384**-0.5, np.float32), 5)
    snapshot._rows = rows  # type: ignore[attr-defined]
    return asked


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str, pile: Path, exported: Address) -> None:
    with both(pile, exported) as (_, there):
        before = there.counts()
        assert there.document(text) is None
        assert not there.has_document(text)
        assert there.documents([text]) == {}
        assert there.search_bm25([text, text], 5) == []
        assert there.terms_among([text]) == {}
        assert there.terms_with_prefix(text, 5) == {}
        assert there.chunks_with_term(text, 5) == []
        for filters in (Filters(sources=(text,)), Filters(languages=(text,)), Filters(documents=(text,))):
            assert there.count(filters) == 0
            assert list(there.listing(filters)) == []
        assert there.counts() == before


def test_hostile_articles_come_over_as_they_are(tmp_path: Path, address: Address, embedder: FakeEmbedder) -> None:
    rows = [
        {
            "id": f"{number} {text}",
            "text": f"{text} {text}\t{text}\n\n{text}",
            "title": text,
            "source": text,
            "lang": "en",
        }
        for number, text in enumerate(HOSTILE)
        if "\ud800" not in text
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    report = build([tmp_path / "rows.jsonl"], tmp_path / "index", embedder)
    assert report.documents + len(report.bad) == len(rows)
    assert report.documents >= 8
    export(tmp_path / "index", address)
    with both(tmp_path / "index", address) as (local, there):
        assert facts(there) == facts(local)
        assert there.counts()[0] == report.documents


@pytest.mark.parametrize("count", [2, 4])
def test_shards_answer_as_one_and_one_that_is_away_is_named(
    count: int, pile: Path, exported: Address, postgres: PostgresServer, address: Address
) -> None:
    own = Connection(replace(address, schema="public"))
    names = [f"shard_{count}_{number}" for number in range(count)]
    for name in names:
        own.script(f"CREATE DATABASE {name}")
    shards = [replace(address, database=name, schema="part") for name in names]
    try:
        export(pile, address, shards=shards, hnsw_from=1)
        for shard in shards:
            with contextlib.closing(Connection(shard)) as there:
                assert there.execute("SELECT count(*) FROM postings")[0][0] > 0
                assert there.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'vectors_hnsw'") == [(1,)]
        with both(pile, address) as (local, spread):
            assert facts(spread) == facts(local)
            filters = Filters(languages=("kk", "ru"))
            for question in questions(local, 20):
                assert_same(searches(spread, question), searches(local, question))
                assert_same(searches(spread, question, filters), searches(local, question, filters))
        assert export(pile, address, shards=shards, hnsw_from=1).unchanged == 187
        for forgotten in ((), shards[1:]):
            with pytest.raises(InputError, match=f"spread over {count} shards, and {len(forgotten)} are named"):
                export(pile, address, shards=forgotten)
            with pytest.raises(InputError, match=f"spread over {count} shards"):
                export(pile, address, shards=forgotten, anew=True)
        with pytest.raises(StoreError, match="holds chunks of another index"):
            export(pile, replace(address, schema="second"), shards=shards)
        assert export(pile, address, shards=shards, anew=True, hnsw_from=1).added == 187
        with both(pile, address) as (local, spread):
            assert facts(spread) == facts(local)
        own.script(f"ALTER SERVER {address.schema}_shard_1 OPTIONS (SET port '1')")
        with PostgresReader(address) as database, database.snapshot() as spread:
            vector = Drawn().embed_query("дорога").vectors[0]
            with pytest.raises(UnreachableIndex, match=f"could not connect to server .{address.schema}_shard_1"):
                spread.search_vectors(vector, 10)
        with PostgresReader(address) as database, database.snapshot() as spread, pytest.raises(UnreachableIndex):
            spread.search_bm25(["жол", "дорог"], 10)
    finally:
        own.script(f"DROP SCHEMA {address.schema} CASCADE; DROP EXTENSION postgres_fdw CASCADE")
        for name in names:
            own.script(f"DROP DATABASE {name} WITH (FORCE)")
        own.close()


def test_one_writer_at_a_time(index_folder: Path, address: Address) -> None:
    with IndexReader(index_folder) as reader, reader.snapshot() as local:
        made = local.settings
    with PostgresWriter(address, made, {}), pytest.raises(BusyIndex, match="another process is writing"):
        export(index_folder, address)
    assert export(index_folder, address).added == 3
    with pytest.raises(MismatchedIndex, match="made with another model"):
        PostgresWriter(address, replace(made, model="other"), {})


@pytest.mark.parametrize(
    "older",
    [
        "UPDATE meta SET value = '0' WHERE key = 'schema_version'",
        """UPDATE meta SET value = jsonb_set(value::jsonb, '{version}', '"2"') WHERE key = 'settings'""",
        "ALTER TABLE chunks RENAME length TO size; UPDATE meta SET value = '0' WHERE key = 'schema_version'",
    ],
)
def test_an_export_of_another_version_is_made_anew(pile: Path, address: Address, older: str) -> None:
    export(pile, address)
    with contextlib.closing(Connection(address)) as own:
        own.script(f"{older}; CREATE TABLE of_somebody_else (a int)")
    command = f"kenes export --to '{address}' --anew"
    for use in (lambda: open_index(str(address)), lambda: export(pile, address)):
        with pytest.raises(MismatchedIndex, match="another version of Kenes") as raised:
            use()
        assert raised.value.fix == command
    assert export(pile, address, anew=True).added == 187
    assert export(pile, address).unchanged == 187
    with both(pile, address) as (local, there):
        assert facts(there) == facts(local)
    with contextlib.closing(Connection(address)) as own:
        assert own.execute("SELECT * FROM of_somebody_else") == []


def test_without_pgvector_a_superuser_is_asked_for_it(pile: Path, address: Address) -> None:
    own = Connection(address)
    own.script("CREATE ROLE plain LOGIN")
    own.script("CREATE DATABASE bare OWNER plain")
    try:
        with pytest.raises(StoreError, match="permission denied to create extension") as raised:
            export(pile, replace(address, user="plain", database="bare"))
        assert raised.value.fix
        assert raised.value.fix.endswith("a superuser makes it with psql bare --command 'CREATE EXTENSION vector'")
    finally:
        own.script("DROP DATABASE bare WITH (FORCE)")
        own.script("DROP ROLE plain")
        own.close()


def test_where_nothing_was_exported_the_command_is_named(address: Address) -> None:
    missing = replace(address, schema="none")
    with pytest.raises(MissingIndex) as raised:
        open_index(str(missing))
    assert raised.value.fix == f"kenes export --to '{missing}'"


def test_passwords_are_in_no_message(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    wrong = postgres.by_tcp.replace("a%20p", "an%20p")
    with pytest.raises(StoreError, match="lets nobody in") as refused:
        open_index(wrong)
    gone = wrong.replace(f":{postgres.port}/", ":1/")
    with pytest.raises(UnreachableIndex, match=r"is not there: .*refused") as unreachable:
        open_index(gone)
    assert unreachable.value.fix == "see whether it runs with pg_isready --host 127.0.0.1 --port 1, then ask again"
    for error in (refused.value, unreachable.value):
        told = f"{error!r} {error} {error.__cause__!r} {error.__context__!r}" + repr(read_address(wrong))
        assert not any(part in told for part in ("p@ss", "p%40ss", "marks", "word:"))
    with pytest.raises(InputError) as unreadable:
        open_index("postgresql://anna:topsecret@host:port:x/d")
    assert "topsecret" not in str(unreadable.value)


def test_a_writer_waits_for_a_long_statement_and_a_reader_not_for_ever(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "REPLY_S", 1.0)
    with contextlib.closing(Connection(address, write=True)) as writing:
        assert writing.execute("SELECT 1 FROM pg_sleep(2)") == [(1,)]
    with contextlib.closing(Connection(address)) as reading, pytest.raises(UnreachableIndex, match="timed out"):
        reading.execute("SELECT 1 FROM pg_sleep(60)")


def test_a_server_that_does_not_encrypt_is_not_spoken_to_in_the_open(postgres: PostgresServer) -> None:
    with pytest.raises(UnreachableIndex, match="does not encrypt"):
        open_index(f"{postgres.by_tcp}?sslmode=require")


def test_the_password_may_stand_in_the_environment_or_a_file(
    postgres: PostgresServer, exported: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = f"postgresql://kenes@127.0.0.1:{postgres.port}/postgres?schema=pile"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    open_index(bare).close()
    monkeypatch.delenv("PGPASSWORD")
    path = tmp_path / "pgpass"
    escaped = PASSWORD.replace(":", "\\:")
    path.write_text(f"other:*:*:*:no\n127.0.0.1:{postgres.port}:*:kenes:{escaped}\n", "utf-8")
    monkeypatch.setenv("PGPASSFILE", str(path))
    open_index(bare).close()


@pytest.mark.usefixtures("postgres")  # skipped where no server runs
def test_after_an_outage_the_next_question_is_answered(pile: Path, tmp_path: Path) -> None:
    with PostgresServer(fsync="off") as own:
        address = read_address(own.by_socket)
        export(pile, address)
        dead = replace(address, hosts=(replace(address.hosts[0], port=1), *address.hosts))
        with PostgresReader(dead) as database:  # the first of two hosts is not there
            with database.snapshot() as there:
                before = there.counts()
            own.stop(signal.SIGKILL)
            with pytest.raises(UnreachableIndex, match="pg_isready"), database.snapshot():
                pass
            own.start()
            with pytest.raises(UnreachableIndex):
                killed_meanwhile(own, database)
            own.start()
            with database.snapshot() as there:
                assert there.counts() == before


def killed_meanwhile(server: PostgresServer, database: PostgresReader) -> None:
    with database.snapshot() as there:
        server.stop(signal.SIGKILL)
        there.counts()


@pytest.mark.usefixtures("postgres")  # skipped where no server runs
def test_a_standby_answers_and_is_not_written_to(pile: Path, tmp_path: Path) -> None:
    with PostgresServer(fsync="off") as own:
        export(pile, read_address(own.by_socket))
        own.stop()
        (own.data / "standby.signal").touch()
        own.start()
        with open_index(own.by_socket) as database, database.snapshot() as there:
            assert there.counts()[0] == 187
        with pytest.raises(BusyIndex, match="may be written to"):
            export(pile, read_address(own.by_socket))
        with pytest.raises(BusyIndex, match="may be written to"):
            open_index(f"{own.by_socket}&target_session_attrs=read-write")


def test_what_postgresql_says_has_a_name_and_a_way_out(address: Address) -> None:
    meant = {
        "53100": "no room on the disk",
        "42501": "ask whoever looks after it for this right",
        "0A000": "install pgvector",
        "08001": 'could not connect to server "shard_2"',
        "XX001": "the database",
    }
    for code, words in meant.items():
        error = connecting._meaning(address, {"C": code, "M": 'could not connect to server "shard_2"'})
        assert words in str(error)
        assert error.fix
    assert isinstance(connecting._meaning(address, {"C": "XX001", "M": "x"}), DamagedIndex)


def test_the_driver_is_a_part_that_may_be_missing(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pg8000'] = None; from ui.cli import main; main()"
    command = [sys.executable, "-c", code, "status", "--index", "postgresql://nobody@127.0.0.1:1/none"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 4
    assert "python3 -m ui.setup --postgresql" in done.stderr


def test_commands_work_with_an_address(
    tmp_path: Path, kenes: Kenes, seeds_folder: Path, postgres: PostgresServer, address: Address
) -> None:
    where = f"{postgres.by_tcp}?schema={address.schema}"
    missing = kenes("ask", "Who?", KENES_INDEX=where)
    assert missing.returncode == 3
    assert "fix: kenes export --to" in missing.stderr
    done = kenes("export", "--to", where, "--index", seeds_folder)
    assert done.stdout == "27 documents added, 0 changed, 0 removed, 0 unchanged; 54 chunks, generation 1\n", (
        done.stderr
    )
    asked = kenes("ask", "How many laws must change?", KENES_INDEX=where)
    assert "at least ten constitutional laws" in asked.stdout
    assert kenes("search", "single chamber", "--json", "--index", where).returncode == 0
    status = kenes("status", "--index", where, KENES_CACHE=str(tmp_path / "cache"))
    assert (
        f"index       postgresql://kenes@127.0.0.1:{postgres.port}/postgres?schema={address.schema}\n" in status.stdout
    )
    assert "documents   27 (" in status.stdout
    looked = kenes("doctor", "--index", where)
    assert "27 documents, 54 chunks" in looked.stdout
    for command in (("verify",), ("index", SEEDS), ("export", "--to", where)):
        refused = kenes(*command, "--index", where)
        assert refused.returncode == 2
        assert "kenes export --to ADDRESS" in refused.stderr
    for said in (missing, done, asked, status, looked, refused):
        assert "p@ss" not in said.stdout + said.stderr
        assert "p%40ss" not in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("text", "hosts", "database"),
    [
        ("postgresql://a@h/d", ["h:5432"], "d"),
        ("postgres://a:b@h:1,i/d", ["h:1", "i:5432"], "d"),
        ("postgresql://a@[::1]:6/d", ["[::1]:6"], "d"),
        ("postgresql://a@/d?host=/run/postgresql&port=7", ["/run/postgresql:7"], "d"),
        ("postgresql://a@/d?host=h,i&port=7,8", ["h:7", "i:8"], "d"),
        ("postgresql://a@h", ["h:5432"], "a"),
        ("postgresql://a@h/d%2Fe", ["h:5432"], "d/e"),
    ],
)
def test_addresses_are_read_as_libpq_reads_them(text: str, hosts: list[str], database: str) -> None:
    address = read_address(text)
    assert [str(host) for host in address.hosts] == hosts
    assert (address.user, address.database) == ("a", database)


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9)
HOSTS = st.builds(
    Host, st.sampled_from(["one", "db.example", "::1", "127.0.0.1", "/run/postgresql"]), st.integers(1, 65535)
)


@given(
    st.builds(
        Address,
        st.lists(HOSTS, min_size=1, max_size=3).map(tuple),
        NAMES,
        NAMES,
        st.none() | NAMES,
        st.sampled_from([None, "require", "disable"]),
        st.none() | NAMES,
        st.booleans(),
        st.sampled_from([SCHEMA, "letters"]),
    )
)
def test_an_address_that_is_shown_can_be_read_again(address: Address) -> None:
    assert read_address(str(address)) == replace(address, password=None)


def test_an_address_that_cannot_be_read_is_refused() -> None:
    for text in (
        "postgresql://a@h:0/d",
        "postgresql://a@h:99999/d",
        "postgresql://a@h:x/d",
        "postgresql://a@h/d?sslmode=maybe",
        "postgresql://a@h/d?options=-c",
        "postgresql://a@h/d?schema=a;b",
    ):
        with pytest.raises(InputError):
            read_address(text)


def test_another_machine_must_prove_who_it_is() -> None:
    here, there = read_address("postgresql://a@127.0.0.1/d"), read_address("postgresql://a@db.example/d")
    assert here.tls(here.hosts[0]) is None
    checked = there.tls(there.hosts[0])
    assert checked
    assert checked.check_hostname
    encrypted = read_address("postgresql://a@db.example/d?sslmode=require")
    context = encrypted.tls(encrypted.hosts[0])
    assert context
    assert not context.check_hostname
    open_ = read_address("postgresql://a@db.example/d?sslmode=disable")
    assert open_.tls(open_.hosts[0]) is None


def test_a_folder_opens_as_before(index_folder: Path) -> None:
    for where in (index_folder, str(index_folder)):
        with open_index(where) as reader, reader.snapshot(search=True) as local:
            assert local.counts() == (3, 3)
            assert reader.name == str(index_folder)
            assert reader.size() > 10_000
