"""Questions in, passages and cited answers out: `Assistant.open(path).ask("…")`."""

from rag.answer import Answer, Citation, ListedArticle, OtherPoint, Point
from rag.assistant import Assistant, unanswerable
from rag.proof import prove
from rag.reason import Code, Reason
from rag.types import Hit, Passage, Query, Reading

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Code",
    "Hit",
    "ListedArticle",
    "OtherPoint",
    "Passage",
    "Point",
    "Query",
    "Reading",
    "Reason",
    "prove",
    "unanswerable",
]
