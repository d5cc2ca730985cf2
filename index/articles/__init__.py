"""Files to documents and their chunks."""
