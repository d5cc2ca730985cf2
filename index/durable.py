"""Brings what was written to the disk itself, so that it outlasts a power cut: on Linux, macOS and Windows."""

import os
from pathlib import Path


def flush(descriptor: int) -> None:
    """Bring an open file to the disk; it must be open for writing, as Windows flushes no other.

    macOS leaves it in the drive's own memory unless it is asked for more, which network drives do not know.
    """
    try:
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
    except (ImportError, AttributeError, OSError):  # Windows; Linux; a network drive
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Bring renames and deletions in a folder to the disk. Windows opens no folder, and its file system sees to it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def remove_file(path: Path) -> None:
    """Delete a file that nobody needs, if it is there. Windows keeps one that a reader has mapped: the next run deletes it."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if os.access(path.parent, os.W_OK):  # so it is the file, not the folder
            return
        raise
