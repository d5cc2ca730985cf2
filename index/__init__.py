"""Articles in, a committed index out: `build` brings an index up to date, `IndexReader` opens it."""

import os

from index.analysis.detect import detect
from index.analysis.languages import LANGUAGES
from index.analysis.terms import figures, query_terms, shared_words, stems, terms
from index.analysis.unicode import printable
from index.embedding.e5.encoder import Encoder
from index.embedding.load import DEFAULT_MODEL, load_embedder
from index.embedding.maxsim import worded
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
from index.pipeline import BuildReport, build
from index.store.filters import Filters
from index.store.reader import IndexReader
from index.store.snapshot import Settings, Snapshot, Source
from index.store.verify import verify
from index.types import Article, BadArticle, Chunk, Document, Embedded, Embedder, Note, PassedOver

# Threads that wait for more work by spinning keep the cores from those that have some. numpy's products here are too small
# to share out, and what FAISS shares out is soon done. Both are read when the libraries are loaded, later than here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__all__ = [
    "DEFAULT_MODEL",
    "LANGUAGES",
    "Article",
    "BadArticle",
    "BuildReport",
    "BusyIndex",
    "Chunk",
    "DamagedIndex",
    "Document",
    "Embedded",
    "Embedder",
    "Encoder",
    "Filters",
    "FullDisk",
    "IndexReader",
    "InputError",
    "KenesError",
    "MismatchedIndex",
    "MissingIndex",
    "ModelError",
    "Note",
    "PassedOver",
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
