"""Set-up: which build of torch is taken, when there is nothing to do, and what asking needs and does not."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
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
    monkeypatch.setattr(setup, "_set_up", lambda requirements, torch: pytest.fail("it set up again"))
    made_of = setup.fingerprint(setup.locked("default"), setup.pinned_torch())
    (tmp_path / "default.done").write_text(made_of, "utf-8")
    setup.main()
    (tmp_path / "default.done").write_text("made of something else", "utf-8")
    with pytest.raises(pytest.fail.Exception, match="set up again"):
        setup.main()


def test_what_pip_says_is_shown_only_where_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr("sys.argv", ["setup", "--query"])
    monkeypatch.setattr(setup.venv, "create", lambda *_, **__: None)
    for status in (0, 1):
        talks = f"import sys; print('WARNING: a location is missing', file=sys.stderr); sys.exit({status})"
        monkeypatch.setattr(setup, "_python", lambda *_, talks=talks: [sys.executable, "-c", talks])
        if status == 0:
            setup.main()
            said = capfd.readouterr().err
            assert re.fullmatch(r"(setup: [^\n]* … \d+ s\n){2}setup: ready after \d+ s\n", said)
            assert f"installing {setup.count(setup.locked('query'))} packages" in said
            (tmp_path / "query.done").unlink()
        else:
            with pytest.raises(SystemExit, match="WARNING: a location is missing\n\nsetting up failed at: "):
                setup.main()


SECTIONS = ("query", "default", "mcp", "postgresql", "ray", "dev")


def names(section: str) -> set[str]:
    """The packages that a section of the lock installs, with those of the sections before it."""
    lines = setup.locked(section).splitlines()
    return {line.partition("==")[0] for line in lines if line and not line.startswith((" ", "#"))}


def test_every_section_adds_to_the_one_before() -> None:
    query, default, mcp, postgresql, ray, dev = map(names, SECTIONS)
    assert query < default < mcp < postgresql < ray < dev
    assert setup.locked("dev") == setup.LOCK.read_text("utf-8")


def test_the_lock_pins_hashes_and_leaves_torch_and_cuda_out() -> None:
    text = setup.LOCK.read_text("utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in requirements)
    blocks = re.split(r"\n(?=\S)", text)
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
    assert "://" not in text
    assert not [line for line in requirements if line.startswith(("torch==", "nvidia", "cuda", "triton", "--"))]


def test_a_plain_installation_is_the_whole_product_and_nothing_for_training() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    whole = {distribution(each) for each in project["project"]["dependencies"]}
    assert whole >= {"sentence-transformers", "faiss-cpu", "langchain-text-splitters", "gradio"}
    assert whole - {"torch"} <= names("default")
    assert {distribution(each) for each in project["tool"]["kenes"]["query"]} <= whole & names("query")
    extras = project["project"]["optional-dependencies"]
    assert {name: {distribution(each) for each in extra} for name, extra in extras.items()} == {
        "mcp": {"mcp"},
        "postgresql": {"pg8000"},
        "ray": {"ray"},
    }
    assert "mcp" in names("mcp") - names("default")
    assert "pg8000" in names("postgresql") - names("mcp")
    assert "ray" in names("ray") - names("postgresql")
    for group in ("dev", "train"):
        needs = {distribution(each) for each in project["dependency-groups"][group]}
        assert needs <= names("dev")
        assert not needs & whole


def distribution(requirement: str) -> str:
    """The name of a package in a requirement, as locks spell it."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()


def test_the_version_of_torch_stands_in_one_place() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    texts = [path for path in tracked if path.endswith((".py", ".toml", ".lock", "lock"))]
    assert [path for path in texts if re.search(r"torch==\d", (ROOT / path).read_text("utf-8"))] == ["pyproject.toml"]


def test_training_and_benchmarks_are_not_in_the_wheel(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = zipfile.ZipFile(wheel).namelist()
    rooms = {"/".join(name.split("/")[:2]) for name in inside}
    assert rooms >= {"eval/measures", "eval/datasets", "eval/runs", "index/store", "rag/reading", "ui/cli"}
    assert not rooms & {"eval/training", "eval/benchmarks"}
    assert {name for name in inside if name.endswith("py.typed")} == {
        f"{package}/py.typed" for package in ("index", "rag", "eval", "ui")
    }
    assert not [name for name in inside if name.startswith("tests/")]


def without_parts(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `kenes` where nothing is installed that `--query` leaves out."""
    code = f"import sys; sys.modules.update(dict.fromkeys({LEFT_OUT!r})); from ui.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True)


def test_the_section_for_asking_leaves_parts_out() -> None:
    parts = {name.replace("_", "-") for name in LEFT_OUT}
    assert not parts & names("query")
    assert parts - {"torch"} <= names("default")


def test_asking_needs_no_other_part(seeds_folder: Path, tmp_path: Path) -> None:
    asked = without_parts("ask", "How many laws must change?", "--index", seeds_folder)
    assert "at least ten constitutional laws" in asked.stdout
    assert (asked.returncode, asked.stderr) == (0, "")
    for arguments, part, package in (
        (("index", ROOT / "seeds", "--index", tmp_path / "new"), "cutting articles into chunks", LEFT_OUT[0]),
        (("chat", "--port", "0", "--index", seeds_folder), "the chat page", "fastapi"),
        (("eval", "--report", tmp_path / "r.html", "--index", seeds_folder), "a report", "matplotlib"),
    ):
        refused = without_parts(*arguments)
        assert refused.returncode == 4
        assert refused.stderr.endswith(
            f"kenes: {part} needs {package}, which is not installed here\n  fix: python3 -m ui.setup\n"
        )
    looked = without_parts("doctor", "--index", seeds_folder)
    assert looked.returncode == 0
