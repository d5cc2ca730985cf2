"""Spreads the large tables over several databases, by hash of the chunk's number: foreign tables are their partitions."""

from collections.abc import Mapping, Sequence

from index.store.postgresql.address import Address
from index.store.postgresql.connection import Connection
from index.store.postgresql.schema import create, create_hnsw, create_tables, is_there
from index.store.postgresql.snapshot import CANDIDATES

SPREAD = {"chunks": "id", "token_embeddings": "chunk_id", "vectors": "chunk_id", "postings": "chunk_id"}
_SEARCH = f"-c hnsw.ef_search={CANDIDATES} -c hnsw.iterative_scan=relaxed_order"


def spread(connection: Connection, shards: Sequence[Address], dim: int) -> None:
    """Make the tables, unless they are there: the large ones on the shards, and their partitioned parents here.

    A shard is a database of its own; where it is, and the name and password for it, this database keeps for all its users.
    """
    if is_there(connection):
        return
    for shard in shards:
        there = Connection(shard, write=True)
        with there.transaction():
            create(there, dim)
        there.close()
    with connection.transaction():
        connection.script("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
        create_tables(connection, dim, SPREAD)
        for number, shard in enumerate(shards):
            connection.script(_server(connection.address.schema, number, shard))
            for table in SPREAD:
                connection.script(
                    f"CREATE FOREIGN TABLE {table}_{number} PARTITION OF {table} "
                    f"FOR VALUES WITH (MODULUS {len(shards)}, REMAINDER {number}) "
                    f"SERVER {_name(connection.address.schema, number)} "
                    f"OPTIONS (schema_name {_quoted(shard.schema)}, table_name '{table}')"
                )


def _name(schema: str, number: int) -> str:
    return f"{schema}_shard_{number}"


def _server(schema: str, number: int, shard: Address) -> str:
    """The statements that tell where a shard is, and as whom it is asked."""
    host, name = shard.hosts[0], _name(schema, number)
    where = {
        "host": host.name,
        "port": str(host.port),
        "dbname": shard.database,
        "extensions": "vector",
        "options": _SEARCH,
        "fetch_size": "500",
        "batch_size": "500",
    }
    who = {"user": shard.user, **({"password": secret} if (secret := shard.password_for(host)) else {})}
    return (
        f"CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({_options(where)});"
        f"CREATE USER MAPPING FOR PUBLIC SERVER {name} OPTIONS ({_options(who)})"
    )


def _options(values: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}" {_quoted(value)}' for name, value in values.items())


def _quoted(value: str) -> str:
    r"""A text as SQL takes it literally, in a statement that can bind no values.

    >>> _quoted("it's a \\")
    " E'it''s a \\\\'"
    """
    return " E'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def finish_shard(shard: Address, dim: int, *, hnsw: bool) -> None:
    """Tidy up a shard, and give its vectors an HNSW index if they have none."""
    connection = Connection(shard, write=True)
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    if hnsw and "hnsw" not in meta:
        create_hnsw(connection, dim)
    for table in SPREAD:
        connection.execute(f"VACUUM (ANALYZE) {table}")
    connection.close()
