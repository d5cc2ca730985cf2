"""`kenes export`: the local index into a database that many machines read."""

from typing import Annotated

import typer

from ui.cli.options import IndexOption, local_index


def export(
    to: Annotated[
        str, typer.Option("--to", metavar="ADDRESS", help="The database: postgresql://user@host:5432/database.")
    ],
    index: IndexOption = None,
) -> None:
    """Bring the index into PostgreSQL, for many machines to ask; later runs bring over what changed, and no more.

    Ask it with --index ADDRESS, or with KENES_INDEX=ADDRESS. The password may stand in PGPASSWORD or in ~/.pgpass.
    """
    from index.export import export as bring_over
    from index.store.postgresql.address import read_address
    from ui.cli import printing

    address = read_address(to)
    with printing.progress("Exporting", "documents,") as on_progress:
        report = bring_over(local_index(index), address, on_progress=on_progress)
    printing.line(
        f"{report.added} documents added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged; {report.chunks} chunks, generation {report.generation}"
    )
