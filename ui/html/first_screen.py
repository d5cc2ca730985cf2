"""The first screen as HTML: what is indexed, what the page does and does not do, and questions that it answers."""

from collections.abc import Sequence

from index import Snapshot
from index.analysis.languages import LANGUAGES
from rag.themes.report import ThemeCount
from ui.html.element import Html, element, joined
from ui.html.texts import button, label, say
from ui.html.wording import dated

NAMED_SOURCES = 6
MOST_WORDS = 2  # more are taken for a question, see `rag.understanding.topic`
LEAST_OF_A_THEME = 5  # articles

Facts = list[tuple[str, str]]


def welcome(facts: Facts, themes: Sequence[ThemeCount], language: str, *, due: bool = False) -> Html:
    """The first screen in a language.

    Args:
        facts: what is indexed, from `facts_of`.
        themes: what the articles are about; a click asks for the best phrase of one.
        language: of the page.
        due: whether others are being found, which the page shows when they are.
    """
    return element(
        "section",
        element("p", say(language, "lead"), class_="lead"),
        element("p", say(language, "does_not"), class_="does"),
        element("div", class_="examples"),
        themes_of_all(themes, language, due=due),
        _facts(facts, language),
        element("button", say(language, "browse"), type="button", class_="tool browse", data_shelf=True),
        element("p", element("a", label(language, "for_programs"), href="/api", target="_blank"), _keys(language)),
        class_="welcome",
        data_language=language,
    )


def _keys(language: str) -> Html:
    """What opens the list of keys, for those who have a keyboard."""
    return button(language, "keys", class_="keys", data_keys=True)


def _facts(facts: Facts, language: str) -> Html:
    """How many articles in which languages on one line, which unfolds the rest."""
    told = dict(facts)
    rows = [joined(element("dt", label(language, key)), element("dd", value)) for key, value in facts]
    line = element("summary", label(language, "articles_found", count=told["articles"]), f" · {told['languages']}")
    return element("details", line, element("dl", *rows), class_="facts")


def examples(questions: Sequence[str], language: str) -> Html:
    """Questions that a click asks, which go into the first screen when they are found."""
    if not questions:
        return element("div", class_="examples")
    buttons = [element("button", each, type="button", class_="example", data_ask=each) for each in questions]
    return element(
        "div",
        element("h2", say(language, "examples")),
        element("ul", *(element("li", button) for button in buttons)),
        class_="examples",
    )


def themes_of_all(found: Sequence[ThemeCount], language: str, *, due: bool = False) -> Html:
    """The larger themes: the names of smaller ones are words that a few articles happen to share."""
    themes = [theme for theme in found if theme.articles >= LEAST_OF_A_THEME]
    return element("div", _themes(themes, language) if themes else None, class_="themes", data_due=due)


def _themes(themes: Sequence[ThemeCount], language: str) -> Html:
    asked = [_key_words(theme) for theme in themes]
    buttons = [
        element(
            "button",
            f"{theme.name} ({theme.articles})",
            type="button",
            class_="example",
            data_ask=words,
            lang=theme.language,
        )
        for theme, words in zip(themes, asked, strict=True)
    ]
    every = element("a", label(language, "themes_all"), href=f"/page/themes?language={language}", target="_blank")
    return joined(
        element("h2", label(language, "themes_first")),
        element("ul", *(element("li", button) for button in buttons)),
        element("p", every),
    )


def _key_words(theme: ThemeCount) -> str:
    """The best phrase of a theme that is short enough to be taken for key words."""
    short = (phrase for phrase in theme.phrases if len(phrase.split()) <= MOST_WORDS)
    return next(short, " ".join(theme.phrases[0].split()[-MOST_WORDS:]) if theme.phrases else "")


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
