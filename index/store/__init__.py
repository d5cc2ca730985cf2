"""The index on disk: SQLite is its manifest, vector files lie beside it."""
