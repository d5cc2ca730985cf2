"""The sections of a text, each under what it is told of: a heading, the words a paragraph or an item begins with, the first cell of a row."""

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.analysis.languages import record

LONGEST = 200_000  # characters of a text that is looked through
_HEADING = 80  # characters
_LABEL = 60
_WORDS = 7  # of a label
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_ROW = re.compile(r"(?P<column>[^:;\n]{1,60}): (?P<label>[^:;\n]{1,60}); [^:;\n]{1,60}: ")
_LEAD = re.compile(
    r"(?P<mark>[ \t]*[-*•–—▪►][ \t]+)?(?P<label>[^\W_][^.:;!?\n—–]{0,58}[^\W_\s)]\)?)(?:[.:]|[ \t][—–-])[ \t]+\S"
)
_ITEM = re.compile(r"[ \t]*(?:[-*•–—▪►]|\d{1,3}[.)])[ \t]+")
_NO_HEADING = re.compile(r"^[^\w«“\"]*[a-zа-яёәғқңөұүһі(]|[.!?…;,—–-]$|; .*: ")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a label.

    Attributes:
        kind: where its label stands; only labels of one kind stand beside each other.
        label: the words that say what it is told of.
        start: where the label begins, with the mark of its item.
        body: where the label ends.
        end: where the section ends.
        own: those words of the label that its sisters do not share, as they are written.
        is_name: whether the label can only be a name, in words that sisters share or that begin with a capital.
    """

    kind: str
    label: str
    start: int
    body: int
    end: int
    own: tuple[str, ...]
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Label:
    kind: str
    text: str
    start: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.text))


def are_sisters(one: str, other: str) -> bool:
    """Whether two labels are alike but for one word: Zone 1 and Zone 2, garden waste and food waste, 2023 and 2024.

    >>> are_sisters("Garden waste", "Food waste"), are_sisters("Prices", "Tickets"), are_sisters("2023", "2024")
    (True, False, True)
    """
    return one.casefold() != other.casefold() and not _frames(one).isdisjoint(_frames(other))


@functools.lru_cache(1024)
def _frames(label: str) -> frozenset[tuple[str, ...]]:
    """The words of a label with a gap for each of them in turn; of a single word only if it is a year."""
    words = _WORD.findall(label.casefold())
    if len(words) == 1 and not _YEAR.fullmatch(words[0]):
        return frozenset()
    return frozenset((*words[:at], "", *words[at + 1 :]) for at in range(len(words)))


@functools.lru_cache(64)
def sections_in(text: str, language: str) -> tuple[Section, ...]:
    r"""The sections of a text whose labels stand beside others of their kind, in order; they may lie in each other.

    >>> fees = "Fees differ.\n\nOrvik Council. £20 a year.\n\nCall us.\n\nLund Council. £30 a year."
    >>> [(each.label, each.own, fees[each.body : each.end].strip(" .\n")) for each in sections_in(fees, "en")]
    [('Orvik Council', ('Orvik',), '£20 a year.\n\nCall us'), ('Lund Council', ('Lund',), '£30 a year')]
    """
    labels = list(_labels(text[:LONGEST]))
    headings = [each for each in labels if each.kind == "heading"]
    found: list[Section] = []
    for kind in dict.fromkeys(each.kind for each in labels):
        found += _sections([each for each in labels if each.kind == kind], headings, text, language)
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def subject_of(text: str, language: str, place: int) -> tuple[str, ...]:
    r"""The labels of the sections that a place in a text stands in, behind their labels, the outermost first: those that share words with sisters.

    >>> subject_of("Orvik Council\n\nA day costs £20.\n\nLund Council\n\nA day costs £30.", "en", 60)
    ('Lund Council',)
    """
    over = (each for each in sections_in(text, language) if each.body <= place < each.end)
    return tuple(dict.fromkeys(each.label for each in over if len(each.own) < len(_WORD.findall(each.label))))


def _labels(text: str) -> Iterator[_Label]:
    """The words at the beginning of lines that may say what follows them."""
    for found in _LINE.finditer(text):
        start, end = found.span()
        line = found[0]
        if row := _ROW.match(line):
            yield _Label(f"row {row['column']}", row["label"].strip(), start, start + row.end("label"))
        elif _is_heading(text, start, end):
            yield _Label("heading", line.strip().rstrip(":").strip(), start, end)
        elif lead := _LEAD.match(line):
            yield _Label("item" if lead["mark"] else "lead", lead["label"], start, start + lead.end("label"))


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a line stands alone over more text, and is short and no sentence."""
    line = text[start:end].strip()
    is_alone = text[max(0, start - 2) : start] in ("", "\n\n") and text.startswith("\n\n", end) and text[end:].strip()
    is_short = len(line) <= _HEADING and any(map(str.isalnum, line))
    return bool(is_alone) and is_short and not _NO_HEADING.search(line) and not _ITEM.match(line)


def _sections(labels: Sequence[_Label], headings: Sequence[_Label], text: str, language: str) -> Iterator[Section]:
    """The sections under those labels of one kind that stand beside others."""
    texts = list(dict.fromkeys(each.text for each in labels))
    counted = Counter(word.casefold() for each in texts for word in set(_WORD.findall(each)))
    common = frozenset(word for word, count in counted.items() if count > 1)
    little = record(language).little_words

    def is_name(label: _Label) -> bool:
        is_own = [word for word in label.words if word[0].isupper() and word.casefold() not in common]
        known = (word[0].isupper() or word[0].isdigit() or word.casefold() in common | little for word in label.words)
        return bool(is_own) and len(label.words) <= _WORDS and all(known)

    alike = Counter(frame for each in {each.casefold() for each in texts} for frame in _frames(each))
    kept = [each for each in labels if any(alike[frame] > 1 for frame in _frames(each.text)) or is_name(each)]
    kept = _outermost(kept)
    if len({each.text for each in kept}) < 2:
        return
    ends = _ends(kept, headings, text)
    for label, end in zip(kept, ends, strict=True):
        own = tuple(word for word in label.words if word.casefold() not in common | little)
        yield Section(label.kind, label.text, label.start, label.end, end, own or label.words, is_name(label))


def _outermost(labels: list[_Label]) -> list[_Label]:
    """Labels without headings that stand again under several others: the prices of each town."""
    count = Counter(each.text for each in labels)
    once = [each for each in labels if count[each.text] == 1]
    return once if labels and labels[0].kind == "heading" and len(once) > 1 else labels


def _ends(labels: Sequence[_Label], headings: Sequence[_Label], text: str) -> list[int]:
    """Where the sections under some labels end: the last one goes no further than those before it would."""
    kind, starts = labels[0].kind, [each.start for each in labels[1:]]
    if kind not in ("heading", "lead"):
        return [_end_of_item(text, each.end, is_row=kind != "item") for each in labels]
    if kind == "heading":
        inside = {each.text for each in headings if labels[0].start < each.start < labels[-1].start}
        last = next(
            (each.start for each in headings if each.start > labels[-1].start and each.text not in inside), len(text)
        )
        return [*starts, last]
    over = [*(each.start for each in headings), len(text)]
    ends = [
        min(until, over[bisect_right(over, label.start)])
        for label, until in zip(labels, [*starts, len(text)], strict=True)
    ]
    paragraphs = max(text.count("\n\n", label.start, end) for label, end in zip(labels[:-1], ends[:-1], strict=True))
    return [*ends[:-1], min(ends[-1], _after_paragraphs(text, labels[-1].start, max(1, paragraphs)))]


def _after_paragraphs(text: str, start: int, count: int) -> int:
    at = start
    for _ in range(count):
        at = text.find("\n\n", at)
        if at < 0:
            return len(text)
        at += 2
    return at


def _end_of_item(text: str, start: int, *, is_row: bool) -> int:
    """Where an item ends, with the lines that go on with it, or a row, which is one line."""
    end = text.find("\n", start)
    while not is_row and 0 <= end < len(text) - 1 and text[end + 1] != "\n" and not _ITEM.match(text, end + 1):
        end = text.find("\n", end + 1)
    return len(text) if end < 0 else end
