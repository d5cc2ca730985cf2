"""Decides what is said to a question: reads the passages, compares what they say, and picks the value that holds."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from index import Embedded, Embedder
from rag.logistic import log_odds
from rag.reading.answer_type import AnswerType, asks_yes_or_no, expected_answer_type
from rag.reading.attributes import AskedAttribute
from rag.reading.confidence import Caution, ConfidenceModel
from rag.reading.extract import AnswerExtractor, Candidate, cosine_of, vector_between
from rag.reading.fitting import LISTED
from rag.reading.succession import asked_succession
from rag.types import Passage, Query, Reading
from rag.understanding.exclusion import exclusion
from rag.understanding.phrases import dated, without_time
from rag.understanding.when import Relation as Asked
from rag.understanding.when import When, when
from rag.verdict.apart import contradict, is_told_aside
from rag.verdict.comparison import (
    is_of_beginning,
    is_of_thing,
    is_same_matter,
    may_hold_instead,
    pointings,
    the_nearest,
    timely,
    to_compare,
    to_read,
)
from rag.verdict.counted import Counted
from rag.verdict.enumeration import announces, with_its_list
from rag.verdict.excluded import Excluded
from rag.verdict.grouping import Group, beside_others, grouped, says_same, told_in
from rag.verdict.led_to import in_lists, leads_nowhere, longer_lists, with_what_follows
from rag.verdict.listed import beside_in_list
from rag.verdict.matter import Matter, matter_of, same_matter
from rag.verdict.named_things import NamedThings
from rag.verdict.nearness import AskedWords
from rag.verdict.otherwise import Chosen, Relation, likeliest, newest
from rag.verdict.points import asks_for_cause, asks_for_several, distinct, may_be_several, of_those_named
from rag.verdict.priced import Priced
from rag.verdict.released import of_asked_release, told_of_release
from rag.verdict.several import Several
from rag.verdict.succeeded import Succeeded
from rag.verdict.unknown import without_unknown
from rag.verdict.values import Kind, Statement, same_value, statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READ_PASSAGES = 5
COMPARED_PASSAGES = 12  # read, or looked through for other values
NEARLY = 3.0  # log-odds that other words of a passage may be below its best ones
NAMED = 2.0  # log-odds for what counts the very noun that is asked for
ASIDE = 3.0  # log-odds against what tells of a part, or of the next time
IN_PASSAGE = 2.5  # how much more it tells what a number counts among those of one passage
FAINT = 0.2  # share of the least confidence of what is shown, from which another value is
SAME_CAUSE = 0.8  # probability of one matter from which another cause is shown, surer than of values
LIKELY = 0.89  # what is said though other articles say otherwise is no surer

_SENTENCE, _WORDS = attrgetter("sentence"), attrgetter("answer")

Tier = Literal["answered", "unsure", "not_found"]
Near = Callable[["NDArray[np.float32]"], Sequence[Passage]]


def nothing_near(_: "NDArray[np.float32]") -> Sequence[Passage]:
    """For a judge that is to keep to the passages that it is given."""
    return ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said to a question.

    Attributes:
        tier: how sure it is.
        kind: the type of answer that is asked for, None for any.
        points: what answers, each with all that say the same, the likeliest first; the first is the value that holds.
        others: what other articles say instead, newest first.
        readings: the best words of every passage that was read, likeliest first.
    """

    tier: Tier
    kind: AnswerType | None
    points: tuple[Group, ...]
    others: tuple[tuple[Group, Relation], ...]
    readings: tuple[Reading, ...]

    @property
    def likeliest(self) -> Reading | None:
        """The words of the first point, else the likeliest ones that were read."""
        if self.points:
            return self.points[0].first.reading
        return self.readings[0] if self.readings else None


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


class Judge:
    """Reads and decides; threads may share it."""

    def __init__(self, embedder: Embedder, confidence: ConfidenceModel | None = None) -> None:
        self._embedder = embedder
        self._confidence = confidence or ConfidenceModel.load()
        self._extractor = AnswerExtractor(embedder, confidence=self._confidence)

    def decide(self, query: Query, found: Sequence[Passage], caution: Caution, near: Near = nothing_near) -> Verdict:
        """What the passages say to a question.

        Args:
            found: passages, best first; five are read, of the others those that may tell another value.
            caution: how sure to be before answering.
            near: further passages that are near to a vector.
        """
        things = NamedThings(query, found)

        def told_of(passages: Sequence[Passage]) -> list[Passage]:
            """Passages of articles that do not tell of other things than the question names."""
            return [each for each in passages if things.allows(each.document)]

        found = told_of(found)
        asked = exclusion(query.text, query.language)
        excluded = Excluded(asked.things, query, found[:READ_PASSAGES])
        if excluded.is_of_people:  # other things stand beside the answer, and tell where it is
            query = replace(query, text=asked.asked)
        kind, time = expected_answer_type(query.text), dated(query.text, query.language)
        if released := told_of_release(query, found, LIKELY):
            points = tuple(Group((statement(each, kind),)) for each in released)
            return Verdict("answered", kind, points, (), tuple(released))
        found = of_asked_release(query, found)
        if asks_yes_or_no(query.text, query.language):
            kind = AnswerType.YES_NO
        said = self._confidence.thresholds[caution][query.language]
        shown = min(said, self._confidence.unsure)
        compared = self.compare(query, found, shown, lambda vector: told_of(near(vector)), excluded)
        readings, first = compared.readings, compared.first
        is_open = kind is None and first is not None and first.kind is Kind.WORDS
        several = is_open or asks_for_several(query.text)
        if several and max((each.reading.confidence for each in compared.candidates), default=0.0) >= said:
            points = self._points(compared, kind, said, excluded, several=asks_for_several(query.text))
            if points:
                others = self._other_causes(compared, points)
                if others:
                    points = (_with_confidence(points[0], min(LIKELY, points[0].confidence)), *points[1:])
                return Verdict("answered", kind, points, others, readings)
        compared_with = compared.others
        if several and first and first.reading not in (kept := of_those_named(query, readings, readings)):
            first, compared_with = statement(kept[0], kind), ()
        if first is None:
            return Verdict("not_found", kind, (), (), readings)
        groups = self._groups(first, compared_with, FAINT * shown)
        rivals = [other for other, matter in compared_with if may_hold_instead(first, other, matter)]
        if kind is AnswerType.YES_NO:  # the clause settles it, whatever numbers it holds
            chosen: Chosen | None = Chosen(groups[0], ())
        elif first.kind is Kind.WORDS:
            chosen = likeliest(groups, time)
        else:
            chosen = newest(groups, rivals, time) or newest(_read_groups(readings, kind, shown), (), time)
        if chosen is None:
            return Verdict("not_found", kind, (), (), readings)
        agreed = max(chosen.group.confidence, groups[0].confidence)
        confidence = first.reading.confidence if several else agreed  # each point of several stands alone
        if confidence < shown:
            return Verdict("not_found", kind, (), (), readings)
        group = told_in(chosen.group, query.language)
        others = tuple(each for each in chosen.others if contradict(group.first, each[0].first))
        if others:
            confidence = min(LIKELY, beside_others(confidence, [each for each, _ in others]))
        point = _with_what_follows(query, _with_confidence(group, confidence))
        listed = beside_in_list(query, point.first.reading) if may_be_several(query) else []
        beside = [Group((statement(left, kind),)) for each in listed if (left := excluded.without(each))]
        points = distinct([point, *beside], self._cosine(_WORDS))
        return Verdict("answered" if confidence >= said else "unsure", kind, points, others, readings)

    def compare(
        self,
        query: Query,
        found: Sequence[Passage],
        shown: float = 0.0,
        near: Near = nothing_near,
        excluded: Excluded | None = None,
    ) -> Comparison:
        """Read passages, and what others say beside the likeliest words.

        Args:
            shown: the confidence of these from which on others are compared, and more passages are read for that.
            near: further passages that are near to a vector.
        """
        kind, time = expected_answer_type(query.text), when(query.text, query.language)
        if time and time.relation in (Asked.AS_OF, Asked.BEFORE):  # sentences tell what holds, not until when
            query = self._reworded(query, without_time(query.text, time, query.language))
        counted = Counted(query, self._embedder)
        succession = asked_succession(query.text, query.language)
        succeeded = Succeeded(succession, query.language, found[:READ_PASSAGES]) if succession else None
        if succeeded:
            reworded = partial(self._reworded, query)
            candidates = succeeded.candidates(self._extractor, query, reworded, found[:READ_PASSAGES])
        else:
            candidates = self._extractor.candidates(query, found[:READ_PASSAGES])
        best = self._counting(query, self._timely(query, candidates, kind, time), counted)
        priced = Priced(query)
        is_priced = priced.is_told([each.reading for each in best], shown)
        best = [each for each in best if not (is_priced and priced.is_of_another(each.reading))]
        best = [_with_its_list(each, kind) for each in without_unknown(best, kind, shown)]
        best = [each for each in best if not leads_nowhere(each.reading)]
        left = [kept for each in best if (kept := excluded.without(each.reading) if excluded else each.reading)]
        left = succeeded.of(left) if succeeded else left
        readings = tuple(sorted(left, key=lambda reading: -reading.confidence))
        surest = _surest(query, readings, kind, counted, shown)
        if surest is None or surest.confidence < shown:
            return Comparison(query, tuple(best), readings, None, (), tuple(found[:READ_PASSAGES]))
        first = surest.first
        if succeeded:  # who has the office at other times says nothing else
            return Comparison(query, tuple(best), readings, first, (), tuple(found[:READ_PASSAGES]))
        rest = [*found[READ_PASSAGES:], *near(vector_between(query, first.reading))]
        read = {passage.document.id for passage in found[:READ_PASSAGES]}
        further = self._extractor.pointings(query, to_read(first, rest, read))
        several = [
            each
            for each in (*map(pointings, candidates), *further)
            if not (is_priced and priced.is_of_another(each[0].reading))
        ]
        weighed = self._extractor.weigh(query, to_compare(first, several, kind))
        told_of = without_unknown(weighed, kind, FAINT * shown)
        rivals = [each.reading for each in told_of if excluded is None or excluded.without(each.reading)]
        asked, told = AskedWords(query, self._embedder), [statement(each, kind) for each in rivals]
        attribute = AskedAttribute(query.text, query.language)
        told = [each for each in told if is_of_beginning(query.text, query.language, first, each)]
        of_thing = [each for each in told if is_of_thing(priced, attribute, first, each)]
        others = [(each, _matter(query, first, each, counted, asked)) for each in of_thing]
        return Comparison(
            query, tuple(best), readings, first, tuple(the_nearest(first, others)), tuple(found[:READ_PASSAGES])
        )

    def _reworded(self, query: Query, text: str) -> Query:
        """A query with another text."""
        embedded = Future[Embedded]()
        embedded.set_result(self._embedder.embed_query(text))
        return replace(query, text=text, embedded=embedded)

    def _timely(
        self, query: Query, candidates: Sequence[Candidate], kind: AnswerType | None, time: When | None
    ) -> list[Candidate]:
        """The candidates, those that tell of former times exchanged for what their passages tell of now."""
        if time is not None:
            return list(candidates)
        instead = {at: other for at, each in enumerate(candidates) if (other := timely(each, kind))}
        weighed = dict(zip(instead, self._extractor.weigh(query, list(instead.values())), strict=True))
        return [weighed.get(at, each) for at, each in enumerate(candidates)]

    def _counting(self, query: Query, candidates: Sequence[Candidate], counted: Counted) -> list[Candidate]:
        """The candidates, numbers exchanged for one of their passages that is nearly as likely and counts what is asked for."""
        if not counted.is_asked:
            return list(candidates)
        return [self._that_counts(query, each, counted) for each in candidates]

    def _that_counts(self, query: Query, candidate: Candidate, counted: Counted) -> Candidate:
        likely = [each for each in candidate.further if each.score >= candidate.features.read - NEARLY]
        several = [candidate, *self._extractor.weigh(query, likely)]
        best = max(several, key=lambda each: each.features.read + IN_PASSAGE * counted.evidence(each.reading))
        rest = [each.pointing for each in several if each is not best]
        unlikely = [each for each in candidate.further if each not in likely]
        return replace(best, further=(*rest, *unlikely))

    def _points(
        self, compared: Comparison, kind: AnswerType | None, said: float, excluded: Excluded, *, several: bool
    ) -> tuple[Group, ...]:
        """Every distinct answer that is sure enough to be said; for a question that asks for one, it and what its sentence lists besides."""
        asked, strict = compared.query, self._confidence.thresholds["strict"][compared.query.language]
        looked = Several(asked, compared.candidates, compared.found, excluded, said, max(said, strict))
        readings = looked.readings(self._extractor) if several else looked.of_one_sentence(self._extractor)
        statements = [statement(reading, kind) for reading in longer_lists(in_lists(asked, readings))]
        groups = grouped(statements, says_same(self._cosine(_SENTENCE)))
        return distinct(groups, self._cosine(_WORDS))

    def _other_causes(self, compared: Comparison, points: Sequence[Group]) -> tuple[tuple[Group, Relation], ...]:
        """What other articles surely tell instead, newest first, if the question asks for a cause; none takes another's place."""
        if not points or compared.first is None or not asks_for_cause(compared.query):
            return ()
        told = [compared.first, *(each for each, matter in compared.others if same_matter(matter) >= SAME_CAUSE)]
        apart = distinct([*points, *(Group((each,)) for each in told)], self._cosine(_WORDS))
        others = sorted(apart[len(points) :], key=lambda each: each.newest, reverse=True)
        return tuple((each, "differs") for each in others)

    def _groups(self, first: Statement, others: Sequence[tuple[Statement, Matter]], least: float) -> list[Group]:
        """What the first statement and those of the same matter say, the likeliest first; other values if they are likely enough to be shown."""
        same = [other for other, matter in others if is_same_matter(first, other, matter, least)]
        return grouped([first, *same], says_same(self._cosine(_SENTENCE)))

    def _cosine(self, text: Callable[[Reading], str]) -> Callable[[Statement, Statement], float]:
        """The cosine of a text of two statements' readings; each text is embedded once, and only if it is asked for."""
        vectors: dict[str, NDArray[np.float32]] = {}

        def cosine(one: Statement, other: Statement) -> float:
            here, there = text(one.reading), text(other.reading)
            if new := [each for each in dict.fromkeys((here, there)) if each not in vectors]:
                vectors.update(zip(new, self._embedder.embed_documents(new).vectors, strict=True))
            return float(vectors[here] @ vectors[there])

        return cosine


def _surest(
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
        return log_odds(group.confidence) + max(map(counted.evidence, found)) + NAMED * is_named - ASIDE * is_aside

    return max(groups, key=sureness, default=None)


def _read_groups(readings: Sequence[Reading], kind: AnswerType | None, shown: float) -> list[Group]:
    """What the best words of passages say, whether or not they are known to be of the matter of the likeliest ones."""
    return grouped([statement(each, kind) for each in readings if each.confidence >= shown], same_value)


def _matter(query: Query, first: Statement, other: Statement, counted: Counted, asked: AskedWords) -> Matter:
    one, another = first.reading, other.reading
    evidence = asked.evidence(one, another) if first.kind is Kind.NAME else counted.evidence(another)
    return matter_of(first, other, cosine_of(query, one, another), evidence)


def _with_its_list(candidate: Candidate, kind: AnswerType | None) -> Candidate:
    """A candidate whose words, if they only announce several things, go on to what their sentence lists."""
    reading = candidate.reading
    if kind in LISTED or not announces(reading.answer, reading.document.language):
        return candidate
    return replace(candidate, reading=with_its_list(reading))


def _with_what_follows(query: Query, group: Group) -> Group:
    """A group whose first words go on to the list that they announce."""
    first = with_what_follows(query, group.first.reading)
    return Group((replace(group.first, reading=first), *group.statements[1:]))


def _with_confidence(group: Group, confidence: float) -> Group:
    first = replace(group.first, reading=replace(group.first.reading, confidence=confidence))
    return Group((first, *group.statements[1:]))
