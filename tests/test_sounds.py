"""Names in Latin letters and the same ones in Cyrillic letters: 163 pairs of one name, 309 of two names that look alike."""

import pytest

from index.analysis.sounds import LONGEST, reading_cost, sounds_alike
from rag.verdict.names import NameWord, names_in
from tests.conftest import ROOT

# A row: one or two names, then language and word, twice. Every third row was looked at for figures only.
PAIRS = [line.split() for line in (ROOT / "tests" / "spellings.txt").read_text("utf-8").splitlines()]
LEAST_FOUND, MOST_MISTAKEN = 0.94, 0.05


def word(text: str, language: str) -> NameWord:
    """The word as the name that it is in a sentence."""
    return names_in(text, language)[0].words[0]


@pytest.mark.parametrize("rest", [(0, 1), (2,)], ids=["built with", "others"])
def test_spellings_of_one_name_are_known_and_those_of_two_kept_apart(rest: tuple[int, ...]) -> None:
    rows = [row for kind in ("one", "two") for at, row in enumerate(_of_kind(kind)) if at % 3 in rest]
    equal = {kind: [word(b, a).equals(word(d, c)) for k, a, b, c, d in rows if k == kind] for kind in ("one", "two")}
    assert sum(equal["one"]) >= LEAST_FOUND * len(equal["one"])
    assert sum(equal["two"]) <= MOST_MISTAKEN * len(equal["two"])


def _of_kind(kind: str) -> list[list[str]]:
    return [row for row in PAIRS if row[0] == kind]


def test_the_pairs_are_as_many_as_promised() -> None:
    assert [len(_of_kind(kind)) for kind in ("one", "two")] == [163, 309]


@pytest.mark.parametrize(
    ("latin", "cyrillic", "cost"),
    [
        ("marlow", "марлоу", 0.0),  # every letter in a usual way
        ("greenhithe", "гринхайт", 0.2),  # i as аи is rare
        ("minsk", "минеск", 0.3),  # a vowel too many
        ("berlin", "мерлин", float("inf")),  # no name with b begins so
    ],
)
def test_what_a_reading_costs(latin: str, cyrillic: str, cost: float) -> None:
    assert reading_cost(latin, cyrillic) == pytest.approx(cost)


def test_a_reading_costs_nothing_less_for_a_longer_name_and_endless_ones_are_none() -> None:
    assert reading_cost("marlows", "марлоу") > reading_cost("marlow", "марлоу")
    assert not sounds_alike("a" * (LONGEST + 1), "а" * (LONGEST + 1))
    assert not sounds_alike("", "")
