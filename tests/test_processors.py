"""Answers on another kind of processor: this one, held to AVX2, and as it is."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import load_embedder
from index.embedding.maxsim import product, sums_in_pairs
from tests import held_to_avx2
from tests.conftest import PATIENCE, ROOT, Kenes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not held_to_avx2.possible(), reason="only Linux on x86-64 can be held to AVX2"),
]
held = pytest.mark.skipif(sums_in_pairs(), reason="this processor is of that kind itself")

QUESTIONS = (
    "How many laws must change?",
    "Сколько палат будет в новом парламенте?",
    "Жаңа парламентте неше палата болады?",
    "Who led the working group?",
)


def held_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python held to AVX2."""
    command = [sys.executable, "-m", "tests.held_to_avx2", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)


def states(texts: Sequence[str]) -> str:
    """A hash of the states of all tokens of some texts, and of a long one."""
    found = load_embedder().embed_documents([*texts, " ".join([*texts, ""] * 12)])
    return hashlib.sha256(b"".join(each.tobytes() for each in found.states)).hexdigest()


def test_sums_in_32_bits_are_exact() -> None:
    rows, columns = np.full((4, 64), 255, np.uint8), np.full((64, 16), -127, np.int8)
    expected = 64 * 255 * -127 if not sums_in_pairs() else 32 * -(2**15)
    assert product(rows, columns).tolist() == [[expected] * 16] * 4


@held
def test_held_to_avx2_sums_saturate() -> None:
    done = held_python("-c", "from index.embedding.maxsim import sums_in_pairs; print(sums_in_pairs())")
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


@held
def test_sums_are_exact_there() -> None:
    chosen = "sums_are_exact or 32_bits or interaction"
    files = ["tests/test_encoder.py", "tests/test_states.py", "tests/test_processors.py"]
    done = held_python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, *files)
    assert done.returncode == 0, done.stdout


@held
def test_states_are_the_same_there_bit_by_bit() -> None:
    done = held_python("-c", f"from tests.test_processors import states; print(states({QUESTIONS!r}))")
    assert (done.stdout, done.stderr) == (f"{states(QUESTIONS)}\n", "")


@held
def test_answers_are_the_same_there(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    rows = [{"id": str(number), "question": question} for number, question in enumerate(QUESTIONS)]
    batch.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    command = ["ask", "--batch", str(batch), "--index", str(seeds_folder)]
    here, there = kenes(*command), held_python("-m", "ui.cli", *command)
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    for one, other in zip(*(map(json.loads, each.stdout.splitlines()) for each in (here, there)), strict=True):
        assert (one["status"], one["answer"], one["sentence"]) == (other["status"], other["answer"], other["sentence"])
        assert one["confidence"] == pytest.approx(other["confidence"], abs=1e-4)
        assert [each["document_id"] for each in one["passages"]] == [each["document_id"] for each in other["passages"]]
