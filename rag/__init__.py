"""Questions in, passages and cited answers out: `Assistant.open(path).ask("…")`."""

from rag.assistant import Assistant, unanswerable
from rag.proof import prove
from rag.types import Answer, Citation, Hit, Passage, Query, Reading

__all__ = ["Answer", "Assistant", "Citation", "Hit", "Passage", "Query", "Reading", "prove", "unanswerable"]
