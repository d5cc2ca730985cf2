"""What is offered beside an answer, as HTML: the articles there are, other questions to ask, the question as it was written."""

from collections.abc import Sequence

from rag import Answer
from ui.html.element import Html, element
from ui.html.sources import listed
from ui.html.texts import label


def articles(answer: Answer, language: str) -> Html | None:
    """The newest articles; a click opens one. None if the answer lists none."""
    if not answer.articles:
        return None
    return element("ol", *(listed(each, language) for each in answer.articles), class_="sources")


def offers(answer: Answer, language: str) -> Html | None:
    """Questions to ask next, each a button that asks it; None if there are none."""
    if not answer.offers:
        return None
    buttons = [element("button", each, type="button", class_="example", data_ask=each) for each in answer.offers]
    return _asking(buttons, language)


def further(questions: Sequence[str], language: str) -> Html:
    """Questions that were asked already, and are answered: a click asks one word for word; empty if there are none."""
    if not questions:
        return element("div")
    return _asking([_verbatim(each, each) for each in questions], language)


def _asking(buttons: list[Html], language: str) -> Html:
    listed = element("ul", *(element("li", button) for button in buttons))
    return element("div", element("p", label(language, "also_ask"), class_="try"), listed, class_="further")


def as_written(written: str, language: str) -> Html:
    """A button that asks a question word for word, after it was understood in another way."""
    return element(
        "button", label(language, "ask_as_written"), type="button", class_="tool", data_ask=written, data_verbatim=True
    )


def _verbatim(shown: str, asked: str) -> Html:
    return element("button", shown, type="button", class_="example", data_ask=asked, data_verbatim=True)
