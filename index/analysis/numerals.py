"""Writes numbers in digits: forty, сорока and қырық are 40, "10 thousand" is 10000, "third" and "3rd" are 3."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

# value: forms. A form with * is a stem that takes the endings of `_ENDINGS`.
_ENGLISH = """
1: one | 2: two second | 3: three third | 4: four fourth | 5: five fifth | 6: six sixth | 7: seven seventh
8: eight eighth | 9: nine ninth | 10: ten tenth | 11: eleven eleventh | 12: twelve twelfth
13: thirteen thirteenth | 14: fourteen fourteenth | 15: fifteen fifteenth | 16: sixteen sixteenth
17: seventeen seventeenth | 18: eighteen eighteenth | 19: nineteen nineteenth | 20: twenty twentieth | 30: thirty thirtieth
40: forty fortieth | 50: fifty fiftieth | 60: sixty sixtieth | 70: seventy seventieth | 80: eighty eightieth
90: ninety ninetieth | x100: hundred hundreds hundredth | x1000: thousand thousands thousandth
x1000000: million millions mln | x1000000000: billion billions bn | x1000000000000: trillion trillions trn
"""
_RUSSIAN = """
1: один одна одно одного одной | 2: два две двух двум двумя втор* | 3: три трех трем тремя третий треть*
4: четыре четырех четырем четырьмя четверт* | 5: пять пяти пятью пят* | 6: шесть шести шестью шест*
7: семь семи семью седьм* | 8: восемь восьми восемью восьм* | 9: девять девяти девятью девят*
10: десять десяти десятью десят* | 20: двадцать двадцати двадцатью двадцат* | 30: тридцать тридцати тридцатью тридцат*
40: сорок сорока сороков* | 50: пятьдесят пятидесяти пятидесят* | 60: шестьдесят шестидесяти шестидесят*
70: семьдесят семидесяти семидесят* | 80: восемьдесят восьмидесяти восьмидесят* | 90: девяносто девяноста девяност*
11: одиннадцать одиннадцати одиннадцат* | 12: двенадцать двенадцати двенадцат* | 13: тринадцать тринадцати тринадцат*
14: четырнадцать четырнадцати четырнадцат* | 15: пятнадцать пятнадцати пятнадцат*
16: шестнадцать шестнадцати шестнадцат* | 17: семнадцать семнадцати семнадцат*
18: восемнадцать восемнадцати восемнадцат* | 19: девятнадцать девятнадцати девятнадцат* | 100: сто ста сот*
200: двести двухсот двумстам | 300: триста трехсот тремстам | 400: четыреста четырехсот | 500: пятьсот пятисот
600: шестьсот шестисот | 700: семьсот семисот | 800: восемьсот восьмисот | 900: девятьсот девятисот
x1000: тысяча тысячи тысяч тысячу тысячам тысячами тыс | x1000000: миллион миллиона миллионов миллионам миллионами млн
x1000000000: миллиард миллиарда миллиардов миллиардам млрд | x1000000000000: триллион триллиона триллионов трлн
"""
_KAZAKH = """
1: бір | 2: екі* екеу* екінші* | 3: үш* үшеу* үшінші* | 4: төрт* төртеу* төртінші* | 5: бес* бесеу* бесінші*
6: алты* алтау* алтыншы* | 7: жеті* жетеу* жетінші* | 8: сегіз* сегізінші* | 9: тоғыз* тоғызыншы*
10: он онға оннан оныншы* | 20: жиырма* жиырмасыншы* | 30: отыз* отызыншы* | 40: қырық* қырқыншы* | 50: елу* елуінші*
60: алпыс* алпысыншы* | 70: жетпіс* жетпісінші* | 80: сексен* сексенінші* | 90: тоқсан* тоқсаныншы*
x100: жүз* жүзінші* | x1000: мың* мыңыншы* | x1000000: миллион* млн | x1000000000: миллиард* млрд
x1000000000000: триллион* трлн
"""
_ENDINGS = {
    "ru": "ый ой ая ое ые ого ому ую ым ых ыми ом ий я е и его ему ей ю им их ими ем",
    "kk": "ға ге қа ке да де та те дан ден тан тен нан нен ды ді ты ті ны ні ның нің дың дің тың тің мен бен пен "
    "сы сі сында сінде дай дей тай тей",
}
_SUFFIXED = re.compile(r"(\d+)(?:st|nd|rd|th|s|й|я|е|го|му|ші|шы)$")
_LINKS = frozenset({"and"})  # one hundred and five


def number_terms(words: Sequence[str], language: str) -> list[str]:
    """What the numbers among lower-case words are in digits, as far as they are not written so already.

    A lone "one" is no number: it is a pronoun too often. A phrase ends where its places stop going down.

    >>> number_terms("one hundred and forty five laws of the 3rd kind".split(), "en")
    ['145', '3']
    >>> number_terms("1,6 миллиона двадцать пятого".split(), "ru"), number_terms("жиырма бес мың".split(), "kk")
    (['1600000', '25'], ['25000'])
    """
    table = _table(language)
    if table.keys().isdisjoint(words) and not any(word[0].isdigit() and word[-1].isalpha() for word in words):
        return []  # most often
    return list(_numbers(words, table))


def _numbers(words: Sequence[str], table: "dict[str, tuple[int, bool]]") -> Iterator[str]:
    at = 0
    while at < len(words):
        word = words[at]
        if word in table:
            value, at = _phrase(words, at, table)
            if value != 1:
                yield str(value)
        elif word[0].isdigit():
            suffixed = _SUFFIXED.match(word)
            if suffixed:
                yield suffixed[1]
            elif at + 1 < len(words) and table.get(words[at + 1], (0, False))[1]:
                at += 1
                yield _times(word, table[words[at]][0])
            at += 1
        else:
            at += 1


def _phrase(words: Sequence[str], at: int, table: "dict[str, tuple[int, bool]]") -> tuple[int, int]:
    """The value of the number that begins there, and where the next word is."""
    total, group, room = 0, 0, 10**15  # `room`: the next part must be smaller
    begin = at
    while at < len(words):
        linked = at > begin and words[at] in _LINKS and words[at - 1] in ("hundred", "thousand")
        part = table.get(words[at + 1] if linked and at + 1 < len(words) else words[at])
        if part is None:
            break
        value, multiplies = part
        if multiplies and value == 100 and group < 10:
            group, room = (group or 1) * 100, 100
        elif multiplies and value > 100 and (total == 0 or (total % value == 0 and total > value)):
            total, group, room = total + (group or 1) * value, 0, value
        elif not multiplies and value < room:
            group, room = group + value, _room(value)
        else:
            break
        at += 2 if linked else 1
    return total + group, max(at, begin + 1)


def _room(value: int) -> int:
    """What may follow in the same hundred must be smaller than this: a unit after twenty, nothing after twelve."""
    return 100 if value >= 100 else 10 if value >= 20 or value == 10 else 0


def _times(number: str, scale: int) -> str:
    whole, _, part = number.replace(",", ".").partition(".")
    if not (whole + part).isdigit():
        return number
    return str(int(whole + part) * scale // 10 ** len(part))


@functools.cache
def _table(language: str) -> "dict[str, tuple[int, bool]]":
    """Forms of a language, each with its value and whether it multiplies what stands before it."""
    text = {"ru": _RUSSIAN, "kk": _KAZAKH}.get(language, _ENGLISH)
    table: dict[str, tuple[int, bool]] = {}
    for entry in text.replace("\n", "|").split("|"):
        value, _, forms = entry.strip().partition(": ")
        for form in _forms(forms.split(), language):
            table.setdefault(form, (int(value.lstrip("x")), value.startswith("x")))
    return table


def _forms(forms: Iterable[str], language: str) -> Iterator[str]:
    for form in forms:
        stem = form.rstrip("*")
        if language == "kk" or stem == form:
            yield stem
        if stem != form:
            yield from (stem + ending for ending in _ENDINGS[language].split())
