"""Sets Kenes up in an environment of its own: `python3 -m ui.setup`; `--help` lists the amounts.

Needs nothing but Python and its package index, so it works where the system's Python may not be changed. Every version
comes from `requirements.lock`, with hashes. torch is not in that file: where the package index offers only a build with
gigabytes of CUDA, a CPU build is looked for. Without one Kenes is set up without torch, which only other models than the
bundled one need.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
SECTION = "# section: "  # begins a section of the lock; see .ci/lock
PIP = "pip==26.3"  # older ones read a package's needs only by fetching all of it
UV = "uv==0.13.9"


def main() -> None:
    """Set up, or say in one line what went wrong."""
    parser = argparse.ArgumentParser(prog="python3 -m ui.setup", description="Set Kenes up in .venv.")
    parser.set_defaults(section="default")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument(
        "--dev", dest="section", action="store_const", const="dev", help="also what tests, training and benchmarks need"
    )
    amount.add_argument("--mcp", dest="section", action="store_const", const="mcp", help="also what kenes mcp needs")
    amount.add_argument(
        "--postgresql",
        dest="section",
        action="store_const",
        const="postgresql",
        help="also what an index in PostgreSQL needs, and kenes mcp",
    )
    amount.add_argument(
        "--ray",
        dest="section",
        action="store_const",
        const="ray",
        help="also what kenes index --ray needs, an index in PostgreSQL, and kenes mcp",
    )
    amount.add_argument(
        "--query",
        dest="section",
        action="store_const",
        const="query",
        help="only what asks an index at the command line, a fifth of the size",
    )
    section = parser.parse_args().section
    if sys.version_info < (3, 11):
        sys.exit(f"Kenes needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    requirements, torch = locked(section), pinned_torch()
    stamp = ENVIRONMENT / f"{section}.done"
    if stamp.is_file() and stamp.read_text("utf-8") == fingerprint(requirements, torch):
        return
    began = time.monotonic()
    try:
        _set_up(requirements, torch if section != "query" else None)
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        sys.exit(f"{error.output or ''}\nsetting up failed at: {command}\nrun python3 -m ui.setup again to go on")
    stamp.write_text(fingerprint(requirements, torch), "utf-8")
    _say(f"ready after {time.monotonic() - began:.0f} s")


def locked(section: str) -> str:
    """The part of the lock that an amount needs: its section and those before it."""
    text = LOCK.read_text("utf-8")
    next_section = text.find(f"\n{SECTION}", text.index(f"{SECTION}{section}\n"))
    return text if next_section < 0 else text[: next_section + 1]


def count(requirements: str) -> int:
    """How many packages a part of the lock names; one with several versions, for several Pythons, counts once."""
    names = {line.partition("==")[0] for line in requirements.splitlines() if "==" in line and line[0] != " "}
    return len(names)


def pinned_torch() -> str:
    """The version of torch that pyproject.toml names, as a requirement."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (torch,) = [each for each in project["dependencies"] if each.startswith("torch==")]
    return str(torch)


def fingerprint(requirements: str, torch: str) -> str:
    """What an environment was made of: a second run with the same has nothing to do."""
    return f"{sys.version}\n{ROOT}\n{torch}\n{requirements}"


def _set_up(requirements: str, torch: str | None) -> None:
    with _step(f"making {ENVIRONMENT}"):
        try:
            venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
        except (subprocess.CalledProcessError, OSError):
            sys.exit("this Python cannot make environments; on Debian and Ubuntu: apt install python3-venv")
        _pip(PIP)
    if torch:
        with _step(f"installing {torch}, a build without CUDA"):
            found = _install_torch(torch)
        if not found:
            _say("no such build was found: going on without torch, which only other models than e5-small need")
    with _step(f"installing {count(requirements)} packages, every one checked against its hash"):
        part = ENVIRONMENT / "requirements.txt"
        part.write_text(requirements, "utf-8")
        _pip("--no-deps", "--require-hashes", "-r", str(part))
        _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    print(f"setup: {what} … ", end="", file=sys.stderr, flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(file=sys.stderr)
        raise
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def _install_torch(torch: str) -> bool:
    """Install a CPU build of torch, from the package index or, failing that, from where uv finds CPU builds."""
    if not brings_cuda(_resolved(torch)):
        _pip(torch)
        return True
    _pip(UV)
    command = [*_python("-m", "uv", "pip", "install", "--quiet"), "--python", _python()[0], "--torch-backend", "cpu"]
    return subprocess.run([*command, torch], check=False, capture_output=True).returncode == 0


def _resolved(requirement: str) -> list[dict[str, str]]:
    """Name and version of everything that pip would install for a requirement; empty if it finds nothing."""
    command = _python("-m", "pip", "install", "--quiet", "--dry-run", "--report", "-", requirement)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        return []
    return [item["metadata"] for item in json.loads(done.stdout)["install"]]


def brings_cuda(packages: list[dict[str, str]]) -> bool:
    """Whether an installation is of no use here: it found nothing, or it holds NVIDIA's libraries."""
    return not packages or any(package["name"].startswith(("nvidia-", "cuda-")) for package in packages)


def _pip(*arguments: str) -> None:
    """Run pip, whose warnings are of interest only if it fails."""
    command = _python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _python(*arguments: str) -> list[str]:
    folder = "Scripts" if os.name == "nt" else "bin"
    return [str(ENVIRONMENT / folder / "python"), *arguments]


def _say(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
