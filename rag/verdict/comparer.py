"""Reads passages to a question: the best words of each, the surest of them, and what other articles say beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from index import Embedded, Embedder
from rag.logistic import log_odds
from rag.reading.answer_type import AnswerType, asks_yes_or_no, expected_answer_type
from rag.reading.attributes import AskedAttribute
from rag.reading.extract import AnswerExtractor, Candidate, Pointing, cosine_of, vector_between
from rag.reading.fitting import LISTED
from rag.reading.succession import asked_succession
from rag.types import Passage, Query, Reading
from rag.understanding.phrases import without_time
from rag.understanding.when import Relation as Asked
from rag.understanding.when import when
from rag.verdict.apart import is_rule, is_told_aside
from rag.verdict.comparison import (
    is_of_beginning,
    is_of_owner,
    is_of_thing,
    is_of_topic,
    pointings,
    the_nearest,
    timely,
    to_compare,
    to_read,
)
from rag.verdict.counted import Counted
from rag.verdict.day_of import asks_time_of_day, is_day, is_time_of_day, with_day
from rag.verdict.enumeration import announces, with_its_list
from rag.verdict.excluded import Excluded
from rag.verdict.grouping import Group, grouped
from rag.verdict.led_to import leads_nowhere
from rag.verdict.matter import Matter, matter_of
from rag.verdict.nearness import AskedWords
from rag.verdict.priced import Priced
from rag.verdict.succeeded import Succeeded
from rag.verdict.unknown import without_unknown
from rag.verdict.values import Kind, Statement, same_value, statement
from rag.verdict.yes_or_no import AskedSide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READ_PASSAGES = 5
NEARLY = 3.0  # log-odds that other words of a passage may be below its best ones
NAMED = 2.0  # log-odds for what counts the very noun that is asked for
ASIDE = 3.0  # log-odds against what tells of a part, or of the next time
RULE = 3.0  # log-odds for what is told as the rule: by default
IN_PASSAGE = 2.5  # how much more it tells what a number counts among those of one passage
FAINT = 0.2  # share of the least confidence of what is shown, from which another value is

Near = Callable[["NDArray[np.float32]"], Sequence[Passage]]


def nothing_near(_: "NDArray[np.float32]") -> Sequence[Passage]:
    """For a question that is to keep to the passages that it is given."""
    return ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was read: the question as it was put to the reader, the best words of every passage, and what others say.

    `others` are statements of other articles with a value of the first one's kind, each with what tells whether it is of the
    same matter.
    """

    query: Query
    candidates: tuple[Candidate, ...]
    readings: tuple[Reading, ...]
    first: Statement | None
    others: tuple[tuple[Statement, Matter], ...] = ()
    found: tuple[Passage, ...] = ()


class Comparer:
    """Reads and compares for one question; what depends on the question alone is found out once."""

    def __init__(
        self, query: Query, embedder: Embedder, extractor: AnswerExtractor, excluded: Excluded | None = None
    ) -> None:
        self._embedder, self._extractor, self._excluded = embedder, extractor, excluded
        self._kind, self._time = expected_answer_type(query.text), when(query.text, query.language)
        self._side = AskedSide(query.text, query.language) if asks_yes_or_no(query.text, query.language) else None
        is_until = self._time and self._time.relation in (Asked.AS_OF, Asked.BEFORE)
        if self._time and is_until:  # sentences tell what holds, not until when
            query = self._reworded(query, without_time(query.text, self._time, query.language))
        self._query = query
        self._counted, self._priced = Counted(query, embedder), Priced(query)
        self._succession = asked_succession(query.text, query.language)

    def compare(self, found: Sequence[Passage], shown: float = 0.0, near: Near = nothing_near) -> Comparison:
        """Read passages, and what others say beside the likeliest words.

        Args:
            shown: the confidence of these from which on others are compared, and more passages are read for that.
            near: further passages that are near to a vector.
        """
        looked_at, rest = tuple(found[:READ_PASSAGES]), found[READ_PASSAGES:]
        succeeded = Succeeded(self._succession, self._query.language, looked_at) if self._succession else None
        candidates = self._dated(self._read(looked_at, succeeded))
        likely = self._counting(self._timely(candidates))
        is_priced = self._priced.is_told([each.reading for each in likely], shown)
        is_of_another = self._priced.is_of_another if is_priced else _never
        best = self._best([each for each in likely if not is_of_another(each.reading)], shown)
        left = self._without_excluded(each.reading for each in best)
        left = succeeded.of(left) if succeeded else left
        readings = tuple(sorted(left, key=lambda reading: -reading.confidence))
        surest = surest_of(self._query, readings, self._kind, self._counted, shown)
        told = Comparison(self._query, tuple(best), readings, None, (), looked_at)
        if surest is None or surest.confidence < shown:
            return told
        first = surest.first
        side = self._side if self._side and self._side.of_reading(first.reading) is not None else None
        if side:
            first = statement(first.reading, AnswerType.YES_NO)
        if succeeded:  # who has the office at other times says nothing else
            return replace(told, first=first)

        def further() -> Iterator[Passage]:
            """What was not read, and only if that is too little what is near, which must be searched for."""
            yield from rest
            yield from near(vector_between(self._query, first.reading))

        worth_reading = to_read(first, further(), {passage.document.id for passage in looked_at}, side)
        pointed = [*map(pointings, candidates), *self._extractor.pointings(self._query, worth_reading)]
        pointed = [each for each in pointed if not is_of_another(each[0].reading)]
        return replace(told, first=first, others=tuple(self._others(first, side, pointed, shown)))

    def _read(self, passages: Sequence[Passage], succeeded: Succeeded | None) -> list[Candidate]:
        if succeeded is None:
            return self._extractor.candidates(self._query, passages)
        return succeeded.candidates(self._extractor, self._query, partial(self._reworded, self._query), passages)

    def _reworded(self, query: Query, text: str) -> Query:
        """A query with another text."""
        embedded = Future[Embedded]()
        embedded.set_result(self._embedder.embed_query(text))
        return replace(query, text=text, embedded=embedded)

    def _timely(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, those that tell of former times exchanged for what their passages tell of now."""
        if self._time is not None:
            return list(candidates)
        instead = {at: other for at, each in enumerate(candidates) if (other := timely(each, self._kind))}
        weighed = dict(zip(instead, self._extractor.weigh(self._query, list(instead.values())), strict=True))
        return [weighed.get(at, each) for at, each in enumerate(candidates)]

    def _dated(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, a time of day that is told alone exchanged for its day, if the question does not ask at what time."""
        if self._kind is not AnswerType.TIME or asks_time_of_day(self._query):
            return list(candidates)
        of_day = ((at, each) for at, each in enumerate(candidates) if is_time_of_day(each.reading))
        days = {at: day for at, each in of_day if (day := _day(each))}
        weighed = dict(zip(days, self._extractor.weigh(self._query, list(days.values())), strict=True))
        return [
            replace(weighed[at], further=each.further) if at in weighed else each for at, each in enumerate(candidates)
        ]

    def _counting(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, numbers exchanged for one of their passages that is nearly as likely and counts what is asked for."""
        return [self._that_counts(each) for each in candidates] if self._counted.is_asked else list(candidates)

    def _that_counts(self, candidate: Candidate) -> Candidate:
        likely = [each for each in candidate.further if each.score >= candidate.features.read - NEARLY]
        several = [candidate, *self._extractor.weigh(self._query, likely)]
        best = max(several, key=lambda each: each.features.read + IN_PASSAGE * self._counted.evidence(each.reading))
        rest = [each.pointing for each in several if each is not best]
        unlikely = [each for each in candidate.further if each not in likely]
        return replace(best, further=(*rest, *unlikely))

    def _best(self, candidates: Sequence[Candidate], shown: float) -> list[Candidate]:
        """The candidates without what cannot answer; what announces a list goes on to it."""
        known = without_unknown(candidates, self._kind, shown)
        return [
            each for each in (_with_its_list(each, self._kind) for each in known) if not leads_nowhere(each.reading)
        ]

    def _without_excluded(self, readings: Iterable[Reading]) -> list[Reading]:
        """Readings without the things that the question leaves out."""
        if self._excluded is None:
            return list(readings)
        return [kept for each in readings if (kept := self._excluded.without(each))]

    def _others(
        self, first: Statement, side: AskedSide | None, pointed: Sequence[Sequence[Pointing]], shown: float
    ) -> list[tuple[Statement, Matter]]:
        """What other articles say beside the first statement, each with what tells whether it is of the same matter."""
        query, value = self._query, AnswerType.YES_NO if side else self._kind
        pointed = list(filter(None, ([each for each in several if _may_settle(side, each)] for several in pointed)))
        weighed = self._extractor.weigh(query, to_compare(first, pointed, value))
        weighed = [_as_likely(first, side, each) for each in weighed]
        rivals = [each.reading for each in without_unknown(weighed, self._kind, FAINT * shown)]
        rivals = [each for each in rivals if self._without_excluded([each])]
        asked, attribute = AskedWords(query, self._embedder), AskedAttribute(query.text, query.language)
        told = [statement(each, value) for each in rivals]
        told = [each for each in told if is_of_beginning(query.text, query.language, first, each)]
        told = [each for each in told if is_of_thing(self._priced, attribute, first, each)]
        told = [each for each in told if is_of_topic(query, first, each)]
        told = [each for each in told if is_of_owner(query, self._kind, first, each)]
        return the_nearest(first, [(each, self._matter(first, each, asked)) for each in told])

    def _matter(self, first: Statement, other: Statement, asked: AskedWords) -> Matter:
        one, another = first.reading, other.reading
        evidence = asked.evidence(one, another) if first.kind is Kind.NAME else self._counted.evidence(another)
        return matter_of(first, other, cosine_of(self._query, one, another), evidence)


def _may_settle(side: AskedSide | None, pointing: Pointing) -> bool:
    """Whether other words may be compared with those that settle a question of yes or no: they take a side, too."""
    return side is None or side.of_reading(pointing.reading) is not None


def _as_likely(first: Statement, side: AskedSide | None, candidate: Candidate) -> Candidate:
    """A candidate, as likely as the first statement if it says the opposite of the same things."""
    reading, likely = candidate.reading, first.reading.confidence
    if side is None or reading.confidence >= likely or not side.is_opposite(reading, first.reading):
        return candidate
    return replace(candidate, reading=replace(reading, confidence=likely))


def _never(_: Reading) -> bool:
    return False


def surest_of(
    query: Query, readings: Sequence[Reading], kind: AnswerType | None, counted: Counted, shown: float
) -> Group | None:
    """The surest of what the best words of passages say, readings of equal values together; None for no readings.

    What counts the thing that is asked for goes before what counts others, the more so if it says its name and is shown.
    """
    groups = grouped([statement(reading, kind) for reading in readings], same_value)

    def sureness(group: Group) -> float:
        found = [each.reading for each in group.statements]
        is_named = group.confidence >= shown and any(map(counted.is_named, found))
        is_aside = all(is_told_aside(each, query.text, query.language) for each in group.statements)
        telling = NAMED * is_named - ASIDE * is_aside + RULE * any(map(is_rule, group.statements))
        return log_odds(group.confidence) + max(map(counted.evidence, found)) + telling

    return max(groups, key=sureness, default=None)


def _day(candidate: Candidate) -> Pointing | None:
    """The day of a time of day: that of its sentence, else one that its passage may as well answer with, else one before it."""
    day = with_day(candidate.reading)
    if day is None or day.sentence_start != candidate.reading.sentence_start:
        likely = (each for each in candidate.further if each.score >= candidate.features.read - NEARLY)
        if told := next((each for each in likely if is_day(each.reading)), None):
            return told
    return replace(candidate.pointing, reading=day) if day else None


def _with_its_list(candidate: Candidate, kind: AnswerType | None) -> Candidate:
    """A candidate whose words, if they only announce several things, go on to what their sentence lists."""
    reading = candidate.reading
    if kind in LISTED or not announces(reading.answer, reading.document.language):
        return candidate
    return replace(candidate, reading=with_its_list(reading))
