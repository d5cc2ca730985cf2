"""The chat page's server: Gradio's page, our own routes and the JSON interface in one application behind the guard."""

import asyncio
import contextlib
import logging
import re
import socket
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import gradio
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from index import LANGUAGES, Filters, InputError, KenesError
from rag.follow_up import Said, standalone
from rag.question import QUESTION_LIMIT
from ui.html.answer import failed, turn
from ui.html.article import evidence
from ui.html.element import Html, element
from ui.html.first_screen import examples, welcome
from ui.html.saved_answer import KINDS
from ui.html.texts import label, preferred, texts
from ui.requests import filters_of, parse_json, request_of
from ui.server.api import api_routes, missing_document, refusing
from ui.server.guard import App, Guard
from ui.server.page import Ask, Chosen, build_page, takes
from ui.server.queue import Busy, Desk
from ui.server.votes import keep as keep_vote
from ui.server.votes import vote_of

FILES = {"page.js": "text/javascript", "page.css": "text/css", "icon.svg": "image/svg+xml"}
STATIC = Path(__file__).with_name("static")
SHELL = STATIC / "shell.html"
SHOWN = 5
SHOWN_SOURCES = 12
MOST_CONNECTIONS = 2_000  # every open page holds one
SOON, OFTEN = 0.01, 0.2  # seconds
GRACE = 3  # seconds that running requests get when the server is stopped


def serve(app: App, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve an application on a socket until it is interrupted; `on_ready` is called once it answers."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
    )
    with contextlib.suppress(KeyboardInterrupt):  # which is how it is stopped
        asyncio.run(_serve(uvicorn.Server(config), listening, on_ready))


async def _serve(server: uvicorn.Server, listening: socket.socket, on_ready: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not (server.started or serving.done()):
        await asyncio.sleep(SOON)
    on_ready()
    while not (server.should_exit or serving.done()):
        await asyncio.sleep(OFTEN)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is cut off now is no fault
    await serving


def build_app(
    desk: Desk, votes: Path | None, hosts: frozenset[str], users: dict[str, str] | None, *, any_address: bool
) -> Guard:
    """The application behind its guard, for which the last three are; `votes` is where thumbs are kept, None for nowhere."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(api_routes(desk))
    _add_pages(app)
    _add_places(app, desk, votes)
    with desk.reader.snapshot() as snapshot:
        sources = [source.name for source in snapshot.sources() if source.name][:SHOWN_SOURCES]
    page = build_page(_ask(desk, feedback_on=votes is not None), partial(welcome, desk, examples(desk)), sources)
    mounted: FastAPI = gradio.mount_gradio_app(
        app,
        page,
        "/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gradio.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )
    return Guard(mounted, hosts, any_address, users, partial(takes, page))


def _add_pages(app: FastAPI) -> None:
    """The page that holds Gradio's, and its files."""
    shell = SHELL.read_text("utf-8")
    index = (Path(gradio.__file__).parent / "templates" / "frontend" / "index.html").read_text("utf-8")
    shell = shell.replace(
        "<!-- gradio -->", "".join(re.findall(r'<(?:script|link)[^>]*"\./assets/[^>]*>(?:</script>)?', index))
    )
    files = {name: ((STATIC / name).read_bytes(), kind) for name, kind in FILES.items()}

    @app.get("/", response_class=HTMLResponse)
    async def root(request: Request) -> str:
        return shell.replace("{language}", preferred(request.headers.get("accept-language", "")))

    @app.get("/page/texts.json")
    async def words() -> Response:
        return JSONResponse(texts())

    @app.get("/page/{name}")
    async def file(name: str) -> Response:
        if name not in files:
            return Response(status_code=404)
        body, kind = files[name]
        return Response(body, media_type=kind)


def _add_places(app: FastAPI, desk: Desk, votes: Path | None) -> None:
    """What the page asks for besides turns: articles, downloads, votes."""

    @app.post("/page/evidence")
    @refusing
    async def opened(request: Request) -> Response:
        row = parse_json(await request.body())
        document = await desk.document(str(row.get("document"))) if isinstance(row, dict) else None
        if document is None:
            return missing_document()
        if row.get("sha256", document.sha256) != document.sha256:
            return HTMLResponse(element("p", label(_language(row), "changed"), class_="hint"))
        start, end = _numbers(row, "start", "end", len(document.text))
        shown = _numbers(row, "first", "last", len(document.text)) if "first" in row else None
        return HTMLResponse(evidence(document, start, end, shown, _language(row), passage=bool(row.get("passage"))))

    @app.post("/page/download/{kind}")
    @refusing
    async def download(request: Request) -> Response:
        if request.path_params["kind"] not in KINDS:
            return Response(status_code=404)
        make, ending, media = KINDS[request.path_params["kind"]]
        row = parse_json(await request.body())
        asked = request_of(row.get("request") if isinstance(row, dict) else None, "question")
        answer = await desk.ask(asked.text, asked.top, asked.filters)
        found = [await desk.document(citation.document_id) for citation in answer.citations]
        documents = {document.id: document for document in found if document}
        made = make(answer, documents, _language(row))
        disposition = f'attachment; filename="kenes-answer.{ending}"'
        return Response(made, media_type=media, headers={"content-disposition": disposition})

    @app.post("/page/vote")
    @refusing
    async def vote(request: Request) -> Response:
        if votes is None:
            return Response(status_code=404)
        row = parse_json(await request.body())
        document = await desk.document(str(row.get("document"))) if isinstance(row, dict) else None
        await asyncio.to_thread(keep_vote, votes, vote_of(row, document))
        return Response(status_code=204)


def _ask(desk: Desk, *, feedback_on: bool) -> Ask:
    async def ask(written: str, before: Said | None, chosen: Chosen, language: str) -> tuple[Html, Said | None]:
        understood = standalone(written, before)
        try:
            filters = filters_of(chosen, Filters())
        except InputError:
            return failed(written, "bad_dates", language), None
        try:
            answer = await desk.ask(understood, SHOWN, filters)
        except Busy:
            return failed(written, "busy", language), None
        except InputError:
            return failed(written, "too_long" if len(understood) > QUESTION_LIMIT else "no_words", language), None
        except KenesError as error:
            return failed(written, "fault", language, error.what), None
        request = {"question": understood} | {name: value for name, value in asdict(filters).items() if value}
        return turn(answer, written, request, language, feedback=feedback_on), Said(understood, answer.text)

    return ask


def _numbers(row: Any, first: str, second: str, length: int) -> tuple[int, int]:
    start, end = row.get(first), row.get(second)
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise InputError(f'"{first}" and "{second}" are no part of the document')
    return start, end


def _language(row: Any) -> str:
    return row["language"] if row.get("language") in LANGUAGES else "en"
