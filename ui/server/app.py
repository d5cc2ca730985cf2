"""The chat page's server: the page, our own routes and the JSON interface in one application behind the guard."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from ui.server.api import ApiRoutes, manual
from ui.server.guard import App, Guard
from ui.server.page.examples import find_examples
from ui.server.page.layout import mount
from ui.server.page.routes import PageRoutes
from ui.server.queue import AskQueue
from ui.server.shelf import Shelf

SHOWN_SOURCES = 300  # to choose from, those with most articles
MOST_CONNECTIONS = 2_000
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
    queue: AskQueue,
    votes: Path | None,
    hosts: frozenset[str],
    users: dict[str, str] | None,
    *,
    any_address: bool,
    origins: frozenset[str] = frozenset(),
) -> Guard:
    """The application behind its guard.

    Args:
        queue: answers the questions.
        votes: where thumbs are kept; None shows no thumbs.
        hosts: names under which people may come.
        users: passwords by name; None asks for none.
        any_address: whether people may come under any IP address.
        origins: other sites whose pages may use the JSON interface.
    """
    with queue.reader.snapshot() as snapshot:
        names = [source.name for source in snapshot.sources() if source.name]
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    shelf = Shelf()
    app.add_route("/api", manual)
    app.mount("/api", ApiRoutes(queue, shelf).application())
    app.include_router(PageRoutes(queue, votes, find_examples(queue), shelf).router())
    return Guard(mount(app, names[:SHOWN_SOURCES]), hosts, any_address, users, origins)
