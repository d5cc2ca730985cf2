"""`kenes mcp`: the index as tools for programs that have a language model."""

from functools import partial
from typing import Annotated

import typer

from ui.cli.options import IndexOption, default_index, open_assistant

SET_UP = "python3 -m ui.setup --mcp"
HERE = "127.0.0.1"


def mcp(
    http: Annotated[
        int | None,
        typer.Option(
            "--http",
            metavar="PORT",
            min=0,
            max=65535,
            help="Listen at this port of this machine (0 takes any free one), instead of talking over stdin and stdout.",
        ),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Let a program with a language model ask, search and read, by the Model Context Protocol. It changes nothing.

    The program starts this command and talks to it over stdin and stdout; docs/programs.md says what to write into its settings.
    """
    from index import open_index
    from index.errors import needed
    from ui.cli import printing

    with needed("kenes mcp", SET_UP):
        from ui.server import address, mcp_server
        from ui.server.queue import AskQueue
        from ui.server.serving import serve

    with (
        open_assistant(index) as assistant,
        open_index(index or default_index()) as reader,
        AskQueue(assistant, reader) as queue,
    ):
        if http is None:
            mcp_server.serve_stdio(queue)
            return
        with address.listen(HERE, http, open_to_others=False) as listening:
            ready = f"Kenes is at {address.url(HERE, listening)}/mcp (Ctrl+C stops it)"
            serve(mcp_server.build_http_app(queue), listening, partial(printing.line, ready))
