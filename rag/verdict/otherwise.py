"""Which of several values holds, and how the others relate to it: they differ, or were told earlier or later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.logistic import log_odds
from rag.types import Reading
from rag.understanding.days import Days, Weekday, published_days, weekdays_in
from rag.understanding.when import Relation as Asked
from rag.understanding.when import When, times_in
from rag.verdict.grouping import Group
from rag.verdict.matter import clause_of
from rag.verdict.moments import moments_in
from rag.verdict.sources import repeats
from rag.verdict.succession import succeeds, takes_office
from rag.verdict.values import Kind, Statement

Relation = Literal["differs", "earlier", "later"]
FAR_LESS = (
    3.5  # log-odds; a newer value that is so much less likely does not hold instead: they count two things, as a rule
)
FAR_LESS_CHANGED = 5.3  # the same for one whose sentence says that it took another's place
AT_ONCE = 3  # days; who tells another value so soon, without a word of change, disagrees


@dataclass(frozen=True, slots=True)
class Chosen:
    """The group whose value holds, and the others with their relation to it, newest first."""

    group: Group
    others: tuple[tuple[Group, Relation], ...]


def likeliest(groups: Sequence[Group], asked: When | None) -> Chosen | None:
    """The likeliest of the groups that held at the time that is asked for, for words that have no value; None if none did."""
    held = _held(groups, asked)
    return Chosen(held[0], ()) if held else None


def newest(groups: Sequence[Group], rivals: Collection[Statement], asked: When | None) -> Chosen | None:
    """The value that held at the time that is asked for, or the newest one; None if none did.

    Among values that were told on one day, the one that more articles tell in their own words holds, then the likelier one.

    Args:
        groups: the likeliest first; the first one may hold, and others only with a statement that is among `rivals`, unless they are
            far less likely.
    """
    held = _held(groups, asked)
    if not held:
        return None

    def may_hold(each: Group) -> bool:
        is_rival = any(one in rivals for one in each.statements)
        return is_rival and (not _is_far_less_likely(each, groups[0]) or _follows(each, groups[0]))

    candidates = [each for each in held if each is groups[0] or may_hold(each)]
    group = max(candidates or held, key=lambda each: (_last_told(each, asked), _tellings(each), each.confidence))
    others = [(other, _relation_then(group, other, asked)) for other in groups if other is not group]
    others.sort(key=lambda item: item[0].newest, reverse=True)
    return Chosen(group, tuple(others))


def _tellings(group: Group) -> int:
    """How many articles tell it in sentences of their own."""
    told: list[Reading] = []
    for each in group.statements:
        if not any(repeats(each.reading, other) for other in told):
            told.append(each.reading)
    return len(told)


def _is_far_less_likely(group: Group, likeliest: Group) -> bool:
    most = (
        FAR_LESS_CHANGED if any(_says_changed(each.reading.sentence, each) for each in group.statements) else FAR_LESS
    )
    return log_odds(likeliest.confidence) - log_odds(group.confidence) > most


def _held(groups: Sequence[Group], asked: When | None) -> list[Group]:
    """The groups that held at the time that is asked for; all of them, if none did during it."""
    told = [group for group in groups if any(_names_its_day(each, asked) for each in group.statements)]
    held = told or [group for group in groups if any(held_then(each, asked) for each in group.statements)]
    is_loose = asked is None or asked.relation is Asked.DURING or isinstance(asked.time, Weekday)
    return list(groups) if is_loose and not held else held


def _names_its_day(statement: Statement, asked: When | None) -> bool:
    """Whether the sentence of a statement names the day of the week as of which is asked."""
    if asked is None or not isinstance(asked.time, Weekday):
        return False
    return asked.time.number in weekdays_in(statement.reading.sentence, statement.reading.document.language)


def _last_told(group: Group, asked: When | None) -> str:
    """When a value was last told at the time asked for."""
    return max((each.day for each in group.as_precise if held_then(each, asked)), default="")


def held_then(statement: Statement, asked: When | None) -> bool:
    """Whether a statement is of the time that a question names: its article is, or its sentence names that time."""
    if asked is None:
        return True
    document = statement.reading.document
    if isinstance(asked.time, Weekday) and (told := weekdays_in(statement.reading.sentence, document.language)):
        return asked.time.number in told
    days = asked.days(document.published)
    if days is None:
        return True
    printed = published_days(document.published)
    if printed is None or printed in days:
        return True
    named = [each.days for each in moments_in(clause_of(statement.reading), document.language, document.published)]
    if asked.relation is Asked.DURING:  # the May accident is of May
        named += [each.time.days(printed.first) for each in times_in(statement.reading.sentence, document.language)]
    return any(_meet(each, days, asked) for each in named if each)


def _meet(named: Days, asked: Days, when: When) -> bool:
    """Whether a day that a sentence names is of the time asked for: for "as of" the last day of it."""
    if when.relation in (Asked.AS_OF, Asked.BEFORE):
        return named.first <= asked.last <= named.last
    return named in asked or asked in named


def _relation_then(group: Group, other: Group, asked: When | None) -> Relation:
    """How another value relates to the one that held at the time that is asked for: what was told after that time is later."""
    is_of_a_day = asked is not None and asked.relation in (Asked.AS_OF, Asked.BEFORE)
    return "later" if is_of_a_day and _is_after(other, group) else relation(group, other)


def relation(group: Group, other: Group) -> Relation:
    """How another value relates to the one that holds.

    It is earlier if who holds it now took its place. Else it is earlier or later if all its articles are, unless the newer ones
    disagree: no word of change, no paper that tells both, and it was told within three days, or somebody only reckons so.
    """
    if _follows(group, other):
        return "earlier"
    if not (group.newest and other.newest):
        return "differs"
    if _is_after(other, group):
        return "differs" if _disagrees(other, group) else "later"
    if _is_after(group, other):
        return "differs" if _disagrees(group, other) else "earlier"
    return "differs"


def _is_after(newer: Group, older: Group) -> bool:
    """Whether all articles of a group are newer than those of another one; dates that are not known tell nothing."""
    return bool(older.newest) and newer.oldest > older.newest


def _disagrees(newer: Group, older: Group) -> bool:
    """Whether another value was told so soon, or is only what somebody reckons, and nothing says that it took the place of the older one."""
    is_soon = (_day(newer.newest) - _day(older.newest)).days <= AT_ONCE
    return (is_soon or all(map(_is_claimed, newer.statements))) and not _tells_change(newer, older)


def _is_claimed(statement: Statement) -> bool:
    """Whether a sentence tells what somebody holds or reckons."""
    reading = statement.reading
    return bool(whole_words(record(reading.document.language).statements.claims).search(reading.sentence))


def _follows(group: Group, other: Group) -> bool:
    """Whether an article of a group tells that what the other one says is over."""
    return any(succeeds(new, old) for new in group.statements for old in other.statements)


def _day(published: str) -> date:
    days = published_days(published)
    assert days is not None
    return days.first


def _tells_change(group: Group, other: Group) -> bool:
    """Whether the newer articles say that something changed, or a paper tells both values."""
    if group.first.kind is Kind.NAME and any(map(takes_office, group.statements)):
        return not any(map(takes_office, other.statements))
    papers = {each.reading.document.source for each in other.statements} - {None}
    return any(each.reading.document.source in papers or _is_told_as_change(each) for each in group.statements)


def _is_told_as_change(statement: Statement) -> bool:
    """Whether the sentence of a statement, or the title of its article, says that something changed."""
    reading = statement.reading
    return any(_says_changed(text, statement) for text in (reading.sentence, reading.document.title))


def _says_changed(text: str, statement: Statement) -> bool:
    return bool(whole_words(record(statement.reading.document.language).statements.changed).search(text))
