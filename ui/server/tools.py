"""The tools that a program with a language model is given: each takes a JSON object, and gives one; none changes anything."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from index import Filters, InputError, Snapshot
from index.analysis.languages import LANGUAGES
from rag.answer import Citation, ListedArticle
from ui.paths import without_folders
from ui.requests import FILTERS, Row, check_keys, filters_of, known_keys, parse_object, request_of, span_of, top_of
from ui.server.api import status_of
from ui.server.openapi import KEYS, TEXT, in_body, object_of
from ui.server.queue import AskQueue

MOST_READ = 20_000  # characters of a document at a time
OWN_KEYS = {"document": TEXT, "like": KEYS["query"]}
WHERE = (
    "Look only in some articles with `documents` (ids), `sources`, `languages` (en, ru, kk), and `after` and `before` "
    "(2026, 2026-01 or 2026-01-19, inclusive)."
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it is for, which keys it takes, those of them that it must be given, and what it does."""

    name: str
    title: str
    description: str
    keys: tuple[str, ...]
    required: tuple[str, ...]
    run: Callable[[AskQueue, Row], Awaitable[Row]]

    def schema(self) -> Row:
        """What it takes, as JSON Schema."""
        return object_of({key: OWN_KEYS.get(key) or in_body(key) for key in self.keys}, list(self.required))

    async def __call__(self, queue: AskQueue, given: object) -> Row:
        """Run it, without the names of this machine's folders in what comes out.

        Raises:
            InputError: what is given cannot be used.
        """
        row = parse_object(json.dumps(given).encode())
        check_keys(row, self.keys)
        for key in self.required:
            if not isinstance(row.get(key), str):
                raise InputError(f'"{key}" is missing, or no text', f"{self.name} needs {', '.join(self.required)}")
        result: Row = without_folders(await self.run(queue, row))
        return result


async def ask(queue: AskQueue, row: Row) -> Row:
    """The answer to a question."""
    return (await queue.ask(request_of(row, "question"))).to_json()


async def search(queue: AskQueue, row: Row) -> Row:
    """The passages for a query."""
    asked = request_of(row, "query")
    return {"query": asked.text, "passages": [passage.to_json() for passage in await queue.search(asked)]}


async def read(queue: AskQueue, row: Row) -> Row:
    """A part of a document, as a quotation, and how many characters the whole has."""
    document = await queue.document(row["document"])
    if document is None:
        raise InputError("no document of that id in the index", "the tool list_articles gives the ids")
    length = len(document.text)
    start = row.get("start", 0)
    last = min(start + MOST_READ, length) if type(start) is int else length
    start, end = span_of({"start": start, "end": row.get("end", last)}, "start", "end", length)
    if end - start > MOST_READ:
        raise InputError(f"{end - start:,} characters are too many at a time", f"read at most {MOST_READ:,}")
    return {**Citation.of(1, document, start, end).to_json(), "characters": length}


async def list_articles(queue: AskQueue, row: Row) -> Row:
    """Articles, newest first, and how many there are."""
    top, filters, first = top_of(row), filters_of(row, Filters()), row.get("first", 0)
    if type(first) is not int or first < 0:
        raise InputError('"first" must be a whole number, 0 for the newest')

    def look(snapshot: Snapshot) -> Row:
        total = snapshot.count(filters)
        found = snapshot.newest(min(first + top, total), filters)[first:]
        return {"articles": [ListedArticle.of(each).to_json() for each in found], "total": total}

    return await queue.look(look)


async def status(queue: AskQueue, _: Row) -> Row:
    """What is indexed."""
    return await queue.look(lambda snapshot: dict(status_of(snapshot)))


async def themes(queue: AskQueue, row: Row) -> Row:
    """What the articles are about; with `like`, those about that alone."""
    filters, words, language = filters_of(row, Filters()), row.get("like"), row.get("language")
    if language is not None and language not in LANGUAGES:
        raise InputError(f'"language" must be one of {", ".join(LANGUAGES)}')
    if words is None:
        return (await queue.themes(filters, language)).to_json()
    if not isinstance(words, str):
        raise InputError('"like" must be a text')
    return (await queue.like(words, filters)).to_json()


async def timeline(queue: AskQueue, row: Row) -> Row:
    """What the articles said to a question over time."""
    return (await queue.timeline(row["question"], filters_of(row, Filters()))).to_json()


TOOLS = (
    Tool(
        "ask",
        "Ask the articles",
        "Answer a question (English, Russian, Kazakh) with the exact words of the articles, or say that none answers. "
        "`status` is answered, unsure (may answer), not_found, or overview. Each point names its citations: quotations that stand verbatim "
        "at characters `start` to `end` of the document with that `document_sha256`. `others` are what other articles "
        f"say instead: do not leave them out. {WHERE}",
        known_keys("question"),
        ("question",),
        ask,
    ),
    Tool(
        "search",
        "Find passages",
        f"The best passages for a question or key words, best first, verbatim with their place. {WHERE}",
        known_keys("query"),
        ("query",),
        search,
    ),
    Tool(
        "read",
        "Read a part of a document",
        f"Characters `start` to `end` of a document, {MOST_READ:,} at most at a time, as a quotation with its proof; "
        "`characters` is the length of the whole.",
        ("document", "start", "end"),
        ("document",),
        read,
    ),
    Tool(
        "list_articles",
        "List articles",
        f"Articles, newest first: `top` of them from number `first` on, and how many there are. {WHERE}",
        ("top", "first", *FILTERS),
        (),
        list_articles,
    ),
    Tool("status", "What is indexed", "How many articles, in which languages, from which sources.", (), (), status),
    Tool(
        "themes",
        "What the articles are about",
        "Themes across languages: their names, counts by language, month, place and source, and quotations with proof. "
        f"With `like`, only the articles about that. `language` is the one to name themes in. {WHERE}",
        ("like", "language", *FILTERS),
        (),
        themes,
    ),
    Tool(
        "timeline",
        "What the articles said over time",
        "For a question whose answer changes: each value with the articles that tell it, oldest first, as quotations with proof; "
        f"`change` says how it came after the one before it, `gaps` are long times without one. {WHERE}",
        ("question", *FILTERS),
        ("question",),
        timeline,
    ),
)
