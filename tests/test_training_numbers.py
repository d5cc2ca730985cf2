"""Numbers of a training group: changed alike everywhere, so that answers stay where they stand."""

from random import Random

from eval.training.groups import Group, GroupPassage
from eval.training.numbers import other_numbers, with_other_numbers

TEXT = "In 2024 the mill sold 412 sacks, 437 in 2025; on 12 May at 9:45 it had 300 left, of 5,600."


def group() -> Group:
    answer = (TEXT.index("437"), TEXT.index("437") + 3)
    passage = GroupPassage("mill", "en", "The mill in 2025", TEXT, (answer,))
    return Group("mill", "How many sacks were sold in 2025, after 412?", 0, (passage,), (passage,))


def test_a_number_becomes_the_same_one_everywhere() -> None:
    for seed in range(30):
        changed = with_other_numbers(group(), Random(seed))
        [passage] = changed.passages
        assert len(passage.text) == len(TEXT)
        year = passage.title.removeprefix("The mill in ")
        sold = passage.text[22:25]
        assert changed.question == f"How many sacks were sold in {year}, after {sold}?"
        assert changed.answering == changed.passages
        (start, end) = passage.answers[0]
        assert int(passage.text[start:end]) > int(sold)


def test_years_move_together_and_days_stay() -> None:
    others = other_numbers([12, 31, 1850, 1990, 2020], Random(5))
    assert int(others["2020"]) - int(others["1990"]) == 30
    assert 1000 <= int(others["1850"]) < 1900
    assert others.keys() == {"1850", "1990", "2020"}


def test_numbers_keep_length_order_and_roundness() -> None:
    for seed in range(30):
        others = other_numbers([45, 77, 300, 412, 437, 5_600, 99_999], Random(seed))
        assert {len(number): len(other) for number, other in others.items()} == {2: 2, 3: 3, 4: 4, 5: 5}
        assert int(others["412"]) < int(others["437"])
        assert int(others["300"]) % 100 == 0 == int(others["5600"]) % 100
        assert int(others["45"]) < 60 <= int(others["77"])
