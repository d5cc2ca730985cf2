"""What a gold question got back, as spans of characters, and when a span counts as the right place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

Span = tuple[str, int, int]  # document id, start, end


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one gold question got.

    Attributes:
        question: the question as it was asked.
        gold: every span that answers it; empty if nothing does.
        answers: right answers in words; any of them will do.
        found: the spans of the passages, best first.
        cited: the spans of the citations of what is said, in their order; empty if nothing is said.
        answer: the words given as the answer; "" if nothing is said.
        language: the language of the article that these words come from.
        points: distinct right answers, each in every wording; empty if the question is not for several.
        said: the words of every point that is said.
        perhaps: the span of the sentence that is shown as "perhaps"; None if one is said, or none is shown.
        failed: the question could not be run; it scores 0 on quality measures and 1 on error measures.
    """

    question: str
    gold: tuple[Span, ...] = ()
    answers: tuple[str, ...] = ()
    found: tuple[Span, ...] = ()
    cited: tuple[Span, ...] = ()
    answer: str = ""
    language: str = ""
    failed: bool = False
    points: tuple[tuple[str, ...], ...] = ()
    said: tuple[str, ...] = ()
    perhaps: Span | None = None


def shared(span: Span, other: Span) -> int:
    """How many characters two spans share.

    >>> shared(("a", 0, 10), ("a", 6, 30)), shared(("a", 0, 10), ("b", 6, 30))
    (4, 0)
    """
    if span[0] != other[0]:
        return 0
    return max(0, min(span[2], other[2]) - max(span[1], other[1]))


def overlaps(span: Span, gold: Span) -> bool:
    """Whether two spans share at least half of the shorter one.

    >>> overlaps(("a", 0, 10), ("a", 6, 30)), overlaps(("a", 0, 10), ("a", 4, 30))
    (False, True)
    """
    common = shared(span, gold)
    shorter = min(span[2] - span[1], gold[2] - gold[1])
    return common > 0 and 2 * common >= shorter


def at_gold(span: Span, gold: Collection[Span]) -> bool:
    """Whether a span overlaps any gold span."""
    return any(overlaps(span, each) for each in gold)


def passage_name(span: Span) -> str:
    """A span as rankings and run files name it.

    >>> passage_name(("first-meeting", 10, 250))
    'first-meeting:10-250'
    """
    return f"{span[0]}:{span[1]}-{span[2]}"


def judge(found: Sequence[Span], gold: Collection[Span]) -> tuple[list[str], list[str]]:
    """The names of the ranked passages, and of the relevant ones: the first passage that holds each gold span.

    A gold span that no passage holds is relevant under its own name, so that measures know what was missed. A second
    passage with the same gold span adds nothing.

    >>> judge([("a", 0, 50), ("b", 0, 50), ("a", 50, 90)], [("a", 10, 20), ("a", 30, 40), ("c", 0, 9)])
    (['a:0-50', 'b:0-50', 'a:50-90'], ['a:0-50', 'c:0-9'])
    """
    relevant = set()
    for span in gold:
        holder = next((each for each in found if overlaps(each, span)), span)
        relevant.add(passage_name(holder))
    return list(map(passage_name, found)), sorted(relevant)
