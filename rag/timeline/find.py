"""Finds what articles said to a question over time: reads their values, keeps those that answer, and joins equal ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from index import Embedder, Filters, Snapshot
from rag.logistic import Logistic
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.retrieval.retrieve import retrieve
from rag.timeline.may_answer import may_answer
from rag.timeline.read import ReadPassage, Told, read_passages
from rag.timeline.story import links
from rag.timeline.tell import tell
from rag.timeline.types import Timeline
from rag.timeline.weigh import Features, featured, shipped_model
from rag.types import Passage, Query
from rag.understanding.phrases import without_time
from rag.understanding.question import Meant, prepare
from rag.understanding.when import when
from rag.verdict.grouping import grouped, says_same
from rag.verdict.values import Kind, Statement

READ = 24  # passages
FIRST = 0.3  # probability that the likeliest value must reach
SHARE = 0.5  # of that probability; less likely values are left out
WORDS = 0.8  # probability that words which are no value must reach
KINDS: Mapping[AnswerType | None, Kind] = {
    AnswerType.NUMBER: Kind.NUMBER,
    AnswerType.TIME: Kind.TIME,
    AnswerType.PERSON: Kind.NAME,
}

Featured = tuple[Statement, Features]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read to a question: passages of its matter, and their values with what tells whether they answer."""

    query: Query
    kind: Kind
    passages: tuple[Passage, ...]
    values: tuple[Featured, ...]


def find_timeline(
    snapshot: Snapshot, embedder: Embedder, question: str, meant: Meant, filters: Filters | None = None
) -> Timeline:
    """What the articles that pass the filters said to a question over time.

    Args:
        question: as it was asked.
        meant: what it asks.
    """
    found = find_values(snapshot, embedder, meant, filters)
    kept = surest(found.values, shipped_model())
    groups = grouped(kept, says_same(lambda one, other: 0.0))
    return tell(question, found.query, found.kind, groups, found.passages)


def find_values(snapshot: Snapshot, embedder: Embedder, meant: Meant, filters: Filters | None = None) -> Found:
    """Read the values of the articles that tell of the matter of a question; a time that it names is left out."""
    time = when(meant.text, meant.language)
    text = without_time(meant.text, time, meant.language) if time else meant.text
    query = prepare(replace(meant, text=text), embedder, snapshot)
    passages = retrieve(snapshot, query, READ, filters)
    documents = {each.document.id: each.document for each in passages}
    names = links(query.text, query.language, list(documents.values()))
    passages = [each for each in passages if each.document.id in names]
    read = read_passages(query.text, passages)
    kind = KINDS.get(expected_answer_type(query.text)) or _kind_told(read)
    told = [each for passage in read for each in _told(passage, kind) if may_answer(query, each.statement)]
    return Found(query, kind, tuple(passages), tuple(featured(query, told, names, embedder)))


def surest(values: Iterable[Featured], model: Logistic) -> list[Statement]:
    """The values that answer, one an article, the likeliest first: those of the unit of the likeliest one."""
    sure = sorted(
        (_weighed(statement, model.probability(features)) for statement, features in values),
        key=lambda each: -each.reading.confidence,
    )
    if not sure or sure[0].reading.confidence < FIRST:
        return []
    least = WORDS if sure[0].kind is Kind.WORDS else SHARE * sure[0].reading.confidence
    kept: dict[str, Statement] = {}
    for each in sure:
        if unit_of(each) == unit_of(sure[0]) and each.reading.confidence >= least:
            kept.setdefault(each.reading.document.id, each)
    return list(kept.values())


def unit_of(statement: Statement) -> str:
    """The unit of a number; of a time whether it is a day or a time of day."""
    match statement.kind:
        case Kind.NUMBER:
            return statement.quantities[0].unit
        case Kind.TIME:
            return "day" if statement.moments[0].days else "minute"
        case _:
            return ""


def _weighed(statement: Statement, confidence: float) -> Statement:
    return replace(statement, reading=replace(statement.reading, confidence=confidence))


def _told(passage: ReadPassage, kind: Kind) -> Iterable[Told]:
    if kind is Kind.WORDS:
        return filter(None, [passage.words()])
    return passage.values(kind)


def _kind_told(read: Sequence[ReadPassage]) -> Kind:
    """The kind of the likeliest words, where the question asks for none."""
    odds: dict[Kind, float] = defaultdict(float)
    for words in filter(None, (passage.words() for passage in read)):
        odds[words.statement.kind] += 1 / (1 + exp(-words.read))
    return max(odds, key=lambda kind: odds[kind], default=Kind.WORDS)
