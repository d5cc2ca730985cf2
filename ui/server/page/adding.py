"""The routes by which people add articles of their own: files, addresses, what became of them, the list, taking away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps

from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from index import InputError
from index.analysis.languages import LANGUAGES
from index.articles.source_file import FILE_LIMIT
from ui.html.added import added
from ui.html.texts import say
from ui.requests import parse_object
from ui.server.api import Handler, refusing
from ui.server.intake import Intake, refusal_as_json
from ui.server.queue import AskQueue
from ui.server.received import SILENCE, Refusal, files_in
from ui.server.shelf import Shelf

FILE = "/page/addfile"
FOR_PROGRAMS = "en"
BYTES = "application/octet-stream"  # which no form of another site can send


@dataclass(frozen=True, slots=True)
class AddingRoutes:
    """Answers the requests of `adding.js`."""

    intake: Intake
    queue: AskQueue
    shelf: Shelf

    def router(self) -> APIRouter:
        """Every route with its handler."""
        routes = APIRouter()
        for path, handler in (
            (FILE, self.add_file),
            ("/page/addaddress", self.add_address),
            ("/page/takeaway", self.take_away),
        ):
            routes.add_route(path, refusing(_naming(handler)), methods=["POST"])
        routes.add_route("/page/adding", self.adding)
        routes.add_route("/page/added", self.added)
        return routes

    async def add_file(self, request: Request) -> Response:
        """Take a file, whose name is in the address and whose bytes are the body."""
        if request.headers.get("content-type") != BYTES:
            raise InputError(f"a file is sent as {BYTES}")
        size = int(request.headers.get("content-length", "0"))  # the guard has looked at it
        parts = request.stream()
        try:
            job = await self.intake.add_file(request.query_params.get("name", ""), size, parts)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        except Refusal:
            await _passed_over(parts)  # a browser listens only when it has sent everything
            raise
        return JSONResponse({"job": job.id}, 202)

    async def add_address(self, request: Request) -> Response:
        """Take the address of a page."""
        row = parse_object(await request.body())
        job = self.intake.add_address(str(row.get("address", "")))
        return JSONResponse({"job": job.id}, 202)

    async def adding(self, request: Request) -> Response:
        """How far a file is, or what became of it."""
        job = self.intake.job(request.query_params.get("job", ""))
        if job is None:
            return JSONResponse({"error": "no such job", "fix": None}, 404)
        return JSONResponse(job.to_json())

    async def added(self, request: Request) -> Response:
        """The files that were added, each with its articles."""
        language = request.query_params.get("language", FOR_PROGRAMS)
        files = await asyncio.to_thread(files_in, self.intake.folder)
        articles = await self.queue.look(lambda snapshot: self.shelf.of_files(snapshot, files))
        return HTMLResponse(added(articles, language if language in LANGUAGES else FOR_PROGRAMS))

    async def take_away(self, request: Request) -> Response:
        """Take a file out of the index, and delete it."""
        row = parse_object(await request.body())
        await asyncio.wrap_future(self.intake.take_away(str(row.get("name", ""))))
        return Response(status_code=204)


async def _passed_over(parts: AsyncIterator[bytes]) -> None:
    """Let the rest of a body pass, within the limits of a file that is kept."""
    left = FILE_LIMIT
    with suppress(ClientDisconnect, TimeoutError):
        while left > 0 and (part := await asyncio.wait_for(anext(parts, None), SILENCE)) is not None:
            left -= len(part)


def _naming(handler: Handler) -> Handler:
    """A handler whose refusals name the text that says why, in the languages of the page and here in English."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            told = {"error": say(FOR_PROGRAMS, refusal.key, **refusal.values), "fix": refusal.detail}
            return JSONResponse({**told, "refused": refusal_as_json(refusal)}, refusal.status)

    return guarded
