"""Groups statements by what they say: equal values, or else one meaning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.logistic import log_odds
from rag.reading.agreement import holds_answer
from rag.reading.contrary import denies
from rag.types import Reading
from rag.verdict.listed import is_one_list
from rag.verdict.sources import reports
from rag.verdict.values import Kind, Statement, is_vaguer, same_value

Same = Callable[[Statement, Statement], bool]
OTHERWISE = (
    0.3  # how much what tells another value of the matter counts: that it is told at all; fits best on these stories
)
AGREEING = 0.8  # how much a further source counts; on the stories built with, all of it would fit best
OWN_LANGUAGE = 0.7  # log-odds: words in the language of the question go before others up to twice as likely
SAYING_THE_SAME = 2.0  # the same among words that say one thing: the surest of them vouch for all, whichever is shown
VAGUE = 4.0  # the same of what another one says more precisely: May beside 4 May
SAME_MEANING = 0.92  # cosine from which two sentences count as saying the same


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that say the same, the likeliest first."""

    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        return self.statements[0]

    @property
    def confidence(self) -> float:
        """How likely it answers, by the likeliest statement of each independent source.

        Sources that agree are surer than one (noisy-or: Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988). The
        further ones count less, since one reader reads them all.
        """
        if len(self.statements) == 1 or self.first.kind is Kind.WORDS:
            return self.first.reading.confidence
        readings = {each.reading.document.id: each.reading for each in reversed(self.statements)}
        sources = reports(list(readings.values()))
        likeliest = sorted((max(each.confidence for each in source) for source in sources), reverse=True)
        doubt = 1 - likeliest[0]
        for further in likeliest[1:]:
            doubt *= 1 - AGREEING * further
        return 1 - doubt

    @property
    def as_precise(self) -> tuple[Statement, ...]:
        """The statements that say so as precisely as any: who tells in July of the middle of June does not tell of 12 June."""
        return tuple(each for each in self.statements if not any(is_vaguer(each, other) for other in self.statements))

    @property
    def newest(self) -> str:
        """The date of the newest article that says so, "" if none bears a date."""
        return max(each.day for each in self.as_precise)

    @property
    def oldest(self) -> str:
        """The date of the oldest one."""
        return min((each.day for each in self.statements if each.day), default="")


def beside_others(confidence: float, others: Sequence[Group]) -> float:
    """How likely a value answers that others are shown beside: that articles tell of the matter is the surer, the more of them do."""
    doubt = 1 - confidence
    for each in others:
        doubt *= 1 - OTHERWISE * each.confidence
    return 1 - doubt


def preference(reading: Reading, language: str, own: float = OWN_LANGUAGE) -> float:
    """Log-odds that words answer, `own` more for those in the language of the question: they need no translation."""
    return log_odds(reading.confidence) + own * (reading.document.language == language)


def told_in(group: Group, language: str) -> Group:
    """A group with the statement first that a reader of a language would rather see."""

    def worth(each: Statement) -> float:
        is_vague = any(is_vaguer(each, other) for other in group.statements)
        return preference(each.reading, language, SAYING_THE_SAME) - VAGUE * is_vague

    first = max(group.statements, key=worth)
    return Group((first, *(each for each in group.statements if each is not first)))


def grouped(statements: Sequence[Statement], same: Same) -> list[Group]:
    """Put each statement to the first group all of whose statements say the same: 4 May and 11 May are two, whoever says May.

    Args:
        statements: the likeliest first; so are the groups and what is in them.
    """
    groups: list[list[Statement]] = []
    for each in statements:
        group = next((group for group in groups if all(same(one, each) for one in group)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return [Group(tuple(group)) for group in groups]


def says_same(cosine: Callable[[Statement, Statement], float]) -> Same:
    """Whether a statement may be cited for another one.

    Values must be equal. Words that are no value must stand in near sentences, and the other sentence must hold their
    numbers and names.

    Args:
        cosine: of the sentences of two statements.
    """

    def same(one: Statement, other: Statement) -> bool:
        if one.kind is not other.kind:
            return False
        if is_one_list(one.reading, other.reading):
            return one.reading.answer == other.reading.answer
        if one.kind is Kind.WORDS and not same_value(one, other):
            if _are_apart(one.reading, other.reading):
                return False
            if denies(one.reading.answer, one.reading.document.language) != denies(
                other.reading.answer, other.reading.document.language
            ):
                return False
            return _hold_each_other(one, other) and cosine(one, other) >= SAME_MEANING
        return same_value(one, other)

    return same


def is_one_sentence(one: Reading, other: Reading) -> bool:
    """Whether words of two readings stand in one sentence."""
    return (one.document.id, one.sentence_end) == (other.document.id, other.sentence_end)


def _are_apart(one: Reading, other: Reading) -> bool:
    """Whether words stand in one sentence, or in two of which one leans on the other, and share none of it, as the items of an enumeration do."""
    is_shared = one.sentence_start < other.sentence_end and other.sentence_start < one.sentence_end
    is_near = one.document.id == other.document.id and is_shared
    return is_near and (one.end <= other.start or other.end <= one.start)


def _hold_each_other(one: Statement, other: Statement) -> bool:
    return holds_answer(one.reading, other.reading) and holds_answer(other.reading, one.reading)
