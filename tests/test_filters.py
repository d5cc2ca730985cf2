"""Filters: what they let through by hand, on a real index, against a plain reference, and with hostile values."""

import json
from pathlib import Path

import pytest

import index.store.dense
from index import Filters, IndexReader, InputError, build
from rag import Assistant, Code, Reason
from rag.retrieval.retrieve import SEARCHERS, retrieve
from rag.understanding.question import understand
from tests.fakes import FakeEmbedder

HOSTILE = ["100 % 'true'", 'The "Quoted" Post', "x'); DROP TABLE documents; --", "a_b", "aXb", "%"]
ROWS = [
    {"id": "year", "date": "2026", "source": "Orda.kz", "lang": "en"},
    {"id": "month", "date": "2026-01", "source": "ORDA.KZ", "lang": "ru"},
    {"id": "day", "date": "2026-01-19", "source": "Казинформ", "lang": "kk"},
    {"id": "old", "date": "2025-12-31", "source": "Казинформ", "lang": "ru"},
    {"id": "undated", "source": "Orda.kz", "lang": "en"},
    {"id": "nameless", "date": "2024-02-29", "lang": "en"},
    *({"id": f"h{n}", "date": "2020-05-05", "source": source, "lang": "en"} for n, source in enumerate(HOSTILE)),
]
EVERYTHING = {row["id"] for row in ROWS}


@pytest.fixture
def folder(tmp_path: Path, embedder: FakeEmbedder) -> Path:
    lines = [json.dumps({**row, "title": row["id"], "text": f"12345 {row['id']}."}) for row in ROWS]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    build([tmp_path / "rows.jsonl"], tmp_path / "index", embedder)
    return tmp_path / "index"


def passing(folder: Path, filters: Filters | None) -> set[str]:
    """Ids found with a filter; every searcher by itself must agree, as must the two ways of the dense one."""
    embedder = FakeEmbedder()
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        query = understand("12345", embedder, snapshot)
        found = {passage.document.id for passage in retrieve(snapshot, query, 50, filters)}
        for searcher in SEARCHERS.values():
            chunks = snapshot.chunks([id for id, _ in searcher(snapshot, query, 50, filters)])
            assert {document.id for _, document in chunks} == found
        assert snapshot.passes(filters or Filters()) == bool(found)
    return found


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), EVERYTHING),
        (Filters(after="2026"), {"year", "month", "day"}),
        (Filters(after="2026-01-19"), {"year", "month", "day"}),
        (Filters(after="2026-01-20"), {"year", "month"}),
        (Filters(after="2026-01-31"), {"year", "month"}),
        (Filters(after="2026-02"), {"year"}),
        (Filters(after="2027"), set()),
        (Filters(after="2025-12-31", before="2025-12-31"), {"old"}),
        (Filters(after="2025", before="2026-01-01"), {"year", "month", "old"}),
        (Filters(after="2024", before="2024-02-28"), set()),
        (Filters(after="2024-02", before="2024-02"), {"nameless"}),
        (Filters(before="2025"), {"old", "nameless", *(f"h{n}" for n in range(len(HOSTILE)))}),
        (Filters(sources=("orda.KZ",)), {"year", "month", "undated"}),
        (Filters(sources=("КАЗИНФОРМ", " orda.kz ")), {"year", "month", "day", "old", "undated"}),
        (Filters(sources=("nowhere",)), set()),
        (Filters(sources=()), set()),
        (Filters(languages=("RU",)), {"month", "old"}),
        (Filters(languages=("kk", "ru"), after="2026"), {"month", "day"}),
        (Filters(languages=("kz", "Русский"), after="2026"), {"month", "day"}),
        (Filters(languages=("uk",)), set()),
        (Filters(documents=("old", "day"), sources=("казинформ",), before="2025"), {"old"}),
        (Filters(documents=()), set()),
        *((Filters(sources=(source.upper(),)), {f"h{n}"}) for n, source in enumerate(HOSTILE)),
        (Filters(sources=("' OR 1=1 --",)), set()),
        (Filters(languages=("en' OR '1'='1", "\x00")), set()),
    ],
    ids=lambda value: repr(value) if isinstance(value, Filters) else "",
)
@pytest.mark.parametrize("few", [0, 5_000])
def test_what_passes(folder: Path, filters: Filters, ids: set[str], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.store.dense, "FEW_CHUNKS", few)
    assert passing(folder, filters) == ids


@pytest.mark.parametrize("few", [0, 5_000])
def test_both_ways_of_filtered_dense_search_are_exact(
    folder: Path, few: int, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.store.dense, "FEW_CHUNKS", few)
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        vector = embedder.embed_query("apple day orda old").vectors[0]
        all_chunks = snapshot.search_vectors(vector, 100)
        languages = {
            id: document.language
            for (id, _), (_, document) in zip(all_chunks, snapshot.chunks([id for id, _ in all_chunks]), strict=True)
        }
        expected = [(id, score) for id, score in all_chunks if languages[id] == "ru"]
        found = snapshot.search_vectors(vector, 100, Filters(languages=("ru",)))
        assert [id for id, _ in found] == [id for id, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-6)
        assert snapshot.search_vectors(vector, 1, Filters(languages=("ru",))) == found[:1]


@pytest.mark.parametrize(
    "date",
    [
        "2026-13",
        "2026-02-30",
        "26",
        "2026-1-1",
        "19.01.2026",
        "2026-01-19T10:00",
        "0000",
        "",
        "２０２６",
        "2026\n",
        "%",
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_dates_that_are_none(name: str, date: str) -> None:
    with pytest.raises(InputError, match=f'"{name}".*no date\nfix: write .* 2026-01-19'):
        Filters(**{name: date})


def test_a_range_that_is_empty() -> None:
    with pytest.raises(InputError, match="nothing is after 2026-02 and before 2026-01"):
        Filters(after="2026-02", before="2026-01")
    assert Filters(after="2026-01-31", before="2026-01")
    assert not Filters()


def test_sources_with_numbers_and_dates(folder: Path) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        sources = {source.name: source for source in snapshot.sources()}
        last = snapshot.sources()[-1]
    assert (sources["Казинформ"].documents, sources["Казинформ"].first, sources["Казинформ"].last) == (
        2,
        "2025-12-31",
        "2026-01-19",
    )
    assert (last.name, last.documents) == (None, 1)


def test_an_empty_result_says_what_there_is(folder: Path) -> None:
    with IndexReader(folder) as reader:
        assistant = Assistant(reader, FakeEmbedder())
        answer = assistant.ask("apple", filters=Filters(sources=("nowhere",), languages=("fr",)))
        assert (answer.status, answer.passages) == ("not_found", ())
        assert answer.reason.code == Code.FILTERED_OUT
        assert answer.reason.params["filters"] == {"sources": ["nowhere"], "languages": ["fr"]}
        assert {"Orda.kz", "Казинформ"} <= set(answer.reason.params["sources"])
        assert set(answer.reason.params["languages"]) == {"en", "ru", "kk"}
        assert assistant.why_nothing(Filters(languages=("ru",))) == Reason(Code.NO_MATCH)
        none = assistant.why_nothing(Filters(sources=("Orda.kz",), before="2021"))
        assert none == Reason(Code.FILTERED_OUT, {"filters": {"before": "2021", "sources": ["Orda.kz"]}})
        assert none.text() == 'No article passes the filters (… – 2021, "Orda.kz").'
        with pytest.raises(InputError, match='"gone"'):
            assistant.search("apple", filters=Filters(documents=("gone",)))
