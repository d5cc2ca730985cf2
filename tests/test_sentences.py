"""Sentences: exact offsets, and no end after an abbreviation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.sentences import LONGEST, sentences


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Mr. Karin came at approx. 5 p.m. to Astana.", "He spoke.", "“It is new,” he said."]),
        ("ru", ["По ст. 5 и мнению К.-Ж. Токаева, это так.", "В 2025 г. было иначе.", "Он ответил: «Да!»"]),
        ("kk", ["Бұл туралы Orda.kz хабарлады.", "2026 жылы т.б. мәселелер қаралды.", "Ол бекітті."]),
    ],
)
def test_sentences_of_each_language(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["The U.S. Embassy hired Dr. J. P. Stone on Jan. 5, 2024.", "The firm (est. 1999) has approx. 340 people."],
        ),
        ("en", ["He lives in the U.S.", "The end."]),
        ("en", ["See No. 5 of vol. 2.", "He said no.", "Apples, pears, etc.", "She left."]),
        ("en", ["Gen. A. Smith Jr. spoke vs. Lt. Brown of Smith Inc. Monday.", "Was it so?", "It was!"]),
        (
            "ru",
            [
                "Назначен А. К. Омаров из г. Алматы.",
                "Завод стоит на ул. Садовой, д. 5.",
                "По данным на 1 янв. 2025 г. там пусто.",
            ],
        ),
        ("ru", ["В 2025 г. Казахстан вырос.", "В 2026 г.", "Он вырос, т. е. стал больше, и т. д.", "Иванов ушёл."]),
        (
            "ru",
            [
                "См. ст. 5 и п. 2 закона № 7.",
                "Театр им. Абая открыт в XX в. Казахской ССР.",
                "Это был я.",
                "Потом все.",
            ],
        ),
        ("ru", ["Прибыло 10 тыс. чел. Иванов рад.", "Стоит 5 млрд тенге, в т. ч. Алматы."]),
        ("ru", ["«Да!» — сказал он.", "Потом ушла!..", "И всё."]),
        (
            "kk",
            [
                "2024 ж. 5 наурыз күні Алматы қ. басталды.",
                "Ж. Б. Омаров және т. б.",
                "Олар келді.",
                "Қымыз, шұбат, ж. б.",
                "Кейін кетті.",
            ],
        ),
        ("kk", ["М. Әуезов атындағы театр.", "2024 ж. Алматыда өтті.", "Абай ауд. әкімі келді."]),
    ],
)
def test_abbreviations_and_initials_end_no_sentence(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ru",
            [
                "Длина реки 120 км.",
                "Берега круты.",
                "Рост волны 80 см.",
                "Ветер стих.",
                "Засеяно 5 тыс. га.",
                "Всходы дружны.",
            ],
        ),
        ("ru", ["Площадь зала 40 кв. м.", "Окна выходят на юг.", "Билет стоит 500 руб.", "Цена прежняя."]),
        ("ru", ["За 10 тыс. руб. РФ строят дорогу, см. Приложение 2."]),
        (
            "kk",
            [
                "Жолдың ұзындығы 35 км.",
                "Көпір жаңа.",
                "Өнім 500 т.",
                "Астық құрғақ.",
                "Баласы 12 мың тг.",
                "Бағасы өсті.",
            ],
        ),
        ("kk", ["Қараңыз: т. Алматы, 2020 ж. Қазақстан."]),
        ("en", ["The dam is 12 m.", "Boats pass below it.", "The field gave 40 t.", "Rain helped."]),
        ("en", ["Plan 5 m. USD and Mr. B. Stone agreed."]),
    ],
)
def test_a_unit_after_its_number_ends_a_sentence_before_a_capital(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("It was so\nsince spring, said Mr.\nStone of the\nCouncil. It\nis over.", 2, "en"),
        ("Первый, второй,\nТретий и\nЧетвёртый в\nг. Алматы пришли.", 1, "ru"),
        ("A heading\nThe line.\n\nMore.", 3, "en"),
        ("10:00 Opening\n11:30 Horse races\nBoard: Anna\nchair: Boris", 4, "en"),
        ("1. First. It is here.\n2) second\na) third\n- fourth\n1978. A flood.", 6, "en"),
    ],
)
def test_a_sentence_goes_on_over_a_line_break_inside_a_paragraph(text: str, expected: int, language: str) -> None:
    assert len(split(text, language)) == expected


def test_a_list_marker_stays_with_its_item() -> None:
    assert split("1. First item. 2. Second.\na) third. IV. Fourth", "en") == [
        "1. First item.",
        "2. Second.",
        "a) third.",
        "IV. Fourth",
    ]


@pytest.mark.parametrize(("mark", "tail"), [(";", ";"), (",", ","), (" —", "")])
def test_a_very_long_sentence_is_cut_at_a_clause(mark: str, tail: str) -> None:
    clause = "участок номер 10 000 передан хозяйству «Заря-1» для посева трав"
    cut = split(f"{mark} ".join([clause] * 40) + ".", "ru")
    assert len(cut) > 1
    assert all(200 <= len(piece) <= LONGEST for piece in cut[:-1])
    assert all(piece.endswith(f"трав{tail}") for piece in cut[:-1])


def test_what_has_no_clause_is_cut_between_words_and_never_inside_one() -> None:
    assert [len(piece) for piece in split("слово " * 400, "ru")] == [797, 797, 797, 5]  # 133 words a piece
    numbers = split("10 000 тенге " * 300, "ru")
    assert len(numbers) > 1
    assert not any(piece.startswith("000") or piece.endswith("10") for piece in numbers)
    assert split("x" * 3000, "en") == ["x" * 3000]


pieces = st.sampled_from(
    ["ст. 5", "А. К.", "т. д.", "и", "Омаров", "слово", "5,5", "10 000", "«да!»", "\n", "\n\n", ".", "—", ";", "U.S."]
)


@given(st.lists(pieces, max_size=400).map(" ".join), st.sampled_from(["en", "ru", "kk"]))
@settings(deadline=None)
def test_words_are_never_cut_and_long_sentences_are(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert [word for start, end in spans for word in text[start:end].split()] == text.split()
    assert all(end - start <= LONGEST for start, end in spans)


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "kk", "de"]))
@settings(deadline=None)
def test_spans_are_in_order_trimmed_and_cover_all_words(text: str, language: str) -> None:
    cursor = 0
    for start, end in sentences(text, language):
        assert text[start:end] == text[start:end].strip() != ""
        assert not text[cursor:start].strip()
        cursor = end
    assert not text[cursor:].strip()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["(b) between the hours of 10. 00 a.m. and 7. 00 p.m. in any case.", "It is so."]),
        ("en", ["It is open from 8. 30 to 17. 45 on Fridays.", "It closes in May."]),
        ("en", ["The shop closes at 9. 15 p.m. on Sunday.", "On Monday it is shut."]),
        ("en", ["He was 20.", "45 guests came."]),
        ("ru", ["Магазин работает с 9. 00 до 18. 00 часов.", "По воскресеньям закрыт."]),
        ("ru", ["Начало в 19. 30 часов.", "Вход свободный."]),
        ("ru", ["Ему было 20.", "45 гостей пришли."]),
        ("kk", ["Дүкен сағат 9. 00-ден 18. 30-ға дейін ашық.", "Жексенбіде жабық."]),
        ("en", ["“28A. (1) A person shall not sell fish.", "It is so."]),
        ("ru", ["**12А.** Запрещается торговать.", "Да."]),
    ],
)
def test_a_time_of_day_with_a_blank_and_the_number_of_an_article_end_no_sentence(
    language: str, expected: list[str]
) -> None:
    assert split(" ".join(expected), language) == expected
