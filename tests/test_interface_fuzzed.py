"""The JSON interface against its own description: requests made at random from it, right ones and wrong ones (schemathesis)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PATIENCE
from ui.server.openapi import description

pytest.importorskip("schemathesis")

LASTS = 25  # seconds at most, after requests of its own choice to every operation
PATIENT = 120  # seconds for one reply, on a machine that has much else to do
# It does not know that dates can be the wrong way round, or that an index has only some sources.
LEFT_OUT = "positive_data_acceptance"


def test_every_request_gets_what_the_description_promises(chat: str, tmp_path: Path) -> None:
    options = [
        "--max-time",
        str(LASTS),
        "--request-timeout",
        str(PATIENT),
        "--exclude-checks",
        LEFT_OUT,
        "--generation-deterministic",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{chat}/api/openapi.json", *options, "--no-color"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    selected = re.search(r"Operations: +(\d+) selected", done.stdout)
    passed = sum(map(int, re.findall(r"(\d+) passed", done.stdout)))  # fewer on a slow machine
    assert selected, done.stdout[-2000:]
    assert int(selected[1]) == sum(map(len, description()["paths"].values())) >= 9
    assert passed >= 1, done.stdout[-2000:]
