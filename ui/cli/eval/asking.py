"""Asks a person who writes gold or stories, until nothing more will come."""


class Enough(Exception):
    """The person has had enough: q, Ctrl+C, or the end of the input."""


def asked(what: str, *, may_end: bool = False) -> str:
    """What the person types.

    Args:
        may_end: q ends, too, and is no answer.

    Raises:
        Enough: nothing more will come.
    """
    try:
        typed = input(f"{what}: ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        raise Enough from None
    if may_end and typed == "q":
        raise Enough
    return typed
