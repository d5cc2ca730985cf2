"""What an answer is called, for every way of showing it: how sure it is, how other articles relate to it, when they are of.

Keys name the texts of the page; phrases are plain text, for the terminal, Markdown and the clipboard.
"""

import re
from collections.abc import Sequence

from index.analysis.unicode import printable
from rag import Answer, Code, OtherPoint, Point
from rag.reading.answer_type import AnswerType
from ui.html.texts import say

SURE, LIKELY = 0.9, 0.6  # confidence from which an answer is called so

Wording = tuple[str, dict[str, str | int]]  # the key of a text, and what fills its gaps


def headline(answer: Answer) -> str | None:
    """The key of what stands above the answer; None where the sentence, or in an overview the reason, speaks for itself."""
    if answer.status == "not_found":
        return None if answer.reason.code is Code.UNCLEAR else "not_found"
    if answer.status == "unsure":
        return "perhaps"
    return "articles_say" if answer.kind is AnswerType.YES_NO else None


def is_rewritten(written: str, understood: str) -> bool:
    """Whether another question was looked up than the one that was written, blanks aside."""
    return understood != " ".join(printable(written).split())


def likelihood(answer: Answer, point: Point) -> str | None:
    """The key of how likely a point is, by the figure as it is shown, and never the surest where articles differ; None where
    nothing is claimed.
    """
    if answer.status != "answered":
        return None
    figure = round(point.confidence, 2)
    if figure >= SURE and not answer.others:
        return "sure"
    return "likely" if figure >= LIKELY else "uncertain"


def otherwise(answer: Answer) -> str:
    """The key of what stands above what other articles say: no contradiction is claimed of what is only perhaps an answer."""
    return "others_say" if answer.status == "answered" else "others_may_say"


def relation(other: OtherPoint) -> str:
    """The key of how what another article says relates to the answer."""
    return f"said_{other.relation}"


def day(published: str) -> Wording | None:
    """The text for an ISO date of a day or a month; None for a year alone, which needs no words.

    >>> day("2024-04-08"), day("2024-04"), day("2024")
    (('day_04', {'day': 8, 'year': '2024'}), ('month_04', {'year': '2024'}), None)
    """
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", published)
    if not found:
        return None
    year, month, of_month = found.groups()
    if of_month is None:
        return f"month_{month}", {"year": year}
    return f"day_{month}", {"day": int(of_month), "year": year}


def dated(published: str, language: str) -> str:
    """A date as a phrase.

    >>> dated("2024-04-08", "ru"), dated("2024", "kk")
    ('8 апреля 2024 года', '2024')
    """
    wording = day(published)
    return say(language, wording[0], **wording[1]) if wording else published


def numbers(citations: Sequence[int]) -> str:
    """What stands behind a sentence: "[1] [2]"."""
    return " ".join(f"[{number}]" for number in citations)


def confidence(answer: Answer, point: Point, language: str) -> str:
    """How likely a point is, and how many say so: "Likely the answer · 0.67 · 3 sources agree"; empty if neither is said."""
    key, parts = likelihood(answer, point), []
    if key:
        parts += [say(language, key), f"{point.confidence:.2f}"]
    if point.sources > 1:
        parts.append(say(language, "sources_agree", count=point.sources))
    return " · ".join(parts)


def aside(other: OtherPoint, language: str) -> str:
    """What stands behind the words of another article: "(earlier, 8 April 2024) [3]"."""
    when = say(language, relation(other))
    if other.published:
        when = f"{when}, {dated(other.published, language)}"
    return f"({when}) {numbers([other.citation])}"
