"""Reads passages: which sentence answers the question, and how likely it is that it does.

A judge reads the question with every sentence of the best passages. One that points at the exact words inside a sentence
only has to offer the same `read`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index import Document, Embedder, interaction, pack, stems, worded
from rag.decide import Features, Model
from rag.judge import Judge
from rag.kinds import counts_asked_thing, kind_missing
from rag.sentences import sentences
from rag.types import Passage, Query, Reading

MAX_SENTENCES = 10  # more of them cost time and find no more answers
MIN_WORDS = 3  # a shorter sentence is a heading or a byline
AROUND = 400  # characters read before and after a chunk, to find whole sentences


class Reader(Protocol):
    """Anything that finds answers in passages."""

    def read(self, query: Query, passages: Sequence[Passage]) -> list[Reading]:
        """Places that may answer, most likely first."""
        ...


class SentenceReader:
    """Takes a whole sentence for the answer: the one that is most likely to hold it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._judge = Judge()

    def read(self, query: Query, passages: Sequence[Passage]) -> list[Reading]:
        """The sentences of the passages, most likely first; at most 10 are read, those of the best passages."""
        places = places_of(passages)
        if not places:
            return []
        model = Model.load()
        readings = [
            Reading(place.document, place.start, place.end, place.start, place.end, model.confidence(features))
            for place, features in zip(places, self.features(query, places), strict=True)
        ]
        return sorted(readings, key=lambda reading: -reading.confidence)

    def features(self, query: Query, places: "Sequence[Place]") -> list[Features]:
        """What the confidence in each sentence is made of; `places` holds at least one."""
        logits = self._judge.logits(query.text, [f"{place.document.title}. {place.text}" for place in places])
        texts = [place.text for place in places]
        embedded = self._embedder.embed_documents(texts)
        cosines = embedded.vectors @ query.vector
        packed = [pack(states, query.centre) for states in worded(embedded, texts)]
        near = interaction(query.states, query.centre, packed)
        mean = float(cosines.mean())
        return [
            _features(query, place, float(logit), float(cosine), float(cosine) - mean, float(tokens))
            for place, logit, cosine, tokens in zip(places, logits, cosines, near, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence in a document."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def places_of(passages: Sequence[Passage]) -> list[Place]:
    """Whole sentences that lie at least partly in the passages, each once, in the order of the passages."""
    places: dict[tuple[str, int], Place] = {}
    for passage in passages:
        document, chunk = passage.document, passage.chunk
        offset = max(document.text.rfind("\n", 0, chunk.start) + 1, chunk.start - AROUND, 0)
        until = document.text.find("\n", chunk.end)
        window = document.text[offset : min(len(document.text) if until < 0 else until, chunk.end + AROUND)]
        for start, end in sentences(window, document.language):
            place = Place(document, start + offset, end + offset)
            if place.start < chunk.end and place.end > chunk.start and len(place.text.split()) >= MIN_WORDS:
                places.setdefault((document.id, place.start), place)
    return list(places.values())[:MAX_SENTENCES]


def _features(query: Query, place: Place, judged: float, cosine: float, lead: float, tokens: float) -> Features:
    language = place.document.language
    same = query.language == language
    counts = counts_asked_thing(query.text, place.text, language) if same else None
    return Features(
        judged=judged,
        cosine=cosine,
        lead=lead,
        tokens=tokens,
        overlap=_overlap(query, place),
        same_language=float(same),
        kind_missing=float(kind_missing(query.text, place.text)),
        counted=float(counts is True),
        uncounted=float(counts is False),
    )


def _overlap(query: Query, place: Place) -> float:
    """Share of the question's words that the sentence holds, rare words counting more; 0 in another language."""
    language = place.document.language
    if language != query.language:
        return 0.0
    there = set(stems(place.text, language))
    asked = set(stems(query.text, language))
    total = sum(query.weights[term] for term in asked)
    return sum(query.weights[term] for term in asked & there) / total if total else 0.0
