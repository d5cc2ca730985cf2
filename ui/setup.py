"""Sets Kenes up in an environment of its own: `python3 -m ui.setup`, with `--dev` for the tests, with `--query` for asking alone.

Needs nothing but Python and its package index, so it works where the system's Python may not be changed. Every
version comes from `requirements.lock`, with hashes. torch is kept out of that file: where the package index offers
only a build with gigabytes of CUDA, a CPU build is looked for, and without one Kenes is set up without torch,
which only other models than the bundled one need.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
TORCH = "torch==2.13.0"
PIP = "pip==26.3"  # older ones read a package's needs only by fetching all of it
UV = "uv==0.13.9"


def main() -> None:
    """Set up, or say in one line what went wrong."""
    parser = argparse.ArgumentParser(prog="python3 -m ui.setup", description="Set Kenes up in .venv.")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--dev", action="store_true", help="also what the tests and the benchmarks need")
    amount.add_argument(
        "--query", action="store_true", help="only what asks an index at the command line, a fifth of the size"
    )
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):
        sys.exit(f"Kenes needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    lock = ROOT / f"requirements{'-dev' if arguments.dev else '-query' if arguments.query else ''}.lock"
    stamp = ENVIRONMENT / f"{lock.stem}.done"
    if stamp.is_file() and stamp.read_text("utf-8") == fingerprint(lock):
        return
    try:
        _set_up(lock, with_torch=not arguments.query)
    except subprocess.CalledProcessError as error:
        sys.exit(f"setting up failed at: {' '.join(map(str, error.cmd))}\nrun python3 -m ui.setup again to go on")
    stamp.write_text(fingerprint(lock), "utf-8")
    _say("ready")


def fingerprint(lock: Path) -> str:
    """What an environment was made of: a second run with the same has nothing to do."""
    return f"{sys.version}\n{ROOT}\n{TORCH}\n{lock.read_text('utf-8')}"


def _set_up(lock: Path, *, with_torch: bool) -> None:
    _say(f"making {ENVIRONMENT}")
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError):
        sys.exit("this Python cannot make environments; on Debian and Ubuntu: apt install python3-venv")
    _pip(PIP)
    if with_torch:
        _say("installing torch (CPU)")
        if not _install_torch():
            _say("no CPU build of torch was found: going on without it; only other models than e5-small need it")
    _say(f"installing from {lock.name}")
    _pip("--no-deps", "--require-hashes", "-r", str(lock))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def _install_torch() -> bool:
    """Install a CPU build of torch, from the package index or, failing that, from where uv finds CPU builds."""
    if not brings_cuda(_resolved(TORCH)):
        _pip(TORCH)
        return True
    _pip(UV)
    command = [*_python("-m", "uv", "pip", "install", "--quiet"), "--python", _python()[0], "--torch-backend", "cpu"]
    return subprocess.run([*command, TORCH], check=False, capture_output=True).returncode == 0


def _resolved(requirement: str) -> list[dict[str, str]]:
    """Name and version of everything that pip would install for a requirement; empty if it finds nothing."""
    command = _python("-m", "pip", "install", "--quiet", "--dry-run", "--report", "-", requirement)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return [item["metadata"] for item in json.loads(done.stdout)["install"]] if done.returncode == 0 else []


def brings_cuda(packages: list[dict[str, str]]) -> bool:
    """Whether an installation is of no use here: it found nothing, or it holds NVIDIA's libraries."""
    return not packages or any(package["name"].startswith(("nvidia-", "cuda-")) for package in packages)


def _pip(*arguments: str) -> None:
    subprocess.run(_python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments), check=True)


def _python(*arguments: str) -> list[str]:
    folder = "Scripts" if os.name == "nt" else "bin"
    return [str(ENVIRONMENT / folder / "python"), *arguments]


def _say(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
