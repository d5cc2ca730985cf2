"""How two spellings differ: how many edits lie between them, and which."""

from enum import Enum, auto


class Edit(Enum):
    """What a writer did to a word that was meant."""

    SWAPPED = auto()  # neighbouring letters
    DOUBLED = auto()  # a letter
    LEFT_OUT = auto()
    PUT_IN = auto()
    CHANGED = auto()


def edit_between(written: str, meant: str) -> Edit:
    """What happened to a word on its way to a slip; of several edits the one that the lengths tell.

    >>> [edit_between(slip, "laws").name for slip in ("lwas", "laaws", "las", "laxws", "laxs")]
    ['SWAPPED', 'DOUBLED', 'LEFT_OUT', 'PUT_IN', 'CHANGED']
    """
    if len(written) < len(meant):
        return Edit.LEFT_OUT
    if len(written) > len(meant):
        return Edit.DOUBLED if _without_doubled(written) == _without_doubled(meant) else Edit.PUT_IN
    return Edit.SWAPPED if sorted(written) == sorted(meant) else Edit.CHANGED


def _without_doubled(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, exchanged or swapped with the next to make one word the other.

    It is the restricted Damerau-Levenshtein distance (optimal string alignment); `most` + 1 stands for anything above.

    >>> distance("mny", "many", 2), distance("lwas", "laws", 2), distance("laws", "court", 2)
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before_that = row, before
        row = [i] + [0] * len(other)
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_that[j - 2] + 1)
            row[j] = cost
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)
