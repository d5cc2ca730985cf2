"""The graph of modules and what they import, read from their source: in functions and under TYPE_CHECKING, too."""

import ast
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = Mapping[str, set[str]]


def module_graph(root: Path, packages: Iterable[str]) -> Graph:
    """Each module of some packages under a folder, with the modules among them that it imports."""
    files = {_name(root, path): path for package in packages for path in (root / package).rglob("*.py")}
    return {module: _imports(path, set(files)) - {module} for module, path in files.items()}


def _name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, modules: set[str]) -> set[str]:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            imported |= members | ({node.module} if members - modules else set())
    return imported & modules


def cycle(graph: Graph) -> list[str]:
    """Modules that import each other in a circle, the first named again at the end; empty if there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def room(module: str) -> str:
    """The room of a module inside its package.

    >>> room("index.store.vectors.top_k"), room("index.types"), room("index")
    ('store', 'types', '')
    """
    return module.split(".")[1] if "." in module else ""
