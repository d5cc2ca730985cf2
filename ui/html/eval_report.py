"""A run as one HTML page that needs nothing else: measures, plots, languages, and the worst questions with what was shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from eval.measures.plots import as_svg
from eval.runs.results import EvalRun, QuestionResult
from eval.runs.summary import Estimate, groups, latency, summary
from ui.html.element import Html, element, joined

STYLE = Path(__file__).with_name("static") / "report.css"
WORST = 30


def as_report(run: EvalRun) -> str:
    """The page; nothing that a question or an article holds becomes markup, and there is no script in it."""
    found = {name: summary(results) for name, results in groups(run.results).items()}
    title = f"Kenes: {len(run.results)} questions"
    body = element(
        "main",
        element("h1", title),
        _about(run),
        element("h2", "Measures"),
        element("p", "Means with 95 % bootstrap intervals, and how many questions a measure says something of."),
        _measures(found),
        element("h2", "Can the confidence be trusted?"),
        element("p", "An answer is right if its sentence stands where the question is answered, said or not."),
        Html(
            as_svg(
                "all questions",
                [result.confidence for result in run.results],
                [float(result.right) for result in run.results],
            )
        ),
        element("h2", "Languages"),
        element(
            "p", "Rows: language of the question. Columns: of the article that was cited first. Right of all given."
        ),
        _languages(run.results),
        element("h2", "Worst questions"),
        element("p", "What failed, then wrong answers, the surest first, then refusals of what can be answered."),
        *(_question(result) for result in worst(run.results)[:WORST]),
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{element('title', title)}<style>{STYLE.read_text('utf-8')}</style></head><body>{body}</body></html>\n"
    )


def worst(results: Sequence[QuestionResult]) -> list[QuestionResult]:
    """What went wrong, the worst first: failures, wrong answers by confidence, refusals by how low the passage stood."""

    def badness(result: QuestionResult) -> tuple[int, float] | None:
        if result.error:
            return 0, 0.0
        if result.cited and result.values.get("answered rightly", 0.0) == 0.0:
            return 1, -result.confidence
        if result.answerable and not result.cited:
            return 2, result.values["MRR@10"]
        return None

    ranked = {at: rank for at, result in enumerate(results) if (rank := badness(result)) is not None}
    return [results[at] for at in sorted(ranked, key=ranked.__getitem__)]


def _about(run: EvalRun) -> Html:
    milliseconds = ", ".join(f"{name} {value:.0f} ms" for name, value in latency(run).items())
    rows = {
        "begun": run.timings["begun"],
        "questions": f"{len(run.results)}, {sum(result.answerable for result in run.results)} of them answerable",
        "articles": f"{run.corpus['documents']}, in {run.corpus['chunks']} chunks; digest {run.corpus['sha256']}",
        "model": f"{run.settings['model']} ({run.settings['model_sha256']})",
        "reader": ", ".join(f"{name} {sha256}" for name, sha256 in run.settings["reader"].items()),
        "a question takes": milliseconds,
    }
    return _definitions(rows.items())


def _measures(found: Mapping[str, Mapping[str, Estimate]]) -> Html:
    names = list(found["all"])
    rows = [[name, *(_cell(of.get(measure)) for measure in names)] for name, of in found.items()]
    return _table(["", *names], rows)


def _cell(estimate: Estimate | None) -> Html | None:
    if estimate is None:
        return None
    return joined(
        f"{estimate.value:.3f} ",
        element("small", f"{estimate.low:.2f}–{estimate.high:.2f} ({estimate.count})"),
    )


def _languages(results: Iterable[QuestionResult]) -> Html:
    given: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for result in results:
        place = result.language, result.said_in or "refused"
        given[place] += 1
        right[place] += result.right if result.said_in else not result.answerable
    rows, columns = sorted({row for row, _ in given}), sorted({column for _, column in given})
    cells = [[row, *(f"{right[row, column]} of {given[row, column]}" for column in columns)] for row in rows]
    return _table(["", *columns], cells)


def _question(result: QuestionResult) -> Html:
    rows: list[tuple[str, str | None]] = []
    if result.answers:
        rows.append(("right answer", result.answers[0]))
    if result.quotes:
        rows.append(("right place", result.quotes[0]))
    if result.answer is None:
        rows.append(("passage", result.passage))
    else:
        rows += [("answer", result.answer), ("from", result.sentence)]
    rows += [("why", result.error or result.reason), ("confidence", f"{result.confidence:.2f}")]
    return element(
        "section",
        element("h3", f"{result.id}: {result.question}"),
        element("p", "answerable" if result.answerable else "not answerable", " · ", " · ".join(result.tags)),
        _definitions(rows),
    )


def _definitions(rows: Iterable[tuple[str, str | None]]) -> Html:
    terms = [joined(element("dt", name), element("dd", told or "–")) for name, told in rows]
    return element("dl", *terms)


def _table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Html:
    def row(kind: str, cells: Sequence[str | None]) -> Html:
        first, *rest = cells
        return element("tr", element("th", first), *(element(kind, cell) for cell in rest))

    table = element("table", element("thead", row("th", head)), element("tbody", *(row("td", cells) for cells in rows)))
    return element("div", table, class_="wide")
