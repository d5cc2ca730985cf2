"""The page as it is sent: a frame of our own, in which everything but the filters works until Gradio has drawn its own.

It has the ids, and so the look, of what `ui/server/page/layout.py` has Gradio draw; `static/frame.js` moves what is in it over.
"""

from index.analysis.languages import LANGUAGES
from ui.html.element import Html, element
from ui.html.texts import label, say


def early_frame(language: str) -> Html:
    """The frame, with what can be said before anything is known of the articles."""
    talk = element(
        "div",
        element("div", _welcome(language), id="first"),
        element("div", id="conversation"),
        _form(language),
        id="talk",
    )
    desk = element("main", talk, element("div", id="evidence"), id="desk")
    return element("div", _head(language), desk, id="early")


def _head(language: str) -> Html:
    name = element("h1", element("a", "Kenes", href="/"), id="kenes")
    choices = element("div", *(_choice(code, language) for code in LANGUAGES), class_="wrap")
    languages = element("div", choices, id="language", role="group", aria_label=say(language, "interface"))
    return element("header", element("div", name, id="name"), languages, id="head")


def _choice(code: str, language: str) -> Html:
    button = element("input", type="radio", name="language", value=code, checked=code == language)
    return element("label", button, element("span", say(code, "own_name")))


def _welcome(language: str) -> Html:
    return element(
        "section",
        element("p", say(language, "lead"), class_="lead"),
        element("p", say(language, "does_not"), class_="does"),
        element("p", label(language, "loading"), role="status"),
        class_="welcome",
    )


def _form(language: str) -> Html:
    """The box to ask in; `static/early.js` keeps what is pressed before the other scripts are there."""
    box = element("textarea", rows=1, data_placeholder="placeholder", placeholder=say(language, "placeholder"))
    asked = element("label", element("span", label(language, "question"), data_testid="block-info"), box, id="question")
    button = element("button", label(language, "ask"), type="button", id="ask")
    opener = element("button", label(language, "filters"), type="button", class_="label-wrap", aria_expanded="false")
    line = element("div", asked, button, id="line")
    return element("div", line, element("div", opener, id="filters"), id="form")
