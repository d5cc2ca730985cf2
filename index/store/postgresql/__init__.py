"""An index in PostgreSQL with pgvector: the same documents, chunks, terms and vectors in tables, for many machines to read."""
