"""Tests for numbers of a whole and of a part of it, and of a rule and its exception: which of the two a question asks for."""

import pytest

from rag.reading.parts import AskedParts, pairs_in

OF_NURSES = "Of the 320 nurses at the clinic in Holm, 204 have been vaccinated."
OF_DOGS = "Из 140 собак, которых держат в приюте, 57 нашли хозяев за лето."
OF_SCHOOLS = "Из 28 школ района к сентябрю отремонтированы 19."
OF_BRIDGES = "Облыстағы 86 көпірдің 31-і апатты деп танылды."
OF_LEAVERS = "Емтихан тапсырған 1200 түлектің ішінде 87-сі алтын белгі алды."
TREES = "They planted 12,400 trees in the county. Of these, 3,100 stand in Brackley and 40 in Lund."
WHEAT = "The country sold 2.4 million tonnes of wheat, including 310,000 tonnes to Norland."
FIRES = "В республике зарегистрировали 310 пожаров, в том числе 96 в Каргинском районе."
CATTLE = "Облыста 640 мың бас қой бар. Оның ішінде Ақсу ауданында 85 мың бас өсіріледі."
PASSES = "По умолчанию пропуск действует 30 дней. Жители могут выбрать гостевой пропуск на два дня."
LOANS = "Несие әдетте 36 айға беріледі. Қаласаңыз, 6 айлық қысқа несие алуға болады."
SAVED = "Some 340 sailors, including 27 cadets, were rescued."
CAUGHT = "Облавада 90 адам, оның ішінде 12 бала ұсталды."
LEFT = "119 рабочих, в том числе 44 сезонных, уволены."
MEMBERS = "Students can choose a membership of 3 months. By default it lasts 12 months."


@pytest.mark.parametrize(
    ("question", "language", "text", "whole"),
    [
        ("How many nurses have been vaccinated?", "en", OF_NURSES, "320"),
        ("Сколько собак нашли хозяев?", "ru", OF_DOGS, "140"),
        ("Сколько школ отремонтировали?", "ru", OF_SCHOOLS, "28"),
        ("Қанша көпір апатты деп танылды?", "kk", OF_BRIDGES, "86"),
        ("Қанша түлек алтын белгі алды?", "kk", OF_LEAVERS, "1200"),
        ("How many trees stand in Brackley?", "en", TREES, "12,400"),
        ("How many trees stand in Lund?", "en", TREES, "12,400"),
        ("How many tonnes of wheat were sold to Norland?", "en", WHEAT, "2.4"),
        ("Сколько пожаров зарегистрировали в Каргинском районе?", "ru", FIRES, "310"),
        ("Ақсу ауданында қанша бас қой бар?", "kk", CATTLE, "640"),
        ("Сколько дней действует гостевой пропуск?", "ru", PASSES, "30"),
        ("Қысқа несие қанша айға беріледі?", "kk", LOANS, "36"),
        ("How long is the membership of students?", "en", MEMBERS, "12"),
        ("How many cadets were rescued?", "en", SAVED, "340"),
        ("Қанша бала ұсталды?", "kk", CAUGHT, "90"),
        ("Сколько сезонных рабочих уволено?", "ru", LEFT, "119"),
        ("Сколько человек увезли в больницу?", "ru", "Пострадали 90 человек, в том числе 12 детей, которых увезли в больницу.", "90"),
    ],
)  # fmt: skip
def test_the_number_of_the_whole_is_not_that_of_the_part(question: str, language: str, text: str, whole: str) -> None:
    assert AskedParts(question, language, text, language).is_whole(text.index(whole))


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("How many nurses work at the clinic?", "en", OF_NURSES),
        ("Сколько собак держат в приюте?", "ru", OF_DOGS),
        ("Сколько школ в районе?", "ru", OF_SCHOOLS),
        ("Облыста қанша көпір бар?", "kk", OF_BRIDGES),
        ("How many trees did they plant?", "en", TREES),
        ("Сколько пожаров зарегистрировали в республике?", "ru", FIRES),
        ("Облыста қанша бас қой бар?", "kk", CATTLE),
        ("Сколько дней действует пропуск?", "ru", PASSES),
        ("Несие қанша айға беріледі?", "kk", LOANS),
        ("How many sailors were rescued?", "en", SAVED),
        ("Қанша адам ұсталды?", "kk", CAUGHT),
        ("Сколько рабочих уволено?", "ru", LEFT),
        ("How many people were injured?", "en", "The number of injured rose to 23, among them four of the crew; two people are in hospital."),
        ("How many nurses are there, and how many have been vaccinated?", "en", OF_NURSES),
    ],
)  # fmt: skip
def test_who_asks_for_the_whole_may_get_it(question: str, language: str, text: str) -> None:
    asked = AskedParts(question, language, text, language)
    assert not any(map(asked.is_whole, range(len(text))))


@pytest.mark.parametrize(
    ("question", "language", "written", "text", "words", "expected"),
    [
        ("How many nurses have been vaccinated?", "en", "en", OF_NURSES, OF_NURSES[7:44], "204"),
        ("Сколько школ отремонтировали?", "ru", "ru", OF_SCHOOLS, "28 школ района к сентябрю отремонтированы 19", "19"),
        ("Сколько собак нашли хозяев?", "ru", "ru", OF_DOGS, OF_DOGS[3:41], "57"),
        ("How many dogs were there?", "en", "ru", OF_DOGS, OF_DOGS[3:41], OF_DOGS[3:41]),
        ("Қанша көпір апатты?", "kk", "kk", OF_BRIDGES, "86 көпірдің 31-і", "31-і"),
        ("Сколько пожаров в Каргинском районе?", "ru", "ru", FIRES, "310 пожаров, в том числе 96", "96"),
        ("How many fires were there?", "en", "ru", FIRES, "310 пожаров, в том числе 96", "310 пожаров, в том числе 96"),
    ],
)  # fmt: skip
def test_words_with_both_numbers_are_cut_to_the_part(
    question: str, language: str, written: str, text: str, words: str, expected: str
) -> None:
    start = text.index(words)
    place = AskedParts(question, language, text, written).without_whole(start, start + len(words))
    assert text[slice(*place)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Of 10 houses, 60 per cent are new."),
        ("en", "A group of 12 people brought 3 tents."),
        ("ru", "Два письма из пяти касаются одной фразы."),
        ("ru", "Сейчас на линии четырнадцать трамваев из тридцати пяти; шесть чинят."),
        ("ru", "Из 10 домов эвакуировали 25 человек."),
        ("kk", "Жүк жолда 20 тәуліктен артық болса, бағаның оннан бірі қайтарылады."),
        ("kk", "Олар салда отыз сағат жүрген. Олардың соңғы зымыранын 61 мил жерде көрді."),
    ],
)  # fmt: skip
def test_other_numbers_are_no_whole_and_part(language: str, text: str) -> None:
    assert pairs_in(text, language) == ()
