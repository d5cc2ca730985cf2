"""The JSON interface of the server, all under `/api`; `/api/openapi.json` describes it, and `/api` to people."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from functools import wraps
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from index import Filters, InputError, KenesError, Snapshot
from index.analysis.languages import LANGUAGES
from ui.html.manual import as_page
from ui.paths import without_folders
from ui.requests import (
    FILTERS,
    MOST,
    SEE,
    Row,
    check_keys,
    filters_of,
    number_of,
    parse_json,
    request_of,
    row_of_address,
    span_of,
    top_of,
)
from ui.server.openapi import description
from ui.server.queue import AskQueue, Busy
from ui.server.shelf import Shelf

AGAIN = {"retry-after": "5"}  # seconds

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class ApiRoutes:
    """Answers programs."""

    queue: AskQueue
    shelf: Shelf

    def application(self) -> Starlette:
        """Every route below `/api`, in an application of its own: so its errors have their own shape, too."""
        both = ["GET", "POST"]
        routes = [
            Route("/ask", refusing(self.ask), methods=both),
            Route("/search", refusing(self.search), methods=both),
            Route("/documents", refusing(self.documents)),
            Route("/documents/{id:path}", refusing(self.document)),
            Route("/sources", refusing(self.sources)),
            Route("/themes", refusing(self.themes)),
            Route("/timeline", refusing(self.timeline)),
            Route("/status", refusing(self.status)),
            Route("/openapi.json", openapi),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: unknown, Exception: fault})

    async def ask(self, request: Request) -> Response:
        """The answer to a question."""
        asked = request_of(await _row(request), "question")
        await self._check(asked.filters)
        answer = await self.queue.ask(asked)
        return JSONResponse(without_folders(answer.to_json()))

    async def search(self, request: Request) -> Response:
        """The passages for a query."""
        asked = request_of(await _row(request), "query")
        await self._check(asked.filters)
        found = await self.queue.search(asked)
        return JSONResponse(
            without_folders({"query": asked.text, "passages": [passage.to_json() for passage in found]})
        )

    async def documents(self, request: Request) -> Response:
        """A part of the list of documents, newest first."""
        row = _parameters(request, "search", "first", "top", *FILTERS)
        filters, first, top = filters_of(row, Filters()), number_of(row, "first", 0, range(MOST + 1)), top_of(row)
        await self._check(filters)
        found = await self.queue.look(
            lambda snapshot: self.shelf.find(snapshot, row.get("search", ""), first, top, filters)
        )
        listed = [each._asdict() for each in found.articles]
        return JSONResponse(without_folders({"total": found.total, "first": first, "documents": listed}))

    async def document(self, request: Request) -> Response:
        """A document as it is stored, or a part of its text."""
        row = _parameters(request, "start", "end")
        found = await self.queue.document(request.path_params["id"])
        if found is None:
            return missing_document()
        start, end = span_of({"start": 0, "end": len(found.text), **row}, "start", "end", len(found.text))
        part = {**asdict(found), "text": found.text[start:end], "start": start, "end": end}
        return JSONResponse(without_folders(part))

    async def sources(self, request: Request) -> Response:
        """Where the articles come from."""
        _parameters(request)
        found = await self.queue.look(lambda snapshot: snapshot.sources())
        return JSONResponse({"sources": [asdict(source) for source in found]})

    async def themes(self, request: Request) -> Response:
        """What the articles that pass the filters are about."""
        row = _parameters(request, "language", *FILTERS)
        language, filters = row.get("language"), filters_of(row, Filters())
        if language not in (None, *LANGUAGES):
            raise InputError(f'"language" must be one of {", ".join(LANGUAGES)}', SEE)
        await self._check(filters)
        report = await self.queue.themes(filters, language)
        return JSONResponse(without_folders(report.to_json()))

    async def timeline(self, request: Request) -> Response:
        """What the articles that pass the filters said to a question over time."""
        row = _parameters(request, "question", *FILTERS)
        asked = request_of(row, "question")
        await self._check(asked.filters)
        found = await self.queue.timeline(asked.text, asked.filters)
        return JSONResponse(without_folders(found.to_json()))

    async def status(self, request: Request) -> Response:
        """What is indexed, and by which version of Kenes."""
        _parameters(request)
        return JSONResponse(await self.queue.look(status_of))

    async def _check(self, filters: Filters) -> None:
        """Raises InputError if filters name what the index does not have."""
        if filters.documents or filters.sources or filters.languages:
            await self.queue.look(lambda snapshot: _check_names(filters, snapshot))


async def openapi(_: Request) -> Response:
    """The description of all this."""
    return JSONResponse(description())


async def manual(request: Request) -> Response:
    """The description as a page, with commands to copy."""
    return HTMLResponse(as_page(description(), str(request.base_url).rstrip("/")))


async def unknown(_: Request, error: Exception) -> Response:
    """Says that there is no such path or method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    told = "this path is not answered so" if status == 405 else "there is nothing here"
    return JSONResponse({"error": told, "fix": SEE}, status, headers)


async def fault(_: Request, __: Exception) -> Response:
    """Says that it is no fault of the request."""
    return JSONResponse({"error": "a fault in Kenes", "fix": "kenes doctor examines this installation"}, 500)


def refusing(handler: Handler) -> Handler:
    """A handler that answers errors, too: with what is wrong, and how to fix it."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except KenesError as error:
            told = {"error": error.what, "fix": error.fix}
            if isinstance(error, Busy):
                return JSONResponse(told, 503, AGAIN)
            return JSONResponse(told, 400 if isinstance(error, InputError) else 500)

    return guarded


def missing_document() -> Response:
    """Says that there is no such document, without repeating its name."""
    return JSONResponse({"error": "no document of that id in the index", "fix": None}, 404)


def status_of(snapshot: Snapshot) -> Mapping[str, Any]:
    """What an index holds, in numbers and dates."""
    documents, chunks = snapshot.counts()
    dates = [date for source in snapshot.sources() for date in (source.first, source.last) if date]
    return {
        "version": version("kenes"),
        "model": snapshot.settings.model,
        "generation": snapshot.generation,
        "documents": documents,
        "chunks": chunks,
        "languages": snapshot.languages(),
        "first": min(dates, default=None),
        "last": max(dates, default=None),
        "unfinished": snapshot.is_unfinished(),
    }


async def _row(request: Request) -> Any:
    """What is asked: the body, or in a request without one the parameters of the address."""
    if request.method == "POST":
        return parse_json(await request.body())
    return row_of_address(request.query_params.multi_items())


def _parameters(request: Request, *known: str) -> Row:
    row = row_of_address(request.query_params.multi_items())
    check_keys(row, known)
    return row


def _check_names(filters: Filters, snapshot: Snapshot) -> None:
    for id in filters.documents or ():
        if not snapshot.has_document(id):
            raise InputError(f'no document "{id[:80]}" in the index', "/api/documents lists what there is")
    sources = [source.name for source in snapshot.sources() if source.name]
    for name in filters.unknown(sources, snapshot.languages()):
        raise InputError(
            f'no article has the source or language "{name[:80]}"', "/api/sources and /api/status list them"
        )
