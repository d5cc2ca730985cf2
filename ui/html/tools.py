"""What can be done with an answer, as HTML: copy it, save it, say whether it is right and what is wrong with it."""

import json

from rag import Answer
from ui.html.copied import as_text, sentences
from ui.html.element import Html, element
from ui.html.texts import button, label

Request = dict[str, object]

COPIES = {
    "sentence": "copy_sentence",
    "citations": "copy_citations",
    "question": "copy_question",
    "link": "copy_link",
}
FILES = {"html": "as_html", "markdown": "as_markdown", "json": "as_json"}
WRONG = ("wrong_question", "wrong_time", "wrong_part")  # what may be wrong with an answer


def tools(answer: Answer, request: Request, language: str, feedback: bool) -> Html:
    """The menus and thumbs under an answer; one that cites nothing is not voted on.

    Args:
        answer: what was found.
        request: what asks the same again through `/api/ask`.
        language: of the page.
        feedback: whether to offer a thumb up and a thumb down.
    """
    copies = [
        button(language, key, data_copy=kind) for kind, key in COPIES.items() if answer.points or kind != "sentence"
    ]
    place: dict[str, str | int] = {}
    if feedback and answer.citations:
        first = answer.citations[0]
        place = {"data_document": first.document_id, "data_start": first.start, "data_end": first.end}
    return element(
        "div",
        menu(language, "copy", copies),
        menu(language, "save", [button(language, key, data_download=kind) for kind, key in FILES.items()]),
        _over_time(answer, language),
        element("span", class_="told", role="status"),
        *(_votes(language) if place else ()),
        class_="tools",
        data_request=json.dumps(request, ensure_ascii=False),
        data_sentence=sentences(answer),
        data_citations=as_text(answer, language),
        **place,
    )


def _over_time(answer: Answer, language: str) -> Html | None:
    """A button that shows what articles said over time; None where nothing may answer."""
    if answer.status not in ("answered", "unsure"):
        return None
    return button(language, "over_time", class_="tool", data_timeline=True, aria_expanded="false")


def menu(language: str, key: str, buttons: list[Html]) -> Html:
    """Buttons that a click on a text unfolds."""
    summary = element("summary", label(language, key), class_="tool")
    return element("details", summary, element("div", *buttons, class_="items"), class_="menu")


def _votes(language: str) -> tuple[Html, Html]:
    """A thumb up and a thumb down, which can be taken back, and what may be wrong."""
    up = _thumb("\N{THUMBS UP SIGN}", "up", "vote_up", language)
    down = _thumb("\N{THUMBS DOWN SIGN}", "down", "vote_down", language)
    reasons = [button(language, each, class_="tool", data_why=each, aria_pressed="false") for each in WRONG]
    asked = element("span", label(language, "why_wrong"), *reasons, class_="reasons", hidden=True)
    return element("span", up, down, class_="votes"), asked


def _thumb(sign: str, vote: str, key: str, language: str) -> Html:
    drawn = element("span", sign, aria_hidden="true")
    named = element("span", drawn, label(language, key))
    return element("button", named, type="button", class_="tool", data_vote=vote, aria_pressed="false")
