"""Set-up: which build of torch is taken, when there is nothing to do, and what asking needs and does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from ui import setup

LEFT_OUT = ("langchain_text_splitters", "gradio", "fastapi", "uvicorn", "matplotlib", "torch", "sentence_transformers")


def test_nvidia_packages_or_nothing_at_all_mean_no_cpu_build() -> None:
    assert not setup.brings_cuda([{"name": "torch", "version": "2.13.0+cpu"}, {"name": "sympy", "version": "1"}])
    assert setup.brings_cuda([{"name": "torch", "version": "2.13.0"}, {"name": "nvidia-cublas", "version": "13"}])
    assert setup.brings_cuda([])


def test_a_second_run_has_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr("sys.argv", ["setup"])
    monkeypatch.setattr(setup, "_set_up", lambda lock, with_torch: pytest.fail("it set up again"))
    lock = setup.ROOT / "requirements.lock"
    (tmp_path / "requirements.done").write_text(setup.fingerprint(lock), "utf-8")
    setup.main()
    (tmp_path / "requirements.done").write_text("made of something else", "utf-8")
    with pytest.raises(pytest.fail.Exception, match="set up again"):
        setup.main()


@pytest.mark.parametrize("name", ["requirements-query.lock", "requirements.lock", "requirements-dev.lock"])
def test_locks_pin_hash_and_leave_torch_and_cuda_out(name: str) -> None:
    text = (setup.ROOT / name).read_text("utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in requirements)
    assert text.count("--hash=sha256:") >= len(requirements)
    assert not [line for line in requirements if line.startswith(("torch==", "nvidia", "cuda", "triton", "--"))]


def without_parts(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `kenes` where nothing is installed that `--query` leaves out."""
    code = f"import sys; sys.modules.update(dict.fromkeys({LEFT_OUT!r})); from ui.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True)


def test_the_lock_for_asking_leaves_parts_out() -> None:
    text = (setup.ROOT / "requirements-query.lock").read_text("utf-8")
    for name in LEFT_OUT:
        assert f"\n{name.replace('_', '-')}==" not in text
        assert (
            f"\n{name.replace('_', '-')}==" in (setup.ROOT / "requirements.lock").read_text("utf-8") or name == "torch"
        )


def test_asking_needs_no_other_part(seeds_folder: Path, tmp_path: Path) -> None:
    asked = without_parts("ask", "How many laws must change?", "--index", seeds_folder)
    assert "at least ten constitutional laws" in asked.stdout
    assert (asked.returncode, asked.stderr) == (0, "")
    for arguments, part, package in (
        (("index", ROOT / "seeds", "--index", tmp_path / "new"), "cutting articles into chunks", LEFT_OUT[0]),
        (("chat", "--port", "0", "--index", seeds_folder), "the chat page", "gradio"),
        (("eval", "--report", tmp_path / "r.html", "--index", seeds_folder), "a report", "matplotlib"),
    ):
        refused = without_parts(*arguments)
        assert refused.returncode == 4
        assert refused.stderr.endswith(
            f"kenes: {part} needs {package}, which is not installed here\n  fix: python3 -m ui.setup\n"
        )
    looked = without_parts("doctor", "--index", seeds_folder)
    assert looked.returncode == 0
