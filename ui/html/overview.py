"""What is offered beside an answer, as HTML: the articles there are, other questions to ask, the question as it was written."""

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
    return element("div", element("p", label(language, "also_ask"), class_="try"), element("ul", *_listed(buttons)))


def _listed(buttons: list[Html]) -> list[Html]:
    return [element("li", button) for button in buttons]


def as_written(written: str, language: str) -> Html:
    """A button that asks a question word for word, after it was understood in another way."""
    return element(
        "button", label(language, "ask_as_written"), type="button", class_="tool", data_ask=written, data_verbatim=True
    )
