"""Which vector files to rewrite as one."""

from collections.abc import Sequence
from itertools import accumulate

from index.store.vectors.vector_files import VectorFile

# More files than this, or more dead rows than this share, are rewritten as one file.
MAX_FILES = 16
MAX_DEAD = 0.25


def to_merge(files: Sequence[VectorFile]) -> list[int]:
    """The numbers of the files to write anew as one; none if all is well.

    Where files are too many, the largest stay as long as each is larger than all that are smaller taken together: what
    is written anew is then, in the long run, a few times what was added, however large the index.

    >>> to_merge([VectorFile(1, 1000, 990, 0, None), VectorFile(2, 10, 10, 0, None), VectorFile(3, 100, 50, 0, None)])
    [3]
    """
    wasteful = [file.id for file in files if file.rows - file.live > MAX_DEAD * file.rows]
    if len(files) <= MAX_FILES:
        return wasteful
    ordered = sorted(files, key=lambda file: file.live)
    below = list(accumulate((file.live for file in ordered), initial=0))
    count = len(ordered)
    while count > MAX_FILES // 2 and ordered[count - 1].live > below[count - 1]:
        count -= 1
    return sorted({*wasteful, *(file.id for file in ordered[:count])})
