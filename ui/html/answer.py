"""One turn of the conversation as HTML: the question as it was understood, then the verdict and what can be done with it."""

from typing import cast

from rag import Answer, Code
from ui.html.element import Html, element
from ui.html.overview import as_written
from ui.html.sources import between, in_language, shortened
from ui.html.texts import button, explained, label
from ui.html.tools import Request, tools
from ui.html.verdict import verdict
from ui.html.wording import is_rewritten

LONGEST = 160  # characters of a question that could not be asked
PASSING = ("busy", "fault")  # why a question failed that may be answered when it is asked again
CLASSES = {"answered": "answered", "unsure": "unsure", "not_found": "not-found", "overview": "overview"}


def turn(
    answer: Answer,
    written: str,
    request: Request | None,
    language: str,
    *,
    feedback: bool,
    article: str | None = None,
) -> Html:
    """A question with its answer.

    Args:
        answer: what was found.
        written: the question as the person wrote it.
        request: what asks the same again through `/api/ask`; None where that cannot be asked alone.
        language: of the page.
        feedback: whether to offer a thumb up and a thumb down.
        article: the title of the only one that was looked in, if it was one alone.
    """
    body = element(
        "div",
        _narrowed(request or {}, article, language),
        verdict(answer, language),
        tools(answer, request, language, feedback) if request is not None else None,
        class_="body",
    )
    is_undone = answer.understood != answer.question and answer.reason.code is not Code.MORE
    undo = as_written(answer.question, language) if is_undone else None
    return _turn(CLASSES[answer.status], written, answer.understood, language, body, undo)


def _narrowed(request: Request, article: str | None, language: str) -> Html | None:
    """The active filters as a line of HTML; None if there are none."""
    spoken = cast("tuple[str, ...]", request.get("languages", ()))
    parts: list[str] = [article] if article else []
    parts += [in_language(code, language) for code in spoken]
    parts += cast("tuple[str, ...]", request.get("sources", ()))
    if "after" in request or "before" in request:
        parts.append(f"{request.get('after', '…')} – {request.get('before', '…')}")
    if not parts:
        return None
    return element("p", label(language, "only_in"), " ", *between(parts, " · "), class_="understood")


def failed(question: str, key: str, language: str, detail: str | None = None, **values: int) -> Html:
    """A question that could not be asked, with a sentence that says why and what to do.

    Args:
        question: as the person wrote it.
        key: of the text that says why.
        language: of the page.
        detail: a sentence of the error itself, if there is one.
        values: for the gaps of that text.
    """
    parts = [element("p", label(language, key, **values), class_="why", data_aloud=True)]
    if detail:
        parts.append(element("p", detail))
    if key in PASSING:
        parts.append(button(language, "again", class_="tool", data_again=True))
    shown = shortened(" ".join(question.split()), LONGEST)
    return _turn("failed", shown, shown, language, element("div", *parts))


def _turn(kind: str, written: str, understood: str, language: str, body: Html, undo: Html | None = None) -> Html:
    """A turn; what was looked up is shown where it is another question than the one that was written."""
    note = None
    if is_rewritten(written, understood):
        edit = element(
            "button",
            element("q", understood),
            type="button",
            class_="edit",
            data_edit=understood,
            **explained(language, "edit_question"),
        )
        note = element("p", label(language, "understood"), " ", edit, " ", undo, class_="understood")
    return element(
        "article",
        element("h3", written, class_="asked"),
        note,
        body,
        class_=f"turn {kind}",
        data_language=language,
    )
