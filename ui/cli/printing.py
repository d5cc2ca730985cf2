"""Prints answers, passages and reports: results to stdout, everything else to stderr, colour only on a terminal."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index import Document, Snapshot
from index.analysis.detect import detect
from index.analysis.terms import shared_words
from index.analysis.unicode import printable
from index.store.types import Source
from index.types import page_of
from rag import Answer, Citation, ListedArticle, Passage, Point
from rag.themes.report import ThemeCount
from ui.cli.places import linked, place
from ui.html.texts import say
from ui.html.wording import aside, confidence, headline, is_rewritten, numbers, otherwise

if TYPE_CHECKING:
    from index.progress import OnProgress
    from index.progress import Progress as IndexingProgress
    from ui.cli.doctor import Finding

LARGEST = 20  # sources
LANGUAGE = "en"  # of all that is no answer
MARKS = {True: "ok  ", False: "FAIL"}

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)


def line(text: str | Text = "", indent: int = 0) -> None:
    """Print a line to stdout; wrapped and indented on a terminal, kept whole in a pipe. No markup, no terminal codes."""
    shown = Text(printable(text)) if isinstance(text, str) else text
    if out.is_terminal:
        out.print(Padding(shown, (0, 0, 0, indent)))
    else:
        print("\n".join(" " * indent + part for part in shown.plain.split("\n")))


def note(text: str, style: str = "") -> None:
    """Print a line to stderr, for people who watch."""
    err.print(Text(printable(text), style=style), soft_wrap=True)


def as_json(value: Any, *, one_line: bool = False) -> None:
    """Print JSON to stdout: over several lines, or on one for a batch."""
    indent = None if one_line else 2
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=one_line)


def answer(answer: Answer) -> None:
    """Print an answer in the language of its question: what was found with its words marked, what other articles say, the citations, the
    passages.
    """
    language = answer.language
    if is_rewritten(answer.question, answer.understood):
        line(Text(f"{say(language, 'understood')} {answer.understood}", style="dim"))
        if answer.corrections:
            note("--verbatim asks it as it is written")
    if key := headline(answer):
        line(Text(say(language, key), style="bold" if answer.points else "bold yellow"))
    for point in answer.points:
        _point(answer, point)
    if answer.status != "answered":
        line(answer.reason.text(language))
    _articles(answer.articles)
    for offer in answer.offers:
        line(Text(f"{say(language, 'also_ask')} {offer}", style="dim"))
    _otherwise(answer)
    if answer.citations:
        line()
        line(Text(say(language, "citations"), style="bold"))
        for citation in answer.citations:
            _citation(answer, citation)
            _also_in(answer.copies_of(citation), 4, language)
    if answer.passages:
        line()
        line(Text(say(language, "passages" if answer.points else "nearest_passages"), style="bold"))
        passages(answer.passages, language=language)


def _articles(found: Iterable[ListedArticle]) -> None:
    """The articles that an overview lists, each with its date and source."""
    for article in found:
        about = " · ".join(filter(None, (article.published, article.source, article.language)))
        line(Text.assemble("- ", linked(article.title, article.path), (f"  {about}", "dim")))


def _point(answer: Answer, point: Point) -> None:
    bullet = "- " if len(answer.points) > 1 else ""
    line(Text.assemble(bullet, _marked(*answer.split(point)), f" {numbers(point.citations)}"))
    if told := confidence(answer, point, answer.language):
        line(Text(told, style="dim"), len(bullet))


def _otherwise(answer: Answer) -> None:
    """What other articles say instead, each with its date."""
    if not answer.others:
        return
    line()
    line(Text(say(answer.language, otherwise(answer)), style="bold"))
    for other in answer.others:
        line(Text.assemble("- ", _marked("", other.text, ""), f" {aside(other, answer.language)}"))


def _marked(before: str, words: str, after: str) -> Text:
    """A text with words in the middle that stand out: by colour on a terminal, by asterisks in a pipe."""
    mark = "" if out.is_terminal else "**"
    return Text(printable(before)).append(f"{mark}{printable(words)}{mark}", "bold green").append(printable(after))


def _citation(answer: Answer, citation: Citation) -> None:
    line(Text.assemble((f"[{citation.number}] ", "bold"), linked(citation.title, citation.url or citation.path)))
    about = [citation.source, citation.published, citation.language, citation.url]
    line(Text(" · ".join(filter(None, about)), style="dim"), 4)
    line(place(citation.path, citation.page, citation.line, answer.language), 4)
    line(_characters(citation.document_id, citation.start, citation.end, answer.language), 4)
    if citation not in map(answer.quotation_of, answer.points):  # else it is a sentence above
        line(f"“{citation.quote}”", 4)


def _characters(document: str, start: int, end: int, language: str) -> Text:
    """Which characters of a document are quoted."""
    told = say(language, "place", id=document, start=start, end=end).rstrip(".")
    return Text(f"{told[:1].lower()}{told[1:]}", style="dim")


def _also_in(copies: Iterable[Document], indent: int, language: str) -> None:
    names = dict.fromkeys(copy.source or f"“{copy.title}”" for copy in copies)
    if names:
        line(Text(f"{say(language, 'also_in')} {', '.join(names)}", style="dim"), indent)


def passages(found: Iterable[Passage], *, question: str | None = None, language: str = LANGUAGE) -> None:
    """Print passages; with the question, also where each searcher placed them, and which words met."""
    for passage in found:
        document = passage.document
        line(Text.assemble((f"{passage.rank}. ", "bold"), linked(document.title, document.url or document.path)))
        line(place(document.path, page_of(document, passage.chunk.start), document.line, language), 3)
        line(_characters(document.id, passage.chunk.start, passage.chunk.end, language), 3)
        _also_in(passage.copies, 3, language)
        if question:
            hits = (f"{name} rank {hit.rank} ({hit.score:.4f})" for name, hit in passage.found_by.items())
            line(Text(f"score {passage.score:.4f}: {', '.join(hits)}", style="dim"), 3)
            pairs = shared_words(question, detect(question), passage.chunk.text, passage.document.language)
            met = (" = ".join(dict.fromkeys(pair)) for pair in pairs)
            line(Text(f"words: {', '.join(met) or 'none'}", style="dim"), 3)
            for copy in passage.copies:
                line(Text(f"copy in document {copy.id}: {copy.title}", style="dim"), 3)
        line(_best_marked(passage), 3)


def _best_marked(passage: Passage) -> Text:
    """The text of a passage, with the sentence that comes nearest to an answer standing out."""
    text = passage.chunk.text
    if passage.best is None:
        return Text(printable(text))
    start, end = (offset - passage.chunk.start for offset in passage.best)
    return _marked(text[:start], text[start:end], text[end:])


def document(document: Document, start: int, end: int) -> None:
    """Print a document's head and a part of its text."""
    line(Text(document.title, style="bold"))
    about = [document.source, document.published, document.language, document.url]
    line(Text(" · ".join(filter(None, about)), style="dim"))
    line(place(document.path, page_of(document, start), document.line))
    line(Text(f"document {document.id}, sha256 {document.sha256}", style="dim"))
    line()
    line(document.text[start:end])


def status(name: str, size: int, snapshot: Snapshot) -> None:
    """Print what an index holds, and with which model it was made."""
    documents, chunks = snapshot.counts()
    settings = snapshot.settings
    languages = ", ".join(f"{count} {language}" for language, count in snapshot.languages().items())
    line(f"index       {name}")
    line(f"documents   {documents} ({languages})")
    line(f"chunks      {chunks}")
    line(f"generation  {snapshot.generation}")
    line(f"model       {settings.model} ({settings.dim} dimensions, sha256 {settings.model_sha256[:12]}…)")
    line(f"size        {size / 1e6:.1f} MB")
    if snapshot.is_unfinished():
        note("the last indexing run has not ended; to complete it, run the same kenes index command again", "yellow")


def listing(snapshot: Snapshot) -> None:
    """Print every document with its id, language and date."""
    for each in snapshot.listing():
        title = printable(each.title)
        line(
            Text.assemble(
                f"{each.id}  {each.language}  {each.published or '-':10}  {title}  (",
                place(each.path, None, each.line),
                ")",
            )
        )


def sources(found: Sequence[Source], *, every: bool) -> None:
    """Print sources with their articles and dates: every one, or the largest."""
    shown = len(found) if every else LARGEST
    head = "sources"
    for source in found[:shown]:
        dates = dict.fromkeys(filter(None, (source.first, source.last)))
        named = source.name or "no named source"
        line(f"{head:12}{source.documents} of {named}, {' to '.join(dates) or 'no date'}")
        head = ""
    if len(found) > shown:
        line(f"{len(found) - shown} more: kenes status --sources", 12)


def themes(found: Sequence[ThemeCount]) -> None:
    """Print the largest themes with their articles."""
    head = "themes"
    for theme in found:
        line(f"{head:12}{theme.articles} of {theme.name}")
        head = ""


def findings(found: Iterable["Finding"]) -> bool:
    """Print what `kenes doctor` found; true if all of it is well."""
    well = True
    for finding in found:
        well &= finding.ok
        line(f"{MARKS[finding.ok]}  {finding.what}")
        if finding.fix:
            line(f"fix: {finding.fix}", 6)
    return well


@contextmanager
def indexing() -> "Iterator[OnProgress]":
    """On a terminal, say on stderr how far an indexing run has come, how fast it is, and how long it will take."""
    if not err.is_terminal:
        yield lambda progress: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("Indexing"), BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda progress: bar.update(task, completed=progress.share, description=pace(progress))


def pace(progress: "IndexingProgress") -> str:
    """How much is done, the rate, and the time left.

    >>> from index.progress import Progress
    >>> pace(Progress(articles=1200, chunks=4000, seconds=100.0, share=0.25))
    '1,200 articles, 4,000 chunks, 40 a second, 5:00 left'
    """
    parts = [f"{progress.articles:,} articles", f"{progress.chunks:,} chunks"]
    if progress.seconds:
        parts.append(f"{progress.chunks / progress.seconds:.0f} a second")
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    return ", ".join(parts)


@contextmanager
def progress(what: str, unit: str = "chunks,") -> Iterator[Any]:
    """A bar with the time left on stderr, on a terminal only; yields a function of how many are done and in all."""
    if not err.is_terminal:
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on stderr what is being done; on a terminal only while it lasts."""
    if not err.is_terminal:
        note(f"{what} …")
        yield
        return
    with err.status(f"{what} …"):
        yield
