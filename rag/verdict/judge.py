"""Decides what is said to a question: reads the passages, compares what they say, and picks the value that holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from index import Embedder
from rag.reading.answer_type import AnswerType, asks_yes_or_no, expected_answer_type
from rag.reading.confidence import Caution, ConfidenceModel
from rag.reading.extract import AnswerExtractor
from rag.types import Passage, Query, Reading
from rag.understanding.exclusion import exclusion
from rag.understanding.phrases import dated
from rag.understanding.when import When
from rag.verdict.apart import contradict
from rag.verdict.comparer import FAINT, READ_PASSAGES, Comparer, Comparison, Near, nothing_near
from rag.verdict.comparison import (
    is_same_matter,
    may_hold_instead,
)
from rag.verdict.day_of import asks_time_of_day, is_time_of_day
from rag.verdict.excluded import Excluded
from rag.verdict.grouping import Group, beside_others, grouped, says_same, told_in
from rag.verdict.led_to import in_lists, longer_lists, with_what_follows
from rag.verdict.listed import beside_in_list
from rag.verdict.matter import Matter, same_matter
from rag.verdict.named_sections import of_named_sections
from rag.verdict.named_things import NamedThings
from rag.verdict.otherwise import Chosen, Relation, likeliest, newest
from rag.verdict.points import asks_for_cause, asks_for_several, distinct, may_be_several, of_those_named
from rag.verdict.released import of_asked_release, told_of_release
from rag.verdict.several import Several
from rag.verdict.told_by_day import told_by_day
from rag.verdict.values import Kind, Statement, same_value, statement
from rag.verdict.yes_or_no import AskedSide, by_side, in_clause, since_the_other

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMPARED_PASSAGES = 12  # read, or looked through for other values
SAME_CAUSE = 0.8  # probability of one matter from which another cause is shown, surer than of values
LIKELY = 0.89  # what is said though other articles say otherwise is no surer

_SENTENCE, _WORDS = attrgetter("sentence"), attrgetter("answer")

Tier = Literal["answered", "unsure", "not_found"]


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
            """Passages of articles, and of sections, that do not tell of other things than the question names."""
            return of_named_sections(query, [each for each in passages if things.allows(each.document)])

        found = told_of(found)
        asked = exclusion(query.text, query.language)
        excluded = Excluded(asked.things, query, found[:READ_PASSAGES])
        if excluded.is_of_people:  # other things stand beside the answer, and tell where it is
            query = replace(query, text=asked.asked)
        if headed := told_of_release(query, found, LIKELY) or told_by_day(query, found, LIKELY):
            kind = expected_answer_type(query.text)
            points = tuple(Group((statement(each, kind),)) for each in headed)
            return Verdict("answered", kind, points, (), tuple(headed))
        said = self._confidence.thresholds[caution][query.language]
        shown = min(said, self._confidence.unsure)
        comparer = Comparer(query, self._embedder, self._extractor, excluded)
        compared = comparer.compare(of_asked_release(query, found), shown, lambda vector: told_of(near(vector)))
        return self._several(query, compared, excluded, said) or self._one(query, compared, excluded, said, shown)

    def _several(self, query: Query, compared: Comparison, excluded: Excluded, said: float) -> Verdict | None:
        """Every answer that is sure enough, to a question that may have several; None if there is none."""
        kind = _kind(query)
        surest = max((each.reading.confidence for each in compared.candidates), default=0.0)
        if not _asks_for_several(query, compared, kind) or surest < said:
            return None
        points = self._points(compared, kind, said, excluded, several=asks_for_several(query.text))
        if not points:
            return None
        others = self._other_causes(compared, points)
        if others:
            points = (_with_confidence(points[0], min(LIKELY, points[0].confidence)), *points[1:])
        return Verdict("answered", kind, points, others, compared.readings)

    def _one(self, query: Query, compared: Comparison, excluded: Excluded, said: float, shown: float) -> Verdict:
        """The one value that holds, with what other articles say instead."""
        kind, time, readings = _kind(query), dated(query.text, query.language), compared.readings
        nothing = Verdict("not_found", kind, (), (), readings)
        first, compared_with = compared.first, compared.others
        several = _asks_for_several(query, compared, kind)
        if several and first and first.reading not in (kept := of_those_named(query, readings, readings)):
            first, compared_with = statement(kept[0], kind), ()
        if first is None:
            return nothing
        groups = self._groups(first, compared_with, FAINT * shown)
        rivals = [other for other, matter in compared_with if may_hold_instead(first, other, matter)]
        if kind is AnswerType.YES_NO:
            chosen: Chosen | None = _settled(query, groups, time)
        elif first.kind is Kind.WORDS:
            chosen = likeliest(groups, time)
        else:
            chosen = newest(groups, rivals, time) or newest(_read_groups(readings, kind, shown), (), time)
        if chosen is None:
            return nothing
        agreed = max(chosen.group.confidence, groups[0].confidence)
        confidence = first.reading.confidence if several else agreed  # each point of several stands alone
        if confidence < shown:
            return nothing
        group = told_in(chosen.group, query.language)
        others = tuple(each for each in chosen.others if contradict(group.first, each[0].first))
        if others:
            confidence = min(LIKELY, beside_others(confidence, [each for each, _ in others]))
        point = _with_what_follows(query, _with_confidence(group, confidence))
        listed = beside_in_list(query, point.first.reading) if may_be_several(query) else []
        beside = [Group((statement(left, kind),)) for each in listed if (left := excluded.without(each))]
        points = distinct([point, *beside], self._cosine(_WORDS))
        is_sure = confidence >= said and not _leaves_day_open(query, kind, point.first.reading)
        return Verdict("answered" if is_sure else "unsure", kind, points, others, readings)

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


def _kind(query: Query) -> AnswerType | None:
    """The type of answer that is asked for."""
    return AnswerType.YES_NO if asks_yes_or_no(query.text, query.language) else expected_answer_type(query.text)


def _leaves_day_open(query: Query, kind: AnswerType | None, reading: Reading) -> bool:
    """Whether words tell a time of day alone to a question that asks when."""
    return kind is AnswerType.TIME and is_time_of_day(reading) and not asks_time_of_day(query)


def _asks_for_several(query: Query, compared: Comparison, kind: AnswerType | None) -> bool:
    """Whether a question may have several answers: by its words, or since words answer it that are no value."""
    is_open = kind is None and compared.first is not None and compared.first.kind is Kind.WORDS
    return is_open or asks_for_several(query.text)


def _settled(query: Query, groups: Sequence[Group], time: When | None) -> Chosen:
    """What settles a question of yes or no: the newest word, if articles take both sides, else the likeliest one."""
    asked, told = AskedSide(query.text, query.language), [each for group in groups for each in group.statements]
    sides = by_side(asked, told)
    chosen = newest(sides, told, time) if sides else None
    if chosen is None or not chosen.others:
        return Chosen(in_clause(asked, told_in(groups[0], query.language)), ())
    (other, relation), *_ = chosen.others
    said = told_in(since_the_other(chosen.group, other), query.language)
    return Chosen(in_clause(asked, said), ((in_clause(asked, told_in(other, query.language)), relation),))


def _read_groups(readings: Sequence[Reading], kind: AnswerType | None, shown: float) -> list[Group]:
    """What the best words of passages say, whether or not they are known to be of the matter of the likeliest ones."""
    return grouped([statement(each, kind) for each in readings if each.confidence >= shown], same_value)


def _with_what_follows(query: Query, group: Group) -> Group:
    """A group whose first words go on to the list that they announce."""
    first = with_what_follows(query, group.first.reading)
    return Group((replace(group.first, reading=first), *group.statements[1:]))


def _with_confidence(group: Group, confidence: float) -> Group:
    first = replace(group.first, reading=replace(group.first.reading, confidence=confidence))
    return Group((first, *group.statements[1:]))
