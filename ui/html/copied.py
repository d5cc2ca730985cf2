"""An answer as plain text, for the clipboard: what is said, then where each quotation stands."""

from rag import Answer, Citation
from ui.html.texts import say
from ui.html.wording import aside, dated, headline, numbers, otherwise


def as_text(answer: Answer, language: str) -> str:
    """The sentences with the numbers of their citations, what other articles say, and the citations."""
    lines = []
    if key := headline(answer):
        lines.append(say(language, key))
    if answer.status != "answered":
        lines.append(answer.reason.text(language))
    lines += [f"“{point.sentence}” {numbers(point.citations)}" for point in answer.points]
    if answer.others:
        said = "; ".join(f"{other.text} {aside(other, language)}" for other in answer.others)
        lines.append(f"{say(language, otherwise(answer))} {said}")
    return "\n".join([*lines, "", *(_place(citation, language) for citation in answer.citations)])


def sentences(answer: Answer) -> str | None:
    """The sentences alone, one a line; None if there are none."""
    return "\n".join(point.sentence for point in answer.points) or None


def _place(citation: Citation, language: str) -> str:
    date = citation.published and dated(citation.published, language)
    about = ", ".join(filter(None, (citation.title, citation.source, date, citation.url)))
    return f"[{citation.number}] {about} (Kenes {citation.document_id}, {citation.start}–{citation.end})"
