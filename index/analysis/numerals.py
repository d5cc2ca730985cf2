"""Reads numbers, in digits or in words: forty, сорока, қырық and 40 are 40, "2,5 миллиарда" is 2,500,000,000.

The words stand in the records of the languages. All who ask whether a text names a number, or which, ask here.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from index.analysis.languages import record
from index.analysis.languages.record import Numerals
from index.analysis.number_grammar import NumberReader, Token

_BLANKS = " \u00a0\u2009\u202f"  # that may stand between thousands
_TOKEN = re.compile(
    r"[^\W\d_]+(?:[\u0300\u0301]+[^\W\d_]*)*"
    rf"|(?P<digits>(?<![\d.,])\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_STRESS = re.compile("[\u0300\u0301]")
_HYPHENS = ("-", "‑")
_JOINTS = frozenset(("", *_BLANKS, *_HYPHENS))  # what may stand between two parts of a number
_SUFFIX = re.compile(r"([-‑]?)([^\W\d_]+)")
_SCALES = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9, "T": 10**12}
_MONEY = frozenset("$€£¥₸₽")
_LEAST_SCALED = 10  # of whole numbers; 3M and 4K are names
_FEW = frozenset((2, 3, 4))  # 3-х is "three" in the genitive, 5-х "fifth"
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
_LONGEST = 40  # characters; what is longer is a key or a code
_ROUND = re.compile(r"[1-9]\d{0,2}[.,]000")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that a text names: `text[start:end]` says `value`.

    `ordinal` tells a rank ("third", "5-ші"), `percent` that a percent sign or its word follows.
    """

    start: int
    end: int
    value: Fraction
    ordinal: bool = False
    percent: bool = False

    @property
    def digits(self) -> str:
        """The value in digits, with a point before decimals; with a fraction bar where decimals would not end.

        >>> [Numeral(0, 0, value).digits for value in (Fraction(40), Fraction(5, 2), Fraction(2, 3))]
        ['40', '2.5', '2/3']
        """
        return _in_digits(self.value)


def numerals_in(text: str, language: str) -> list[Numeral]:
    """The numbers that a text names, in their order.

    Digits that are glued to letters are names (18F, B2B, COVID-19), unless the letters are an ending or a unit (3rd, 5kg).
    A comma stands between thousands in English, before decimals in Russian and Kazakh.

    >>> text = "Two thirds of 1,240, about 5.12 million"
    >>> [(text[each.start : each.end], each.digits) for each in numerals_in(text, "en")]
    [('Two thirds', '2/3'), ('1,240', '1240'), ('5.12 million', '5120000')]
    >>> [each.digits for each in numerals_in("алпыс бес, 2,5 млрд, бір жарым мың, үштен екі", "kk")]
    ['65', '2500000000', '1500', '2/3']
    >>> [each.digits for each in numerals_in("үшінші тоқсанда тоқсан үй", "kk")]
    ['3', '90']
    """
    numerals = record(language).numerals
    tokens = list(_tokens(text, numerals, _known_words(language)))
    reader = NumberReader(tokens, numerals)
    percent = _percent(language)
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        part = reader.read(at)
        if part and not _is_none_after(text, found, tokens[at].start, numerals):
            end = tokens[part.end - 1].end
            has_percent = bool(percent.match(text, end))
            found.append(Numeral(tokens[at].start, end, part.value, part.ordinal, has_percent))
        at = part.end if part else at + 1
    return found


def _is_none_after(text: str, found: Sequence[Numeral], start: int, numerals: Numerals) -> bool:
    """Whether a word for a number is none, since it follows a rank: in the third quarter."""
    is_after_rank = bool(found) and found[-1].ordinal and not text[found[-1].end : start].strip()
    return is_after_rank and re.match(numerals.after_rank, text[start:], re.IGNORECASE) is not None


def number_terms(text: str, language: str) -> list[str]:
    """What the numbers in a text are in digits, as far as they are not written so already.

    A lone "one" is left out: it is a pronoun too often.

    >>> number_terms("one hundred and forty five laws of the 3rd kind", "en")
    ['145', '3']
    >>> number_terms("1,6 миллиона двадцать пятого", "ru"), number_terms("жиырма бес мың", "kk")
    (['1600000', '25'], ['25000'])
    """
    return [
        each.digits
        for each in numerals_in(text, language)
        if each.value != 1 and any(map(str.isalpha, text[each.start : each.end]))
    ]


def in_digits(text: str, language: str) -> str:
    """A text with its numbers in digits, by which two wordings of one fact become equal.

    >>> in_digits("About forty of the 1,600 laws", "en")
    'About 40 of the 1600 laws'
    """
    pieces: list[str] = []
    at = 0
    for each in numerals_in(text, language):
        pieces += [text[at : each.start], each.digits]
        at = each.end
    return "".join([*pieces, text[at:]])


def _in_digits(value: Fraction) -> str:
    whole, rest = divmod(value.numerator, value.denominator)
    if not rest:
        return str(whole)
    decimals = f"{float(value):.9f}".rstrip("0")
    return decimals if Fraction(decimals) == value else str(value)


def _tokens(text: str, numerals: Numerals, known: frozenset[str]) -> Iterator[Token]:
    """The tokens of a text; of words that only link numbers ("of", "and") those that are joined to a token."""
    last = 0  # where the token before ends
    for found in _TOKEN.finditer(text):
        if found.lastgroup is None and (word := _folded(found[0])) not in known:
            continue  # most often
        start, end = found.span()
        joined = last > 0 and text[last:start] in _JOINTS
        if found.lastgroup is not None:
            for token in _digits(text, start, end, numerals, joined=joined):
                yield token
                last = token.end
        elif joined or word in numerals.words or word in numerals.articles:
            yield Token(start, end, word, joined=joined)
            last = end


def _folded(word: str) -> str:
    """A word in lower case, without stress marks."""
    word = word.lower().replace("ё", "е")
    return word if word.isalpha() else _STRESS.sub("", word)


def _digits(text: str, start: int, end: int, numerals: Numerals, *, joined: bool) -> Iterator[Token]:
    """The token of a number in digits; none if it is part of a name, several if it is a date such as 19.01.2026."""
    before = text[max(0, start - 2) : start]
    if (
        end - start > _LONGEST
        or before[-1:].isalpha()
        or before[-1:] == "_"
        or (before[-1:] in _HYPHENS and before[:1].isalpha())
    ):
        return
    *earlier, (begin, _, value) = _values(text, start, end, numerals.decimal)
    last, ordinal = end, False
    if suffix := _SUFFIX.match(text, end):
        hyphen, letters = suffix.groups()
        scale = 1 if earlier else _scale(text, start, end, value, numerals)
        ordinal = letters.lower() in numerals.ordinal_suffixes and not _is_genitive(letters, value)
        if scale == 1 and not hyphen and not ordinal and letters not in numerals.counted_suffixes:
            return
        is_scale = letters in numerals.words
        is_apart = hyphen and letters not in numerals.cases
        last = end if is_apart or is_scale else suffix.end()
        value *= scale
    for left, right, part in earlier:
        yield Token(left, right, value=part, joined=joined and left == start)
    yield Token(begin, last, value=value, ordinal=ordinal, joined=joined and begin == start)


def _scale(text: str, start: int, end: int, value: Fraction, numerals: Numerals) -> int:
    """What a letter behind digits multiplies them by: $3.35M, 192M websites, and not 18F, 4K or "seats 12M and 14K"."""
    letter = text[end : end + 1]
    if letter not in _SCALES or text[end + 1 : end + 2].isalnum():
        return 1
    is_money = start > 0 and text[start - 1] in _MONEY
    counts = (value >= _LEAST_SCALED or value.denominator != 1) and re.compile(numerals.scaled).match(text, end)
    return _SCALES[letter] if is_money or counts else 1


def _is_genitive(letters: str, value: Fraction) -> bool:
    """Whether letters behind a number make it a number in the genitive, and no rank: 23-х, двадцати трёх."""
    return letters == "х" and value % 10 in _FEW and value // 10 % 10 != 1


def _values(text: str, start: int, end: int, decimal: str) -> list[tuple[int, int, Fraction]]:
    """What digits with separators say: one number as a rule, several where it is none."""
    written = text[start:end]
    compact = "".join(c for c in written if c not in _BLANKS)
    marks = [c for c in compact if c in ".,"]
    if not marks:
        return [(start, end, Fraction(int(compact)))]
    whole, rest = compact[: compact.index(marks[0])], compact[compact.index(marks[0]) + 1 :]
    is_grouped = compact == written and bool(_THOUSANDS.fullmatch(compact))
    if is_grouped and (len(marks) > 1 or (marks[0] == "," and decimal == ".") or _is_round(compact, marks[0], decimal)):
        *groups, tail = re.split("[.,]", compact)
        has_decimals = marks[-1] != marks[0]
        return [(start, end, Fraction("".join(groups) + (f".{tail}" if has_decimals else tail)))]
    if len(marks) == 1:
        return [(start, end, Fraction(f"{whole}.{rest}"))]
    return [(start + each.start(), start + each.end(), Fraction(int(each[0]))) for each in re.finditer(r"\d+", written)]


def _is_round(compact: str, mark: str, decimal: str) -> bool:
    """10,000 and 10.000 in Russian or Kazakh: three zeros are hardly ever decimals."""
    return decimal == "," and bool(_ROUND.fullmatch(compact)) and mark in ".,"


@functools.cache
def _known_words(language: str) -> frozenset[str]:
    """Every word that may be part of a number."""
    numerals = record(language).numerals
    links = [word for link in (*numerals.mixed_by, *numerals.scaled_by, numerals.joins) for word in link]
    return frozenset(
        (
            *numerals.words,
            *numerals.denominators,
            *numerals.single_denominators,
            *numerals.articles,
            *numerals.of,
            *links,
        )
    )


@functools.cache
def _percent(language: str) -> re.Pattern[str]:
    words = sorted(record(language).numerals.percent, key=len, reverse=True)
    return re.compile(rf"[\s-]?(?:%|(?:{'|'.join(map(re.escape, words))})\b)", re.IGNORECASE)
