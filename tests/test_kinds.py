"""Kinds of questions and of sentences, in three languages."""

import pytest

from index.analysis.detect import detect
from rag.reading.answer_type import AnswerType, asks_yes_or_no, count_mentions, expected_answer_type


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
        ("When was the leak mended?", "#4117)", False),
        ("When was the leak mended?", "in 0.14.2", False),
        ("When was the leak mended?", "on 14.2.2024", True),
        ("When does the poll close?", "on June 3rd", True),
        ("Когда исправили ошибку?", "в версии 2.7.1", False),
        ("Когда закроют приём?", "к 24-му", True),
        ("Когда закроют приём?", "в мае", True),
        ("Қате қашан түзетілді?", "gid=0", False),
        ("Қабылдау қашан аяқталады?", "мамырдың 24-і", True),
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


@pytest.mark.parametrize(
    "question",
    [
        "What was the deficit of the mill in 2024?",
        "What is the volume of the tank?",
        "Каков дефицит бюджета?",
        "Какой была урожайность пшеницы?",
        "Какова вместимость зала?",
        "Залдың сыйымдылығы қандай?",
        "Бюджет тапшылығы қандай болды?",
    ],
)
def test_a_measure_is_asked_for_as_a_number(question: str) -> None:
    assert expected_answer_type(question) is AnswerType.NUMBER


@pytest.mark.parametrize(
    "question",
    [
        "What is the deadline to share photos?",
        "What's the closing date for entries?",
        "What were the dates of the fair?",
        "In what century was the tower built?",
        "On which weekday is the market held?",
        "Каков крайний срок подачи заявок?",
        "Какой срок сдачи отчёта?",
        "До какого числа принимают заявки?",
        "К какому сроку достроят школу?",
        "С каких пор закрыт мост?",
        "Какова дата выборов?",
        "На какое число перенесли суд?",
        "Во сколько начинается концерт?",
        "Өтінім берудің соңғы мерзімі қандай?",
        "Өтінім қай күнге дейін қабылданады?",
        "Есеп айдың нешесіне дейін тапсырылады?",
        "Көпір қай уақыттан бері жабық?",
        "Мұнара қай ғасырда салынды?",
    ],
)
def test_a_deadline_and_a_date_are_asked_for_as_a_time(question: str) -> None:
    assert expected_answer_type(question) is AnswerType.TIME


@pytest.mark.parametrize(
    "question",
    [
        "What is the date palm grown for?",
        "What is the format of the date?",
        "Why was the deadline moved?",
        "Почему перенесли крайний срок?",
        "Тапсыру мерзімі неге ұзартылды?",
    ],
)
def test_a_deadline_that_is_only_spoken_of_is_no_time_asked_for(question: str) -> None:
    assert expected_answer_type(question) is None


@pytest.mark.parametrize(
    "question", ["На какое число уменьшили штат?", "Во сколько обошёлся ремонт?", "Во сколько раз вырос налог?"]
)
def test_by_how_much_is_no_time(question: str) -> None:
    assert expected_answer_type(question) is AnswerType.NUMBER


@pytest.mark.parametrize("question", ["Why?", "What did the president say about who will vote?", "Где прошла встреча?"])
def test_questions_that_want_no_kind(question: str) -> None:
    assert expected_answer_type(question) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did she do when the bridge opened?", None),
        ("Where was the mayor when the dam broke?", None),
        ("Why did the shop close when the road was mended?", None),
        ("Who spoke when the bridge opened?", AnswerType.PERSON),
        ("How many people were on the bridge when it fell?", AnswerType.NUMBER),
        ("When the bridge fell, how many people were on it?", AnswerType.NUMBER),
        ("When the bridge fell, what did the mayor say?", None),
        ("What happened when?", AnswerType.TIME),
        ("Where and when was the bridge opened?", AnswerType.TIME),
        ("In 2024, when was the bridge opened?", AnswerType.TIME),
        ("Do you know when the bridge opens?", AnswerType.TIME),
        ("Has the mayor said when the bridge opens?", AnswerType.TIME),
        ("Since when has the bridge been closed?", AnswerType.TIME),
        ("The bridge opens when?", AnswerType.TIME),
        ("number injured when bridge fell", None),
        ("people underground when mine flooded", None),
        ("bridge opening when", AnswerType.TIME),
        ("пострадавшие когда рухнул мост", None),
        ("эвакуация когда поднялась вода", None),
        ("мост когда открыли", AnswerType.TIME),
        ("Что она делала, когда открыли мост?", None),
        ("Где был аким, когда прорвало плотину?", None),
        ("Почему магазин закрыли когда чинили дорогу?", None),
        ("Кто выступил, когда открыли мост?", AnswerType.PERSON),
        ("Сколько человек было на мосту, когда он рухнул?", AnswerType.NUMBER),
        ("Когда мост рухнул, сколько человек было на нём?", AnswerType.NUMBER),
        ("Когда открыли мост, что сказал аким?", None),
        ("Где и когда открыли мост?", AnswerType.TIME),
        ("Когда аким предупредил, что мост закроют?", AnswerType.TIME),
        ("Когда станет известно, какие мосты починят?", AnswerType.TIME),
        ("When did the mayor warn, and whom?", AnswerType.TIME),
        ("Известно ли, когда откроют мост?", AnswerType.TIME),
        ("Мост когда откроют?", AnswerType.TIME),
        ("Что случилось и когда?", AnswerType.TIME),
        ("Көпір ашылғанда ол не істеді?", None),
        ("Көпір ашылған кезде кім сөйледі?", AnswerType.PERSON),
        ("Көпір қашан ашылды?", AnswerType.TIME),
    ],
)
def test_when_inside_a_question_about_something_else_asks_for_no_time(question: str, kind: AnswerType | None) -> None:
    assert expected_answer_type(question) is kind


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Was the mayor there when the bridge opened?", True),
        ("Был ли аким на месте, когда открыли мост?", True),
        ("Was it said when the bridge opens?", False),
        ("Сообщили ли, когда откроют мост?", False),
    ],
)
def test_a_circumstance_leaves_a_question_for_yes_or_no(question: str, is_asked: bool) -> None:
    assert asks_yes_or_no(question, detect(question)) is is_asked
