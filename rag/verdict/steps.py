"""Finds how something is done: the steps, or the command, under a line or a heading that says what they are for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Document
from index.analysis.languages import record
from index.analysis.sentences import sentences
from index.analysis.terms import stems
from rag.reading.introduced import introduced, is_bulleted, is_numbered
from rag.reading.lists import Span, is_item
from rag.reading.opposites import AskedSides
from rag.types import Passage, Query, Reading
from rag.verdict.grouping import Group
from rag.verdict.judge import LIKELY, Verdict
from rag.verdict.question_stems import SHORTEST, found_in, question_stems
from rag.verdict.values import statement

MOST = 3  # ways to do it
_BEFORE = 400  # characters before a passage, in which the line stands that leads to it
_REACH = 3_000  # characters before a line, in which its heading stands
_LONGEST_HEADING = 100  # characters
_LINE = re.compile(r"[^\n]+")
_HEADING_END = re.compile(r"[\w)\"”»?`]$")


@dataclass(frozen=True, slots=True)
class _Instruction:
    """What a line leads to, and how many of the stems of a task it has itself, or the heading over it."""

    document: Document
    line: Span
    told: Span
    in_line: int
    in_heading: int


def steps_to(task: str, query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """How a task is done, as articles in the question's language tell it in its words; nothing if none does.

    The words of the task stand in the line that leads to the steps, in the heading over it, in the title, or in the command itself.

    Args:
        task: what is asked how to do it: "install the client".
        confidence: how sure these are to be.
    """
    asked = question_stems(task, query.language)
    sides = AskedSides(task, query.language, is_number=False)
    passages = [each for each in found if each.document.language == query.language]
    every = [each for passage in passages for each in _instructions(passage, asked, sides)] if asked else []
    best = max(((each.in_line, each.in_heading) for each in every), default=None)
    told = dict.fromkeys(each for each in every if (each.in_line, each.in_heading) == best)
    return [Reading(each.document, each.line[0], each.told[1], *each.told, confidence) for each in told][:MOST]


def decided(task: str, query: Query, found: Sequence[Passage]) -> Verdict | None:
    """How a task is done, as what is said to a question; None if no article tells it in the words of the task."""
    told = steps_to(task, query, found, LIKELY)
    points = tuple(Group((statement(each, None),)) for each in told)
    return Verdict("answered", None, points, (), tuple(told)) if points else None


def _instructions(passage: Passage, asked: frozenset[str], sides: AskedSides) -> Iterator[_Instruction]:
    """The instructions in a passage that are for a task with some stems."""
    document, language = passage.document, passage.document.language
    text, instructing = document.text, re.compile(record(language).lists.instructing, re.IGNORECASE)
    for line in _LINE.finditer(text, max(0, passage.chunk.start - _BEFORE), passage.chunk.end):
        start, end = line.start(), line.start() + len(line[0].rstrip())
        told = introduced(document, end) if line[0].strip() and not is_item(line[0]) else None
        if told is None:
            continue
        start += sentences(line[0], language)[-1][0]
        own, over, title = text[start:end], _heading_over(text, line.start()), document.title
        right_over = over if text[: line.start()].rstrip().endswith(over) else ""
        steps = is_numbered(document, told)
        is_list = steps or is_bulleted(document, told)
        if is_list and not any(map(instructing.search, (own, right_over, title if steps else ""))):
            continue
        command = "" if is_list else text[slice(*told)]
        in_line, in_heading, in_title = (_held(each, language, asked) for each in (own, over, title))
        held = in_line | in_heading | in_title | _held(command, language, asked)
        is_for_task = in_line or (in_heading and right_over) or (steps and in_title == asked)
        if held == asked and is_for_task and not sides.are_others(own, language):
            in_heading = frozenset() if in_line == asked else in_heading
            yield _Instruction(document, (start, end), told, len(in_line), len(in_heading))


def _heading_over(text: str, place: int) -> str:
    """The nearest heading over a line: a paragraph of one line that ends as no sentence does, but for a question."""
    above = text[max(0, place - _REACH) : place].split("\n\n")[:-1]
    return next((each for each in reversed(above) if _is_heading(each.strip())), "")


def _is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading.

    >>> [_is_heading(each) for each in ("How to vote", "npm install", "It is simple.", "Vote:")]
    [True, False, False, False]
    """
    is_line = 0 < len(paragraph) <= _LONGEST_HEADING and "\n" not in paragraph
    return is_line and not paragraph[0].islower() and not is_item(paragraph) and bool(_HEADING_END.search(paragraph))


def _held(text: str, language: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of some stems that a text holds, if only as the beginning of a word: включение for включить."""
    told = stems(text, language)
    begun = (each for each in asked if len(each) >= SHORTEST and any(form.startswith(each) for form in told))
    return found_in(text, language, asked).union(begun)
