"""Changes the numbers of a group alike, so that reading is learned rather than what an article says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from random import Random

from eval.training.groups import Group, GroupPassage

SMALLEST = 32  # what may be the day of a month stays
YEARS = range(1900, 2101)
EARLIER, LATER = -12, 9  # years that all years are moved by
_NUMBER = re.compile(r"(?<!\d)(?!0)\d{2,7}(?!\d)")


def with_other_numbers(group: Group, chance: Random) -> Group:
    """The group with other numbers of the same lengths: the same number is the same other one in question and passages.

    So the answers stay where they stand.
    """
    passages = (*group.passages, *group.answering)
    texts = [group.question, *(text for each in passages for text in (each.title, each.text))]
    others = other_numbers({int(number) for text in texts for number in _NUMBER.findall(text)}, chance)
    change = partial(_NUMBER.sub, lambda number: others.get(number[0], number[0]))

    def changed(passage: GroupPassage) -> GroupPassage:
        return replace(passage, title=change(passage.title), text=change(passage.text))

    return replace(
        group,
        question=change(group.question),
        passages=tuple(map(changed, group.passages)),
        answering=tuple(map(changed, group.answering)),
    )


def other_numbers(numbers: Iterable[int], chance: Random) -> Mapping[str, str]:
    """Another number for each: years all moved alike, the rest drawn from its kind (see `_kind`) in the same order.

    >>> other_numbers([12, 1990, 2020], Random(2))
    {'1990': '1979', '2020': '2009'}
    """
    moved = chance.randint(EARLIER, LATER)
    others: dict[str, str] = {}
    kinds: dict[range, list[int]] = {}
    for number in sorted(numbers):
        if number in YEARS:
            others[str(number)] = str(number + moved if number + moved in YEARS else number)
        elif number >= SMALLEST:
            kinds.setdefault(_kind(number), []).append(number)
    for kind, found in kinds.items():
        drawn = sorted(chance.sample(kind, len(found)))
        others |= dict(zip(map(str, found), map(str, drawn), strict=True))
    return others


def _kind(number: int) -> range:
    """What a number may become: as many digits, round if it is round, no year, and a minute if it may be one.

    >>> _kind(45), _kind(300), _kind(1850)
    (range(32, 60), range(100, 1000, 100), range(1000, 1900))
    """
    if number < 60:
        return range(SMALLEST, 60)
    if number < 100:
        return range(60, 100)
    least = 10 ** (len(str(number)) - 1)
    step = 100 if number % 100 == 0 else 1
    if number < YEARS.start and least == 1_000:
        return range(1_000, YEARS.start, step)
    return range(2_200 if least == 1_000 else least, 10 * least, step)
