"""Short reports for the reader's teaching: every gap filled, answers where they stand, misses that nothing answers."""

from random import Random

import pytest

from eval.datasets.own import TRAIN, load_own
from eval.training.frames import Report, draw, filled, load_frames, short_groups
from eval.training.groups import SHORT, Group
from index.analysis.languages import LANGUAGES

SLOTS, FRAMES = load_frames()


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    return list(short_groups(2_400, load_own(*TRAIN)[:10], Random(4)))


def test_items_are_the_same_in_number_in_every_language() -> None:
    for name, items in SLOTS.items():
        assert {len(items[language]) for language in LANGUAGES} == {len(items["en"])}, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_holds_its_answer(language: str) -> None:
    for frame in FRAMES:
        report = draw(frame, Random(2))
        assert report.answer(language).lower() in report.sentence(language).lower()


def test_a_report_in_three_languages() -> None:
    report = Report(FRAMES[0], {"year": 2020, "town": 0, "n": 1400, "crop": 1})
    assert report.sentence("en") == "In 2020 farms around Aksel gathered 1,400 tonnes of cotton."
    assert report.question("ru") == "Сколько хлопка собрали в Акселе в 2020 году?"
    assert report.answer("kk") == "1 400 тонна"


def test_gaps_of_one_name_are_filled_otherwise() -> None:
    frame = {"en": ["{town} and {town2}", "?"], "answer": {"en": "{town}"}, "vary": ["town"]}
    drawn = [draw(frame, Random(seed)).fills for seed in range(50)]
    assert all(fills["town"] != fills["town2"] for fills in drawn)


def test_times_and_number_words_are_written_as_each_language_does() -> None:
    fills = {"time": 545, "N": 2}
    assert [filled("{N} {time}", fills, each) for each in LANGUAGES] == [
        "Eleven 9:05",
        "Одиннадцать 9.05",
        "Он бір 9.05",
    ]


def test_half_of_the_groups_have_an_answer_in_their_first_report_alone(groups: list[Group]) -> None:
    answered = [group for group in groups if group.passages[0].answers]
    assert 1_080 < len(answered) < 1_320
    assert not any(group.passages[1].answers for group in groups)
    assert all(group.article == SHORT and not group.is_own for group in groups)
    for group in answered:
        (start, end), text = group.passages[0].answers[0], group.passages[0].text
        assert text[start:end].strip() == text[start:end] != ""


def test_no_gap_is_left_open(groups: list[Group]) -> None:
    assert not any("{" in group.question + "".join(each.text for each in group.passages) for group in groups)


def test_what_is_asked_for_in_a_miss_is_in_no_report(groups: list[Group]) -> None:
    """A question of the first frame that has no answer names a crop, a year or a town that no report of that frame has."""
    start = "How much "
    missed = [group for group in groups if group.question.startswith(start) and not group.passages[0].answers]
    missed = [group for group in missed if "gathered around" in group.question]
    assert missed
    for group in missed:
        crop, _, rest = group.question.removeprefix(start).partition(" was gathered around ")
        town, _, year = rest.rstrip("?").partition(" in ")
        for passage in group.passages:
            assert (
                f"In {year} farms around {town} gathered" not in passage.text
                or f"tonnes of {crop}." not in passage.text
            )
