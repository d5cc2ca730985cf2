"""Follow-ups in three languages: what leans on the question before is completed, what stands alone is left alone."""

import pytest

from rag.understanding.follow_up import Said, standalone

FOLLOW_UPS = [
    ("Where did the working group meet?", "and when?", "When did the working group meet?"),
    ("How many laws must change?", "and when?", "When must laws change?"),
    ("How many laws must change?", "And how many articles?", "How many articles must change?"),
    ("How many laws must change?", "When?", "When must laws change?"),
    ("Who is Yerzhan Zhienbayev?", "When did he speak?", "When did Yerzhan Zhienbayev speak?"),
    ("Who is Yerzhan Zhienbayev?", "what is his job?", "What is Yerzhan Zhienbayev's job?"),
    ("How many deputies will there be?", "what about the Senate?", "How many deputies will there be: the Senate?"),
    ("Сколько статей Конституции изменят?", "а сколько законов?", "Сколько законов изменят?"),
    ("Когда собралась рабочая группа?", "а где?", "Где собралась рабочая группа?"),
    ("Кто такой Ержан Жиенбаев?", "Когда он выступил?", "Когда Ержан Жиенбаев выступил?"),
    ("Сколько законов придётся изменить?", "а статей?", "Сколько законов придётся изменить: статей?"),
    ("Жұмыс тобы қайда жиналды?", "ал қашан?", "Жұмыс тобы қашан жиналды?"),
    ("Қанша бап өзгереді?", "ал қанша заң?", "Қанша заң өзгереді?"),
    ("Қанша заң өзгереді?", "Қашан?", "Қашан заң өзгереді?"),
    ("Қанша депутат болады?", "Құрылтай ше?", "Қанша депутат болады: Құрылтай?"),
]
ALONE = [
    ("How many laws must change?", "Who is Natalya Pan?"),
    ("How many laws must change?", "And who chairs the working group on parliamentary reform?"),
    ("Who is Natalya Pan?", "When will the Kurultai meet and who will lead it?"),
    ("Сколько законов придётся изменить?", "Где прошло заседание рабочей группы?"),
    ("Қанша заң өзгереді?", "Жұмыс тобының отырысы қайда өтті?"),
    ("How many laws must change?", "???"),
    ("How many laws must change?", ""),
]


@pytest.mark.parametrize(("before", "question", "understood"), FOLLOW_UPS)
def test_follow_ups_are_completed(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


@pytest.mark.parametrize(("before", "question"), ALONE)
def test_whole_questions_are_left_as_they_are(before: str, question: str) -> None:
    assert standalone(question, Said(before)) == question


@pytest.mark.parametrize("question", [question for _, question, _ in FOLLOW_UPS])
def test_without_a_conversation_nothing_is_completed(question: str) -> None:
    assert standalone(question, None) == question


def test_a_follow_up_in_another_language_is_left_as_it_is() -> None:
    assert standalone("а когда?", Said("How many laws must change?")) == "а когда?"


def test_a_pronoun_may_mean_a_name_in_the_answer() -> None:
    said = Said("Who presented the approaches?", "The approaches were presented by Yerzhan Zhienbayev in Astana.")
    assert standalone("What is his job?", said) == "What is Yerzhan Zhienbayev's job?"
    said = Said("Кто представил подходы?", "Ержан Жиенбаев")
    assert standalone("Когда он выступил?", said) == "Когда Ержан Жиенбаев выступил?"
    assert standalone("Когда он выступил?", Said("Кто представил подходы?")) == "Когда он выступил?"
