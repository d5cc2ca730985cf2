"""Opens an index for reading, wherever it is: in a folder, or in a database."""

from pathlib import Path

from index.store.postgresql.address import is_address, read_address
from index.store.protocol import OpenIndex
from index.store.reader import IndexReader


def open_index(where: str | Path) -> OpenIndex:
    """The index in a folder, or in the PostgreSQL database at an address such as postgresql://user@host/database.

    Raises:
        MissingIndex: there is none.
        UnreachableIndex: the database does not reply.
        InputError: the address cannot be read.
    """
    if isinstance(where, str) and is_address(where):
        from index.store.postgresql.reader import PostgresReader

        return PostgresReader(read_address(where))
    return IndexReader(Path(where))
