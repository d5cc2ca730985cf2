"""The answer to a question, and its JSON: the one place that knows its shape.

An answer makes points. A point is a part of a sentence, verbatim; the sentence is the quotation of the point's first
citation. Renderers walk points and citations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from index import Document
from index.store.types import ListedDocument
from index.types import page_of
from rag.reading.answer_type import AnswerType
from rag.reason import Reason
from rag.types import Passage, Reading

VERSION = 2  # of the JSON

Status = Literal["answered", "unsure", "not_found", "overview"]
Relation = Literal["differs", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quotation: `document.text[start:end] == quote` in the document whose text has that SHA-256.

    `path` is the file it came from; `page` the page that the quotation begins on, `line` the line of the file that holds
    the document, each None where there are none.
    """

    number: int
    document_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    path: str
    page: int | None
    line: int | None
    language: str
    start: int
    end: int
    quote: str
    document_sha256: str

    @classmethod
    def of(cls, number: int, document: Document, start: int, end: int) -> "Citation":
        """Cite a place in a document."""
        return cls(
            number=number,
            document_id=document.id,
            title=document.title,
            source=document.source,
            published=document.published,
            url=document.url,
            path=document.path,
            page=page_of(document, start),
            line=document.line,
            language=document.language,
            start=start,
            end=end,
            quote=document.text[start:end],
            document_sha256=document.sha256,
        )

    def to_json(self) -> dict[str, Any]:
        """The citation as `answer.schema.json` describes it."""
        return {name: getattr(self, name) for name in Citation.__slots__}


@dataclass(frozen=True, slots=True)
class Point:
    """Something that answers the question.

    Attributes:
        text: the words that answer, a verbatim part of `sentence`.
        start, end: where they stand in the text of the first cited document, in characters.
        sentence: the quotation of the first citation.
        confidence: how likely they are to answer, 0 to 1.
        citations: the numbers of the citations that say the same, the first one for `sentence`.
        sources: how many independent documents say so; copies of one report count once.
    """

    text: str
    start: int
    end: int
    sentence: str
    confidence: float
    citations: tuple[int, ...]
    sources: int

    def to_json(self) -> dict[str, Any]:
        """The point as `answer.schema.json` describes it."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            "confidence": round(self.confidence, 4),
            "citations": list(self.citations),
            "sources": self.sources,
        }


@dataclass(frozen=True, slots=True)
class OtherPoint:
    """What another document says instead: `text` in `sentence`, the quotation of the citation of that number.

    `start` and `end` tell where the words stand in that document, in characters; `published` is its date, `relation`
    how its statement relates to the first point.
    """

    text: str
    start: int
    end: int
    sentence: str
    citation: int
    published: str | None
    relation: Relation

    def to_json(self) -> dict[str, Any]:
        """The point as `answer.schema.json` describes it."""
        return {name: getattr(self, name) for name in OtherPoint.__slots__}


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as an overview names it; `published` is an ISO date, None if it bears none."""

    id: str
    title: str
    source: str | None
    published: str | None
    language: str
    path: str

    @classmethod
    def of(cls, listed: ListedDocument) -> "ListedArticle":
        """Name an article of a list."""
        return cls(listed.id, listed.title, listed.source, listed.published, listed.language, listed.path)

    def to_json(self) -> dict[str, Any]:
        """The article as `answer.schema.json` describes it."""
        return {name: getattr(self, name) for name in ListedArticle.__slots__}


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns.

    Attributes:
        question: as it was asked.
        understood: the question that was looked up.
        language: of the question.
        status: `answered`; `unsure` (the sentences are shown, without the claim); `not_found`, which has no points; `overview`
            for what asks no question: key words get one point an article, newest first, greetings and requests the articles.
        kind: the type of answer that the question asks for; None if it could be anything.
        points: what answers, the likeliest first.
        others: what other documents say instead, newest first.
        likeliest: the words most likely to answer, whether they were said or not; None if none were read.
        reason: why it was answered, or what decided that it was not.
        citations: every quotation, numbered from 1 in this order, those of the points before those of the others.
        passages: what was found, best first.
        timings: milliseconds of the whole, and of each stage.
        generation, model: which state of the index was asked, and the model it was made with.
        corrections: words of the question that were read as others, each as it was written and as it was read.
        offers: questions to ask next: the others of a letter.
        articles: the newest articles, for a greeting or a request; `reason.params["articles"]` tells how many there are.
    """

    question: str
    understood: str
    language: str
    status: Status
    kind: AnswerType | None
    points: tuple[Point, ...]
    others: tuple[OtherPoint, ...]
    likeliest: Reading | None
    reason: Reason
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    timings: Mapping[str, float]
    generation: int
    model: str
    corrections: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()
    articles: tuple[ListedArticle, ...] = ()

    @property
    def text(self) -> str | None:
        """The words of the first point; None in an overview, which claims no answer."""
        return self._first.text if self._first else None

    @property
    def sentence(self) -> str | None:
        """The sentence of the first point; None in an overview."""
        return self._first.sentence if self._first else None

    @property
    def _first(self) -> Point | None:
        return None if self.status == "overview" or not self.points else self.points[0]

    @property
    def confidence(self) -> float:
        """How likely the likeliest words are to answer, 0 to 1; 0 if none were read."""
        return self.likeliest.confidence if self.likeliest else 0.0

    def citations_of(self, point: Point) -> tuple[Citation, ...]:
        """The citations of a point, the one of its sentence first."""
        return tuple(self.citations[number - 1] for number in point.citations)

    def quotation_of(self, point: Point | OtherPoint) -> Citation:
        """The citation whose quotation is the sentence of a point."""
        number = point.citation if isinstance(point, OtherPoint) else point.citations[0]
        return self.citations[number - 1]

    def split(self, point: Point | OtherPoint) -> tuple[str, str, str]:
        """The sentence of a point in three: before its words, these words, after them."""
        sentence_start = self.quotation_of(point).start
        start, end = point.start - sentence_start, point.end - sentence_start
        return point.sentence[:start], point.sentence[start:end], point.sentence[end:]

    def copies_of(self, citation: Citation) -> list[Document]:
        """The copies of a cited document that hold the quotation, word for word."""
        return [
            copy
            for passage in self.passages
            if passage.document.id == citation.document_id
            for copy in passage.copies
            if citation.quote in copy.text
        ]

    def to_json(self) -> dict[str, Any]:
        """The answer as `answer.schema.json` describes it; `answer`, `answer_start` and `sentence` are the first point's.

        There, `citations` hold what supports a point, and `other_citations` go on with what others say.
        """
        supporting = {number for point in self.points for number in point.citations}
        return {
            "version": VERSION,
            "question": self.question,
            "understood": self.understood,
            "language": self.language,
            "status": self.status,
            "kind": self.kind,
            "answer": self.text,
            "answer_start": self._first.start if self._first else None,
            "sentence": self.sentence,
            "confidence": round(self.confidence, 4),
            "reason": self.reason.text(),
            "reason_code": self.reason.code,
            "reason_params": dict(self.reason.params),
            "points": [point.to_json() for point in self.points],
            "others": [other.to_json() for other in self.others],
            "citations": [each.to_json() for each in self.citations if each.number in supporting],
            "other_citations": [each.to_json() for each in self.citations if each.number not in supporting],
            "passages": [passage.to_json() for passage in self.passages],
            "timings": {name: round(ms, 2) for name, ms in self.timings.items()},
            "index": {"generation": self.generation, "model": self.model},
            "corrections": [{"written": written, "read": read} for written, read in self.corrections],
            "offers": list(self.offers),
            "articles": [article.to_json() for article in self.articles],
        }
