"""The first screen as HTML: what is indexed, what the page does and does not do, and questions that it answers."""

from collections.abc import Sequence

from index import Snapshot
from index.analysis.languages import LANGUAGES
from ui.html.element import Html, element, joined
from ui.html.texts import label, say
from ui.html.wording import dated

NAMED_SOURCES = 6

Facts = list[tuple[str, str]]


def welcome(facts: Facts, questions: Sequence[str], language: str) -> Html:
    """The first screen in a language.

    Args:
        facts: what is indexed, from `facts_of`.
        questions: examples that a click asks.
        language: of the page.
    """
    rows = [joined(element("dt", label(language, key)), element("dd", value)) for key, value in facts]
    return element(
        "section",
        element("p", say(language, "lead"), class_="lead"),
        element("p", say(language, "does_not"), class_="does"),
        _examples(questions, language),
        element("dl", *rows),
        element("button", say(language, "browse"), type="button", class_="tool browse", data_shelf=True),
        class_="welcome",
        data_language=language,
    )


def _examples(questions: Sequence[str], language: str) -> Html | None:
    if not questions:
        return None
    buttons = [element("button", each, type="button", class_="example", data_ask=each) for each in questions]
    return joined(
        element("h2", say(language, "examples")),
        element("ul", *(element("li", button) for button in buttons)),
    )


def facts_of(snapshot: Snapshot, language: str) -> Facts:
    """What is indexed: how many articles, from which sources, of which dates, in which languages."""
    spoken = snapshot.languages()
    names = [f"{say(language, 'in_' + code)} {spoken[code]}" for code in LANGUAGES if code in spoken]
    return [
        ("articles", str(snapshot.counts()[0])),
        ("sources", _sources(snapshot, language)),
        ("dates", _dates(snapshot, language)),
        ("languages", " · ".join(names)),
    ]


def _sources(snapshot: Snapshot, language: str) -> str:
    named = [source.name for source in snapshot.sources() if source.name]
    if not named:
        return say(language, "no_sources")
    shown = " · ".join(named[:NAMED_SOURCES])
    return f"{shown} +{len(named) - NAMED_SOURCES}" if len(named) > NAMED_SOURCES else shown


def _dates(snapshot: Snapshot, language: str) -> str:
    dates = [date for source in snapshot.sources() for date in (source.first, source.last) if date]
    if not dates:
        return say(language, "no_dates")
    return " – ".join(dated(date, language) for date in dict.fromkeys((min(dates), max(dates))))
