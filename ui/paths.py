"""Takes the names of folders out of what leaves this machine: a reader needs the file's name, not where it lies."""

import re
from typing import Any


def without_folders(value: Any) -> Any:
    r"""A JSON value in which every `path` is the name of its file alone.

    >>> without_folders({"citations": [{"path": "/home/anna/letters/a.txt", "start": 0}]})
    {'citations': [{'path': 'a.txt', 'start': 0}]}
    >>> without_folders({"path": "C:\\letters\\a.txt"})  # of an index that was made on Windows
    {'path': 'a.txt'}
    """
    if isinstance(value, dict):
        return {key: _file_name(item) if key == "path" else without_folders(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_folders(item) for item in value]
    return value


def _file_name(path: Any) -> Any:
    return re.split(r"[/\\]", path)[-1] if isinstance(path, str) else path


def names_only(sentence: str) -> str:
    """A sentence in which every path is the name of its file alone.

    >>> names_only("its id is also that of /home/anna/my letters/a.txt line 3")
    'its id is also that of a.txt line 3'
    """
    return re.sub(r"(?<![\w/:])(?:[A-Za-z]:)?[/\\](?:[^/\\\n]+[/\\])*(?=[^/\\\n]*\S)", "", sentence)
