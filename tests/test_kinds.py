"""Kinds of questions and of sentences, in three languages."""

import pytest

from index.analysis.detect import detect
from rag.reading.answer_type import count_mentions, expected_answer_type


@pytest.mark.parametrize(
    ("question", "words", "fits"),
    [
        ("How many laws must change?", "some laws", False),
        ("How many laws must change?", "fifty laws", True),
        ("Сколько статей пересмотрят?", "около 40", True),
        ("Сколько статей пересмотрят?", "статьи", False),
        ("Қанша бап өзгереді?", "қырық бап", True),
        ("When was the meeting?", "on Monday", True),
        ("When was the meeting?", "in Astana", False),
        ("Когда прошла встреча?", "19 января", True),
        ("Отырыс қашан өтті?", "Астанада", False),
        ("Who spoke?", "Tokayev", True),
        ("Who spoke?", "the members of the group", True),
        ("Who spoke?", "40", False),
        ("Who spoke?", "in spring", False),
        ("Кто выступил?", "Токаев", True),
        ("Кто выступил?", "весной", False),
        ("Отырысты кім басқарды?", "Тоқаев", True),
        ("Отырысты кім басқарды?", "көктемде", False),
    ],
)
def test_words_of_the_kind_that_was_asked_for(question: str, words: str, fits: bool) -> None:
    kind = expected_answer_type(question)
    assert kind is not None
    assert bool(count_mentions(kind, words, detect(question))) is fits


@pytest.mark.parametrize("question", ["Why?", "What did the president say about who will vote?", "Где прошла встреча?"])
def test_questions_that_want_no_kind(question: str) -> None:
    assert expected_answer_type(question) is None
