"""Measures search alone: `python -m eval.benchmarks.retrieval [SET ...] [--data DIR]` prints a Markdown table.

A SET is a folder with `passages.jsonl` and `questions.jsonl` in DIR; `A@B` asks the questions of A in the passages of B, a
parallel set. If every question has relevant passages in several languages, all of them are searched together first (any
language counts), then each language alone, asked in each language. Without a SET, all of `BARS` run. Every passage is
indexed as an article. Every question goes through Kenes' own search and, for comparison, through each of its parts.
Documents are ranked, by their first chunk.
"""

import hashlib
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path

import index as indexing
from eval.benchmarks.tables import (
    Table,
    indexing_progress,
    mean_and_interval,
    parser_for,
    progress,
    run_main,
    write_figures,
)
from eval.datasets.sets import RetrievalTask, Topic, label, tasks_of
from eval.files import jsonl, write_text
from eval.measures.ranking import RANKING
from index import Embedder, IndexReader, InputError, Snapshot, build, load_embedder
from index.embedding.model_cache import models_folder
from index.making import settings_for
from rag.retrieval.retrieve import CANDIDATES, SEARCHERS, retrieve
from rag.types import Query
from rag.understanding.question import understand

# The figures that each set is to reach.
BARS: Mapping[str, Mapping[str, float]] = {
    "xquad_en": {"hit@1": 0.97},
    "xquad_ru": {"hit@1": 0.95},
    "xquad_ru@xquad_en": {"hit@1": 0.86},
    "xquad_en@xquad_ru": {"hit@1": 0.86},
    "tydiqa_en_dev": {},
    "tydiqa_ru_dev": {"hit@1": 0.88},
    "kazqad_val": {"hit@1": 0.73},
    "ntrex_news": {"hit@1": 0.93, "hit@5": 0.98},
    "squad2_devhalf": {"hit@1": 0.88, "hit@5": 0.98},
    "timeqa": {"recall@10": 0.85},
    "ramdocs": {},
    "names": {"hit@1": 0.98},
}
TOP = 10  # documents of a ranking that are scored
OURS = "kenes"
MEAN = ", mean"  # of the pairs of languages of a set
PARTS = {"words only (BM25)": "lexical", "meaning only (dense)": "dense"}
COMPARED = ("hit@1", "hit@5", "recall@10")  # in these the whole is to be no worse than a part

Finder = Callable[[Snapshot, Query], list[str]]


@dataclass(frozen=True, slots=True)
class TopicResult:
    """What one searcher found for one topic: documents best first, its measures, and milliseconds.

    `search_ms` is the time of the search; `whole_ms` adds understanding and embedding the question.
    """

    task: str
    topic: str
    story: str
    searcher: str
    ranking: tuple[str, ...]
    values: Mapping[str, float]
    search_ms: float
    whole_ms: float


def distinct(ids: Iterable[str], limit: int = TOP) -> tuple[str, ...]:
    """Each id once, at its first place, at most `limit` of them.

    >>> distinct(["a", "b", "a", "c"], 3)
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(ids))[:limit]


def _whole(snapshot: Snapshot, query: Query) -> list[str]:
    """The documents that the whole search finds, best first, with those that tell the same."""
    ids = []
    for passage in retrieve(snapshot, query, TOP, per_document=1):
        ids.append(passage.document.id)
        ids += [copy.id for copy in passage.copies]
    return ids


def _part(searcher: str, snapshot: Snapshot, query: Query) -> list[str]:
    """The document of every chunk that one searcher finds, best first."""
    numbers = [number for number, _ in SEARCHERS[searcher](snapshot, query, CANDIDATES, None)]
    return [document.id for _, document in snapshot.chunks(numbers)]


# The whole comes first, so that its time is that of a question whose words have not just been looked up.
FINDERS: Mapping[str, Finder] = {OURS: _whole, **{name: partial(_part, searcher) for name, searcher in PARTS.items()}}


def ask(task: RetrievalTask, embedder: Embedder) -> list[TopicResult]:
    """Index the passages of a task and ask its topics, each through every finder."""
    results: list[TopicResult] = []
    with IndexReader(indexed(task, embedder)) as reader:
        for number, topic in enumerate(task.topics, 1):
            results += ask_one(task.name, topic, reader, embedder)
            progress(f"{task.name}: questions", number, len(task.topics))
    return results


def indexed(task: RetrievalTask, embedder: Embedder) -> Path:
    """The index of a task's passages, kept in the user's cache while passages, settings and our code stay the same."""
    rows = jsonl(task.passages)
    code = "".join(path.read_text("utf-8") for path in sorted(Path(indexing.__file__).parent.rglob("*.py")))
    key = hashlib.sha256((rows + code + repr(settings_for(embedder))).encode()).hexdigest()[:16]
    folder = models_folder().with_name("eval") / key
    folder.mkdir(parents=True, exist_ok=True)
    articles = folder / "passages.jsonl"
    if not articles.exists():
        write_text(articles, rows)
    report = build([articles], folder / "index", embedder, on_progress=partial(indexing_progress, task.name))
    for bad in report.bad:
        print(f"{task.name}: not indexed: {bad.reason}", file=sys.stderr)
    return folder / "index"


def ask_one(task: str, topic: Topic, reader: IndexReader, embedder: Embedder) -> Iterator[TopicResult]:
    """One topic through every finder. A question that cannot be asked finds nothing."""
    with reader.snapshot(search=True) as snapshot:
        began = time.perf_counter()
        try:
            query = understand(topic.text, embedder, snapshot)
            query.embedded.result()  # no finder is to wait for it
        except InputError:
            query = None
        understood = time.perf_counter() - began
        for name, finder in FINDERS.items():
            began = time.perf_counter()
            ranking = distinct(finder(snapshot, query)) if query else ()
            seconds = time.perf_counter() - began
            values = {measure: function(ranking, topic.relevant) for measure, function in RANKING.items()}
            milliseconds = 1e3 * seconds, 1e3 * (understood + seconds)
            yield TopicResult(task, topic.id, topic.story, name, ranking, values, *milliseconds)


def scores(results: Iterable[TopicResult], measure: str) -> dict[str, float]:
    """The mean of a measure for each story; a story asked in nine pairs of languages is one draw of the bootstrap."""
    stories: dict[str, list[float]] = {}
    for result in results:
        stories.setdefault(result.story, []).append(result.values[measure])
    return {story: statistics.fmean(values) for story, values in stories.items()}


def new_table() -> Table:
    """The table of a run of this benchmark, still without rows."""
    return Table(
        *("set", "questions", "search", *RANKING),
        *("ms", "ms with the question", "bars; where ours is below a part"),
    )


def add_rows(table: Table, name: str, results: Sequence[TopicResult]) -> None:
    """A row for each finder: of one task, or of the mean of several."""
    found: dict[str, list[TopicResult]] = {}
    for result in results:
        found.setdefault(result.searcher, []).append(result)
    for searcher in (*PARTS, OURS):
        group = found[searcher]
        means = [mean_and_interval(list(scores(group, measure).values())) for measure in RANKING]
        search_ms = statistics.median(map(attrgetter("search_ms"), group))
        whole_ms = statistics.median(map(attrgetter("whole_ms"), group))
        cells = [*means, f"{search_ms:.1f}", f"{whole_ms:.1f}"]
        if searcher == OURS:
            remarks = "; ".join([*reached(name, group), *below(found)])
            table.add(name, str(len(group)), f"**{searcher}**", *cells, remarks)
        else:
            table.add(name, str(len(group)), searcher, *cells, "")


def reached(name: str, results: Sequence[TopicResult]) -> Iterator[str]:
    """Which of a set's bars the results reach."""
    for measure, bar in BARS.get(name.removesuffix(MEAN), {}).items():
        mean = statistics.fmean(scores(results, measure).values())
        verb = "reaches" if mean >= bar else "misses"
        yield f"{measure} {verb} {bar:.2f}"


def below(found: Mapping[str, Sequence[TopicResult]]) -> Iterator[str]:
    """Where ours is worse than one of its parts: the mean difference over the questions, with its interval."""
    for part in PARTS:
        for measure in COMPARED:
            ours, theirs = scores(found[OURS], measure), scores(found[part], measure)
            differences = [ours[story] - theirs[story] for story in ours]
            if sum(differences) < 0:
                yield f"{measure} {mean_and_interval(differences, '+')} to {part}"


def main() -> None:
    """Run the sets and print the table."""
    parser = parser_for("retrieval", __doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"default: {' '.join(BARS)}")
    parser.add_argument("--data", type=Path, default=Path(), help="the folder of the sets")
    arguments = parser.parse_args()
    planned = {label(name): tasks_of(name, arguments.data) for name in arguments.sets or BARS}
    embedder = load_embedder()
    table = new_table()
    everything: list[TopicResult] = []
    for name, tasks in planned.items():
        results = []
        for task in tasks:
            results.append(ask(task, embedder))
            add_rows(table, task.name, results[-1])
        if len(tasks) > 1:
            add_rows(table, name + MEAN, [*chain(*results[1:])])
        everything += chain(*results)
    settings = asdict(settings_for(embedder)) | {"candidates": CANDIDATES, "top": TOP}
    write_figures(arguments, table.markdown(), {"settings": settings, "results": list(map(asdict, everything))})


if __name__ == "__main__":
    run_main("retrieval", main)
