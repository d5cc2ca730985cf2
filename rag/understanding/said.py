"""What was asked and answered before a question that may lean on it."""

import re
from typing import NamedTuple

from rag.understanding.antecedents import names

SHORT = 6  # words; a longer question says all it needs

_WORD = re.compile(r"[\w'’-]+")


class Said(NamedTuple):
    """A question as it was understood, and the words that answered it, None if nothing did; and where these end.

    `document` and `end` are the id of the first cited document and the place after its quotation; `topic` is the last question before
    that named something, which pronouns may mean as well.
    """

    question: str
    answer: str | None = None
    document: str | None = None
    end: int | None = None
    topic: str | None = None


def topic_after(said: Said | None) -> str | None:
    """The last question that named something, up to the one that was asked, for what comes after the next one."""
    if said is None:
        return None
    is_named = names(said.question, 1) or len(_WORD.findall(said.question)) >= SHORT
    return said.question if is_named else said.topic
