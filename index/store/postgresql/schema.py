"""The tables of an index in PostgreSQL. They hold what the local index holds, under the same names where the rows are the same."""

import shlex
from collections.abc import Mapping

from index.errors import StoreError, UnreachableIndex
from index.store.postgresql.connection import Connection

SCHEMA_VERSION = "1"
HNSW_FROM = 20_000  # chunks from which their vectors get an HNSW index: with fewer, comparing all takes milliseconds
WRITER_LOCK = 0x4B454E45  # "KENE": held by the one writer of a schema

# Texts are compared byte by byte (COLLATE "C"), as SQLite does, so that lists are in the same order. Chunks keep the number
# that they have in the local index. Vectors lie in their rows (STORAGE PLAIN), as they are read one after the other.
_TABLES = {
    "meta": "key text PRIMARY KEY, value text NOT NULL",
    "documents": """id text COLLATE "C" PRIMARY KEY, title text COLLATE "C" NOT NULL, text text NOT NULL,
        source text COLLATE "C", url text, published text COLLATE "C", language text COLLATE "C" NOT NULL,
        sha256 text NOT NULL, pages text NOT NULL, place text""",
    "places": """document_id text COLLATE "C" PRIMARY KEY, file text NOT NULL, origin text NOT NULL, line integer,
        digest text NOT NULL, rowid bigint NOT NULL, fingerprint text NOT NULL""",
    "terms": 'term text COLLATE "C" PRIMARY KEY, chunks bigint NOT NULL',
    "chunks": """id bigint NOT NULL, document_id text COLLATE "C" NOT NULL, position integer NOT NULL,
        start integer NOT NULL, "end" integer NOT NULL, length integer NOT NULL""",  # length in terms
    "token_embeddings": "chunk_id bigint NOT NULL, signs bytea NOT NULL",
    "vectors": "chunk_id bigint NOT NULL, vector vector({dim}) NOT NULL",
    "postings": """term text COLLATE "C" NOT NULL, chunk_id bigint NOT NULL, frequency integer NOT NULL,
        length integer NOT NULL""",
}
_INDEXES = {
    "documents": ("CREATE INDEX documents_by_facts ON documents (source, published, language, id)",),
    "chunks": (
        "ALTER TABLE chunks ADD PRIMARY KEY (id)",
        "CREATE INDEX chunks_by_document ON chunks (document_id)",
    ),
    "token_embeddings": (
        "ALTER TABLE token_embeddings ADD PRIMARY KEY (chunk_id)",
        "ALTER TABLE token_embeddings ALTER signs SET STORAGE EXTERNAL",
    ),
    "vectors": (
        "ALTER TABLE vectors ADD PRIMARY KEY (chunk_id)",
        "ALTER TABLE vectors ALTER vector SET STORAGE PLAIN",
    ),
    "postings": (
        "ALTER TABLE postings ADD PRIMARY KEY (term, chunk_id) INCLUDE (frequency, length)",
        "CREATE INDEX postings_by_chunk ON postings (chunk_id)",
    ),
}


def create(connection: Connection, dim: int) -> None:
    """Make the tables, unless they are there; inside a transaction."""
    if not is_there(connection):
        create_tables(connection, dim, {})


def create_tables(connection: Connection, dim: int, partitioned: Mapping[str, str]) -> None:
    """Make the tables.

    Args:
        partitioned: tables that hold nothing themselves, and the column by whose hash their partitions are told.
    """
    if not connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'"):
        _create_vector(connection)
    connection.script(f'CREATE SCHEMA IF NOT EXISTS "{connection.address.schema}"')
    connection.take_schema()
    for name, columns in _TABLES.items():
        made = f"CREATE TABLE {name} ({columns.format(dim=int(dim))})"
        if name in partitioned:
            connection.script(f"{made} PARTITION BY HASH ({partitioned[name]})")
        else:
            connection.script("; ".join((made, *_INDEXES.get(name, ()))))


def _create_vector(connection: Connection) -> None:
    try:
        connection.script("CREATE EXTENSION vector WITH SCHEMA public")
    except UnreachableIndex:
        raise
    except StoreError as error:
        by_superuser = f"psql {shlex.quote(connection.address.database)} --command 'CREATE EXTENSION vector'"
        raise StoreError(error.what, f"{error.fix}; a superuser makes it with {by_superuser}") from None


def drop(connection: Connection) -> None:
    """Drop the tables of an index, whatever version of Kenes made them, and no others; inside a transaction."""
    if is_there(connection):
        for name in _TABLES:
            connection.script(f'DROP TABLE IF EXISTS "{connection.address.schema}".{name}')


def is_there(connection: Connection) -> bool:
    """Whether the schema holds an index."""
    return bool(connection.execute("SELECT to_regclass(? || '.meta') IS NOT NULL", (connection.address.schema,))[0][0])


def create_hnsw(connection: Connection, dim: int) -> None:
    """Give the vectors an HNSW index over half-precision copies of them; `meta` says so."""
    with connection.transaction():
        connection.script("SET LOCAL maintenance_work_mem = '1GB'")  # the graph is made in memory as long as it fits
        connection.script(
            f"CREATE INDEX vectors_hnsw ON vectors USING hnsw ((vector::halfvec({int(dim)})) halfvec_ip_ops)"
        )
        connection.execute("INSERT INTO meta VALUES ('hnsw', '1')")


def hnsw_bytes(connection: Connection) -> int:
    """The size of the HNSW index on disk."""
    return int(connection.execute("SELECT pg_relation_size('vectors_hnsw')")[0][0])
