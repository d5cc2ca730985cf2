"""Questions as people type them, and passages whose answer is cut out: what the reader is also taught with."""

from random import Random

import pytest

from eval.training.cut import without_answers
from eval.training.groups import GroupPassage
from eval.training.typed import RUSSIAN_LETTERS, as_typed, with_slip

QUESTION = "How many constitutional laws must change?"


def drawn(language: str, question: str) -> list[str]:
    return [as_typed(question, language, Random(seed)) for seed in range(400)]


def test_most_questions_stay_as_they_are_and_some_lose_capitals_and_mark() -> None:
    typed = drawn("en", QUESTION)
    assert 280 < typed.count(QUESTION) < 340
    assert 20 < typed.count(QUESTION.lower()[:-1]) < 60
    assert 10 < typed.count(QUESTION[:-1]) < 40


def test_only_kazakh_loses_kazakh_letters() -> None:
    question = "Қанша заң өзгереді?"
    assert "Канша зан озгереди?" in drawn("kk", question)
    assert "Канша зан озгереди?" not in drawn("ru", question)
    assert "қәңөұүһіғ".translate(RUSSIAN_LETTERS) == "каноуухиг"


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_is_one_edit_inside_one_long_word(seed: int) -> None:
    slipped = with_slip("Who led Astana?", Random(seed))
    assert slipped[:9] == "Who led A"
    assert slipped[-2:] == "a?"
    assert abs(len(slipped) - len("Who led Astana?")) <= 1


def test_a_question_of_short_words_has_no_slip() -> None:
    assert with_slip("Who is it?", Random(1)) == "Who is it?"


def test_sentences_that_answer_are_cut_out_of_each_passage() -> None:
    told = GroupPassage("a", "en", "T", "Ten laws change. Forty stay. None fall.", ((0, 8), (17, 22)))
    other = GroupPassage("b", "en", "T", "Rain fell.", ())
    assert without_answers([told, other]) == [GroupPassage("a", "en", "T", "None fall.", ()), other]


@pytest.mark.parametrize("text", ["Ten laws change.", "Ten laws change. Yes, ten laws."])
def test_what_would_be_empty_or_still_answers_is_not_cut(text: str) -> None:
    assert without_answers([GroupPassage("a", "en", "", text, ((0, 8),))]) is None
