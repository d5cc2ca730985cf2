"""`kenes export`: the local index into a database that many machines read."""

from typing import Annotated

import typer

from ui.cli.options import IndexOption, local_index


def export(
    to: Annotated[
        str, typer.Option("--to", metavar="ADDRESS", help="The database: postgresql://user@host:5432/database.")
    ],
    shard: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="A database for a share of the large tables (repeatable): the same ones in the same order each time.",
        ),
    ] = None,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="First drop the index that is there: for another model, another Kenes or other shards."
        ),
    ] = False,
    index: IndexOption = None,
) -> None:
    """Bring the index into PostgreSQL, for many machines to ask; later runs bring over what changed, and no more.

    Ask it with --index ADDRESS, or with KENES_INDEX=ADDRESS. The password may stand in PGPASSWORD or in ~/.pgpass.
    """
    from index.export import export as bring_over
    from index.store.postgresql.address import read_address
    from ui.cli import printing

    address, shards = read_address(to), [read_address(each) for each in shard or ()]
    with printing.progress("Exporting", "documents,") as on_progress:
        report = bring_over(local_index(index), address, shards=shards, anew=anew, on_progress=on_progress)
    printing.line(
        f"{report.added} documents added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged; {report.chunks} chunks, generation {report.generation}"
    )
