"""What articles said over time, as HTML: a chart where values are numbers, then each value with its sentences and gaps."""

from collections.abc import Sequence
from datetime import date

from rag.timeline.types import Gap, Telling, Timeline, Value
from rag.understanding.days import published_days
from rag.verdict.values import Kind
from ui.html.element import Html, element, joined
from ui.html.sources import about, between, dated_label, place, title
from ui.html.texts import label, renamed, say
from ui.html.wording import dated

CHANGES = {"changed": "timeline_changed", "differs": "timeline_differs"}
FEWEST = 2  # dated numbers that make a chart
_WIDE, _HIGH, _EDGE, _DOT = 640, 150, 24, 6  # pixels: the chart, the room at its edges, a point

Point = tuple[int, int, Telling]  # across, down, and what is told there


def as_section(found: Timeline, language: str) -> Html:
    """A timeline below an answer; a click on a point or a value opens the article at the words."""
    if not found.values:
        return element("section", element("p", label(language, "timeline_none", read=found.read)), class_="timeline")
    rows = [row for value in found.values for row in _rows(found, value, language)]
    return element(
        "section",
        element("h3", label(language, "timeline_title")),
        _chart(found, language),
        element("ol", *rows),
        class_="timeline",
    )


def _rows(found: Timeline, value: Value, language: str) -> list[Html]:
    return [*(_gap(gap, language) for gap in found.gaps_before(value)), _value(value, language)]


def _gap(gap: Gap, language: str) -> Html:
    told = label(language, "timeline_gap", days=gap.days)
    if gap.silent:
        told = label(language, "timeline_silent", days=gap.days, articles=gap.silent)
    return element("li", told, class_="gap")


def _value(value: Value, language: str) -> Html:
    """A value with its dates, how it came after the one before it, and the sentences that tell it."""
    dates = [dated_label(each, language) for each in dict.fromkeys(filter(None, (value.first, value.last)))]
    notes = [*between(dates, " – ")] or [label(language, "timeline_undated")]
    if value.change in CHANGES:
        notes += [" · ", label(language, CHANGES[value.change])]
    if value.sources > 1:
        notes += [" · ", label(language, "sources_agree", count=value.sources)]
    words = element("strong", value.words, lang=value.tellings[0].citation.language)
    tellings = element("ul", *(_telling(each, language) for each in value.tellings))
    return element("li", words, " ", element("span", *notes, class_="about"), tellings)


def _telling(telling: Telling, language: str) -> Html:
    quote = telling.citation
    start, end = telling.start - quote.start, telling.end - quote.start
    sentence = joined(quote.quote[:start], element("mark", quote.quote[start:end]), quote.quote[end:])
    return element(
        "li",
        title(quote.title, quote.language, **_opens(telling)),
        about(quote, language),
        place(quote.path, quote.page, quote.line, language),
        element("q", sentence, class_="quote", lang=quote.language),
    )


def _opens(telling: Telling) -> dict[str, str | int | None]:
    """Where a click leads."""
    quote = telling.citation
    return {
        "data_open": quote.document_id,
        "data_sha": quote.document_sha256,
        "data_start": quote.start,
        "data_end": quote.end,
        "data_number": quote.number,
        "data_words": f"{telling.start},{telling.end}",
    }


def _chart(found: Timeline, language: str) -> Html | None:
    """The numbers by the dates of their articles; None if fewer than two of them bear a date."""
    told = [
        (days.first, value.number, telling)
        for value in found.values
        for telling in value.tellings
        if value.number is not None and (days := published_days(telling.citation.published))
    ]
    if found.kind is not Kind.NUMBER or len({number for _, number, _ in told}) < FEWEST:
        return None
    told.sort(key=lambda each: (each[0], each[1]))
    points = _placed(told)
    line = " ".join(f"{across},{down}" for across, down, _ in points)
    first, last = (dated(each[2].citation.published or "", language) for each in (told[0], told[-1]))
    return element(
        "svg",
        element("polyline", points=line),
        *(_point(each, language) for each in points),
        element("text", first, x=0, y=_HIGH),
        element("text", last, x=_WIDE, y=_HIGH, text_anchor="end"),
        viewBox=f"0 0 {_WIDE} {_HIGH}",
        role="group",
        aria_label=say(language, "timeline_chart"),
    )


def _placed(told: Sequence[tuple[date, float, Telling]]) -> list[Point]:
    """Points of a chart: dates across, numbers upwards."""
    days, numbers = [day.toordinal() for day, _, _ in told], [number for _, number, _ in told]
    across = (_WIDE - 4 * _EDGE) / max(1, days[-1] - days[0])
    up = (_HIGH - 3 * _EDGE) / (max(numbers) - min(numbers))
    return [
        (
            round(2 * _EDGE + across * (day - days[0])),
            round(_HIGH - 1.5 * _EDGE - up * (number - min(numbers))),
            telling,
        )
        for day, number, (_, _, telling) in zip(days, numbers, told, strict=True)
    ]


def _point(point: Point, language: str) -> Html:
    across, down, telling = point
    named = renamed(language, "open_source", number=telling.citation.number, title=telling.citation.title)
    return element(
        "a",
        element("circle", cx=across, cy=down, r=_DOT),
        element("text", telling.words, x=across, y=down - 10, text_anchor="middle"),
        href="#",
        **named,
        **_opens(telling),
    )
