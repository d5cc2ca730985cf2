"""The JSON interface of the server: `/api/ask`, `/api/search`, `/api/documents/{id}`, described by `/api/openapi.json`."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import wraps

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index import InputError, KenesError
from ui.paths import without_folders
from ui.requests import parse_json, request_of
from ui.server.openapi import description
from ui.server.queue import AskQueue, Busy

AGAIN = {"retry-after": "5"}  # seconds

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class ApiRoutes:
    """Answers programs."""

    queue: AskQueue

    def router(self) -> APIRouter:
        """Every route with its handler."""
        routes = APIRouter()
        routes.add_route("/api/ask", refusing(self.ask), methods=["POST"])
        routes.add_route("/api/search", refusing(self.search), methods=["POST"])
        routes.add_route("/api/documents/{id:path}", refusing(self.document))
        routes.add_route("/api/openapi.json", self.openapi)
        return routes

    async def ask(self, request: Request) -> Response:
        """The answer to a question."""
        asked = request_of(parse_json(await request.body()), "question")
        answer = await self.queue.ask(asked)
        return JSONResponse(without_folders(answer.to_json()))

    async def search(self, request: Request) -> Response:
        """The passages for a query."""
        asked = request_of(parse_json(await request.body()), "query")
        found = await self.queue.search(asked)
        return JSONResponse(
            without_folders({"query": asked.text, "passages": [passage.to_json() for passage in found]})
        )

    async def document(self, request: Request) -> Response:
        """A document as it is stored."""
        found = await self.queue.document(request.path_params["id"])
        if found is None:
            return missing_document()
        return JSONResponse(without_folders(asdict(found)))

    async def openapi(self, _: Request) -> Response:
        """The description of all this."""
        return JSONResponse(description())


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
