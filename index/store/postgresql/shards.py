"""Spreads the large tables over several databases, by hash of the chunk's number: foreign tables are their partitions."""

from collections.abc import Mapping, Sequence
from contextlib import closing

from index.errors import InputError, StoreError
from index.store.postgresql.address import Address, export_command
from index.store.postgresql.connection import Connection
from index.store.postgresql.schema import create, create_hnsw, create_tables, drop, is_there
from index.store.postgresql.snapshot import CANDIDATES

SPREAD = {"chunks": "id", "token_embeddings": "chunk_id", "vectors": "chunk_id", "postings": "chunk_id"}
_SEARCH = f"-c hnsw.ef_search={CANDIDATES} -c hnsw.iterative_scan=relaxed_order"


def spread(connection: Connection, shards: Sequence[Address], dim: int) -> None:
    """Make the tables, unless they are there: the large ones on the shards, and their partitioned parents here.

    A shard is a database of its own; where it is, and the name and password for it, this database keeps for all its users.

    Raises:
        InputError: the tables are there, and spread over another number of shards.
        StoreError: a shard holds another index.
    """
    if is_there(connection):
        if (known := _count(connection)) != len(shards):
            raise InputError(
                f"the index in {connection.address} is spread over {known} shards, and {len(shards)} are named",
                f"name the same ones with --shard, or begin again: {export_command(connection.address, shards, anew=True)}",
            )
    elif shards:
        for shard in shards:
            _prepare(shard, dim, export_command(connection.address, shards, anew=True))
        with connection.transaction():
            connection.script("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
            _drop_servers(connection)
            create_tables(connection, dim, SPREAD)
            for number, shard in enumerate(shards):
                _attach(connection, number, shard, len(shards))


def _prepare(shard: Address, dim: int, begin_again: str) -> None:
    """Make the tables on a shard."""
    with closing(Connection(shard, write=True)) as there, there.transaction():
        create(there, dim)
        if there.execute("SELECT EXISTS (SELECT 1 FROM chunks)") != [(False,)]:
            raise StoreError(
                f"the shard {shard} holds chunks of another index",
                f"name another schema there, or drop it: {begin_again}",
            )


def _attach(connection: Connection, number: int, shard: Address, count: int) -> None:
    """Make the tables of a shard the partitions of ours."""
    schema = connection.address.schema
    connection.script(_server(schema, number, shard))
    for table in SPREAD:
        connection.script(
            f"CREATE FOREIGN TABLE {table}_{number} PARTITION OF {table} "
            f"FOR VALUES WITH (MODULUS {count}, REMAINDER {number}) SERVER {_name(schema, number)} "
            f"OPTIONS (schema_name {_quoted(shard.schema)}, table_name '{table}')"
        )


def drop_spread(connection: Connection, shards: Sequence[Address]) -> None:
    """Drop an index, its share on each shard, and what is known of the shards.

    Raises:
        InputError: it is spread over more shards than are named.
    """
    if is_there(connection) and (known := _count(connection)) > len(shards):
        raise InputError(f"the index in {connection.address} is spread over {known} shards", "name each with --shard")
    for shard in shards:
        with closing(Connection(shard, write=True)) as there, there.transaction():
            drop(there)
    with connection.transaction():
        drop(connection)
        _drop_servers(connection)


def _count(connection: Connection) -> int:
    """Over how many shards an index is spread; 0 for none."""
    query = "SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass(? || '.chunks')"
    return int(connection.execute(query, (connection.address.schema,))[0][0])


def _drop_servers(connection: Connection) -> None:
    query = "SELECT srvname FROM pg_foreign_server WHERE srvname ~ ?"
    for (name,) in connection.execute(query, (f"^{connection.address.schema}_shard_[0-9]+$",)):
        connection.script(f"DROP SERVER {name} CASCADE")


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
