"""Hard-wrapped lines: prose is joined; lists, programmes, tables, verses and headings keep their lines."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.markup.lines import join_divided_words, join_lines, unwrap
from index.articles.markup.printed import unwrap_pages

PROSE = [
    "The ferry company sold both of its boats in March, because the new bridge at Pell took away nearly all of its passengers. "
    "Its last captain, Ms. R. Boyd, now steers the school bus. She says that 4,200 people signed a letter in vain.",
    "Паромная переправа закрылась в марте: новый мост у посёлка Рядный отнял у неё почти всех пассажиров. Последний капитан, "
    "А. С. Гурьев, теперь водит школьный автобус. Письмо в защиту парома подписали 4200 человек, но оно не помогло.",
    "Жаңа көпір ашылғаннан кейін паром жолаушыларының көбінен айырылып, наурыз айында тоқтады. Соңғы капитан Ә. Нұрланов "
    "енді мектеп автобусын жүргізеді. Паромды қорғау туралы хатқа 4200 адам қол қойды, бірақ одан нәтиже болмады.",
]


@pytest.mark.parametrize("prose", PROSE)
@pytest.mark.parametrize("width", [32, 50, 65, 72, 80, 100])
def test_wrapped_prose_is_joined_at_any_width(prose: str, width: int) -> None:
    assert unwrap(textwrap.fill(prose, width, break_on_hyphens=False)) == prose


@pytest.mark.parametrize("prose", PROSE)
def test_paragraphs_stay_apart_and_quotations_of_mails_keep_their_mark(prose: str) -> None:
    wrapped = textwrap.fill(prose, 60, break_on_hyphens=False)
    quoted = textwrap.indent(wrapped, "> ")
    assert unwrap(f"{wrapped}\n\n{quoted}\n") == f"{prose}\n\n> {prose}"


@pytest.mark.parametrize(
    "text",
    [
        "09:00 Doors open\n09:30 Speech of the dean\n12:15 Lunch in the yard",
        "Programme\n09:00 Doors open\n09:30 Speech of the dean\n12:15 Lunch in the yard",
        "- Tea costs 2 crowns.\n- Coffee costs 3 crowns.\n- Water is free.",
        "1) passport;\n2) two pictures;\n3) a letter.",
        "1. Тариф вырастет\n2. Счётчики поставят\n3. Штраф составит 50 крон",
        "сахар – 310 крон\nмука – 150 крон\nсоль – 70 крон",
        "Irma Koch\nPeter Lunn\nOle Brandt",
        "1911. The mill burns\n1934. The dam is built\n1957. The school opens",
        "Region      People   Rate\nNorth       14200    4.9\nSouth       51300    5.2",
        "Где: клуб\nКогда: 9 июля\nВход: 40 крон",
        "— Сколько стоит билет?\n— Сорок крон.",
        "The hare ran,\nthe fox slept,\nthe moon rose",
        "The mill is closed.\nThe dam is open.\nThe road is wet.",
    ],
)
def test_lines_that_stand_for_themselves_stay(text: str) -> None:
    assert unwrap(text) == text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The board was elec-\nted in 2019 and its\nhead is Mr. P.\nLunn.", "The board was elected in 2019 and its head is Mr. P. Lunn."),
        ("Совет избран в Северо-\nВосточном округе на 3-\nлетний срок.", "Совет избран в Северо-Восточном округе на 3-летний срок."),
        ("кто-\nто пришёл по-\nрусски", "кто-то пришёл по-русски"),
        ("The well-known mill and the well-\nknown dam", "The well-known mill and the well-known dam"),
        ("so\u00ad\nft", "soft"),
        ("It lost 9 percent of its\n\n            – 7 –\n\nwater in 2023, and the\nyear before.", "It lost 9 percent of its water in 2023, and the year before."),
        ("Bus 9 leaves at\n8:40.", "Bus 9 leaves at 8:40."),
        ("The mill at Pell was closed\nbecause of the flood", "The mill at Pell was closed because of the flood"),
        ("Список:\n1) запись приказа и\nотправка его;\n2) хранение.", "Список:\n1) запись приказа и отправка его;\n2) хранение."),
    ],
)  # fmt: skip
def test_single_breaks(text: str, joined: str) -> None:
    assert unwrap(text) == joined


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("govern-\nment", "government"),
        ("Alma-\nAta", "Alma-Ata"),
        ("twenty-\nfive", "twenty-five"),
        ("a – \nb", "a – \nb"),
        ("x-\n\ny", "x-\n\ny"),
    ],
)
def test_divided_words(text: str, joined: str) -> None:
    assert join_divided_words(text) == joined


def test_breaks_of_html_are_joined_only_where_a_sentence_goes_on() -> None:
    assert (
        join_lines("It has 9 beds\nand a garden.\nCall Anna\n- one") == "It has 9 beds and a garden.\nCall Anna\n- one"
    )


@given(st.text(alphabet="abcАБв .,:-\n1"))
def test_no_letter_is_lost_and_twice_is_once(text: str) -> None:
    once = unwrap(text)
    letters = [c for c in text if c.isalnum()]
    assert [c for c in once if c.isalnum()] == letters


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("One.\n\n1\n\fTwo.\n\n2\n\f", "One.\n\n\fTwo."),
        ("Ставка выросла на\n\n- 3 -\n\f9 процентов.", "Ставка выросла на \f9 процентов."),
        ("1 200 crowns.\n\fNext", "1 200 crowns.\n\n\fNext"),
        ("No page", "No page"),
    ],
)
def test_pages(text: str, joined: str) -> None:
    assert unwrap_pages(text) == joined


def test_a_paragraph_of_very_many_lines_is_one() -> None:
    """Were it quadratic in the number of lines, this would take minutes."""
    line = "The old bridge over the river was repaired by forty work-"
    assert unwrap("\n".join([line, "ers in the spring of the year and"] * 10_000)).count("workers") == 10_000
