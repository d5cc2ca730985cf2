"""The house: who may import whom, what starts fast, what is public, and that the README tells the truth."""

import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.conftest import CONFIDENCE_MOVES, ROOT, SEEDS, Kenes

ORDER = ["index", "rag", "eval", "ui"]
HEAVY = {
    "torch",
    "onnxruntime",
    "sentence_transformers",
    "transformers",
    "gradio",
    "fastapi",
    "uvicorn",
    "faiss",
    "langchain_text_splitters",
    "sklearn",
}
PUBLIC = {
    "index": {"IndexReader", "build", "load_embedder", "verify", "Document", "Chunk", "Embedder", "KenesError"},
    "rag": {"Assistant", "Answer", "Citation", "Passage", "prove"},
}


def imports(path: Path) -> set[str]:
    """Top-level packages that a file imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", ORDER)
def test_imports_go_one_way(package: str) -> None:
    later = set(ORDER[ORDER.index(package) + 1 :])
    for path in (ROOT / package).rglob("*.py"):
        assert not imports(path) & later, path
        if package != "ui":
            assert "ui" not in imports(path), path


@pytest.mark.parametrize("path", [p for package in ORDER for p in sorted((ROOT / package).rglob("*.py"))], ids=str)
def test_every_file_says_its_job_first(path: Path) -> None:
    documentation = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert documentation
    assert documentation.split("\n")[0].endswith((".", ":", ";", ",")) or len(documentation.split("\n")[0]) > 20


@pytest.mark.parametrize("code", ["import index", "import rag", "import ui.cli"])
def test_starting_loads_nothing_heavy(code: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not HEAVY & set(loaded)


def test_asking_never_imports_torch(seeds_folder: Path) -> None:
    code = (
        "import sys; from rag import Assistant; a = Assistant.open(sys.argv[1]).ask('How many laws must change?'); "
        "assert a.citations; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, seeds_folder], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"torch", "sentence_transformers", "transformers", "langchain_text_splitters"} & set(done.stdout.split())


@pytest.mark.parametrize("package", sorted(PUBLIC))
def test_public_names(package: str) -> None:
    module = importlib.import_module(package)
    assert set(module.__all__) >= PUBLIC[package]
    assert list(module.__all__) == sorted(module.__all__, key=lambda name: (not name.isupper(), name.islower(), name))
    for name in module.__all__:
        assert getattr(module, name).__doc__ or name.isupper()


def test_no_other_distribution_has_our_package_names() -> None:
    for name, owners in importlib.metadata.packages_distributions().items():
        if name in {*ORDER, "seeds"}:
            assert set(owners) <= {"kenes"}, (name, owners)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    listed = [
        *project["dependencies"],
        *(each for group in project["optional-dependencies"].values() for each in group),
    ]
    for requirement in listed:
        (line,) = [line for line in text.splitlines() if f'"{requirement}"' in line]
        assert "#" in line, line


def test_seeds_tell_each_story_in_three_languages() -> None:
    names = [path.name.split(".") for path in SEEDS.glob("*.md")]
    stories = Counter(story for story, _, _ in names)
    assert len(names) >= 18
    assert set(stories.values()) == {3}
    assert Counter(language for _, language, _ in names) == {language: len(stories) for language in ("en", "ru", "kk")}
    for path in SEEDS.glob("*.md"):
        head = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        assert head.keys() - {"date"} == {"title", "source", "lang"}
        assert head["lang"] == path.name.split(".")[1]


CONFIDENCE = re.compile(r"^Confidence (0\.\d\d)$", re.MULTILINE)


def readme_blocks() -> list[tuple[str, str]]:
    """Every command in the README that is shown with its output: (command, output)."""
    text = (ROOT / "README.md").read_text("utf-8")
    return [
        (command, output)
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
        for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


def test_readme_shows_commands_with_output() -> None:
    commands = [command for command, _ in readme_blocks()]
    assert sum("ui.setup" in command for command in commands) == 2
    assert any("How many laws must change?" in command for command in commands)


@pytest.mark.parametrize(
    ("command", "output"), [block for block in readme_blocks() if re.search(r"kenes (ask|search|status)\b", block[0])]
)
def test_readme_output_is_what_the_command_prints(kenes: Kenes, seeds_folder: Path, command: str, output: str) -> None:
    arguments = re.findall(r'"([^"]*)"|(\S+)', command.split("kenes ", 1)[1])
    done = kenes(*(quoted or plain for quoted, plain in arguments), KENES_INDEX=str(seeds_folder))
    if told := CONFIDENCE.search(output):
        printed = CONFIDENCE.search(done.stdout)
        assert printed
        assert float(printed[1]) == pytest.approx(float(told[1]), abs=CONFIDENCE_MOVES)
        output = output.replace(told[0], printed[0])
    for line in filter(str.strip, output.splitlines()):
        if "…" not in line and not re.search(r"document [0-9a-f]{12}", line):
            assert line.strip() in done.stdout, line


def test_readme_options_exist(kenes: Kenes) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for name in ("index", "ask", "search", "chat", "show", "status", "verify", "prove", "eval", "doctor"):
        assert f"kenes {name}" in text, name
        assert kenes(name, "--help").returncode == 0


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = [command for command, _ in readme_blocks() if "--dev" in command]
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert all(part in script for part in command.split(" && "))
