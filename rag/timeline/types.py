"""A timeline as it is told: values, the articles that tell each, changes between them, and gaps."""

from dataclasses import dataclass
from typing import Any, Literal

from rag.answer import Citation
from rag.verdict.values import Kind

VERSION = 1  # of the JSON

Change = Literal["first", "changed", "differs", "undated"]


@dataclass(frozen=True, slots=True)
class Telling:
    """An article that tells a value: its sentence with its date and source, and where in the document the words stand."""

    citation: Citation
    start: int
    end: int
    confidence: float

    @property
    def words(self) -> str:
        """The words that tell the value."""
        return self.citation.quote[self.start - self.citation.start : self.end - self.citation.start]

    def to_json(self) -> dict[str, Any]:
        """The telling as `kenes timeline --json` prints it."""
        return {
            "words": self.words,
            "start": self.start,
            "end": self.end,
            "confidence": round(self.confidence, 4),
            "citation": self.citation.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Value:
    """What one or more articles say.

    Attributes:
        tellings: the articles, oldest first, those without a date last.
        sources: how many independent sources they are; copies and translations of one report count once.
        change: `first` for the oldest value; `changed` if it was told later than the one before it, `differs` if at once;
            `undated` if no article that tells it bears a date.
        number: the amount, of a number: in the unit of the timeline.
    """

    tellings: tuple[Telling, ...]
    sources: int
    change: Change
    number: float | None

    @property
    def words(self) -> str:
        """The words of the oldest telling."""
        return self.tellings[0].words

    @property
    def first(self) -> str | None:
        """The date of the oldest article that tells it."""
        return self.tellings[0].citation.published

    @property
    def last(self) -> str | None:
        """The date of the newest one."""
        return max((each.citation.published for each in self.tellings if each.citation.published), default=None)

    def to_json(self) -> dict[str, Any]:
        """The value as `kenes timeline --json` prints it."""
        return {
            "words": self.words,
            "number": self.number,
            "first": self.first,
            "last": self.last,
            "change": self.change,
            "sources": self.sources,
            "tellings": [each.to_json() for each in self.tellings],
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of `days` days between two dated tellings in which no article tells a value.

    `silent` counts the articles of that time that were read and tell none.
    """

    after: str
    before: str
    days: int
    silent: int

    def to_json(self) -> dict[str, Any]:
        """The gap as `kenes timeline --json` prints it."""
        return {name: getattr(self, name) for name in Gap.__slots__}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What articles said to a question over time.

    Attributes:
        question: as it was asked.
        understood: as it was looked up, without a time that it names.
        language: of the question.
        kind: what values are compared by.
        unit: of the numbers, "" if they have none or are none.
        values: the one that was told first comes first; those without a date are last.
        gaps: in their order.
        read: how many articles were read.
    """

    question: str
    understood: str
    language: str
    kind: Kind
    unit: str
    values: tuple[Value, ...]
    gaps: tuple[Gap, ...]
    read: int

    def gaps_before(self, value: Value) -> tuple[Gap, ...]:
        """The gaps that end where a value is told for the first time."""
        return tuple(gap for gap in self.gaps if gap.before == value.first)

    def to_json(self) -> dict[str, Any]:
        """The timeline as `kenes timeline --json` prints it."""
        return {
            "version": VERSION,
            "question": self.question,
            "understood": self.understood,
            "language": self.language,
            "kind": self.kind,
            "unit": self.unit,
            "values": [value.to_json() for value in self.values],
            "gaps": [gap.to_json() for gap in self.gaps],
            "read": self.read,
        }
