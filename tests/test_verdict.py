"""From readings to a verdict: sources that count, groups that say the same, the value that holds, and what others say."""

import json
import math
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from index import Document, Embedded, build, load_embedder
from rag import Answer, Assistant
from rag.reading.answer_type import AnswerType
from rag.reading.extract import Pointing
from rag.types import Query, Reading
from rag.understanding.when import when
from rag.verdict.apart import contradict, tells_of_another
from rag.verdict.comparison import (
    SAME_MATTER,
    SAME_VALUE,
    is_of_beginning,
    is_of_topic,
    is_same_matter,
    may_hold_instead,
    to_compare,
)
from rag.verdict.grouping import Group, beside_others, grouped, says_same, told_in
from rag.verdict.judge import Verdict
from rag.verdict.matter import (
    FARTHEST,
    Matter,
    clause_of,
    matter_of,
    of_former_times,
    of_other_places,
    of_other_subjects,
    of_other_years,
    same_matter,
    shared_names,
)
from rag.verdict.otherwise import held_then, newest, relation
from rag.verdict.sources import depends, independent
from rag.verdict.telling import told
from rag.verdict.values import Statement, comparable, same_value, statement


def document(
    text: str, language: str = "en", date: str | None = None, source: str | None = None, title: str = ""
) -> Document:
    return Document(text, title, text, source, None, date, language, text)


def said(words: str, text: str, language: str = "en", date: str | None = None, **about: str) -> Statement:
    whole = document(text, language, date, **about)
    start = text.index(words)
    return statement(Reading(whole, 0, len(text), start, start + len(words), 0.5), AnswerType.NUMBER)


def whole(document: Document) -> Reading:
    """A reading of all of a document."""
    return Reading(document, 0, len(document.text), 0, len(document.text), 0.5)


def never_near(one: Statement, other: Statement) -> float:
    return 0.0


REPORT = "On Monday 14 people in 3 boats left Orvik harbour at 6:40, 22 hours late."
TRANSLATION = "В понедельник 14 человек на 3 лодках вышли из гавани Орвика в 6:40, на 22 часа позже."
NOTE = "The harbour council of Orvik met in Haldene, said Dahlberg, and put off the vote."
NOTE_IN_RUSSIAN = "Портовый совет Орвика собрался в Халдене, сказал Дальберг, и отложил голосование."


@pytest.mark.parametrize(
    ("one", "other", "one_report"),
    [
        (document(REPORT, date="2024-05-06"), document(TRANSLATION, "ru", "2024-05-07"), True),
        (document(REPORT, date="2024-05-06"), document(TRANSLATION, "ru", "2024-06-07"), False),
        (document(REPORT), document("14 guests came in 3 buses.", date="2024-05-06"), False),
        (document("Ten came."), document("Ten came, the Harbour Post reports.", source="X"), False),
        (document("Ten came.", source="Harbour Post"), document("Ten came, the Harbour Post reports."), True),
        (
            document("Ten came.", source="Морской вестник"),
            document("Пришли десять, сообщает «Морской вестник».", "ru"),
            True,
        ),
        (document("Ten came.", source="Post"), document("He works at the post office; ten came."), False),
        (document("Ten came.", source="Post"), document("Two left.", source="Post"), True),
        (document(NOTE), document(NOTE_IN_RUSSIAN, "ru"), True),
        (document(NOTE), document(f"{NOTE_IN_RUSSIAN} {NOTE_IN_RUSSIAN}", "ru"), False),
        # two reporters of one briefing have the same figures, and not the same length
        (
            document(REPORT, date="2024-05-06"),
            document(f"{TRANSLATION} Капитан говорит, что на море было спокойно.", "ru", "2024-05-07"),
            False,
        ),
        (
            document(NOTE),
            document(NOTE_IN_RUSSIAN.replace("Халдене", "Холтене").replace("Дальберг", "Сивертсен"), "ru"),
            False,
        ),
    ],
)
def test_copies_reprints_and_translations_are_one_source(one: Document, other: Document, one_report: bool) -> None:
    assert depends(one, other) is one_report
    assert depends(other, one) is one_report
    assert independent([whole(one), whole(other)]) == 2 - one_report


def test_sources_that_hang_together_through_a_third_are_one() -> None:
    first, third = document("Ten came.", source="A Post"), document("Ten, says the A Post.", source="C Times")
    second = document("Ten, as the C Times writes.", source="B News")
    assert independent([whole(first), whole(second), whole(third)]) == 1
    assert independent([whole(first), whole(second)]) == 2
    assert independent([]) == 0


FOOT = "The Mill Trust is the parent body of the Orlen museum."


@pytest.mark.parametrize(
    ("texts", "sources", "count"),
    [
        (("A fair was held.", "The lock is shut.", "Two men came."), (None, None, None), 1),
        (("A fair was held.", "The lock is shut.", "Two men came."), ("A Post", "B Post", "C Post"), 1),
        (("В городе прошла ярмарка.", "Шлюз закрыт."), ("Вестник", None), 1),
        (("Жәрмеңке өтті.", "Шлюз жабық."), (None, None), 1),
    ],
)
def test_a_sentence_that_is_repeated_word_for_word_is_one_source(
    texts: tuple[str, ...], sources: tuple[str | None, ...], count: int
) -> None:
    readings = []
    for text, source in zip(texts, sources, strict=True):
        page = document(f"{text}\n\n{FOOT}", source=source)
        start = page.text.index(FOOT)
        readings.append(Reading(page, start, len(page.text), start + 4, start + 14, 0.5))
    assert independent(readings) == count
    group = Group(tuple(statement(each, AnswerType.PERSON) for each in readings))
    assert group.confidence == 0.5


def test_of_one_day_holds_what_more_articles_tell_in_their_own_words() -> None:
    foot = "The mill trust of Orlen has 12 members in all."
    repeated = [said("12 members", f"{more} {foot}", date="2024-05-06") for more in ("It rained.", "A fair was held.")]
    repeated = [
        replace(each, reading=replace(each.reading, sentence_start=each.reading.document.text.index(foot)))
        for each in repeated
    ]
    likelier = said("14 members", "The trust has 14 members.", date="2024-05-06")
    likelier = replace(likelier, reading=replace(likelier.reading, confidence=0.6))
    groups = [Group((likelier,)), Group(tuple(repeated))]
    chosen = newest(groups, repeated, None)
    assert chosen is not None
    assert chosen.group is groups[0]
    own = [*repeated, said("12 members", "Its members are 12 members.", date="2024-05-06")]
    chosen = newest([groups[0], Group(tuple(own))], own, None)
    assert chosen is not None
    assert chosen.group.statements == tuple(own)


def test_a_few_words_that_two_papers_write_alike_are_two_sources() -> None:
    short = "Two men died there."
    pages = [
        document(f"{more} {short}", source=source) for more, source in (("It burnt.", "A Post"), ("Late.", "B Post"))
    ]
    readings = [
        Reading(each, each.text.index(short), len(each.text), each.text.index(short), len(each.text), 0.5)
        for each in pages
    ]
    assert independent(readings) == 2
    unknown = [replace(each, document=replace(each.document, source=None)) for each in readings]
    assert independent(unknown) == 1


def test_equal_values_make_one_group_and_words_need_near_sentences() -> None:
    texts = [("310 houses", "en"), ("346 домов", "ru"), ("үш жүз он үйді", "kk")]
    groups = grouped([said(text, text, language) for text, language in texts], says_same(never_near))
    assert [[each.reading.answer for each in group.statements] for group in groups] == [
        ["310 houses", "үш жүз он үйді"],
        ["346 домов"],
    ]
    words = [
        statement(Reading(document(text), 0, len(text), 0, len(text), 0.5), None)
        for text in ("it was late", "it had been late")
    ]
    assert len(grouped(words, says_same(never_near))) == 2
    assert len(grouped(words, says_same(lambda one, other: 0.95))) == 1


def test_equal_values_are_shown_in_the_language_of_the_question_unless_others_are_seven_times_as_likely() -> None:
    likelier, own = said("310 домов", "310 домов", "ru"), said("310 houses", "310 houses")
    for confidence, first in ((0.87, own), (0.89, likelier)):  # odds of 6.7 and 8.1 against 1
        surer = replace(likelier, reading=replace(likelier.reading, confidence=confidence))
        shown = told_in(Group((surer, own)), "en").statements
        assert shown == ((own, surer) if first is own else (surer, own))
    assert told_in(Group((likelier, own)), "kk").statements == (likelier, own)


def test_independent_sources_that_agree_are_surer_than_one_and_copies_are_not() -> None:
    texts = ("Orvik lost 3 boats.", "In Orvik 3 boats sank.")
    apart = [said("3 boats", text, source=text) for text in texts]
    assert grouped(apart, says_same(never_near))[0].confidence == pytest.approx(1 - 0.5 * (1 - 0.8 * 0.5))
    one_paper = [said("3 boats", text, source="A Post") for text in texts]
    assert grouped(one_paper, says_same(never_near))[0].confidence == 0.5


def test_of_several_numbers_those_of_a_common_unit_are_compared() -> None:
    rise = said("from 2 bakers, 15 per cent", "It rose, from 2 bakers, 15 per cent.")
    other = said("12 процентов", "Тариф вырос на 12 процентов.", "ru")
    assert comparable(rise, other)
    assert not same_value(rise, other)
    assert same_value(rise, said("15 пайыз", "Тариф 15 пайыз өсті.", "kk"))
    assert not comparable(other, said("3 tonnes", "It took 3 tonnes."))


def test_times_of_day_are_compared_in_words_and_digits() -> None:
    def at(words: str, text: str, language: str) -> Statement:
        start = text.index(words)
        reading = Reading(document(text, language), 0, len(text), start, start + len(words), 0.5)
        return statement(reading, AnswerType.TIME)

    early = at("4.17 a.m", "It shook at 4.17 a.m. local time.", "en")
    assert same_value(early, at("four in the morning", "It shook at seventeen minutes past four in the morning.", "en"))
    assert same_value(early, at("в 04:17", "Толчок был в 04:17.", "ru"))
    assert same_value(early, at("төрттен он жеті минут", "Сағат төрттен он жеті минут өткенде сілкінді.", "kk"))
    assert not same_value(early, at("четыре часа", "Толчок был в четыре часа утра.", "ru"))
    assert not same_value(early, at("half past four", "It shook at half past four in the afternoon.", "en"))


def pair(older: Statement, newer: Statement) -> tuple[str, str]:
    """The value that holds, and the relation of the other."""
    chosen = newest(grouped([older, newer], says_same(never_near)), [newer], None)
    assert chosen is not None
    return chosen.group.first.reading.answer, chosen.others[0][1]


@pytest.mark.parametrize(
    ("older", "newer", "how"),
    [
        (("Fares cost 3 crowns.", "2024-01-01"), ("Fares cost 4 crowns.", "2024-06-01"), "earlier"),
        (("Fares cost 3 crowns.", "2024-01-01"), ("Fares cost 4 crowns.", "2024-01-03"), "differs"),
        (("Fares cost 3 crowns.", "2024-01-01"), ("Fares rose to 4 crowns.", "2024-01-03"), "earlier"),
        (("Fares cost 3 crowns.", "2024-01-01"), ("Fares cost 4 crowns.", "2024-01-01"), "differs"),
        (("Fares cost 3 crowns.", "2024-01-01"), ("Riders insist that fares cost 4 crowns.", "2024-02-01"), "differs"),
        (
            ("Fares cost 3 crowns.", "2024-01-01"),
            ("Fares are 4 crowns by the riders' own count.", "2024-02-01"),
            "differs",
        ),
        (
            ("Fares cost 3 crowns.", "2024-01-01"),
            ("Riders believe that fares rose to 4 crowns.", "2024-02-01"),
            "earlier",
        ),
        (("Riders insist that fares cost 3 crowns.", "2024-01-01"), ("Fares cost 4 crowns.", "2024-02-01"), "earlier"),
    ],
)
def test_the_newest_value_holds_and_the_other_differs_or_was_told_earlier(
    older: tuple[str, str], newer: tuple[str, str], how: str
) -> None:
    three, four = said("3 crowns", older[0], date=older[1]), said("4 crowns", newer[0], date=newer[1])
    assert pair(three, four)[1] == how
    if older[1] != newer[1]:
        assert pair(three, four)[0] == "4 crowns"


@pytest.mark.parametrize(
    ("language", "words", "claimed", "told"),
    [
        ("ru", "4 кроны", "Пассажиры утверждают, что билет стоит 4 кроны.", "Билет стоит 4 кроны."),
        ("ru", "4 кроны", "По подсчётам пассажиров, билет стоит 4 кроны.", "Билет стоит 4 кроны."),
        ("kk", "4 крон", "Жолаушылар билет 4 крон тұрады деп есептейді.", "Билет 4 крон тұрады."),
        ("kk", "4 крон", "Жолаушылар одағының есебінше, билет 4 крон тұрады.", "Билет 4 крон тұрады."),
    ],
)
def test_what_somebody_reckons_takes_no_place_of_what_was_told(
    language: str, words: str, claimed: str, told: str
) -> None:
    three = said("3 crowns", "Fares cost 3 crowns.", date="2024-01-01")
    newer = [said(words, each, language=language, date="2024-02-01") for each in (claimed, told)]
    assert [pair(three, each)[1] for each in newer] == ["differs", "earlier"]


def test_a_newer_value_of_the_same_days_that_does_not_hold_disagrees_and_is_no_later_one() -> None:
    three = said("3 crowns", "Fares cost 3 crowns.", date="2024-01-01")
    for date, how in (("2024-01-03", "differs"), ("2024-01-09", "later")):
        four = said("4 crowns", "Tickets cost 4 crowns.", date=date)
        chosen = newest(grouped([three, four], says_same(never_near)), [], None)
        assert chosen is not None
        assert (chosen.group.first, chosen.others[0][1]) == (three, how)
    asked = newest(grouped([three, four], says_same(never_near)), [four], when("as of 1 January 2024", "en"))
    assert asked is not None
    assert (asked.group.first, asked.others[0][1]) == (three, "later")


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("Entries close on 5 May.", "The deadline was extended to 9 May.", "en"),
        ("Заявки до 5 мая.", "Срок продлён до 9 мая.", "ru"),
        ("Өтінім 5 мамырға дейін.", "Мерзім 9 мамырға дейін ұзартылды.", "kk"),
    ],
)
def test_what_was_extended_took_the_place_of_the_earlier_day(before: str, after: str, language: str) -> None:
    month = {"en": " May", "ru": " мая", "kk": " мамырға"}[language]
    groups = [
        Group((statement(replace(said(f"{day}{month}", text, language, date).reading), AnswerType.TIME),))
        for day, text, date in ((5, before, "2024-05-01"), (9, after, "2024-05-02"))
    ]
    assert relation(groups[1], groups[0]) == "earlier"


def test_a_value_that_is_told_as_a_change_may_be_less_likely() -> None:
    def likely(text: str, date: str, confidence: float) -> Statement:
        found = said(text[text.index("cost") + 5 : -1] if "cost" in text else "4 crowns", text, date=date)
        return replace(found, reading=replace(found.reading, confidence=confidence))

    three = likely("Fares cost 3 crowns.", "2024-01-01", 0.98)
    assert pair(three, likely("Fares cost 4 crowns.", "2024-06-01", 0.25))[1] == "later"
    assert pair(three, likely("Fares rose to 4 crowns.", "2024-06-01", 0.25)) == ("4 crowns", "earlier")


def test_a_paper_that_tells_both_corrects_itself() -> None:
    three = said("3 crowns", "Fares cost 3 crowns.", date="2024-01-01", source="Post")
    four = said("4 crowns", "Fares cost 4 crowns.", date="2024-01-02", source="Post")
    assert pair(three, four) == ("4 crowns", "earlier")


def test_a_newer_value_that_is_not_surely_of_the_matter_is_told_later_and_does_not_hold() -> None:
    three = said("3 crowns", "Fares cost 3 crowns.", date="2024-01-01")
    four = said("4 crowns", "Tickets cost 4 crowns.", date="2024-06-01")
    chosen = newest(grouped([three, four], says_same(never_near)), [], None)
    assert chosen is not None
    assert (chosen.group.first, chosen.others[0][1]) == (three, "later")


def test_a_newer_value_that_is_far_less_likely_counts_something_else() -> None:
    def likely(statement: Statement, confidence: float) -> Statement:
        return replace(statement, reading=replace(statement.reading, confidence=confidence))

    under = likely(said("187 people", "Of 187 people underground all live.", date="2024-01-01"), 0.99)
    killed = said("15 people", "It killed 15 people.", date="2024-06-01")
    for confidence, holds in ((0.6, "187 people"), (0.8, "15 people")):  # log-odds of .4 and 1.4 beside 4.6
        assert pair(under, likely(killed, confidence)) == (holds, "later" if confidence < 0.7 else "earlier")


def test_other_values_of_the_matter_make_it_surer_that_it_is_told() -> None:
    three, four = (said(f"{count} guests", f"It had {count} guests.") for count in (3, 4))
    assert beside_others(0.6, [Group((three,)), Group((four,))]) == pytest.approx(1 - 0.4 * 0.85 * 0.85)
    assert beside_others(0.6, []) == pytest.approx(0.6)


def test_another_value_that_is_hardly_likely_is_not_shown_and_an_equal_one_agrees_all_the_same() -> None:
    three, four = (said(f"{count} guests", f"It had {count} guests.") for count in (3, 4))
    matter = Matter(confidence=9.0, names=2, same_language=1.0, cosine=0.95, is_number=1.0, ratio=0.3)
    assert [is_same_matter(three, four, matter, least) for least in (0.4, 0.6)] == [True, False]
    assert is_same_matter(three, three, matter, 0.6)


def test_pages_without_a_date_differ_only_if_they_surely_tell_of_one_matter() -> None:
    matter = Matter(confidence=-1.0, names=2, same_language=1.0, cosine=0.85, is_number=1.0, ratio=0.4)
    assert 0.5 < same_matter(matter) < 0.75
    for date, differ in (("", False), ("2024-05-01", True)):
        three, four = (said(f"{count} days", f"You have {count} days.", date=date) for count in (3, 4))
        assert is_same_matter(three, four, matter) is differ
    sure = replace(matter, confidence=1.0)
    assert is_same_matter(*(said(f"{count} days", f"You have {count} days.", date="") for count in (3, 4)), sure)


def test_an_equal_value_that_hardly_answers_or_is_vague_is_no_agreement() -> None:
    houses, workers = said("260 houses", "Water is in 260 houses."), said("260 рабочих", "Набрано 260 рабочих.", "ru")
    matter = Matter(confidence=-8.4, names=1, same_language=0.0, cosine=0.8, is_number=1.0, ratio=0.0)
    assert not is_same_matter(houses, workers, matter)
    assert is_same_matter(houses, workers, replace(matter, confidence=-4.0))
    days = [("27 February 2020", "It came on 27 February 2020."), ("2020", "Shops earned more in 2020.")]
    day, year = (
        statement(
            Reading(document(text), 0, len(text), text.index(words), text.index(words) + len(words), 0.5),
            AnswerType.TIME,
        )
        for words, text in days
    )
    vague = Matter(confidence=-1.1, names=3, same_language=1.0, cosine=0.88, is_number=0.0, ratio=0.0)
    assert SAME_VALUE < same_matter(vague) < SAME_MATTER
    assert is_same_matter(day, day, vague)
    assert not is_same_matter(day, year, vague)


@pytest.mark.parametrize(
    ("question", "language", "first", "other", "is_of_topic_asked"),
    [
        (
            "How long does a parking badge take to process?",
            "en",
            "Parking badges\n\nProcessing takes 12 weeks.",
            "Appeals\n\nAn appeal must come within 12 weeks.",
            False,
        ),
        (
            "How long does a parking badge take to process?",
            "en",
            "Parking badges\n\nProcessing takes 12 weeks.",
            "New rules for the parking badge\n\nIt takes 12 weeks.",
            True,
        ),
        (
            "Сколько дней оформляют паспорт рыбака?",
            "ru",
            "Паспорт рыбака оформляют 15 дней.",
            "Жалобу на сбор за мусор рассмотрят за 15 дней.",
            False,
        ),
        (
            "Сколько дней оформляют паспорт рыбака?",
            "ru",
            "Паспорт рыбака оформляют 15 дней.",
            "Рыбакам паспорт выдают за 15 дней.",
            True,
        ),
        (
            "Балықшы куәлігі неше күнде беріледі?",
            "kk",
            "Балықшы куәлігі 15 күнде беріледі.",
            "Қоқыс туралы шағым 15 күн қаралады.",
            False,
        ),
        (
            "Балықшы куәлігі неше күнде беріледі?",
            "kk",
            "Балықшы куәлігі 15 күнде беріледі.",
            "Балықшының куәлігі 15 күнде дайын болады.",
            True,
        ),
        # what is told in another language cannot be compared
        ("Сколько дней оформляют паспорт?", "ru", "The passport takes 15 days.", "Appeals take 15 days.", True),
    ],
)
def test_an_equal_number_agrees_only_of_the_same_topic(
    question: str, language: str, first: str, other: str, is_of_topic_asked: bool
) -> None:
    query = Query(question, language, (), {}, Future[Embedded]())
    told_in = language if first[0] > "z" else "en"
    words = [re.search(r"\d+ \w+", text) for text in (first, other)]
    one, another = (said(match[0], text, told_in) for match, text in zip(words, (first, other), strict=True) if match)
    assert is_of_topic(query, one, another) is is_of_topic_asked


def test_numbers_that_are_far_apart_are_hardly_of_one_matter() -> None:
    at_school = said("720 pupils", "The school has 720 pupils.")
    newer = (said(f"{count} pupils", f"It has {count} pupils.", date="2024-06-01") for count in (740, 9))
    near, far = (matter_of(at_school, each, cosine=0.87) for each in newer)
    assert (near.is_number, near.ratio, far.ratio) == (1.0, pytest.approx(math.log(740 / 720)), FARTHEST)
    assert same_matter(near) > 0.8 > 0.2 > same_matter(far)


def test_of_several_numbers_the_nearest_two_are_compared() -> None:
    both = said("Ten laws and more than fifty codes", "Ten laws and more than fifty codes must change.")
    one = said("More than fifty codes", "More than fifty codes must change.")
    assert matter_of(both, one, cosine=0.9).ratio == 0.0


def test_since_when_is_asked_for_a_beginning() -> None:
    texts = (("October", "It has been shut since October.", "en"), ("қаңтарда", "Кеңес қаңтарда өтті.", "kk"))
    first, other = (statement(said(*each).reading, AnswerType.TIME) for each in texts)
    assert not is_of_beginning("Since when has it been shut?", "en", first, other)
    assert is_of_beginning("When was it shut?", "en", first, other)
    assert is_of_beginning("Ол қашаннан бері жабық?", "kk", other, first)


def test_a_value_of_another_matter_holds_only_if_it_took_the_place_of_the_first_one() -> None:
    here, elsewhere = (
        Matter(confidence=each, names=1, same_language=0.0, cosine=near, is_number=1.0, ratio=0.3)
        for each, near in ((6.0, 0.9), (-6.0, 0.7))
    )
    three, four = (said(f"{count} guests", f"It had {count} guests.") for count in (3, 4))
    instead, before = (
        statement(said(name, text).reading, AnswerType.PERSON)
        for name, text in (
            ("Dana Orazova", "Dana Orazova replaced Ivan Petrenko as the head of the park."),
            ("Ivan Petrenko", "Ivan Petrenko is the head of the park."),
        )
    )
    assert [may_hold_instead(three, four, matter) for matter in (here, elsewhere)] == [True, False]
    assert may_hold_instead(before, instead, elsewhere)
    assert not may_hold_instead(instead, before, elsewhere)


@pytest.mark.parametrize(
    ("language", "rule", "exception"),
    [
        ("en", "A pass lasts 90 days by default.", "A pass for guests lasts 6 days."),
        ("ru", "По умолчанию пропуск действует 90 дней.", "Гостевой пропуск действует 6 дней."),
        ("kk", "Рұқсат әдетте 90 күнге беріледі.", "Қонаққа рұқсат 6 күнге беріледі."),
    ],
)
def test_an_exception_does_not_hold_instead_of_the_rule(language: str, rule: str, exception: str) -> None:
    near = Matter(confidence=6.0, names=1, same_language=1.0, cosine=0.95, is_number=1.0, ratio=0.3)
    told, other = said("90", rule, language), said("6", exception, language)
    assert not may_hold_instead(told, other, near)
    assert may_hold_instead(other, told, near)
    assert may_hold_instead(told, said("45", rule.replace("90", "45"), language), near)


def test_the_value_that_held_at_a_date() -> None:
    values = [
        said(f"{count} guests", f"It had {count} guests.", date=f"2024-0{month}-05")
        for count, month in ((3, 1), (4, 4), (5, 8))
    ]
    groups = grouped(values, says_same(never_near))
    for question, held in (
        ("as of 1 May 2024", 4),
        ("as of 6 January 2024", 3),
        ("as of 1 December 2024", 5),
        ("in April 2024", 4),
    ):
        chosen = newest(groups, values, when(f"How many guests did it have {question}?", "en"))
        assert chosen is not None
        assert chosen.group.first.reading.answer == f"{held} guests"
    assert newest(groups, values, when("How many guests did it have as of 1 May 2023?", "en")) is None
    assert relation(groups[1], groups[2]) == "later"


def test_as_of_a_weekday_holds_what_a_sentence_tells_of_it_or_else_what_was_printed_on_it() -> None:
    rows = [
        ("3 guests", "By Wednesday it had 3 guests.", "2024-05-03"),
        ("4 guests", "It had 4 guests as of Friday.", "2024-05-04"),
        ("5 guests", "In all it had 5 guests.", "2024-05-08"),  # a Wednesday
    ]
    values = [said(words, text, date=date) for words, text, date in rows]
    groups = grouped(values, says_same(never_near))
    for day, expected in (("Wednesday", "3 guests"), ("Friday", "4 guests")):
        chosen = newest(groups, values, when(f"How many guests did it have as of {day}?", "en"))
        assert chosen is not None
        assert chosen.group.first.reading.answer == expected
    chosen = newest(groups[1:], values, when("How many guests did it have as of Wednesday?", "en"))
    assert chosen is not None
    assert chosen.group.first.reading.answer == "5 guests"


def test_what_a_sentence_tells_of_a_date_holds_then_whenever_it_was_printed() -> None:
    late = said("3 guests", "There are 9 guests now, up from 3 guests on 6 March.", date="2024-05-01")
    assert held_then(late, when("How many were there as of 6 March 2024?", "en"))
    assert not held_then(late, when("How many were there as of 2 March 2024?", "en"))


def names(words: str, text: str) -> Statement:
    read = said(words, text).reading
    return statement(read, AnswerType.PERSON)


def test_a_quotation_that_names_two_rivals_backs_neither() -> None:
    chosen = names("Ida Roe", "Ida Roe leads the choir now.")
    candidate = names("Ida Roe", "Per Lund leads the choir. Ida Roe and Bo Ek want to follow him.")
    repeated = names("Ida Roe", "The choir of Orvik is led by Ida Roe.")
    rival = Group((names("Per Lund", "The choir is led by Per Lund."),))
    verdict = Verdict("answered", AnswerType.PERSON, (Group((chosen, candidate, repeated)),), ((rival, "differs"),), ())
    (point,), _, citations = told(verdict)
    assert [citations[number - 1].quote for number in point.citations] == [
        "Ida Roe leads the choir now.",
        "The choir of Orvik is led by Ida Roe.",
    ]


@pytest.mark.parametrize(
    ("title", "text", "language", "is_other"),
    [
        ("Bruno Delcourt", "Bruno Delcourt sailed with Marta Lindgren and died in 1931.", "en", True),
        ("Бруно Делькур", "Бруно Делькур ходил в море и умер в 1931 году.", "ru", True),
        ("Марта Линдгрен", "Марта Линдгрен умерла в 1931 году.", "ru", False),
        ("Marta Lindgren", "Marta Lindgren died in 1931.", "en", False),
        ("Bruno Delcourt remembers", "Bruno Delcourt says that Marta Lindgren died in 1931.", "en", False),
        ("Harbour Mourns", "In 1931 the town lost Marta Lindgren.", "en", False),
        ("Orvik", "Orvik lost Marta Lindgren in 1931.", "en", False),
    ],
)
def test_lives_of_two_people_are_of_other_subjects(title: str, text: str, language: str, is_other: bool) -> None:
    life = said("1931", "Marta Lindgren kept the light and died in 1931.", title="Marta Lindgren").reading
    other = said("1931", text, language, title=title).reading
    assert of_other_subjects(life, other) is of_other_subjects(other, life) is is_other


def test_articles_of_other_years_places_and_times_do_not_disagree() -> None:
    here = said("3 tonnes", "In 2019 Orvik grew 3 tonnes.").reading
    assert of_other_years(here, said("4 tonnes", "In 2020 Orvik grew 4 tonnes.").reading)
    assert not of_other_years(here, said("4 tonnes", "Orvik grew 4 tonnes.").reading)
    assert of_other_places(here, said("4 tonnes", "Last, Veldham grew 4 tonnes.").reading)
    assert not of_other_places(here, said("4 тонны", "В Орвике собрали 4 тонны.", "ru").reading)
    assert shared_names(here, said("4 тонны", "В Орвике собрали 4 тонны.", "ru").reading) == 1
    former = said("900 people", "It took in 40 people, but 900 people last spring.").reading
    assert clause_of(former) == " but 900 people last spring."
    assert of_former_times(former)
    assert not of_former_times(said("40 people", "It took in 40 people, but 900 people last spring.").reading)


def test_what_both_articles_tell_of_last_year_is_of_one_time() -> None:
    now = said("60 singers", "The choir had 60 singers.", date="2025-10-07")
    one = said("48 singers", "Last year the choir had 48 singers.", date="2025-10-07")
    other = said("53 певца", "В прошлом году в хоре было 53 певца.", "ru", "2025-10-08")
    assert tells_of_another(now, other)
    assert not tells_of_another(one, other)


def test_what_is_planned_disagrees_with_nothing_that_is_done_but_may_say_the_same() -> None:
    built = said("310 houses", "The town built 310 houses.")
    plans = [said(words, f"The town will build {words}.", title=words) for words in ("310 houses", "346 houses")]
    compared = to_compare(built, [[Pointing(each.reading, 0.0)] for each in plans], AnswerType.NUMBER)
    assert [each.reading.answer for each in compared] == ["310 houses"]


@pytest.mark.parametrize(
    ("words", "text", "language", "is_rival"),
    [
        ("қазанда", "Кілттер қазанда тапсырылатынын әкім айтты.", "kk", False),
        ("қазанда", "Кілттер қазанда тапсырылды.", "kk", True),
        ("в октябре", "Ключи обещают отдать в октябре.", "ru", False),
        ("in October", "The keys will be handed over in October.", "en", False),
        ("in October", "The keys were handed over in October.", "en", True),
    ],
)
def test_what_is_still_to_come_is_no_rival_of_what_was(words: str, text: str, language: str, is_rival: bool) -> None:
    date = "2024-06-01"
    done = statement(said("in May", "The keys were handed over in May.", date=date).reading, AnswerType.TIME)
    other = said(words, text, language, date).reading
    assert bool(to_compare(done, [[Pointing(other, 0.0)]], AnswerType.TIME)) is is_rival


@pytest.mark.parametrize(
    ("words", "text", "date", "is_rival"),
    [
        ("9 мая", "9 мая закрыли мост. Паром пустят 3 июня.", None, False),  # it tells the first value, too
        ("9 мая", "Паром в Орвике пустят 9 мая.", None, True),
        ("9 мая", "Паром в Орвике пустят 9 мая, а не 3 июня.", "2024-05-08", True),  # newer
    ],
)
def test_an_article_that_tells_both_days_contradicts_neither(
    words: str, text: str, date: str | None, is_rival: bool
) -> None:
    first = statement(
        said("on 3 June", "The ferry of Orvik starts on 3 June.", date=date and "2024-05-01").reading, AnswerType.TIME
    )
    other = statement(said(words, text, "ru", date).reading, AnswerType.TIME)
    assert (contradict(first, other), contradict(other, first)) == (is_rival, is_rival)


@pytest.mark.parametrize(("last", "is_rival"), [("Per Lund is its cook.", False), ("It sings on Mondays.", True)])
def test_an_article_that_names_both_people_contradicts_neither(last: str, is_rival: bool) -> None:
    first = names("Per Lund", "The choir of Orvik is led by Per Lund.")
    other = names("Ida Roe", f"Ida Roe leads the choir of Orvik. {last}")
    assert (contradict(first, other), contradict(other, first)) == (is_rival, is_rival)


CASES: dict[str, tuple[list[tuple[str, str, str, str]], str, str, list[tuple[str, str]]]] = {
    "price": (
        [
            ("en", "2024-02-01", "Old fare", "A ticket for the ferry of Orvik costs 12 crowns."),
            ("en", "2025-02-01", "New fare", "A ticket for the ferry of Orvik costs 15 crowns."),
        ],
        "How much is a ticket for the ferry of Orvik?",
        "15",
        [("12", "earlier")],
    ),
    "head": (
        [
            ("ru", "2021-03-01", "Школа", "Директором школы в Кленовом назначена Ирина Соколова."),
            ("ru", "2025-03-01", "Школа, снова", "Директором школы в Кленовом назначен Павел Громов."),
        ],
        "Кто назначен директором школы в Кленовом?",
        "Павел Громов",
        [("Ирина Соколова", "earlier")],
    ),
    "dispute": (
        [
            ("ru", "2025-05-04", "Пожар", "В Кленовом сгорели 12 домов, сообщили пожарные."),
            ("ru", "2025-05-04", "После пожара", "В Кленовом сгорели 19 домов, сообщила мэрия."),
        ],
        "Сколько домов сгорело в Кленовом?",
        "1",
        [("1", "differs")],
    ),
    "birds": (
        [
            ("en", "2022-05-01", "Count", "The wardens counted 240 herons on the Ashby marsh."),
            ("ru", "2025-05-01", "Учёт", "На болоте Эшби теперь насчитали 310 цапель."),
            ("en", "2025-05-02", "Count again", "There are now 310 herons on the Ashby marsh, the wardens said."),
        ],
        "How many herons are there on the Ashby marsh?",
        "310",
        [("240", "earlier")],
    ),
    "choir": (
        [
            ("en", "2020-09-01", "Choir", "Nora Lindqvist conducts the choir of Hallmere."),
            ("en", "2024-09-01", "Choir, new season", "Tomas Beran conducts the choir of Hallmere."),
        ],
        "Who conducts the choir of Hallmere?",
        "Tomas Beran",
        [("Nora Lindqvist", "earlier")],
    ),
    "cable": (
        [
            ("en", "2025-03-10", "Cable", "The new cable of Ostrand is 12 km long, the builder said."),
            (
                "en",
                "2025-03-11",
                "Cable measured",
                "The new cable of Ostrand is 14,500 metres long, the harbour office said.",
            ),
        ],
        "How long is the new cable of Ostrand?",
        "1",
        [("1", "differs")],
    ),
    "library": (
        [
            ("kk", "2022-02-01", "Кітапхана", "Аққайың кітапханасының меңгерушісі болып Гүлнар Сейітова тағайындалды."),
            (
                "kk",
                "2025-02-01",
                "Кітапхана жаңалығы",
                "Аққайың кітапханасының меңгерушісі болып Ермек Дүйсенов тағайындалды.",
            ),
        ],
        "Аққайың кітапханасының меңгерушісі болып кім тағайындалды?",
        "Ермек Дүйсенов",
        [("Гүлнар Сейітова", "earlier")],
    ),
    "rink": (
        [
            ("ru", "2023-11-01", "Каток", "Билет на каток в Лесном стоит 250 рублей."),
            ("ru", "2024-11-01", "Каток открыт", "Билет на каток в Лесном стоит 300 рублей."),
            ("ru", "2025-11-01", "Каток снова открыт", "Билет на каток в Лесном стоит 350 рублей."),
        ],
        "Сколько стоит билет на каток в Лесном?",
        "350",
        [("300", "earlier"), ("250", "earlier")],
    ),
    "storm": (
        [
            ("kk", "2025-06-02", "Дауыл", "Көктөбеде дауыл 7 үйдің шатырын ұшырып кетті, деді құтқарушылар."),
            ("kk", "2025-06-02", "Дауылдан кейін", "Көктөбеде дауыл 11 үйдің шатырын ұшырып кетті, деді әкімдік."),
        ],
        "Көктөбеде дауыл қанша үйдің шатырын ұшырып кетті?",
        "",
        [("", "differs")],
    ),
    "cause": (  # the words in the asker's language are said, though those of the other article are surer
        [
            (
                "en",
                "2025-05-03",
                "Fire at the Otava paint works",
                "A fire broke out at the Otava paint works on Friday night. The works employ 640 people.\n\n"
                "The fire brigade said a spark from a welding torch had set the solvents alight.",
            ),
            (
                "kk",
                "2025-05-12",
                "«Отава» зауытындағы өрт: тергеу",
                "Тергеушінің айтуынша, өртке ескі электр сымы себеп болған. Килн көшесінің тұрғындары үйлеріне оралды.",
            ),
        ],
        "What caused the fire at Otava?",
        "a spark from a welding torch",
        [("ескі электр сымы", "differs")],
    ),
    "toll": (
        [
            ("kk", "2023-01-01", "Тариф", "Шұңқыркөлде бір текше метр су 80 теңге тұрады."),
            ("kk", "2025-01-01", "Жаңа тариф", "Шұңқыркөлде бір текше метр су 110 теңге тұрады."),
        ],
        "Шұңқыркөлде бір текше метр су қанша тұрады?",
        "110",
        [("80", "earlier")],
    ),
}

AGREEING = {"birds": ["На болоте Эшби теперь насчитали 310 цапель."]}  # what else is cited


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """Asks the question of a case, in an index of its own."""
    embedder = load_embedder()

    def answer(name: str) -> Answer:
        folder = tmp_path_factory.mktemp(name)
        articles, question, _, _ = CASES[name]
        rows = [dict(zip(("lang", "date", "title", "text"), row, strict=True)) for row in articles]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "articles.jsonl").write_text(lines, "utf-8")
        build([folder / "articles.jsonl"], folder / "index", embedder)
        with Assistant.open(Path(folder, "index")) as assistant:
            return assistant.ask(question)

    return answer


@pytest.mark.parametrize("name", CASES)
def test_both_values_are_shown_and_only_the_one_that_holds_is_cited(name: str, ask: Callable[[str], Answer]) -> None:
    answer = ask(name)
    _, _, expected, others = CASES[name]
    assert expected in (answer.text or "")
    assert [(text in other.text, relation) for other, (text, relation) in zip(answer.others, others, strict=True)] == [
        (True, relation) for _, relation in others
    ]
    assert answer.confidence < 0.9
    row = answer.to_json()
    assert [citation["quote"] for citation in row["citations"]] == [answer.sentence, *AGREEING.get(name, ())]
    assert len(row["other_citations"]) == len(others)
