"""Chooses what the reader is taught with in each step: which groups together, and which passages of a group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from eval.training.groups import Group, GroupPassage
from index.analysis.languages import LANGUAGES

AT_ONCE = 4  # groups
MOST = 4  # passages of a group that are read
ENGLISH = 3_000  # groups of the English sets in a pass
REPORTS = 1_500  # groups of short reports in a pass
TOLD = 3_000  # groups of developing stories in a pass
AS_FOUND, ONE_VERSION = (
    0.45,
    0.47,
)  # of a question of our own: with all versions of its article; with one; else with none


def choose(group: Group, chance: Random) -> list[GroupPassage]:
    """The passages of a group for one pass: as found, or as found where only one version of the article exists, or none."""
    own = [each for each in group.passages if each.article == group.article]
    if not group.is_own:
        return list(group.passages[:3])
    dice = chance.random()
    if dice < AS_FOUND:
        return _fewer(list(group.passages[:5]), chance)
    if dice >= AS_FOUND + ONE_VERSION:
        return [each for each in group.passages if each.article != group.article][:3]
    version = chance.choice(LANGUAGES)
    kept = [each for each in group.passages if each.article != group.article or each.version == version][:4]
    wanted = group.answering if group.wording is not None else own
    if not any(each.answers if group.wording is not None else each.article == group.article for each in kept):
        kept = [each for each in wanted if each.version == version][:1] + kept
    return _fewer(kept, chance)


def _fewer(passages: list[GroupPassage], chance: Random) -> list[GroupPassage]:
    """At most four: two that answer first, then those that do not."""
    if len(passages) <= MOST:
        return passages
    answering = [each for each in passages if each.answers]
    others = [each for each in passages if not each.answers]
    chance.shuffle(others)
    chance.shuffle(answering)
    return (answering[:2] + others + answering[2:])[:MOST]


@dataclass(frozen=True, slots=True)
class Material:
    """What the reader is taught with: groups of our own articles, of the English sets, of short reports, and of developing stories."""

    own: Sequence[Group]
    english: Sequence[Group]
    short: Sequence[Group]
    stories: Sequence[Group]


def batches(material: Material, chance: Random) -> Iterator[list[Group]]:
    """Four groups at a time, without end. A pass has half of the questions for facts, every miss, some English groups, some short ones and some of stories.

    Groups of one article stand together.
    """
    facts = [group for group in material.own if group.wording is not None]
    misses = [group for group in material.own if group.wording is None]
    while True:
        chance.shuffle(facts)
        for half in (facts[::2], facts[1::2]):
            articles: dict[str, list[Group]] = {}
            for group in half + misses:
                articles.setdefault(group.article, []).append(group)
            batches: list[list[Group]] = []
            for groups in articles.values():
                chance.shuffle(groups)
                batches += _in_fours(groups)
            picked = [
                *chance.sample(material.english, ENGLISH),
                *chance.sample(material.short, REPORTS),
                *chance.sample(material.stories, TOLD),
            ]
            batches += _in_fours(sorted(picked, key=lambda group: len(group.passages[0].text)))
            chance.shuffle(batches)
            yield from batches


def _in_fours(groups: Sequence[Group]) -> list[list[Group]]:
    return [list(groups[at : at + AT_ONCE]) for at in range(0, len(groups), AT_ONCE)]
