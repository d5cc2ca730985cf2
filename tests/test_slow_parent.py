"""The child process that parses is patient with its parent: its clock runs while it parses, not while it waits."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.articles.process.child import WAIT_LIMIT
from tests.conftest import ROOT

START = (
    "import signal, sys; signal.alarm = lambda seconds: print(seconds, file=sys.stderr, flush=True); "
    "from index.articles.process.worker import serve; serve()"
)


@pytest.mark.skipif(sys.platform == "win32", reason="it has no alarms")
def test_no_alarm_is_set_while_articles_are_handed_over_or_between_files(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    request = json.dumps({"path": str(file), "origin": str(file), "fields": {}, "drafts": False}) + "\n"
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, input=2 * request, capture_output=True, text=True)
    assert [next(iter(json.loads(line)), None) for line in done.stdout.splitlines()] == [
        None,
        *("Article", "Article", None),
        *("Article", "Article", None),
    ]
    of_a_file = [WAIT_LIMIT + 5, 0, WAIT_LIMIT + 5, 0, WAIT_LIMIT + 5, 0]
    assert [float(line) for line in done.stderr.splitlines()] == [0, *of_a_file, *of_a_file]
