"""Several answers, one each; sentences that lean on the one before them; questions that yes or no would answer."""

from concurrent.futures import Future

import pytest

from index import Document
from index.analysis.detect import detect
from rag.reading.answer_type import asks_yes_or_no
from rag.reading.confidence import Features
from rag.reading.context import with_context
from rag.reading.extract import Candidate, Pointing
from rag.types import Query, Reading
from rag.verdict.grouping import grouped, says_same
from rag.verdict.points import MOST, asks_for_several, distinct, of_those_named, pointed_at, sure_enough
from rag.verdict.values import Statement, statement


def said(words: str, text: str, id: str = "d", confidence: float = 0.5) -> Statement:
    document = Document(id, "", text, None, None, None, "en", "")
    start = text.index(words)
    return statement(Reading(document, 0, len(text), start, start + len(words), confidence), None)


def words_of(statements: list[Statement], cosine: float) -> list[str]:
    groups = grouped(statements, says_same(lambda one, other: 0.0))
    return [group.first.reading.answer for group in distinct(groups, lambda one, other: cosine)]


def test_every_distinct_answer_is_a_point_and_a_translation_is_none() -> None:
    text = "They want more time to read the draft, and to vote in public next week."
    time, vote = said("more time to read the draft", text), said("to vote in public next week", text)
    assert words_of([time, vote], 0.9) == ["more time to read the draft", "to vote in public next week"]
    overlapping = said("time to read the draft, and to vote in public", text)
    assert words_of([time, overlapping, vote], 0.9) == ["more time to read the draft", "to vote in public next week"]
    elsewhere = said("more time to read the bill", "They ask for more time to read the bill.", "e")
    assert words_of([time, elsewhere], 0.9) == ["more time to read the draft"]
    assert words_of([time, elsewhere], 0.5) == ["more time to read the draft", "more time to read the bill"]


def test_other_words_of_one_language_are_another_answer_unless_they_are_very_near() -> None:
    grammar, mill = said("School No. 4", "School No. 4 came."), said("Mill School", "Mill School came.", "e")
    other = said("School No. 9", "School No. 9 came.", "f")
    assert words_of([grammar, mill, other], 0.9) == ["School No. 4", "Mill School", "School No. 9"]
    assert words_of([grammar, mill], 0.96) == ["School No. 4"]


def test_items_of_the_sentence_of_what_is_said_may_be_a_little_less_likely() -> None:
    text = "The house was a salt store, then a school, and now is a workshop."
    store, school, workshop = (
        said(words, text, confidence=confidence).reading
        for words, confidence in (("a salt store", 0.7), ("a school", 0.52), ("a workshop", 0.4))
    )
    elsewhere = said("a mill", "The house was a mill.", "e", confidence=0.52).reading
    query = Query("What was the old stone house?", "en", (), {}, Future())
    assert sure_enough(query, [elsewhere, school, store, workshop], 0.6) == [store, school]
    assert sure_enough(query, [school, workshop, elsewhere], 0.6) == []  # nothing of the sentence is said
    in_its_words = said("a mill", "The old stone house was a mill.", "e", confidence=0.4).reading
    assert sure_enough(query, [elsewhere, store, in_its_words], 0.6) == [store, in_its_words]


def test_items_of_one_sentence_are_no_agreement() -> None:
    text = "The house was a salt store, then a school."
    store, school = said("a salt store", text), said("a school", text)
    assert len(grouped([store, school], says_same(lambda one, other: 1.0))) == 2
    assert len(grouped([store, said("was a salt store", text)], says_same(lambda one, other: 1.0))) == 1


@pytest.mark.parametrize(
    ("question", "language", "texts", "kept"),
    [
        ("What did Asel Kim say?", "en", ["Asel Kim said no.", "Per Lund said yes.", "Asel Kim added more."], [0, 2]),
        ("Что сказала Асель Ким?", "ru", ["No, said Asel Kim.", "Да, сказал Пер Лунд."], [0]),
        ("Әсел Ким не деді?", "kk", ["Әсел Ким жоқ деді.", "Нет, сказала Асель Ким.", "Иә, деді Пер Лунд."], [0, 1]),
        (
            "What did Asel Kim say?",
            "en",
            ["The mayor said no.", "Per Lund said yes."],
            [0, 1],
        ),  # the likeliest names nobody
        ("What did the mayor say?", "en", ["Asel Kim said no.", "Per Lund said yes."], [0, 1]),
    ],
)
def test_points_are_of_articles_that_name_whom_the_question_names(
    question: str, language: str, texts: list[str], kept: list[int]
) -> None:
    documents = [Document(str(at), "", text, None, None, None, detect(text), "") for at, text in enumerate(texts)]
    readings = [Reading(each, 0, len(each.text), 0, 1, 0.9) for each in documents]
    asked = Query(question, language, (), {}, Future())
    assert [int(each.document.id) for each in of_those_named(asked, readings, readings)] == kept


def test_names_are_distinct_by_what_they_name_and_seven_are_shown() -> None:
    one = said("Asel Kim", "Asel Kim spoke.")
    same, other = said("Kim", "Kim spoke.", "b"), said("Daulet Nurov", "Daulet Nurov spoke.", "c")
    assert words_of([one, same, other], 1.0) == ["Asel Kim", "Daulet Nurov"]
    names = ("Tarnov", "Bekova", "Seitkali", "Gromova", "Ivanchuk", "Rahimov", "Petrenko", "Olzhasova")
    many = [said(f"Marat {name}", f"Marat {name} spoke.", name) for name in names]
    assert len(words_of(many, 1.0)) == MOST == 7


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which parties took part?", True),
        ("What is forbidden in the park?", True),
        ("What must the owner bring?", True),
        ("Что запрещено в парке?", True),
        ("Что поручено боцману?", True),
        ("Что нужно принести?", True),
        ("Саябақта нені тебуге болмайды?", True),
        ("Саябақта не істеуге тыйым салынады?", True),
        ("Боцманға не тапсырылды?", True),
        ("What did the minister say about the bridge?", True),
        ("How do citizens take part?", True),
        ("Why was the vote put off?", True),
        ("Who spoke at the meeting?", True),
        ("Who is the mayor of Orvik?", False),
        ("Who was named mayor on Monday?", False),
        ("How many parties took part?", False),
        ("When did the parties meet?", False),
        ("Какие партии участвовали?", True),
        ("Кто выступил на заседании?", True),
        ("Что сказал министр о мосте?", True),
        ("Почему отложили голосование?", True),
        ("Кто назначен акимом?", False),
        ("Сколько партий участвовало?", False),
        ("Қандай партиялар қатысты?", True),
        ("Неге дауыс беру кейінге қалды?", True),
        ("Министр көпір туралы не айтты?", True),
        ("Жаңа әкім кім?", False),
        ("Қанша партия қатысты?", False),
        ("Who has been appointed head of the mill?", False),
        ("Who has spoken?", True),
    ],
)
def test_a_question_for_several_answers(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


@pytest.mark.parametrize(
    ("question", "language", "yes_or_no"),
    [
        ("Did the council vote?", "en", True),
        ("Isn't the bridge open yet?", "en", True),
        ("The bridge is open?", "en", True),
        ("What did the council decide?", "en", False),
        ("bridge opening", "en", False),
        ("Открыт ли мост?", "ru", True),
        ("Мост уже открыли?", "ru", True),
        ("Когда открыли мост?", "ru", False),
        ("Көпір ашылды ма?", "kk", True),
        ("Көпір қашан ашылды?", "kk", False),
    ],
)
def test_a_question_that_yes_or_no_would_answer(question: str, language: str, yes_or_no: bool) -> None:
    assert asks_yes_or_no(question, language) is yes_or_no


@pytest.mark.parametrize(
    ("text", "language", "answer", "shown"),
    [
        (
            "— Сколько спортсменов поедет?\n\n— Девять человек.",
            "ru",
            "— Девять человек.",
            "— Сколько спортсменов поедет?\n\n— Девять человек.",
        ),
        ("How many swim?\n\nTwelve.", "en", "Twelve.", "How many swim?\n\nTwelve."),
        ("It rained. Kim won. He also spoke.", "en", "He also spoke.", "Kim won. He also spoke."),
        ("Пришёл Ким. Он выступил.", "ru", "Он выступил.", "Пришёл Ким. Он выступил."),
        ("Ким келді. Ол сөйледі.", "kk", "Ол сөйледі.", "Ким келді. Ол сөйледі."),
        ("It rained. Kim won. Bekova spoke.", "en", "Bekova spoke.", "Bekova spoke."),
        ("Kim won.\n\nHe also spoke.", "en", "He also spoke.", "He also spoke."),
        ("He spoke.", "en", "He spoke.", "He spoke."),
    ],
)
def test_a_sentence_is_shown_with_the_one_that_it_leans_on(text: str, language: str, answer: str, shown: str) -> None:
    document = Document("d", "", text, None, None, None, language, "")
    left = text.rindex(answer)
    start, end = with_context(document, left, left + len(answer))
    assert text[start:end] == shown


def candidate(text: str, best: str, *further: tuple[str, float]) -> Candidate:
    pointing = [Pointing(said(words, text).reading, score) for words, score in ((best, 3.0), *further)]
    return Candidate(pointing[0].reading, Features(read=3.0, cosine=0.8), tuple(pointing[1:]))


@pytest.mark.parametrize(
    ("text", "best", "further", "told"),
    [
        ("They saw the lake, the mill and the pier.", "the mill and the pier", [("the lake", -4.0)], ["the lake, the mill and the pier"]),
        ("They saw the mill and the pier.", "the mill", [("the pier", -6.0)], ["the mill and the pier"]),
        ("Asel Kim, director of the mill, spoke.", "Asel Kim", [("director of the mill", -1.0)], ["Asel Kim", "director of the mill"]),
        ("They saw the mill by the pier.", "the mill", [("the pier", 2.0)], ["the mill", "the pier"]),
        ("An engine fault stopped it.", "engine", [("fault", -5.0)], ["engine fault"]),
        ("Join a walk with them on 3 March.", "a walk with them", [("on 3 March", 0.0)], ["a walk with them on 3 March"]),
        ("Join a walk with them on 3 March.", "a walk with them", [("on 3 March", -9.0)], ["a walk with them", "on 3 March"]),
    ],
)  # fmt: skip
def test_items_of_one_enumeration_are_pointed_at_as_one(
    text: str, best: str, further: list[tuple[str, float]], told: list[str]
) -> None:
    found = pointed_at(candidate(text, best, *further))
    assert [each.reading.answer for each in found] == told
    assert found[0].score == 3.0
