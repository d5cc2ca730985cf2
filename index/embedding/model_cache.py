"""Keeps files of models: checked by hash, and made once into the user's cache."""

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs

from index.errors import SET_UP, ModelError


def check_file(path: Path, sha256: str) -> None:
    """Read a file and compare its hash with the one expected.

    Raises:
        ModelError: the file differs.
    """
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path} is not the file expected (sha256 {found}, expected {sha256})",
            SET_UP,
        )


def check_once(path: Path, sha256: str) -> None:
    """`check_file`, unless this very file (name, size, time of change) has passed it before.

    Reading 70 MB costs a tenth of a second, at every question; `kenes doctor` reads them again all the same.

    Raises:
        ModelError: the file is missing, or differs.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise ModelError(f"{path} is missing", SET_UP) from None
    seen = f"{path} {found.st_size} {found.st_mtime_ns} {sha256}"
    receipt = models_folder() / f"checked-{hashlib.sha256(seen.encode()).hexdigest()[:16]}"
    if not receipt.exists():
        check_file(path, sha256)
        with contextlib.suppress(OSError):  # where nothing can be written, it is read every time
            models_folder().mkdir(parents=True, exist_ok=True)
            receipt.touch()


def made_file(name: str, sha256: str, make: Callable[[], bytes]) -> Path:
    """A file in the user's cache that is made on first use, and again if it is damaged; checked like `check_once`.

    Args:
        name: what it is called, without the hash that is added.
        sha256: of what `make` returns.
        make: makes the contents.

    Raises:
        ModelError: it cannot be written, or what was made is not what was expected.
    """
    path = models_folder() / f"{name}-{sha256[:12]}.bin"
    try:
        check_once(path, sha256)
    except (ModelError, OSError):
        data = make()
        with into_cache():
            unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            unfinished.write_bytes(data)
            _put(unfinished, path)
        check_once(path, sha256)
    return path


def _put(made: Path, path: Path) -> None:
    """Give a file its name. Windows refuses if another process reads one of that name, which is then as good."""
    try:
        made.replace(path)
    except PermissionError:
        made.unlink()
        if not path.exists():
            raise


def models_folder() -> Path:
    """Where unpacked models are kept: the user's cache folder, or `KENES_CACHE`."""
    return Path(os.environ.get("KENES_CACHE") or platformdirs.user_cache_path("kenes")) / "models"


@contextlib.contextmanager
def into_cache() -> Iterator[None]:
    """For writing into the models' folder: makes it, and names it if it cannot be written.

    Raises:
        ModelError: no room, or no right to write.
    """
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ModelError(
            f"a model cannot be written to {models_folder()}: {error.strerror or error}",
            "export KENES_CACHE=FOLDER, with a folder that has room and can be written",
        ) from None
