"""Reads the file of names and passwords that `kenes chat --auth` is given."""

import os
import stat
from pathlib import Path

from index import InputError


def read_passwords(file: Path) -> dict[str, str]:
    """Names and passwords, from lines of `name:password`.

    Raises:
        InputError: it cannot be read, holds another kind of line or none, or others may read it.
    """
    try:
        if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise InputError(f"others may read the passwords in {file}", f"chmod 600 {file}")
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
    users: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            name, _, password = line.strip().partition(":")
            if not name or not password:
                raise InputError(f"{file} line {number} is not name:password")
            users[name] = password
    if not users:
        raise InputError(f"{file} names nobody", "write a line name:password")
    return users
