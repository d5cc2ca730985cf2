"""What a clause names in another role than is asked for: where something came from, where somebody goes, whose place was taken."""

import pytest

from rag.reading.roles import AskedRole


def is_other(question: str, text: str, name: str, language: str) -> bool:
    start = text.index(name)
    return AskedRole(question, language).is_other(text, start, start + len(name), language)


PLACES = {
    "en": "In which city is the fair held?",
    "ru": "В каком городе проходит ярмарка?",
    "kk": "Жәрмеңке қай қалада өтеді?",
}
HOLDERS = {"en": "Who is the head of the mill?", "ru": "Кто директор мельницы?", "kk": "Диірменнің директоры кім?"}


@pytest.mark.parametrize(
    ("text", "language", "held", "elsewhere"),
    [
        ("The fair was moved from Orvik to Haldene.", "en", "Haldene", "Orvik"),
        ("The fair opened in Orvik. The baker flies to Haldene.", "en", "Orvik", "Haldene"),
        ("Ярмарку перенесли из Орвика в Хальден.", "ru", "Хальден", "Орвика"),
        ("Ярмарка открылась в Орвике. Пекари едут в Хальден.", "ru", "Орвике", "Хальден"),
        ("Жәрмеңке Орвиктен Хальденге көшірілді.", "kk", "Хальденге", "Орвиктен"),
        ("Жәрмеңке Орвикте ашылды. Наубайшы Хальденге ұшады.", "kk", "Орвикте", "Хальденге"),
    ],
)
def test_a_thing_is_held_neither_where_it_came_from_nor_where_somebody_goes(
    text: str, language: str, held: str, elsewhere: str
) -> None:
    question = PLACES[language]
    assert [is_other(question, text, name, language) for name in (held, elsewhere)] == [False, True]


@pytest.mark.parametrize(
    ("text", "language", "holder", "former"),
    [
        ("Aida Serova has replaced Ivan Petrov.", "en", "Aida Serova", "Ivan Petrov"),
        ("Aida Serova took over the mill from Ivan Petrov.", "en", "Aida Serova", "Ivan Petrov"),
        ("Ivan Petrov was succeeded by Aida Serova.", "en", "Aida Serova", "Ivan Petrov"),
        ("Аида Серова сменила Ивана Петрова.", "ru", "Аида Серова", "Ивана Петрова"),
        ("Айда Серова енді Иван Петровтың орнын басты.", "kk", "Айда Серова", "Иван Петровтың"),
    ],
)
def test_who_was_replaced_is_not_who_holds_an_office(text: str, language: str, holder: str, former: str) -> None:
    question = HOLDERS[language]
    assert [is_other(question, text, name, language) for name in (holder, former)] == [False, True]


def test_a_question_for_the_former_one_or_for_the_origin_is_left_alone() -> None:
    replaced, moved = "Aida Serova has replaced Ivan Petrov.", "The fair was moved from Orvik to Haldene."
    assert not is_other("Who was replaced by Aida Serova?", replaced, "Ivan Petrov", "en")
    assert not is_other("Who was the former head of the mill?", replaced, "Ivan Petrov", "en")
    assert not is_other("Where was the fair moved from?", moved, "Orvik", "en")
    assert not is_other("How old is Orvik?", moved, "Orvik", "en")


def test_a_part_of_a_name_has_the_role_of_the_whole() -> None:
    text = "Участники едут на экскурсию в Усть-Орвик."
    assert is_other(PLACES["ru"], text, "Орвик", "ru")
