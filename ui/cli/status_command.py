"""`kenes status`: what is indexed, and what it is about."""

from typing import Annotated

import typer

from ui.cli.options import IndexOption, default_index


def status(
    documents: Annotated[bool, typer.Option("--documents", help="List every document with its id.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="List every source, not only the largest.")] = False,
    index: IndexOption = None,
) -> None:
    """Show what is indexed, with which model, and where."""
    from index import load_embedder, open_index
    from rag.themes.first_look import first_look
    from ui.cli import printing

    with open_index(index or default_index()) as reader:
        with reader.snapshot() as snapshot:
            model = snapshot.settings.model
        look = first_look(reader, lambda: load_embedder(model))
        with reader.snapshot() as snapshot:
            origins = snapshot.sources()
            printing.status(reader.name, reader.size(), snapshot)
            printing.sources(origins, every=sources)
            printing.themes(look)
            if documents:
                printing.listing(snapshot)
