"""Set-up: which build of torch is taken, and when there is nothing to do."""

from pathlib import Path

import pytest

from ui import setup


def test_nvidia_packages_or_nothing_at_all_mean_no_cpu_build() -> None:
    assert not setup.brings_cuda([{"name": "torch", "version": "2.13.0+cpu"}, {"name": "sympy", "version": "1"}])
    assert setup.brings_cuda([{"name": "torch", "version": "2.13.0"}, {"name": "nvidia-cublas", "version": "13"}])
    assert setup.brings_cuda([])


def test_a_second_run_has_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr("sys.argv", ["setup"])
    monkeypatch.setattr(setup, "_set_up", lambda lock: pytest.fail("it set up again"))
    lock = setup.ROOT / "requirements.lock"
    (tmp_path / "requirements.done").write_text(setup.fingerprint(lock), "utf-8")
    setup.main()
    (tmp_path / "requirements.done").write_text("made of something else", "utf-8")
    with pytest.raises(pytest.fail.Exception, match="set up again"):
        setup.main()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_hash_and_leave_torch_and_cuda_out(name: str) -> None:
    text = (setup.ROOT / name).read_text("utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in requirements)
    assert text.count("--hash=sha256:") >= len(requirements)
    assert not [line for line in requirements if line.startswith(("torch==", "nvidia", "cuda", "triton", "--"))]
