"""The index: on disk, where SQLite is its manifest and vector files lie beside it, or in PostgreSQL."""
