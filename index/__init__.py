"""Articles in, a committed index out: `build` brings an index up to date, `Reader` opens it."""

import os

from index.checks import verify
from index.cleaning import printable
from index.embedders import DEFAULT_MODEL, load_embedder
from index.encoder import Encoder
from index.errors import (
    BusyIndex,
    DamagedIndex,
    FullDisk,
    InputError,
    KenesError,
    MismatchedIndex,
    MissingIndex,
    ModelError,
    StoreError,
)
from index.filters import Filters
from index.languages import LANGUAGES, detect
from index.snapshot import Settings, Snapshot, Source
from index.states import worded
from index.store import Reader
from index.terms import figures, query_terms, shared_words, stems, terms
from index.types import Article, BadArticle, Chunk, Document, Embedded, Embedder
from index.update import Report, build

# Threads that wait for more work by spinning keep the cores from those that have some. numpy's products here are too small
# to share out, and what FAISS shares out is soon done. Both are read when the libraries are loaded, later than here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__all__ = [
    "DEFAULT_MODEL",
    "LANGUAGES",
    "Article",
    "BadArticle",
    "BusyIndex",
    "Chunk",
    "DamagedIndex",
    "Document",
    "Embedded",
    "Embedder",
    "Encoder",
    "Filters",
    "FullDisk",
    "InputError",
    "KenesError",
    "MismatchedIndex",
    "MissingIndex",
    "ModelError",
    "Reader",
    "Report",
    "Settings",
    "Snapshot",
    "Source",
    "StoreError",
    "build",
    "detect",
    "figures",
    "load_embedder",
    "printable",
    "query_terms",
    "shared_words",
    "stems",
    "terms",
    "verify",
    "worded",
]
