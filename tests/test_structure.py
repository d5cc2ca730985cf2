"""The house: who may import whom, what starts fast, what is public, and that the README tells the truth."""

import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, SEEDS
from tests.module_graph import cycle, module_graph, room

ORDER = ["index", "rag", "eval", "ui"]
HEAVY = {
    "torch",
    "onnxruntime",
    "sentence_transformers",
    "transformers",
    "gradio",
    "fastapi",
    "uvicorn",
    "mcp",
    "pg8000",
    "ray",
    "pydantic",
    "faiss",
    "langchain_text_splitters",
    "sklearn",
    "scipy",
}
# The rooms of each package: each imports only from the ones before it, and from earlier packages.
ROOMS = {
    "index": [
        "types",
        "errors",
        "threads",
        "durable",
        "analysis",
        "articles",
        "embedding",
        "store",
        "making",
        "progress",
        "pipeline",
        "cluster",
        "export",
        "web",
    ],
    "rag": [
        "types",
        "reason",
        "logistic",
        "understanding",
        "retrieval",
        "reading",
        "answer",
        "proof",
        "verdict",
        "settled",
        "refusals",
        "overview",
        "titled",
        "suggestions",
        "themes",
        "timeline",
        "assistant",
    ],
    "eval": ["files", "measures", "datasets", "runs", "benchmarks", "training"],
    "ui": ["setup", "requests", "paths", "html", "server", "cli"],
}
INDEX_NAMES = [
    "BuildReport",
    "Chunk",
    "DamagedIndex",
    "Document",
    "Embedded",
    "Embedder",
    "Filters",
    "IndexReader",
    "InputError",
    "KenesError",
    "MismatchedIndex",
    "MissingIndex",
    "ModelError",
    "OpenIndex",
    "Snapshot",
    "StoreError",
    "build",
    "load_embedder",
    "open_index",
    "verify",
]
PUBLIC = {
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


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = module_graph(ROOT, ORDER)
    assert {"index.store.vectors.top_k", "rag.assistant", "eval.runs.run", "ui.cli"} <= graph.keys()
    assert {"index.store.snapshot", "index.store.schema"} <= graph["index.store.reader"]
    assert cycle(graph) == []


def test_a_circle_is_found_under_type_checking_in_functions_and_in_folders(tmp_path: Path) -> None:
    (tmp_path / "a" / "deep").mkdir(parents=True)
    (tmp_path / "a" / "__init__.py").write_text("")
    (tmp_path / "a" / "deep" / "__init__.py").write_text("")
    (tmp_path / "a" / "one.py").write_text("if TYPE_CHECKING:\n    from a.deep.two import Two\n")
    (tmp_path / "a" / "deep" / "two.py").write_text("def two():\n    from a import one\n")
    assert set(cycle(module_graph(tmp_path, ["a"]))) == {"a.one", "a.deep.two"}
    (tmp_path / "a" / "one.py").write_text("import os\n")
    assert cycle(module_graph(tmp_path, ["a"])) == []


@pytest.mark.parametrize("package", ORDER)
def test_rooms_are_listed_and_import_only_from_earlier_ones(package: str) -> None:
    order = ROOMS[package]
    graph = module_graph(ROOT, [package])
    assert {room(module) for module in graph} - {""} == set(order)
    for module, imported in graph.items():
        for other in imported:
            if room(module) and room(other):
                assert order.index(room(other)) <= order.index(room(module)), (module, other)


@pytest.mark.parametrize("path", [p for package in ORDER for p in sorted((ROOT / package).rglob("*.py"))], ids=str)
def test_no_sql_outside_the_store(path: Path) -> None:
    if path.is_relative_to(ROOT / "index" / "store"):
        return
    source = path.read_text("utf-8")
    assert not re.search(
        r"\b(SELECT|INSERT INTO|DELETE FROM)\b|\.execute\(|\bimport (apsw|sqlite3|pg8000)\b|\bfrom pg8000\b", source
    ), path


def test_the_index_has_just_these_public_names() -> None:
    import index

    assert index.__all__ == INDEX_NAMES
    assert set(INDEX_NAMES) <= set(dir(index))
    for name in INDEX_NAMES:
        assert getattr(index, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'detect'"):
        _ = index.detect


def test_importing_the_index_loads_no_room_and_sets_nothing() -> None:
    code = "import os, sys; before = dict(os.environ); import index; print(before == dict(os.environ), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    unchanged, *loaded = done.stdout.split()
    assert unchanged == "True"
    assert [name for name in loaded if name.startswith("index.")] == []
    assert "numpy" not in loaded


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
    project = tomllib.loads(text)
    extras = project["project"]["optional-dependencies"]
    listed = [
        *project["project"]["dependencies"],
        *chain(*extras.values()),
        *chain(*project["dependency-groups"].values()),
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
