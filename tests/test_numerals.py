"""Numbers in words: every numeral, in every form, is a number to the reader, to the terms and to the comparison of copies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.numerals import in_digits, numerals_in
from index.analysis.terms import figures, terms
from rag.reading.answer_type import AnswerType, count_mentions
from rag.retrieval.near_duplicates import facts, facts_agree

ENGLISH_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

# By hand: nominative, genitive, dative, instrumental, prepositional.
RUSSIAN = {
    0: "ноль ноля нолю нолём ноле",
    1: "один одного одному одним одном",
    2: "два двух двум двумя двух",
    3: "три трёх трём тремя трёх",
    4: "четыре четырёх четырём четырьмя четырёх",
    5: "пять пяти пяти пятью пяти",
    6: "шесть шести шести шестью шести",
    7: "семь семи семи семью семи",
    8: "восемь восьми восьми восемью восьми",
    9: "девять девяти девяти девятью девяти",
    10: "десять десяти десяти десятью десяти",
    11: "одиннадцать одиннадцати одиннадцати одиннадцатью одиннадцати",
    12: "двенадцать двенадцати двенадцати двенадцатью двенадцати",
    13: "тринадцать тринадцати тринадцати тринадцатью тринадцати",
    14: "четырнадцать четырнадцати четырнадцати четырнадцатью четырнадцати",
    15: "пятнадцать пятнадцати пятнадцати пятнадцатью пятнадцати",
    16: "шестнадцать шестнадцати шестнадцати шестнадцатью шестнадцати",
    17: "семнадцать семнадцати семнадцати семнадцатью семнадцати",
    18: "восемнадцать восемнадцати восемнадцати восемнадцатью восемнадцати",
    19: "девятнадцать девятнадцати девятнадцати девятнадцатью девятнадцати",
    20: "двадцать двадцати двадцати двадцатью двадцати",
    30: "тридцать тридцати тридцати тридцатью тридцати",
    40: "сорок сорока сорока сорока сорока",
    50: "пятьдесят пятидесяти пятидесяти пятьюдесятью пятидесяти",
    60: "шестьдесят шестидесяти шестидесяти шестьюдесятью шестидесяти",
    70: "семьдесят семидесяти семидесяти семьюдесятью семидесяти",
    80: "восемьдесят восьмидесяти восьмидесяти восемьюдесятью восьмидесяти",
    90: "девяносто девяноста девяноста девяноста девяноста",
    100: "сто ста ста ста ста",
}
# By hand: nominative, genitive, accusative, dative, locative, ablative, instrumental.
KAZAKH = {
    0: "нөл нөлдің нөлді нөлге нөлде нөлден нөлмен",
    1: "бір бірдің бірді бірге бірде бірден бірмен",
    2: "екі екінің екіні екіге екіде екіден екімен",
    3: "үш үштің үшті үшке үште үштен үшпен",
    4: "төрт төрттің төртті төртке төртте төрттен төртпен",
    5: "бес бестің бесті беске бесте бестен беспен",
    6: "алты алтының алтыны алтыға алтыда алтыдан алтымен",
    7: "жеті жетінің жетіні жетіге жетіде жетіден жетімен",
    8: "сегіз сегіздің сегізді сегізге сегізде сегізден сегізбен",
    9: "тоғыз тоғыздың тоғызды тоғызға тоғызда тоғыздан тоғызбен",
    10: "он онның онды онға он оннан онмен",  # онда is far more often "there"
    20: "жиырма жиырманың жиырманы жиырмаға жиырмада жиырмадан жиырмамен",
    30: "отыз отыздың отызды отызға отызда отыздан отызбен",
    40: "қырық қырықтың қырықты қырыққа қырықта қырықтан қырықпен",
    50: "елу елудің елуді елуге елуде елуден елумен",
    60: "алпыс алпыстың алпысты алпысқа алпыста алпыстан алпыспен",
    70: "жетпіс жетпістің жетпісті жетпіске жетпісте жетпістен жетпіспен",
    80: "сексен сексеннің сексенді сексенге сексенде сексеннен сексенмен",
    90: "тоқсан тоқсанның тоқсанды тоқсанға тоқсанда тоқсаннан тоқсанмен",
    100: "жүз жүздің жүзді жүзге жүзде жүзден жүзбен",
}


def english(number: int) -> list[str]:
    if number < 20:
        return [ENGLISH_UNITS[number]]
    if number == 100:
        return ["a hundred", "one hundred", "hundred"]
    tens, unit = ENGLISH_TENS[number // 10 - 2], number % 10
    return [f"{tens}-{ENGLISH_UNITS[unit]}", f"{tens} {ENGLISH_UNITS[unit]}"] if unit else [tens]


def russian(number: int) -> list[str]:
    if number in RUSSIAN:
        return RUSSIAN[number].split()
    tens, units = RUSSIAN[number // 10 * 10].split(), RUSSIAN[number % 10].split()
    return [f"{ten} {unit}" for ten, unit in zip(tens, units, strict=True)]


def kazakh(number: int) -> list[str]:
    if number in KAZAKH:
        return KAZAKH[number].split()
    tens = KAZAKH[number // 10 * 10].split()[0]
    return [f"{tens} {unit}" for unit in KAZAKH[number % 10].split()]


# Other numbers, each with its language and all the ways it is written here.
OTHERS: list[tuple[str, Fraction | int, str]] = [
    ("en", 200, "two hundred"),
    ("en", 145, "one hundred and forty-five"),
    ("en", 1000, "thousand, a thousand, thousands, one thousand"),
    ("en", 10**6, "million, a million, millions"),
    ("en", 10**9, "billion, a billion, billions, one thousand million"),
    ("en", 10**12, "trillion, a trillion, trillions"),
    ("en", 12, "dozen, a dozen, dozens"),
    ("en", 24, "two dozen"),
    ("en", 2, "pair, a pair, both, couple, a couple, twice, double"),
    ("en", 0, "none, zero, nil"),
    ("en", Fraction(1, 2), "half, one half"),
    ("en", Fraction(2, 3), "two thirds, two-thirds"),
    ("en", Fraction(1, 4), "quarter, a quarter, one quarter"),
    ("en", Fraction(3, 4), "three quarters, three-quarters"),
    ("en", Fraction(5, 2), "two and a half"),
    ("en", 500_000, "half a million, half million"),
    ("ru", 200, "двести, двухсот, двумстам, двумястами, двухстах"),
    ("ru", 300, "триста, трёхсот, тремстам, тремястами, трёхстах"),
    ("ru", 400, "четыреста, четырёхсот, четырёмстам, четырьмястами, четырёхстах"),
    ("ru", 500, "пятьсот, пятисот, пятистам, пятьюстами, пятистах"),
    ("ru", 600, "шестьсот, шестисот, шестистам, шестьюстами, шестистах"),
    ("ru", 700, "семьсот, семисот, семистам, семьюстами, семистах"),
    ("ru", 800, "восемьсот, восьмисот, восьмистам, восемьюстами, восьмистах"),
    ("ru", 900, "девятьсот, девятисот, девятистам, девятьюстами, девятистах"),
    ("ru", 1000, "тысяча, тысячи, тысяче, тысячу, тысячей, тысячью, тысяч, тысячам, тысячами, тысячах"),
    (
        "ru",
        10**6,
        "миллион, миллиона, миллиону, миллионом, миллионе, миллионы, миллионов, миллионам, миллионами, миллионах",
    ),
    (
        "ru",
        10**9,
        "миллиард, миллиарда, миллиарду, миллиардом, миллиарде, миллиарды, миллиардов, миллиардам, миллиардах",
    ),
    ("ru", 10**12, "триллион, триллиона, триллионов, триллионами"),
    ("ru", 12, "дюжина, дюжины, дюжину, дюжиной"),
    (
        "ru",
        2,
        "двое, двоих, двоим, двоими, две, оба, обе, обоих, обеих, обоими, пара, пары, пару, парой, дважды, вдвое",
    ),
    ("ru", 3, "трое, троих, троим, троими, трижды"),
    ("ru", 4, "четверо, четверых, четверым, четверыми"),
    ("ru", 5, "пятеро, пятерых, пятерым, пятерыми"),
    ("ru", 7, "семеро, семерых"),
    ("ru", 10, "десяток, десятка, десятку, десятком, десятке, десятки, десятков, десятками"),
    ("ru", 100, "сотня, сотни, сотню, сотней, сотен, сотнями"),
    ("ru", 50, "полсотни"),
    ("ru", Fraction(3, 2), "полтора, полторы, полутора"),
    ("ru", Fraction(1, 2), "половина, половины, половине, половину, половиной"),
    ("ru", Fraction(1, 3), "треть, трети, третью, одна треть"),
    ("ru", Fraction(2, 3), "две трети, двух третей, двум третям, двумя третями"),
    ("ru", Fraction(1, 4), "четверть, четверти, четвертью"),
    ("ru", Fraction(2, 5), "две пятых, двух пятых"),
    ("ru", 0, "нуль, нуля, нулю, нулём"),
    ("ru", 5500, "пять с половиной тысяч"),
    ("ru", 300 * 10**9, "триста миллиардов"),
    ("kk", 1000, "мың, мыңның, мыңды, мыңға, мыңда, мыңнан, мыңмен, мыңдар, мыңдаған"),
    ("kk", 10**6, "миллион, миллионның, миллионды, миллионға, миллионда, миллионнан, миллионмен, миллиондаған"),
    ("kk", 10**9, "миллиард, миллиардтың, миллиардты, миллиардқа, миллиардта, миллиардтан, миллиардпен, миллиардтаған"),
    ("kk", 10**12, "триллион, триллионның, триллионға"),
    ("kk", 2, "екеу, екеуі, екеудің, екеуінің, екеуін, екеуіне, екеуінен, екеуміз, екісі, қос, жұп"),
    ("kk", 3, "үшеу, үшеуі, үшеуінің, үшеуін, үшеуіміз"),
    ("kk", 4, "төртеу, төртеуі, төртеуге"),
    ("kk", 5, "бесеу, бесеуі, бесеуіңіз"),
    ("kk", 6, "алтау, алтауы, алтауының"),
    ("kk", 7, "жетеу, жетеуі"),
    ("kk", 12, "он екі, он екінің, он екіге, он екісі"),
    ("kk", 200, "екі жүз, екі жүзге"),
    ("kk", Fraction(1, 2), "жарты, жартысы, жартысын, жартысынан, жарым"),
    ("kk", Fraction(3, 2), "бір жарым"),
    ("kk", Fraction(1, 4), "ширек, ширегі"),
    ("kk", Fraction(2, 3), "үштен екі, үштен екісі"),
    ("kk", 1_500_000, "бір жарым миллион"),
]
NUMERALS = [
    *(("en", n, form) for n in range(101) for form in english(n)),
    *(("ru", n, form) for n in range(101) for form in russian(n)),
    *(("kk", n, form) for n in range(101) for form in kazakh(n)),
    *((language, value, form) for language, value, forms in OTHERS for form in forms.split(", ")),
]
AROUND = {
    "en": "The committee heard that {} laws were sent back to the ministry in spring",
    "ru": "Комитет узнал, что {} законов отправлены обратно министерству весной",
    "kk": "Кеше комитет мүшелері {} заң министрлікке көктемде қайта жіберілгенін білді",
}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_numeral_has_its_value(language: str) -> None:
    read = {form: [each.value for each in numerals_in(form, code)] for code, _, form in NUMERALS if code == language}
    assert read == {form: [value] for code, value, form in NUMERALS if code == language}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_numeral_is_a_number_to_the_reader(language: str) -> None:
    forms = [form for code, _, form in NUMERALS if code == language]
    assert {form: count_mentions(AnswerType.NUMBER, form, language) for form in forms} == dict.fromkeys(forms, 1)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_numeral_but_a_lone_one_is_a_term_in_digits(language: str) -> None:
    for code, value, form in NUMERALS:
        if code == language and value != 1:
            (digits,) = figures(form, language)
            assert Fraction(digits) == value, form
            assert digits in terms(AROUND[language].format(form), language), form


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_numeral_counts_between_copies(language: str) -> None:
    around = AROUND[language]
    for code, _, form in NUMERALS:
        if code == language:
            here = facts(around.format(form), language)
            (numeral,) = numerals_in(form, language)
            assert facts_agree(here, facts(around.format(numeral.digits), language)), form
            assert not facts_agree(here, facts(around.format("7777"), language)), form
            assert not facts_agree(here, facts(around.format(""), language)), form


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("a budget of $3.35M.", "en", ["3350000"]),
        ("from $2.61M to €50K", "en", ["2610000", "50000"]),
        ("it lost £1.2B and $4m", "en", ["1200000000", "4000000"]),
        ("192M websites, 10M+ active users, 2.5M people", "en", ["192000000", "10000000", "2500000"]),
        ("seats 12M and 14K, room 22B, a 4K screen by 3M", "en", []),
        ("a card of €3MB", "en", []),
        ("за $3,5M", "ru", ["3500000"]),
        ("$40K бөлді", "kk", ["40000"]),
    ],
)
def test_a_letter_for_thousands_or_millions_is_part_of_a_number(text: str, language: str, expected: list[str]) -> None:
    assert [each.digits for each in numerals_in(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("имена 23-х арбитров", [("23", False)]),
        ("более 3-х млн", [("3000000", False)]),
        ("свыше 5-ти тысяч", [("5000", False)]),
        ("из 104-х", [("104", False)]),
        ("в 90-х годах", [("90", True)]),
        ("учеников 5-х и 12-х классов", [("5", True), ("12", True)]),
    ],
)
def test_digits_with_an_ending_are_a_number_or_a_rank(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(each.digits, each.ordinal) for each in numerals_in(text, "ru")] == expected


@pytest.mark.parametrize("name", ["18F", "B2B", "COVID-19", "7K", "Заря-14", "МиГ-29", "A4", "5G"])
def test_digits_in_names_are_no_numbers(name: str) -> None:
    assert numerals_in(f"The plan of {name} was read", "en") == numerals_in(f"{name}", "ru") == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("10 000", "ru", "10000"),
        ("10 000", "kk", "10000"),
        ("1,240", "en", "1240"),
        ("1,240", "ru", "1.24"),
        ("10,000", "ru", "10000"),
        ("1,234,567.5", "en", "1234567.5"),
        ("5.12", "en", "5.12"),
        ("5.12", "ru", "5.12"),
        ("0,125", "kk", "0.125"),
        ("3 млн", "ru", "3000000"),
        ("2,5 миллиарда", "ru", "2500000000"),
        ("1 млрд 200 млн", "kk", "1200000000"),
        ("5 тысяч 300", "ru", "5300"),
        ("10 мың", "kk", "10000"),
        ("5bn", "en", "5000000000"),
        ("5kg", "en", "5"),
        ("1990s", "en", "1990"),
        ("40-летний", "ru", "40"),
        ("in 2019 300 laws", "en", "2019 300"),
        ("19.01.2026", "ru", "19 1 2026"),
        ("at 12:40", "en", "12 40"),
        ("ten and forty", "en", "10 40"),
        ("two, three", "en", "2 3"),
        ("двух-трёх", "ru", "2 3"),
        ("a third of them met a third man", "en", "1/3 3"),
        ("onward one-eyed", "en", "1"),
        ("он сказал", "ru", ""),
        ("онда оны үшін", "kk", ""),
    ],
)
def test_values(text: str, language: str, expected: str) -> None:
    assert [each.digits for each in numerals_in(text, language)] == expected.split()


@pytest.mark.parametrize(
    ("text", "language", "ordinal"),
    [
        ("third", "en", True),
        ("3rd", "en", True),
        ("twenty-fifth", "en", True),
        ("двадцать пятого", "ru", True),
        ("2-й", "ru", True),
        ("5-ти", "ru", False),
        ("үшінші", "kk", True),
        ("5-ші", "kk", True),
        ("20-дан", "kk", False),
    ],
)
def test_ordinals_are_ranks(text: str, language: str, ordinal: bool) -> None:
    (found,) = numerals_in(text, language)
    assert found.ordinal is ordinal
    assert count_mentions(AnswerType.NUMBER, text, language) == (not ordinal)


@pytest.mark.parametrize(
    ("text", "language"), [("40%", "en"), ("40 per cent", "en"), ("сорок процентов", "ru"), ("40 пайызы", "kk")]
)
def test_percents(text: str, language: str) -> None:
    assert [(each.value, each.percent) for each in numerals_in(text, language)] == [(40, True)]
    assert not any(each.percent for each in numerals_in("40 laws, % of", language))


def test_endless_numbers_are_read_in_time() -> None:
    assert numerals_in("9" * 5000, "en") == []
    assert [each.digits for each in numerals_in("5 " + "million " * 3000, "en")][:2] == ["5000000", "1000000"]
    assert numerals_in("one hundred " * 3000, "en")[0].value == 101
    assert len(numerals_in("half a " * 3000, "en")) == 3000


@given(st.lists(st.sampled_from("one two третий hundred and a half 5 . , - 10 000 жүз үштен % 18F тысяч с".split())))
def test_spans_are_in_order_and_hold_what_was_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for language in ("en", "ru", "kk"):
        cursor = 0
        for each in numerals_in(text, language):
            assert cursor <= each.start < each.end <= len(text)
            assert text[each.start : each.end].strip() == text[each.start : each.end]
            cursor = each.end


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    for language in ("en", "ru", "kk"):
        assert in_digits(text, language).count("\n") == text.count("\n")
