"""Measures themes: `python -m eval.benchmarks.themes [--large]` prints Markdown tables.

On two piles of letters in three languages with a theme each (`eval/datasets/own/appeals.jsonl`, and `appeals_check.jsonl`, which no
choice was made with): V-measure and adjusted Rand index of the groups, the share of pairs of one theme in different
languages that are together, and the F1 of the letters that `--like` finds for each theme's plain name. Then how many
letters keep their theme when others come, as `kenes index` adds them and with all themes found anew. With --large, the time
of 1,600 texts that are embedded already, the naming of their themes included, and of a second look.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from eval.benchmarks.tables import Table, machine
from eval.datasets.own import APPEALS, APPEALS_CHECK, APPEALS_NAMES, TRAIN, Row, load_own
from index import Embedder, IndexReader, build, load_embedder
from index.analysis.languages import LANGUAGES
from rag.themes.find import find_themes
from rag.themes.kept import themes_of
from rag.themes.like import like
from rag.themes.types import Themes

NEWCOMERS = 16
ROUNDS = 5
LARGE = 1_600
PIECE = 330  # characters of a text, as a letter has


def labels_of(found: Themes) -> dict[str, int]:
    """The theme of each letter, the first that it is in; letters in none are left out."""
    labels: dict[str, int] = {}
    for at, theme in enumerate(found.themes):
        for member in theme.members:
            if not member.is_second:
                labels[member.id] = at
    return labels


def together(rows: Sequence[Row], labels: Mapping[str, int]) -> float:
    """The share of pairs of letters of one theme, in different languages, that are in one group."""
    pairs = [
        labels.get(one["id"], -1) == labels.get(other["id"], -2)
        for one, other in combinations(rows, 2)
        if one["theme"] == other["theme"] != "other" and one["lang"] != other["lang"]
    ]
    return statistics.fmean(pairs)


def f1(found: set[str], wanted: set[str]) -> float:
    """The harmonic mean of precision and recall.

    >>> f1({"a", "b"}, {"b"})
    0.6666666666666666
    """
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def kept(before: Mapping[str, int], after: Mapping[str, int]) -> float:
    """The share of letters that keep their theme: themes are matched so that most letters keep theirs."""
    from scipy.optimize import linear_sum_assignment

    pairs = Counter((group, after.get(id, -1)) for id, group in before.items())
    ones, others = sorted({one for one, _ in pairs}), sorted({other for _, other in pairs})
    counts = [[pairs[one, other] for other in others] for one in ones]
    at_row, at_column = linear_sum_assignment(counts, maximize=True)
    stayed = sum(counts[row][column] for row, column in zip(at_row, at_column, strict=True))
    return float(stayed / len(before))


@contextmanager
def letters_index(rows: Iterable[Row], embedder: Embedder) -> Iterator[tuple[IndexReader, Path]]:
    """An index of some letters without their themes, and the file that they are in."""
    with tempfile.TemporaryDirectory() as folder:
        file, index = Path(folder, "letters.jsonl"), Path(folder, "index")
        write(rows, file)
        build([file], index, embedder)
        with IndexReader(index) as reader:
            yield reader, file


def write(rows: Iterable[Row], file: Path) -> None:
    """Write letters without their themes, one a line."""
    plain = ({key: value for key, value in row.items() if key not in ("theme", "ask")} for row in rows)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain), "utf-8")


def quality(name: str, rows: Sequence[Row], embedder: Embedder, table: Table) -> None:
    """Add the row of a pile."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    names = {row["theme"]: row for row in load_own(APPEALS_NAMES)}
    wanted = {theme: {row["id"] for row in rows if row["theme"] == theme} for theme in {row["theme"] for row in rows}}
    with letters_index(rows, embedder) as (reader, _), reader.snapshot(search=True) as snapshot:
        found = find_themes(snapshot)
        scores = {
            language: [
                f1({member.id for member in like(snapshot, embedder, names[theme][language]).members}, ids)
                for theme, ids in sorted(wanted.items())
                if theme in names
            ]
            for language in LANGUAGES
        }
    labels = labels_of(found)
    gold, made = [row["theme"] for row in rows], [labels.get(row["id"], -1) for row in rows]
    every = [score for each in scores.values() for score in each]
    table.add(
        name,
        *(str(len(each)) for each in (rows, found.themes, found.others)),
        f"{v_measure_score(gold, made):.3f}",
        f"{adjusted_rand_score(gold, made):.3f}",
        f"{together(rows, labels):.3f}",
        f"{statistics.fmean(every):.3f}",
        *(f"{statistics.fmean(scores[language]):.3f}" for language in LANGUAGES),
    )


def stability(rows: Sequence[Row], newcomers: Sequence[Row], embedder: Embedder, table: Table) -> None:
    """Add what share of letters keep their theme when each round's newcomers join."""
    joined, anew = [], []
    for at in range(ROUNDS):
        coming = [row for place, row in enumerate(newcomers) if place % ROUNDS == at][:NEWCOMERS]
        coming = (coming + [row for row in newcomers if row not in coming])[:NEWCOMERS]
        with letters_index(rows, embedder) as (reader, file):
            before = labels_of(themes_of(reader))
            write([*rows, *coming], file)
            build([file], reader.folder, embedder)
            joined.append(kept(before, labels_of(themes_of(reader))))
            with reader.snapshot() as snapshot:
                anew.append(kept(before, labels_of(find_themes(snapshot))))
    for name, values in (("joined by kenes index", joined), ("all found anew", anew)):
        table.add(name, f"{statistics.fmean(values):.3f}", f"{min(values):.3f}")


def times(rows: Sequence[Row], embedder: Embedder, table: Table) -> None:
    """Add how long the themes of 1,600 texts take, and a second look at them."""
    with letters_index(rows, embedder) as (reader, _):
        for name in ("found", "looked at again"):
            started, used = time.perf_counter(), time.process_time()
            found = themes_of(reader, lambda: embedder)
            table.add(
                f"{len(rows)} texts, {len(found.themes)} themes, {name}",
                f"{time.perf_counter() - started:.2f} s",
                f"{time.process_time() - used:.2f} s",
            )


def large_pile() -> list[Row]:
    """Both piles, and pieces of our own articles, 1,600 texts in all."""
    rows = [*load_own(APPEALS), *load_own(APPEALS_CHECK)]
    for article in load_own(*TRAIN):
        for language, version in article["articles"].items():
            text = version["text"]
            for start in range(0, len(text) - PIECE, PIECE):
                id = f"{article['id']}.{language}.{start}"
                rows.append({"id": id, "lang": language, "text": text[start : start + PIECE]})
    return rows[:LARGE]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.themes", description=__doc__.partition("\n")[0])
    parser.add_argument("--large", action="store_true", help="also the times of 1,600 texts (minutes of embedding)")
    arguments = parser.parse_args()
    embedder = load_embedder()
    head = "pile letters themes other V-measure ARI across like like:en like:ru like:kk".split()
    table = Table(*head)
    quality("appeals", load_own(APPEALS), embedder, table)
    quality("check", load_own(APPEALS_CHECK), embedder, table)
    print(f"\n{NEWCOMERS} letters of the other pile come to the appeals, {ROUNDS} times\n")
    stability(load_own(APPEALS), load_own(APPEALS_CHECK), embedder, Table("letters keep their theme", "mean", "least"))
    if arguments.large:
        print(f"\n{machine()}\n")
        times(large_pile(), embedder, Table("pile", "elapsed", "processor"))


if __name__ == "__main__":
    main()
