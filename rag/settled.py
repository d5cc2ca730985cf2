"""Tells whether what was read settles a question of a special kind: what, where or who it is, how to do it."""

import re

from rag.types import Reading
from rag.understanding.definition import defines
from rag.understanding.question import Meant
from rag.understanding.whereabouts import names_place
from rag.understanding.who import names_maker, tells_who
from rag.verdict.judge import Verdict
from rag.verdict.sources import reports

_STEP = re.compile(r"^(?:\d+[.)]|[-*•–—]) |:\W*$", re.MULTILINE)  # an item of a list, or what leads to one
AGREEING = 3  # independent sources that say alike what many articles could be meant by


def settles(verdict: Verdict, meant: Meant) -> bool:
    """Whether what would be said, or shown as perhaps the answer, says what, where or who it is, is more than one step of many, or is
    what several independent sources say alike, if many articles could be meant.
    """
    if meant.kind == "vague":
        told = [[each.reading for each in point.statements] for point in verdict.points[:1]]
        return any(len(reports(readings)) >= AGREEING for readings in told)
    readings = [point.first.reading for point in verdict.points[:1]]
    return any(_tells(each, meant) for each in readings)


def _tells(reading: Reading, meant: Meant) -> bool:
    language = reading.document.language
    if meant.kind == "defining":
        return defines(reading.sentence, meant.thing, language)
    if meant.kind == "who":
        told = f"{reading.document.title}. {reading.sentence}"
        return tells_who(reading.answer, told, meant.thing, meant.language, language)
    if meant.kind == "maker":
        return names_maker(
            reading.answer, reading.sentence, reading.document.title, meant.thing, meant.language, language
        )
    if meant.kind == "doing":
        return not _STEP.search(reading.sentence)
    start, end = reading.start - reading.sentence_start, reading.end - reading.sentence_start
    return names_place(reading.sentence, start, end, meant.thing, language)
