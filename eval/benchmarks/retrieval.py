"""Measures finding alone: `python -m eval.benchmarks.retrieval [SET ...] [--data DIR] [--json FILE]` prints a Markdown table.

A SET is a folder with `passages.jsonl` and `questions.jsonl`, looked for in DIR; `A@B` asks the questions of A in the
passages of B, a parallel set. Where every question has its passage in several languages, all of them are searched
together first (any of the languages counts), then each language alone, asked in each language. Without a SET, all of `BARS` run. Every passage is indexed as an article and every question asked through
Kenes' own search, which stands in the table beside each of its parts. Documents are ranked, by their first chunk.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import index as indexing
from eval.datasets.sets import RetrievalTask, Topic, label, tasks_of
from eval.measures.ranking import RANKING
from eval.measures.statistics import bootstrap
from index import Embedder, IndexReader, InputError, KenesError, Snapshot, build, load_embedder
from index.embedding.model_cache import models_folder
from index.pipeline import settings_for
from index.progress import Progress
from rag.question import understand
from rag.retrieval.retrieve import CANDIDATES, SEARCHERS, retrieve
from rag.types import Query

# What each set is to reach.
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

Finder = Callable[[Snapshot, Query], list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What one searcher found for one topic: documents best first, its measures, and milliseconds.

    `search_ms` is the search, `whole_ms` that and the understanding of the question, its embedding included.
    """

    run: str
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


def finders() -> dict[str, Finder]:
    """The whole search, then each part; a finder names the document of every chunk that it finds, best first.

    The whole is asked first, so that its time is that of a question whose words have not just been looked up.
    """

    def part(searcher: str, snapshot: Snapshot, query: Query) -> list[str]:
        ranking = SEARCHERS[searcher](snapshot, query, CANDIDATES, None)
        return [document.id for _, document in snapshot.chunks([id for id, _ in ranking])]

    def ours(snapshot: Snapshot, query: Query) -> list[str]:
        found = retrieve(snapshot, query, TOP, per_document=1)
        return [document.id for passage in found for document in (passage.document, *passage.copies)]

    return {OURS: ours, **{name: partial(part, searcher) for name, searcher in PARTS.items()}}


def ask(run: RetrievalTask, embedder: Embedder) -> list[Result]:
    """Index the passages of a run and ask its topics, each through every finder."""
    results: list[Result] = []
    with IndexReader(indexed(run, embedder)) as reader:
        for number, topic in enumerate(run.topics, 1):
            results += ask_one(run.name, topic, reader, embedder)
            progress(f"{run.name}: questions", number, len(run.topics))
    return results


def indexed(run: RetrievalTask, embedder: Embedder) -> Path:
    """The index of a run's passages, kept in the user's cache for as long as passages, settings and our code are the same."""
    rows = "".join(json.dumps(row) + "\n" for row in run.passages)
    code = "".join(path.read_text("utf-8") for path in sorted(Path(indexing.__file__).parent.rglob("*.py")))
    key = hashlib.sha256((rows + code + repr(settings_for(embedder))).encode()).hexdigest()[:16]
    folder = models_folder().with_name("eval") / key
    folder.mkdir(parents=True, exist_ok=True)
    articles = folder / "passages.jsonl"
    if not articles.exists():
        articles.write_text(rows, "utf-8")
    built = build([articles], folder / "index", embedder, on_progress=partial(indexing_progress, run.name))
    for bad in built.bad:
        print(f"{run.name}: not indexed: {bad.reason}", file=sys.stderr)
    return folder / "index"


def ask_one(run: str, topic: Topic, reader: IndexReader, embedder: Embedder) -> Iterator[Result]:
    """One topic through every finder. A question that cannot be asked finds nothing."""
    with reader.snapshot(search=True) as snapshot:
        began = time.perf_counter()
        try:
            query = understand(topic.text, embedder, snapshot)
            query.embedded.result()  # no finder is to wait for it
        except InputError:
            query = None
        understood = time.perf_counter() - began
        for name, finder in finders().items():
            began = time.perf_counter()
            ranking = distinct(finder(snapshot, query)) if query else ()
            seconds = time.perf_counter() - began
            values = {measure: function(ranking, topic.relevant) for measure, function in RANKING.items()}
            yield Result(run, topic.id, topic.story, name, ranking, values, 1e3 * seconds, 1e3 * (understood + seconds))


def indexing_progress(name: str, state: Progress) -> None:
    """Say how far indexing is, in one line of stderr."""
    if sys.stderr.isatty():
        print(f"\r{name}: {state.chunks:,} chunks, {state.share:.0%} ", end="", file=sys.stderr, flush=True)


def progress(what: str, done: int, total: int) -> None:
    """Say how far it is, in one line of stderr."""
    if sys.stderr.isatty() or done == total:
        print(f"\r{what} {done:,} of {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def scores(results: Iterable[Result], measure: str) -> dict[str, float]:
    """The measure of each story; a story asked in nine pairs of languages is one draw of the bootstrap, not nine."""
    stories = defaultdict(list)
    for result in results:
        stories[result.story].append(result.values[measure])
    return {story: statistics.fmean(values) for story, values in stories.items()}


def table(name: str, results: Sequence[Result]) -> list[str]:
    """The Markdown rows of one run, or of the mean of several: a row for each finder."""
    found = {each: [result for result in results if result.searcher == each] for each in (*PARTS, OURS)}
    lines = []
    for searcher, group in found.items():
        cells = [name, str(len(group)), f"**{searcher}**" if searcher == OURS else searcher]
        cells += [mean_and_interval(list(scores(group, measure).values())) for measure in RANKING]
        cells += [f"{statistics.median(each.search_ms for each in group):.1f}"]
        cells += [f"{statistics.median(each.whole_ms for each in group):.1f}"]
        cells += ["; ".join([*reached(name, group), *below(found)]) if searcher == OURS else ""]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def mean_and_interval(values: Sequence[float], sign: str = "") -> str:
    """A mean and its 95 % interval as the table shows them.

    >>> mean_and_interval([0.5, 0.5])
    '0.500 (0.50 to 0.50)'
    """
    low, high = bootstrap(values)
    return f"{statistics.fmean(values):{sign}.3f} ({low:{sign}.2f} to {high:{sign}.2f})"


def reached(name: str, results: Sequence[Result]) -> Iterator[str]:
    """Which of a set's bars the results reach."""
    for measure, bar in BARS.get(name.removesuffix(MEAN), {}).items():
        mean = statistics.fmean(scores(results, measure).values())
        yield f"{measure} {'reaches' if mean >= bar else 'misses'} {bar:.2f}"


def below(found: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    """Where ours is worse than one of its parts: the mean of the differences question by question, and its interval."""
    for part in PARTS:
        for measure in ("hit@1", "hit@5", f"recall@{TOP}"):
            ours, theirs = scores(found[OURS], measure), scores(found[part], measure)
            differences = [ours[story] - theirs[story] for story in ours]
            if sum(differences) < 0:
                yield f"{measure} {mean_and_interval(differences, '+')} to {part}"


def main() -> None:
    """Run the sets and print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.retrieval", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"default: {' '.join(BARS)}")
    parser.add_argument("--data", type=Path, default=Path(), help="the folder that the sets lie in")
    parser.add_argument("--json", type=Path, help="write every ranking and measure to this file")
    arguments = parser.parse_args()
    planned = {label(name): tasks_of(name, arguments.data) for name in arguments.sets or BARS}
    embedder = load_embedder()
    head = ["set", "questions", "search", *RANKING, "ms", "ms with the question", "bars; where ours is below a part"]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head), flush=True)
    everything: list[Result] = []
    for name, runs in planned.items():
        results = [report(run, embedder) for run in runs]
        if len(runs) > 1:
            print("\n".join(table(name + MEAN, [*chain(*results[1:])])), flush=True)
        everything += chain(*results)
    if arguments.json:
        write(arguments.json, embedder, everything)


def report(run: RetrievalTask, embedder: Embedder) -> list[Result]:
    """Ask a run and print its rows."""
    results = ask(run, embedder)
    print("\n".join(table(run.name, results)), flush=True)
    return results


def write(path: Path, embedder: Embedder, results: Iterable[Result]) -> None:
    """Write results as JSON, with what they were made with.

    Raises:
        InputError: it cannot be written.
    """
    settings = asdict(settings_for(embedder)) | {"candidates": CANDIDATES, "top": TOP}
    try:
        path.write_text(json.dumps({"settings": settings, "results": [asdict(each) for each in results]}), "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.benchmarks.retrieval: {error}")
