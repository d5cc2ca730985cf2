"""Errors are data: what is wrong and how to fix it, with one text for people."""

import ast
import pickle
from pathlib import Path

import pytest

from index import DamagedIndex, InputError, KenesError, MismatchedIndex, MissingIndex, ModelError

ROOT = Path(__file__).parents[1]


def test_an_error_has_what_fix_and_an_exit_code() -> None:
    error = MissingIndex("no index in articles", "kenes index PATH")
    assert (error.what, error.fix, error.exit_code) == ("no index in articles", "kenes index PATH", 3)
    assert str(error) == "no index in articles\nfix: kenes index PATH"


def test_an_error_without_a_fix_is_only_what() -> None:
    error = InputError("no text in it")
    assert (str(error), error.fix, error.exit_code) == ("no text in it", None, 2)


@pytest.mark.parametrize("kind", [InputError, DamagedIndex, MismatchedIndex, ModelError])
def test_an_error_comes_whole_out_of_another_process(kind: type[KenesError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", "fix")))
    assert (type(error), error.what, error.fix) == (kind, "what", "fix")


def test_no_error_hides_its_fix_in_what() -> None:
    """A line break in the first argument of an error would be a fix that no program can read."""
    kinds = {each.__name__ for each in _kinds(KenesError)}
    hidden = []
    for room in ("index", "rag", "eval", "ui"):
        for file in (ROOT / room).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text("utf-8"))):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in kinds
                    and call.args
                ):
                    constants = (part for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
                    if any("\n" in str(part.value) for part in constants):
                        hidden.append(f"{file}:{call.lineno}")
    assert hidden == []


def _kinds(kind: type[KenesError]) -> list[type[KenesError]]:
    return [kind, *(each for direct in kind.__subclasses__() for each in _kinds(direct))]
