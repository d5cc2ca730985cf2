"""Questions for several answers: what they leave out, the sentences that go on with an answer, the lists that words announce."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document
from index.analysis.detect import detect
from rag.reading.context import is_bare_question
from rag.reading.lists import is_column_name
from rag.types import Passage, Query, Reading
from rag.understanding.exclusion import exclusion
from rag.verdict.beside import beside, ends_with_name
from rag.verdict.enumeration import announces, is_list, items, only_announces, with_its_list
from rag.verdict.excluded import Excluded
from rag.verdict.in_its_words import asks_for_speakers


def asked(question: str) -> Query:
    return Query(question, detect(question), (), {}, Future())


def passage(text: str, language: str) -> Passage:
    document = Document("d", "", text, None, None, None, language, "")
    return Passage(Chunk("d", 0, 0, len(text), text), document, 1, 1.0, {})


def reading(words: str, of: Passage) -> Reading:
    text = of.document.text
    start = text.index(words)
    end = min((at for at in (text.find(mark, start) for mark in (". ", "\n")) if at >= 0), default=len(text) - 1) + 1
    return Reading(of.document, 0, end, start, start + len(words), 0.8)


@pytest.mark.parametrize(
    ("question", "language", "remaining", "things"),
    [
        ("Apart from the mayor herself, who spoke?", "en", "Who spoke?", ("the mayor herself",)),
        ("Besides bread which goods are sold?", "en", "Which goods are sold?", ("bread",)),
        ("Who, other than Per Lund, signed the letter?", "en", "Who signed the letter?", ("Per Lund",)),
        (
            "Who besides the head of the school came to the fair?",
            "en",
            "Who came to the fair?",
            ("the head of the school",),
        ),
        ("Which towns other than Orvik took part?", "en", "Which towns took part?", ("Orvik",)),
        ("Who spoke except the mayor and Per Lund?", "en", "Who spoke?", ("the mayor", "Per Lund")),
        ("What lies besides this?", "en", "What lies besides this?", ()),
        ("Кроме тренера, кто говорил с прессой?", "ru", "Кто говорил с прессой?", ("тренера",)),
        ("Кто, помимо капитана Ильи Седова, остался?", "ru", "Кто остался?", ("капитана Ильи Седова",)),
        ("Кто кроме тренера выступил?", "ru", "Кто выступил?", ("тренера",)),
        ("Кто подписал письмо, не считая ректора?", "ru", "Кто подписал письмо?", ("ректора",)),
        ("Кроме того, кто выступил?", "ru", "Кроме того, кто выступил?", ()),
        ("Жаттықтырушыдан басқа кім сөйледі?", "kk", "Кім сөйледі?", ("Жаттықтырушыдан",)),
        ("Жиында ректордан бөлек кімдер сөз алды?", "kk", "Жиында кімдер сөз алды?", ("ректордан",)),
        ("Бұдан басқа кім келді?", "kk", "Бұдан басқа кім келді?", ()),
    ],
)
def test_what_a_question_leaves_out(question: str, language: str, remaining: str, things: tuple[str, ...]) -> None:
    found = exclusion(question, language)
    assert (found.asked, found.things) == (remaining, things)


@pytest.mark.parametrize(
    ("things", "text", "words", "left"),
    [
        (("the coach",), "Coach Ada Berg spoke. Kit Moor spoke.", "Ada Berg", None),
        (("the coach",), "Coach Ada Berg spoke. Kit Moor spoke.", "Kit Moor", "Kit Moor"),
        (("the coach",), "The coach's assistant Kit Moor spoke.", "Kit Moor", "Kit Moor"),
        (
            ("Ada Berg",),
            "Ada Berg, Kit Moor and Lea Holt spoke.",
            "Ada Berg, Kit Moor and Lea Holt",
            "Kit Moor and Lea Holt",
        ),
        (("the judges",), "Judges, players and fans came.", "players and fans", "players and fans"),
        (("the red judges",), "Judges, players and fans came.", "Judges, players", "Judges, players"),
        (
            ("тренера",),
            "Выступили тренер Ада Берг и игрок Кит Мур.",
            "тренер Ада Берг и игрок Кит Мур",
            "игрок Кит Мур",
        ),
        (("the mill director",), "Mill director Ada Berg and Kit Moor spoke.", "Ada Berg and Kit Moor", "Kit Moor"),
        (("the deputy mayor",), "Deputy mayor Ada Berg and Kit Moor spoke.", "Ada Berg and Kit Moor", "Kit Moor"),
        (("the mayor",), "Deputy mayor Ada Berg spoke.", "Ada Berg", "Ada Berg"),
        (("заместителя мэра",), "Выступили заместитель мэра Ада Берг и Кит Мур.", "Ада Берг и Кит Мур", "Кит Мур"),
        (("Жаттықтырушыдан",), "Оны жаттықтырушы Ада Берг айтты.", "Ада Берг", None),
    ],
)
def test_what_is_left_out_is_no_answer(things: tuple[str, ...], text: str, words: str, left: str | None) -> None:
    language = detect(text)
    here = passage(text, language)
    kept = Excluded(things, Query("?", language, (), {}, Future()), [here]).without(reading(words, here))
    assert (kept and kept.answer) == left


def test_a_name_that_one_language_gives_is_left_out_in_all() -> None:
    english, russian = passage("Coach Ada Berg spoke.", "en"), passage("Ада Берг выступила.", "ru")
    excluded = Excluded(("the coach",), Query("?", "en", (), {}, Future()), [english, russian])
    assert excluded.is_of_people
    assert excluded.without(reading("Ада Берг", russian)) is None


@pytest.mark.parametrize(
    ("question", "text", "sure", "further"),
    [
        (
            "What did Ada Berg say?",
            "Ada Berg said the lake is clean. She also wants a pier. The bus was late.",
            "the lake is clean",
            ["She also wants a pier."],
        ),
        (  # what is added to is said, too
            "What did Ada Berg say?",
            "Ada Berg said the lake is clean. She also wants a pier.",
            "wants a pier",
            ["Ada Berg said the lake is clean."],
        ),
        ("Why did the lake close?", "Ice closed the lake. The mill was also closed.", "Ice", []),
        ("What did Ada Berg say?", "Ada Berg said no. Also, Kit Moor said yes.", "no", []),
        (
            "Why did the lake close?",
            "The lake closed for two reasons. Ice came. The pier broke.",
            "Ice came",
            ["The pier broke."],
        ),
        ("What must guests do?", "Guests must:\n- pay\n- be quiet\n\nIt rained.", "pay", []),  # see beside_in_list
        (
            "What did Ada Berg say?",
            "Ada Berg spoke in Orvik. According to her, the lake is clean. According to her, it is deep.",
            "the lake is clean",
            ["According to her, it is deep."],
        ),
        (
            "What did Ada Berg say about the lake?",
            "The lake is clean, Ada Berg said. The mill stands, Ada Berg said. The lake is deep, said Ada Berg.",
            "The lake is clean",
            ["The lake is deep, said Ada Berg."],
        ),
        ("Why is the lake closed?", "— Why is the lake closed? Also ice came.", "Also ice came", []),
        (
            "Who spoke at the meeting on the lake and the pier?",
            "A meeting on the lake and the pier was held. Ada Berg spoke. Kit Moor did not speak. Lea Holt spoke last.",
            "Ada Berg",
            ["Lea Holt spoke last."],
        ),
        (
            "Что сказал Илья Седов о катке?",
            "Илья Седов сказал, что каток открыт. По его словам, лёд крепок. Ада Берг сказала, что каток мал.",
            "каток открыт",
            ["По его словам, лёд крепок."],
        ),
        (
            "Ілияс Сәдуов мұз туралы не айтты?",
            "Ілияс Сәдуов мұз берік деді. Оның айтуынша, мұз қалың. Жаңбыр жауды.",
            "мұз берік",
            ["Оның айтуынша, мұз қалың."],
        ),
        (
            "Who spoke at the lake?",
            "Ada Berg spoke at the lake. Kit Moor thanked her. The lake is deep. Lea Holt came.",
            "Ada Berg",
            ["Kit Moor thanked her."],
        ),
        (
            "Who spoke about the pier?",
            "Ada Berg spoke about the pier. Kit Moor thanked her. Lea Holt said that the pier must stay.",
            "Ada Berg",
            ["Lea Holt said that the pier must stay."],
        ),
        (
            "Что сказал Илья Седов?",
            "Илья Седов сказал, что лёд крепок. Кроме того, он ждёт гостей. Прошёл дождь.",
            "лёд крепок",
            ["Кроме того, он ждёт гостей."],
        ),
        (
            "Кто выступил на катке?",
            "Илья Седов выступил на катке. Ада Берг рассказала о льде. Каток велик.",
            "Илья Седов",
            ["Ада Берг рассказала о льде."],
        ),
        (
            "Ілияс Сәдуов не деді?",
            "Ілияс Сәдуов мұз берік деді. Сонымен қатар ол қонақ күтеді. Жаңбыр жауды.",
            "мұз берік",
            ["Сонымен қатар ол қонақ күтеді."],
        ),
    ],
)
def test_sentences_that_go_on_with_an_answer(question: str, text: str, sure: str, further: list[str]) -> None:
    here = passage(text, detect(text))
    assert [each.chunk.text for each in beside(asked(question), [here], [reading(sure, here)])] == further


def test_who_spoke_is_asked_and_told_by_name() -> None:
    questions = (
        "Who spoke?",
        "Who took the floor?",
        "Кто выступил?",
        "Кім сөз алды?",
        "Who won?",
        "Кто победил?",
        "Кім жеңді?",
    )
    assert [asks_for_speakers(asked(each)) for each in questions] == [True] * 4 + [False] * 3
    here = passage("The Orvik press office and engineer Ada Berg spoke.", "en")
    assert [ends_with_name(reading(each, here)) for each in ("engineer Ada Berg", "The Orvik press office")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("It is sold in two places: the mill and the pier.", "two places", "two places: the mill and the pier"),
        (
            "It is sold in two places by the lake — the mill and the pier.",
            "two places",
            "two places by the lake — the mill and the pier",
        ),
        ("It is sold in two places: one may ask there.", "two places", "two places"),
        ("It is sold at the mill by the road: cheap and good.", "the mill", "the mill"),
        ("Его продают в двух местах: на мельнице и у озера.", "двух местах", "двух местах: на мельнице и у озера"),
        ("Ол екі жерде сатылады: диірмен мен көлде.", "екі жерде", "екі жерде сатылады: диірмен мен көлде"),
    ],
)
def test_words_that_announce_a_list_go_on_to_its_end(text: str, words: str, whole: str) -> None:
    assert with_its_list(reading(words, passage(text, detect(text)))).answer == whole


def test_what_only_announces_tells_nothing() -> None:
    here = passage("It closed for two reasons. It is sold in two ways: by post or by phone.", "en")
    assert only_announces(reading("two reasons", here))
    assert not only_announces(reading("two ways: by post or by phone", here))
    assert [
        announces(words, language)
        for words, language in (("бірнеше жол", "kk"), ("две двери", "ru"), ("in 2019", "en"))
    ] == [True, True, False]
    assert is_list("bread, fish and tea")
    assert not is_list("bread and fish")
    words = "хлеб, рыба и чай"
    assert [words[start:end] for start, end in items(words)] == ["хлеб", "рыба", "чай"]


@pytest.mark.parametrize(
    ("text", "words", "is_name"),
    [
        ("Mill: Upper; Men: 40\nMill: Lower; Men: 52", "Men", True),
        ("System: Calls; Retention period: - Deleted after 30 days.", "Retention period", True),
        ("Район: Талды; Срок хранения: 30 дней", "Срок хранения", True),
        ("Аудан: Талды; Сақтау мерзімі: 30 күн", "Сақтау мерзімі", True),
        ("Mill: Upper; Men: 40", "Upper", False),
        ("Mill: Upper; Men: 40", "Men: 40", False),
        ("Deadline: 5 May", "Deadline", False),
    ],
)
def test_the_name_of_a_column_is_told_from_its_cells(text: str, words: str, is_name: bool) -> None:
    document = Document("1", "Table", text, None, None, None, "en", "")
    start = text.index(words)
    assert is_column_name(document, start, start + len(words)) is is_name


@pytest.mark.parametrize(
    ("text", "words", "asks"),
    [
        ("Any questions? Write to the team.", "Any questions?", True),
        ("Остались вопросы? Пишите в редакцию.", "Остались вопросы?", True),
        ("Сұрағыңыз бар ма? Бізге жазыңыз.", "Сұрағыңыз бар ма?", True),
        ("How to enrol a child?\n\nBring a passport.", "How to enrol a child?", True),
        ("He asked: “Who pays?” Nobody knew.", "“Who pays?”", False),
        ("They asked who pays.", "who pays", False),
        ("Any questions? Write to the team.", "Write to the team.", False),
    ],
)
def test_a_sentence_that_only_asks_is_told_from_what_answers(text: str, words: str, asks: bool) -> None:
    document = Document("1", "Help", text, None, None, None, "en", "")
    start = text.index(words)
    assert is_bare_question(document, start, start + len(words)) is asks
