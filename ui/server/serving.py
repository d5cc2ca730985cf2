"""Runs an application on a socket until it is interrupted."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable

import uvicorn

from ui.server.guard import App

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
