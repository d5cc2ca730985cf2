"""Finds how something is done: the steps, or the command, under a line or a heading that says what they are for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from index.analysis.terms import stems, words
from rag.reading.introduced import introduced, is_bulleted, is_numbered, leads_on
from rag.reading.lists import Span, is_item
from rag.reading.opposites import AskedOpposites
from rag.types import Passage, Query, Reading
from rag.verdict.grouping import Group
from rag.verdict.judge import LIKELY, Verdict
from rag.verdict.question_stems import SHORTEST, found_in
from rag.verdict.values import statement

MOST = 3  # ways to do it
LEAST = 0.75  # how far a line, with its heading, must say what the task is
LEAST_OF_COMMAND = 0.4  # the same of a line that leads to a command with all words of the task: pip install client
CLEAR = 0.6  # the same from which several lines may be shown
_BEFORE = 400  # characters before a passage, in which the line stands that leads to it
_REACH = 3_000  # characters before a line, in which its heading stands
_LONGEST_HEADING = 100  # characters
_LINE = re.compile(r"[^\n]+")
_NUMBERED = re.compile(r"[ \t]*\d{1,3}[.)]\s")
_HEADING_START = re.compile(r"[«“\"]?[^\W_a-zа-яёәғқңөұүһі]")
_HEADING_END = re.compile(r"[\w)\"”»?`]$")


@dataclass(frozen=True, slots=True)
class _Instruction:
    """What a line leads to, and how far that line, or its heading, says what the task is."""

    document: Document
    line: Span
    told: Span
    share: float

    @property
    def command(self) -> str:
        """What is to be done."""
        return self.document.text[slice(*self.told)]


def decided(task: str, query: Query, found: Sequence[Passage]) -> Verdict | None:
    """How a task is done, as what is said to a question; None if no article tells it in the words of the task.

    Args:
        task: what is asked how to do it, "" if the question asks for anything else, such as the command for it.
    """
    told = steps_to(task or _commanded(query), query, found, LIKELY)
    points = tuple(Group((statement(each, None),)) for each in told)
    return Verdict("answered", None, points, (), tuple(told)) if points else None


def steps_to(task: str, query: Query, found: Sequence[Passage], confidence: float) -> list[Reading]:
    """How a task is done, as articles in the question's language tell it in its words; nothing if none does.

    All words of the task stand in the line that leads to the steps, in the heading over it, or in the title; or in the command itself.
    Of several such lines those tell it that say least besides.

    Args:
        task: what is asked how to do it: "install the client".
        confidence: how sure these are to be.
    """
    asked = _telling(task, query.language)
    sides = AskedOpposites(task, query.language, is_number=False)
    passages = [each for each in found if each.document.language == query.language]
    every = [each for passage in passages for each in _instructions(passage, asked, sides)] if asked else []
    best = max((each.share for each in every), default=0.0)
    told = dict.fromkeys(each for each in every if each.share == best)
    if best < CLEAR and len({each.command for each in told}) > 1:  # which of them it is, words do not tell
        return []
    return [Reading(each.document, each.line[0], each.told[1], *each.told, confidence) for each in told][:MOST]


def _commanded(query: Query) -> str:
    """What a question asks for the command for; "" if it asks for no command."""
    asked = re.search(record(query.language).lists.asks_command, query.text, re.IGNORECASE)
    return next(filter(None, asked.groups()), "") if asked else ""


def _instructions(passage: Passage, asked: frozenset[str], sides: AskedOpposites) -> Iterator[_Instruction]:
    """The instructions in a passage that are for a task with some stems."""
    document, language = passage.document, passage.document.language
    text, title = document.text, document.title
    begin = text.rfind("\n", 0, max(0, passage.chunk.start - _BEFORE)) + 1
    for line in _LINE.finditer(text, begin, passage.chunk.end):
        start, end = line.start(), line.start() + len(line[0].rstrip())
        told = introduced(document, end) if _HEADING_START.match(line[0]) and not is_item(line[0]) else None
        if told is None or not (leads_on(document, end) or _is_heading(line[0])):
            continue
        start += sentences(line[0], language)[-1][0]
        own, over = text[start:end], _heading_over(text, line.start())
        is_first = bool(over) and _is_first(text[text.rfind(over, 0, start) + len(over) : start])
        is_titled = is_numbered(document, told) and _held(title, language, asked) == asked
        leading = (own, over if is_first else "", title if is_titled else "")
        if sides.are_others(own, language) or not _may_be_steps(document, told, leading, asked):
            continue
        share = (
            1.0 if is_titled else _share_told(asked, own, over, title, text[slice(*told)], language, is_first=is_first)
        )
        if share:
            yield _Instruction(document, (start, end), told, share)


def _share_told(
    asked: frozenset[str], own: str, over: str, title: str, told: str, language: str, *, is_first: bool
) -> float:
    """How far a line with the heading over it says what a task is, 0 if not far enough: the less, the more of it what follows tells itself.

    Args:
        own, over, title, told: the line, the heading over it, the title, and what follows.
        is_first: whether nothing else under the heading leads to steps before; else it must be told again what the heading says.
    """
    in_line, in_heading, in_title, in_told = (_held(each, language, asked) for each in (own, over, title, told))
    from_heading = in_heading if is_first else in_heading & in_told
    share = max(_share(asked, own, language), _share(asked, f"{own}\n{over}", language) if is_first or in_line else 0.0)
    least = LEAST - (LEAST - LEAST_OF_COMMAND) * len(in_told) / len(asked)
    if in_line | from_heading | in_title == asked and share >= least:
        return share
    is_command = own.endswith(":") and in_line and in_told == asked and share >= LEAST_OF_COMMAND
    return LEAST_OF_COMMAND if is_command else 0.0


def _may_be_steps(document: Document, told: Span, leading: Sequence[str], asked: frozenset[str]) -> bool:
    """Whether what a line leads to may be steps: a command may, and a list if the line, or else a heading or the title over it, says so.

    Under a heading that says nothing of the task a list without numbers, as of what is needed first, is none.

    Args:
        leading: the line, the heading if nothing else stands between, and the title if it says what the task is.
    """
    own, *_ = leading
    instructing = re.compile(record(document.language).lists.instructing, re.IGNORECASE)
    if is_bulleted(document, told) and not (own.endswith(":") or _held(own, document.language, asked)):
        return False
    is_list = is_numbered(document, told) or is_bulleted(document, told)
    return not is_list or any(map(instructing.search, leading))


def _is_first(between: str) -> bool:
    """Whether nothing that stands between a heading and a line under it leads to a list or a command."""
    return not any(line.rstrip().endswith(":") or _NUMBERED.match(line) for line in between.split("\n"))


def _share(asked: frozenset[str], text: str, language: str) -> float:
    """How far a text says what a task is, and nothing besides (F1): "To install plugins, run this command" for "install" two thirds."""
    doing = whole_words(record(language).lists.doing)
    held = _held(text, language, asked)
    said = _telling(doing.sub(" ", text), language)
    besides = sum(not any(each.startswith(one) or one.startswith(each) for one in held) for each in said)
    return 2 * len(held) / (len(asked) + len(held) + besides)


def _heading_over(text: str, place: int) -> str:
    """The nearest heading over a line: a paragraph of one line that ends as no sentence does, but for a question."""
    above = text[max(0, place - _REACH) : place].split("\n\n")[:-1]
    return next((each for each in reversed(above) if _is_heading(each)), "")


def _is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading.

    >>> [_is_heading(each) for each in ("How to vote", "npm install", "It is simple.", "Vote:")]
    [True, False, False, False]
    """
    line = paragraph.strip()
    is_line = 0 < len(line) <= _LONGEST_HEADING and "\n" not in line and not is_item(line)
    return is_line and bool(_HEADING_START.match(line) and _HEADING_END.search(line))


def _telling(text: str, language: str) -> frozenset[str]:
    """The stems of a text's words, without those that say little."""
    small = record(language).little_words
    return frozenset(stems(" ".join(word for word in words(text) if word not in small), language))


def _held(text: str, language: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of some stems that a text holds, if only as the beginning of a word: включение for включить."""
    told = stems(text, language)
    begun = (each for each in asked if len(each) >= SHORTEST and any(form.startswith(each) for form in told))
    return found_in(text, language, asked).union(begun)
