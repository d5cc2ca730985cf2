"""Questions for a telephone number, an e-mail, web or postal address or opening hours: only such things answer, and only equal ones agree."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from index.analysis.terms import stems
from rag.reading.answer_type import AnswerType, asks_for_hours, expected_answer_type
from rag.reading.asked import Asked
from rag.reading.contacts import contacts_in
from rag.reading.fitting import count_fitting
from rag.types import Passage, Query, Reading
from rag.verdict.comparison import is_of_owner, may_hold_instead
from rag.verdict.matter import Matter
from rag.verdict.values import Kind, Statement, same_value, statement


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is the phone number of the emergency line?", AnswerType.PHONE),
        ("Which number do I call about a lost dog?", AnswerType.PHONE),
        ("what number should i ring if the lift is stuck", AnswerType.PHONE),
        ("Do you have a contact number for the harbour?", AnswerType.PHONE),
        ("Harbour office telephone number", AnswerType.PHONE),
        ("По какому номеру звонить при пожаре?", AnswerType.PHONE),
        ("Какой телефон у школы?", AnswerType.PHONE),
        ("Телефон регистратуры поликлиники №3", AnswerType.PHONE),
        ("Подскажите номер телефона диспетчерской", AnswerType.PHONE),
        ("Мұражайдың телефоны қандай?", AnswerType.PHONE),
        ("Қай нөмірге қоңырау шалу керек?", AnswerType.PHONE),
        ("Мектептің телефон нөмірі қандай?", AnswerType.PHONE),
        ("What is the housing email address in Orlen?", AnswerType.EMAIL),
        ("Which email should complaints go to?", AnswerType.EMAIL),
        ("Какая электронная почта у отдела?", AnswerType.EMAIL),
        ("На какой адрес электронной почты писать?", AnswerType.EMAIL),
        ("Бөлімнің электрондық поштасы қандай?", AnswerType.EMAIL),
        ("What is the website of the theatre?", AnswerType.WEBSITE),
        ("Какой адрес сайта у театра?", AnswerType.WEBSITE),
        ("Театрдың сайты қандай?", AnswerType.WEBSITE),
        ("What is the postal address of the theatre?", AnswerType.ADDRESS),
        ("What is the museum's address?", AnswerType.ADDRESS),
        ("По какому адресу находится школа?", AnswerType.ADDRESS),
        ("Какой адрес у библиотеки?", AnswerType.ADDRESS),
        ("Кітапхананың мекенжайы қандай?", AnswerType.ADDRESS),
        ("What are the opening hours of the library?", AnswerType.TIME),
        ("Какие часы работы у поликлиники?", AnswerType.TIME),
        ("Мұражайдың жұмыс уақыты қандай?", AnswerType.TIME),
        # what only sounds like it
        ("How many phones were stolen?", AnswerType.NUMBER),
        ("Who has the phone number of the mayor?", AnswerType.PERSON),
        ("When was the phone number changed?", AnswerType.TIME),
        ("What is the number of houses in the village?", AnswerType.NUMBER),
        ("Which phone did the company launch?", None),
        ("What did the president say in his address?", None),
        ("What is the address of the proxy server?", None),
        ("Through which websites can people write?", None),
        ("What happens if my phone number changes?", None),
        ("Сколько телефонов украли?", AnswerType.NUMBER),
        ("Какой телефон выпустила компания?", None),
        ("Какие часы подарили мэру?", None),
        ("На какой сайт напали хакеры?", None),
        ("Қандай телефон ұрланды?", None),
    ],
)
def test_what_a_question_asks_for(question: str, kind: AnswerType | None) -> None:
    assert expected_answer_type(question) is kind


def test_hours_are_times_of_a_kind() -> None:
    questions = ["Режим работы музея?", "What are the office hours?", "Пошта қашан ашылды?", "When did it open?"]
    assert [asks_for_hours(each) for each in questions] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Tel. 01452 396 396, (650) 273-5591 or +44 (0)1452 396396",
            "en",
            ["1452396396", "6502735591", "441452396396"],
        ),
        ("8 (7172) 55-12-34, +7 707 123 45 67, 87071234567", "ru", ["7172551234", "77071234567", "7071234567"]),
        ("Телефоны: 2-14-55, 2-14-56", "ru", ["21455", "21456"]),
        ("звоните по номерам 101 или 112", "ru", ["101", "112"]),
        ("Экстренные телефоны: пожарные — 101, полиция — 102", "ru", ["101", "102"]),
        ("112 нөміріне қоңырау шалыңыз", "kk", ["112"]),
        ("Write to Info@Mill.example or info(at)mill.example", "en", ["info@mill.example", "info@mill.example"]),
        ("See https://www.mill.org/ or mill.org, not minutes.md", "en", ["mill.org", "mill.org"]),
        ("The hotline took 350 calls from 112 people on 12-05-2024, 7 000 000 in all, in 2024-05-08", "en", []),
        ("БИН 040440000120, 8 800 000 тенге, 2019-2021, 10:00-12:00, 192.168.0.1", "ru", []),
    ],
)
def test_contacts_of_a_text(text: str, language: str, found: list[str]) -> None:
    assert [each.value for each in contacts_in(text, language, short=True)] == found


def fits(question: str, language: str, told: str, text: str, words: str) -> bool:
    """Whether words of a text could answer a question."""
    document = Document("1", "Report", text, None, None, None, told, "")
    passage = Passage(Chunk("1", 0, 0, len(text), text), document, 1, 1.0, {})
    query = Query(question, language, tuple(stems(question, language)), {}, Future[Embedded]())
    start = text.index(words)
    return bool(count_fitting(Asked(query, expected_answer_type(question)), passage)(start, start + len(words)))


MUSEUM = (
    "Museum, 12 Mill Lane, Orlen. Open 10am–6pm since 1974. Tel. 01888 245 610, visits@museum.example, museum.example"
)
KITAP = "Кітапхана: Абай көшесі, 15. Сағат 10:00-ден 19:00-ге дейін. Тел. 8 (7142) 55-80-08, kitap@abai.kz"


@pytest.mark.parametrize(
    ("question", "language", "told", "text", "right", "wrong"),
    [
        (
            "What is the museum's phone number?",
            "en",
            "en",
            MUSEUM,
            ["01888 245 610"],
            ["visits@museum.example", "1974"],
        ),
        ("What is the email of the museum?", "en", "en", MUSEUM, ["visits@museum.example"], ["01888 245 610", "Orlen"]),
        (
            "What is the address of the museum?",
            "en",
            "en",
            MUSEUM,
            ["12 Mill Lane"],
            ["visits@museum.example", "01888"],
        ),
        ("What are the museum's opening hours?", "en", "en", MUSEUM, ["10am–6pm"], ["1974", "01888 245 610"]),
        ("Какие часы работы у музея?", "ru", "en", MUSEUM, ["10am–6pm"], ["12 Mill Lane, Orlen", "1974"][1:]),
        ("Сколько залов в музее?", "ru", "en", MUSEUM, ["12 Mill Lane"], ["01888 245 610", "245", "610"]),
        ("Кітапхананың телефоны қандай?", "kk", "kk", KITAP, ["8 (7142) 55-80-08"], ["15", "kitap@abai.kz"]),
        ("Кітапхананың мекенжайы қандай?", "kk", "kk", KITAP, ["Абай көшесі, 15"], ["kitap@abai.kz", "55-80-08"]),
        ("Какая электронная почта у библиотеки?", "ru", "kk", KITAP, ["kitap@abai.kz"], ["8 (7142) 55-80-08"]),
        ("Кітапхананың жұмыс уақыты қандай?", "kk", "kk", KITAP, ["10:00-ден 19:00-ге"], ["Абай"]),
    ],
)
def test_only_what_is_asked_for_answers(
    question: str, language: str, told: str, text: str, right: list[str], wrong: list[str]
) -> None:
    assert [fits(question, language, told, text, each) for each in right] == [True] * len(right)
    assert [fits(question, language, told, text, each) for each in wrong] == [False] * len(wrong)


def said(
    words: str, asked: AnswerType | None, sentence: str = "", title: str = "Report", language: str = "en"
) -> Statement:
    text = sentence or words
    start = text.index(words)
    document = Document(text, title, text, None, None, None, language, "")
    return statement(Reading(document, 0, len(text), start, start + len(words), 0.5), asked)


def test_what_is_denied_before_an_address_denies_no_address() -> None:
    text = "Ann does not agree. Write to fees@mill.example or come to the mill."
    assert fits("What is the e-mail address for complaints?", "en", "en", text, "fees@mill.example")
    text = "Ақысына келіспеген жан арыз бере алады. Арызды fees@mill.example поштасына жіберіңіз."
    assert fits("На какую электронную почту жаловаться?", "ru", "kk", text, "fees@mill.example")


def test_a_newer_number_of_somebody_does_not_take_the_place_of_the_one_asked_for() -> None:
    line, office = (
        statement(
            Reading(Document(day, "News", text, None, None, day, "en", ""), 0, len(text), 6, len(text) - 1, 0.8),
            AnswerType.PHONE,
        )
        for day, text in (("2024-05-01", "Help: 8 (7200) 55-01-12."), ("2024-06-01", "Door: 8 (7200) 55-02-30."))
    )
    matter = Matter(confidence=3.0, names=4, same_language=1.0, cosine=0.95, is_number=0.0, ratio=0.0)
    assert line.kind is office.kind is Kind.CONTACT
    assert not may_hold_instead(line, office, matter)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("01285 623000", "01285 623035", False),
        ("01285 623000", "01285 623 000", True),
        ("01452 614758", "+44 (0)1452 614758", True),
        ("8 (7172) 55-12-34", "+7 7172 551234", True),
        ("8 (7172) 55-12-34", "8 (7172) 55-12-35", False),
        ("55-12-34", "55-12-35", False),
        ("55-12-34, 55-12-35", "55-12-35", True),
        ("info@mill.example", "Info@mill.example", True),
        ("info@mill.example", "info@lake.example", False),
        ("https://mill.org/", "www.mill.org", True),
    ],
)
@pytest.mark.parametrize("asked", [None, AnswerType.PHONE])
def test_contacts_agree_as_wholes(one: str, other: str, same: bool, asked: AnswerType | None) -> None:
    kind = asked and expected_answer_type("Which email?") if "@" in one else asked
    kind = AnswerType.WEBSITE if asked and "." in one and "@" not in one else kind
    first, second = said(one, kind), said(other, kind)
    assert first.kind is second.kind is Kind.CONTACT
    assert same_value(first, second) is same


@pytest.mark.parametrize(
    ("sentence", "title", "is_of_owner_asked"),
    [
        ("The library can be reached by telephone at 01888 245 700.", "Library", True),
        ("The swimming pool can be reached by telephone at 01888 245 700.", "Pool", False),
        ("Tel. 01888 245 700", "Library", False),
    ],
)
def test_another_number_is_told_otherwise_only_of_the_same_owner(
    sentence: str, title: str, is_of_owner_asked: bool
) -> None:
    question = "What is the telephone number of the library?"
    query = Query(question, "en", tuple(stems(question, "en")), {}, Future[Embedded]())
    first = said("01888 245 610", AnswerType.PHONE, "The library's new telephone number is 01888 245 610.", "Library")
    other = said("01888 245 700", AnswerType.PHONE, sentence, title)
    assert is_of_owner(query, AnswerType.PHONE, first, other) is is_of_owner_asked
