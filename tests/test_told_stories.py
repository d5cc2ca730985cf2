"""The developing stories that the reader is taught with, and the groups that are made of them."""

from collections import Counter
from random import Random

import pytest

from eval.training.told_stories import REPORTS, is_held_out, load_train_stories, story_groups
from index.analysis.languages import LANGUAGES

STORY = {
    "id": "Z-01",
    "articles": [
        {
            "id": f"a{n}",
            "date": f"2025-03-0{n}",
            "en": ["Mill", f"{n} burned."],
            "ru": ["Мельница", f"{n} сгорели."],
            "kk": ["Диірмен", f"{n} жанды."],
        }
        for n in range(1, 5)
    ],
    "questions": [
        {
            "kind": "single",
            "q": {"en": ["How many?"], "ru": ["Сколько?"], "kk": ["Қанша?"]},
            "a": {"a2": {"en": "2", "ru": "2", "kk": "2"}},
        },
        {"kind": "none", "q": {"en": ["Who?"], "ru": ["Кто?"], "kk": ["Кім?"]}, "a": {}},
    ],
}


@pytest.mark.parametrize("seed", range(20))
def test_a_group_has_what_answers_and_others(seed: int) -> None:
    groups = list(story_groups(STORY, Random(seed)))
    assert [each.question for each in groups] == ["How many?", "Сколько?", "Қанша?", "Who?", "Кто?", "Кім?"]
    for group in groups:
        assert len(group.passages) == REPORTS
        assert not group.is_own
        answering = [each.text for each in group.passages if each.answers]
        assert [text[0] for text in answering] == (["2"] if group in groups[:3] else [])


def test_every_answer_stands_once_in_its_report() -> None:
    stories = load_train_stories()
    assert len({each["id"] for each in stories}) == len(stories)
    for story in stories:
        reports = {each["id"]: each for each in story["articles"]}
        for asked in story["questions"]:
            assert (asked["kind"] == "none") == (not asked["a"])
            for report, words in asked["a"].items():
                assert [reports[report][language][1].count(words[language]) for language in LANGUAGES] == [1, 1, 1]


def test_stories_are_kept_for_checking() -> None:
    kept = Counter(map(is_held_out, load_train_stories()))
    assert 0.1 < kept[True] / kept.total() < 0.25
