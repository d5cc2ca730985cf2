"""The README and docs/ tell the truth: commands print what is shown, and what is named exists."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CONFIDENCE_MOVES, PATIENCE, ROOT, Kenes

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README_LIMIT = 10_000  # bytes
CONFIDENCE = re.compile(r"^[^·\n]+ · (0\.\d\d)$", re.MULTILINE)
TEXTS = {path.name: path.read_text("utf-8") for path in PAGES}


def blocks(text: str) -> list[tuple[str, str]]:
    """Every command of a page, with the output that is shown with it: (command, output)."""
    return [
        (command, output)
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
        for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


SHOWN = [
    block for text in TEXTS.values() for block in blocks(text) if re.search(r"kenes (ask|search|status)\b", block[0])
]


def test_the_readme_is_short() -> None:
    assert len(TEXTS["README.md"].encode()) <= README_LIMIT


def test_readme_shows_commands_with_output() -> None:
    commands = [command for command, _ in blocks(TEXTS["README.md"])]
    assert sum("ui.setup" in command for command in commands) == 2
    assert any("How many laws must change?" in command for command in commands)


@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_output_is_what_the_command_prints(kenes: Kenes, seeds_folder: object, command: str, output: str) -> None:
    arguments = re.findall(r'"([^"]*)"|(\S+)', command.split("kenes ", 1)[1])
    done = kenes(*(quoted or plain for quoted, plain in arguments), KENES_INDEX=str(seeds_folder))
    assert done.returncode == 0, done.stderr
    if told := CONFIDENCE.search(output):
        printed = CONFIDENCE.search(done.stdout)
        assert printed
        assert float(printed[1]) == pytest.approx(float(told[1]), abs=CONFIDENCE_MOVES)
        output = output.replace(told[0], printed[0])
    for line in filter(str.strip, output.splitlines()):
        if "…" not in line and not re.search(r"document [0-9a-f]{12}", line):
            assert line.strip() in done.stdout, line


def test_every_command_is_in_the_readme_and_has_help(kenes: Kenes) -> None:
    for name in (
        "index",
        "fetch",
        "export",
        "ask",
        "search",
        "chat",
        "mcp",
        "show",
        "status",
        "verify",
        "prove",
        "eval",
        "doctor",
    ):
        assert f"kenes {name}" in TEXTS["README.md"], name
        assert kenes(name, "--help").returncode == 0


@pytest.mark.parametrize("name", TEXTS)
def test_modules_and_files_that_are_named_exist(name: str) -> None:
    for module in re.findall(r"python3? -m ((?:index|rag|eval|ui)[\w.]*\w)", TEXTS[name]):
        assert importlib.util.find_spec(module), module
    for path in re.findall(r"`((?:index|rag|eval|ui|tests|seeds|docs)/[\w./-]+\.\w+)`", TEXTS[name]):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    (page,) = [path for path in PAGES if path.name == name]
    for target in re.findall(r"\]\(([^)#]+)(?:#[\w-]*)?\)", TEXTS[name]):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


EXAMPLES = re.findall(
    r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", TEXTS["programs.md"] + TEXTS["README.md"], re.DOTALL
)


@pytest.mark.parametrize(("code", "output"), EXAMPLES)
def test_examples_in_python_run(seeds_folder: Path, tmp_path: Path, code: str, output: str) -> None:
    if "llama_index" in code and not importlib.util.find_spec("llama_index"):
        pytest.skip("LlamaIndex is not installed; pip install llama-index-core")
    (tmp_path / "my-index").symlink_to(seeds_folder)
    command = [sys.executable, "-W", "error", "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(output)
    assert done.stdout


def test_there_are_examples_of_each_use() -> None:
    codes = [code for code, _ in EXAMPLES]
    for use in ("asyncio.to_thread(", "BaseRetriever", "llama_index", "Filters(", "except InputError"):
        assert any(use in code for code in codes), use


def test_settings_of_clients_are_json_that_starts_the_command() -> None:
    (settings,) = re.findall(r"```json\n(.*?)```", TEXTS["programs.md"], re.DOTALL)
    assert json.loads(settings)["mcpServers"]["kenes"]["args"][:2] == ["mcp", "--index"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = [command for command, _ in blocks(TEXTS["README.md"]) if "--dev" in command]
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert all(part in script for part in command.split(" && "))
