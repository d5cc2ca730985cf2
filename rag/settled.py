"""Tells whether what was read settles a question of a special kind: what or where a thing is, how to do it."""

import re

from rag.types import Reading
from rag.understanding.definition import defines
from rag.understanding.question import Meant
from rag.understanding.whereabouts import names_place
from rag.verdict.judge import Verdict

_STEP = re.compile(r"^(?:\d+[.)]|[-*•–—]) |:\W*$")  # an item of a list, or what leads to one


def settles(verdict: Verdict, meant: Meant) -> bool:
    """Whether what would be said, or shown as perhaps the answer, says what or where a thing is, or is more than one step of many."""
    readings = [point.first.reading for point in verdict.points[:1]]
    return any(_tells(each, meant) for each in readings)


def _tells(reading: Reading, meant: Meant) -> bool:
    language = reading.document.language
    if meant.kind == "defining":
        return defines(reading.sentence, meant.thing, language)
    if meant.kind == "doing":
        return not _STEP.search(reading.sentence)
    start, end = reading.start - reading.sentence_start, reading.end - reading.sentence_start
    return names_place(reading.sentence, start, end, meant.thing, language)
