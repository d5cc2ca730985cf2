"""Measures an index in PostgreSQL against the local one: `python -m eval.benchmarks.postgresql [--data DIR] [--articles N]`.

A server of its own is started from the wheel, and stopped again. First, 500 questions of the sets in DIR are asked in one index of all
their passages: in the folder, in the database with all vectors compared, and with the HNSW index. For each: how often the first ten
passages are the very ones of the local index, in the same order; how many of those ten are found; and nDCG@10.

Next, the vectors of these passages and mixtures of them, 100,000 in all, as `eval.benchmarks.growth` grows them: seconds to make their HNSW
index, and how many of the nearest to each question it finds.

Then N articles of one chunk each, drawn as in `eval.benchmarks.growth`: seconds to bring them over, again without a change, and with one;
bytes that a chunk takes in each table; and milliseconds of a search, each question put to all three in turn.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.growth import FOUND, RECALLED, Drawn, apart, grown, indexing, write_articles
from eval.benchmarks.postgres_server import PostgresServer
from eval.benchmarks.retrieval import indexed
from eval.benchmarks.tables import Table, machine, mean_and_interval, parser_for, progress, run_main, write_figures
from eval.datasets.sets import RetrievalTask, Topic, tasks_of
from eval.measures.ranking import RANKING
from index import Embedder, IndexReader, OpenIndex, load_embedder
from index.export import export
from index.store.postgresql.address import Address, read_address
from index.store.postgresql.connection import Connection
from index.store.postgresql.copying import bigint, packed, vector
from index.store.postgresql.reader import PostgresReader
from index.store.postgresql.schema import create_hnsw, hnsw_bytes
from index.store.postgresql.writer import PostgresWriter
from index.store.vectors.top_k import top_k
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SETS = ("xquad_en", "xquad_ru", "tydiqa_en_dev", "tydiqa_ru_dev", "kazqad_val")
TEXTS = "timeqa"  # whose passages the drawn articles are made of
OF_EACH = 100  # questions
ARTICLES, ASKED = 100_000, 200
GROWN, COPIED = 100_000, 5_000  # vectors, and how many of them at a time
LOCAL, EXACT, HNSW = "in a folder", "PostgreSQL, all compared", "PostgreSQL, HNSW"

Place = tuple[str, int]  # a document, and where the passage begins in it


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one index answers, beside the local one: shares of questions, or of passages."""

    index: str
    same_ten: Sequence[float]
    found: Sequence[float]
    ndcg: Sequence[float]


@dataclass(frozen=True, slots=True)
class Recall:
    """What the HNSW index of so many vectors costs and finds: seconds, bytes, and for each depth the share of the nearest."""

    vectors: int
    made_s: float
    bytes_a_vector: float
    found: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many articles cost in the database: seconds, milliseconds of each search, bytes a chunk."""

    articles: int
    export_s: float
    again_s: float
    changed_s: float
    search_ms: Mapping[str, float]
    bytes_a_chunk: Mapping[str, float]


def union(data: Path) -> RetrievalTask:
    """All passages of the sets, and as many questions of each; ids bear the name of their set."""
    passages, topics = [], []
    for name in SETS:
        task = tasks_of(name, data)[0]
        passages += [{**row, "id": f"{name} {row['id']}"} for row in task.passages]
        step = max(1, len(task.topics) // OF_EACH)
        topics += [
            Topic(topic.id, topic.text, tuple(f"{name} {id}" for id in topic.relevant), name)
            for topic in task.topics[::step][:OF_EACH]
        ]
    return RetrievalTask("five sets in one", passages, topics)


@contextmanager
def opened(folder: Path, address: Address) -> Iterator[dict[str, OpenIndex]]:
    """The index in the folder and in the database, in both ways."""
    with ExitStack() as stack:
        yield {
            LOCAL: stack.enter_context(IndexReader(folder)),
            EXACT: stack.enter_context(PostgresReader(address, exact=True)),
            HNSW: stack.enter_context(PostgresReader(address)),
        }


def first_ten(index: OpenIndex, question: str, embedder: Embedder) -> list[Place]:
    """Where the ten best passages begin."""
    with index.snapshot(search=True) as snapshot:
        found = retrieve(snapshot, understand(question, embedder, snapshot), RECALLED)
    return [(passage.document.id, passage.chunk.start) for passage in found]


def agreement(data: Path, address: Address) -> list[Agreement]:
    """What 500 questions find in each index."""
    task, embedder = union(data), load_embedder()
    folder = indexed(task, embedder)
    export(folder, address, hnsw_from=1)
    rankings: dict[str, list[list[Place]]] = {}
    with opened(folder, address) as indexes:
        for number, topic in enumerate(task.topics, 1):
            for name, index in indexes.items():
                rankings.setdefault(name, []).append(first_ten(index, topic.text, embedder))
            progress("questions", number, len(task.topics))
    return [_beside(name, found, rankings[LOCAL], task.topics) for name, found in rankings.items()]


def _beside(
    name: str, found: Sequence[Sequence[Place]], local: Sequence[Sequence[Place]], topics: Sequence[Topic]
) -> Agreement:
    ndcg = RANKING["nDCG@10"]
    return Agreement(
        name,
        [float(ten == expected) for ten, expected in zip(found, local, strict=True)],
        [len(set(ten) & set(expected)) / max(1, len(expected)) for ten, expected in zip(found, local, strict=True)],
        [
            ndcg(list(dict.fromkeys(id for id, _ in ten)), topic.relevant)
            for ten, topic in zip(found, topics, strict=True)
        ],
    )


def recall(data: Path, address: Address) -> Recall:
    """How many of the nearest the HNSW index finds among many vectors, real ones and mixtures of these."""
    task, embedder = union(data), load_embedder()
    folder = indexed(task, embedder)
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        settings, vectors = snapshot.settings, grown(snapshot.chunk_vectors()[1], GROWN)
    asked = [embedder.embed_query(topic.text).vectors[0] for topic in task.topics]
    with PostgresWriter(address, settings, {}):  # makes the tables
        pass
    with closing(Connection(address, write=True)) as connection:
        for start in range(0, GROWN, COPIED):
            rows = enumerate(vectors[start : start + COPIED], start)
            connection.copy("vectors", "chunk_id, vector", packed((bigint, vector), list(rows)))
        began = time.perf_counter()
        create_hnsw(connection, settings.dim)
        made = time.perf_counter() - began
        size = hnsw_bytes(connection)
    return Recall(
        GROWN, made, size / GROWN, {depth: _share(address, vectors, asked, depth) for depth in (RECALLED, FOUND)}
    )


def _share(
    address: Address, vectors: "NDArray[np.float32]", asked: Sequence["NDArray[np.float32]"], depth: int
) -> float:
    """The share of the nearest vectors that the index finds."""
    shared = 0
    with PostgresReader(address) as reader, reader.snapshot() as snapshot:
        for question in asked:
            found = snapshot.search_vectors(question, depth)
            shared += len(dict(found).keys() & dict(top_k(vectors, question, depth)).keys())
    return shared / depth / len(asked)


def cost(data: Path, address: Address, size: int) -> Cost:
    """What so many articles cost."""
    task = tasks_of(TEXTS, data)[0]
    texts = [row["text"] for row in task.passages]
    questions = [topic.text for topic in task.topics[:: max(1, len(task.topics) // ASKED)]][:ASKED]
    with tempfile.TemporaryDirectory(prefix="kenes-postgresql-") as temporary:
        articles, folder = Path(temporary) / "articles.jsonl", Path(temporary) / "index"
        write_articles(articles, texts, size)
        apart(indexing, articles, folder)
        first, again = _seconds(folder, address), _seconds(folder, address)
        write_articles(articles, texts, size, changed=size // 2)
        apart(indexing, articles, folder)
        changed = _seconds(folder, address)
        return Cost(size, first, again, changed, _search_ms(folder, address, questions), _bytes(address))


def _seconds(folder: Path, address: Address) -> float:
    began = time.perf_counter()
    export(folder, address, on_progress=lambda done, due: progress("exported", done, due))
    return time.perf_counter() - began


def _search_ms(folder: Path, address: Address, questions: Sequence[str]) -> dict[str, float]:
    """The median for each index; one question is put to all of them before the next one."""
    embedder, times = Drawn(), {name: list[float]() for name in (LOCAL, EXACT, HNSW)}
    with opened(folder, address) as indexes:
        for index in indexes.values():
            first_ten(index, questions[0], embedder)
        for question in questions:
            for name, index in indexes.items():
                began = time.perf_counter()
                first_ten(index, question, embedder)
                times[name].append(1e3 * (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in times.items()}


def _bytes(address: Address) -> dict[str, float]:
    """What a chunk takes in each table with its indexes."""
    with PostgresReader(address) as reader:
        with reader.snapshot() as snapshot:
            chunks = snapshot.chunk_count()
        return {name: size / chunks for name, size in reader.table_sizes().items()}


def main() -> None:
    """Measure and print the tables."""
    parser = parser_for("postgresql", __doc__)
    parser.add_argument("--data", type=Path, default=Path(), help="the folder of the sets")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many are drawn")
    arguments = parser.parse_args()
    print(f"{machine()}, client and server together\n")
    with PostgresServer() as server:
        address = read_address(server.by_socket)
        sets = replace(address, schema="sets")
        found = agreement(arguments.data, sets)
        table = Table(f"{len(found[0].ndcg)} questions", "same first ten", "of the first ten", "nDCG@10")
        for each in found:
            table.add(each.index, *map(mean_and_interval, (each.same_ten, each.found, each.ndcg)))
        taken = _bytes(sets)
        print()
        known = recall(arguments.data, replace(address, schema="grown"))
        spent = cost(arguments.data, replace(address, schema="drawn"), arguments.articles)
    tables = [table, *_recall_table(known), *_tables(spent), _bytes_table("bytes a chunk, five sets", taken)]
    figures = {
        "agreement": list(map(asdict, found)),
        "bytes_a_chunk": taken,
        "recall": asdict(known),
        "cost": asdict(spent),
    }
    write_figures(arguments, "\n".join(each.markdown() for each in tables), figures)


def _recall_table(known: Recall) -> Iterator[Table]:
    depths = [f"of the {depth} nearest" for depth in known.found]
    table = Table(f"HNSW index of {known.vectors:,} vectors", "bytes a vector", *depths)
    shares = [f"{share:.3f}" for share in known.found.values()]
    table.add(f"made in {known.made_s:.0f} s", f"{known.bytes_a_vector:,.0f}", *shares)
    yield table
    print()


def _tables(spent: Cost) -> Iterator[Table]:
    table = Table(f"{spent.articles:,} articles", "seconds")
    for name, seconds in (("export", spent.export_s), ("again", spent.again_s), ("one changed", spent.changed_s)):
        table.add(name, f"{seconds:.1f}")
    yield table
    print()
    table = Table("search", "median", "of the local one")
    for name, milliseconds in spent.search_ms.items():
        table.add(name, f"{milliseconds:.1f} ms", f"{milliseconds / spent.search_ms[LOCAL]:.2f}")
    yield table
    print()
    yield _bytes_table("bytes a chunk, drawn articles", spent.bytes_a_chunk)
    print()


def _bytes_table(what: str, taken: Mapping[str, float]) -> Table:
    table = Table("table with its indexes", what)
    for name, size in taken.items():
        table.add(name, f"{size:,.0f}")
    return table


if __name__ == "__main__":
    run_main("postgresql", main)
