"""The grammar of numbers in words: how hundred, forty, "and a half", "thirds" and million make one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from index.analysis.languages.record import NumberWord, Numerals, Role

_THOUSAND = 1000  # from here on a scale multiplies all the hundreds, tens and units before it
_NOTHING, _ENDLESS = Fraction(0), Fraction(10**18)


@dataclass(frozen=True, slots=True)
class Token:
    """A number in digits, or a word that may be part of a number, in lower case."""

    start: int
    end: int
    word: str = ""
    value: Fraction | None = None
    ordinal: bool = False
    joined: bool = False  # to the token before it, by a blank or a hyphen


@dataclass(frozen=True, slots=True)
class Part:
    """A number that was read, up to the token at place `end`."""

    value: Fraction
    end: int
    ordinal: bool = False
    grows: bool = False  # a scale after it multiplies it: 2.5 million, half a million


class NumberReader:
    """Reads numbers from tokens."""

    def __init__(self, tokens: Sequence[Token], numerals: Numerals) -> None:
        self._tokens = tokens
        self._numerals = numerals

    def read(self, at: int) -> Part | None:
        """The longest number that begins with the token at that place, None if none does."""
        part = self._fraction(at) or self._whole(at)
        if part is None or part.ordinal or not self._joined(part.end):
            return part
        return self._continued(self._scaled(self._mixed(part)))

    def _whole(self, at: int) -> Part | None:
        token = self._tokens[at]
        if token.value is not None:
            return Part(token.value, at + 1, token.ordinal, grows=not token.ordinal)
        word = self._number_word(at)
        if word is None:
            return None
        if word.role in (Role.AMOUNT, Role.PART):
            return Part(word.value, at + 1, grows=True)
        if not self._joined(at + 1):  # most often
            return Part(word.value, at + 1, ordinal=word.role is Role.ORDINAL)
        return self._phrase(at)

    def _phrase(self, at: int) -> Part:
        """Units, scales and at last an ordinal, as long as their places go down: two thousand and twenty-sixth."""
        begin = at
        total = group = Fraction(0)  # of what a thousand or more has multiplied, and of the hundreds since
        room = _ENDLESS  # the next unit must be smaller
        while (word := self._number_word(at)) and (at == begin or self._tokens[at].joined):
            value = word.value
            if word.role is Role.UNIT and value < room:
                group, room = group + value, _room(value)
            elif word.role is Role.SCALE and value < _THOUSAND and group < value:
                group, room = (group or 1) * value, Fraction(100 if value == 100 else 0)
            elif word.role is Role.SCALE and value >= _THOUSAND and _is_smaller(value, total):
                total, group, room = total + (group or 1) * value, Fraction(0), value
            elif word.role is Role.SCALE and 0 < total < value and not group:
                total = total * value  # a thousand million
            elif word.role is Role.ORDINAL and (joined := self._with_ordinal(at, total, group, room)) is not None:
                return Part(joined, at + 1, ordinal=True)
            else:
                break
            at += 1
            if self._numerals.denominator_first and self._tokens[at - 1].word in self._numerals.denominators:
                break
            if word.role is Role.SCALE and (after := self._after(at, self._numerals.joins)) and self._adds(after, room):
                at = after
        return Part(total + group, at)

    def _with_ordinal(self, at: int, total: Fraction, group: Fraction, room: Fraction) -> Fraction | None:
        """The rank that an ordinal makes of the number before it, None if it is a word of its own or a denominator."""
        ordinal = self._numerals.words[self._tokens[at].word].value
        if ordinal < room:
            return total + group + ordinal
        if self._denominator(at, group) is None and ordinal >= 100 and 0 < group < ordinal:
            return total + group * ordinal  # two hundredth, екі мыңыншы
        return None

    def _adds(self, at: int, room: Fraction) -> bool:
        word = self._number_word(at)
        return word is not None and word.role in (Role.UNIT, Role.ORDINAL) and word.value < room

    def _fraction(self, at: int) -> Part | None:
        """Two thirds, a third of, две пятых, үштен екі."""
        if self._tokens[at].word in self._numerals.articles:
            after = at + 2
            if self._joined(at + 1) and self._joined(after) and self._tokens[after].word in self._numerals.of:
                below = self._numerals.single_denominators.get(self._tokens[at + 1].word)
                return Part(Fraction(1, below), after, grows=True) if below else None
            return None
        first = self._whole(at)
        if first is None or first.ordinal or not self._joined(first.end):
            return None
        if self._numerals.denominator_first:
            above = self._whole(first.end)
            if self._tokens[first.end - 1].word in self._numerals.denominators and above and above.value < first.value:
                return Part(above.value / first.value, above.end, grows=True)
            return None
        below = self._denominator(first.end, first.value)
        if below and first.value < below:
            return Part(first.value / below, first.end + 1, grows=True)
        return None

    def _denominator(self, at: int, above: Fraction) -> int | None:
        word = self._tokens[at].word
        single = self._numerals.single_denominators.get(word) if above == 1 else None
        return single or self._numerals.denominators.get(word)

    def _mixed(self, part: Part) -> Part:
        """Two and a half, пять с половиной, ноль целых пять десятых, бір жарым."""
        if part.value.denominator != 1:
            return part
        for link in self._numerals.mixed_by:
            after = self._after(part.end, link)
            tail = (self._fraction(after) or self._whole(after)) if after is not None else None
            if tail and 0 < tail.value < 1:
                return Part(part.value + tail.value, tail.end, grows=True)
        return part

    def _scaled(self, part: Part, above: Fraction = _NOTHING) -> Part:
        """2.5 million, half a million, a couple of hundred, полтора миллиарда; each scale is larger than the last."""
        if not part.grows:
            return part
        is_word = self._tokens[part.end - 1].value is None
        for link in self._numerals.scaled_by if is_word else ((),):
            after = self._after(part.end, link)
            word = self._number_word(after) if after is not None else None
            if after is not None and word and word.role is Role.SCALE and word.value > above:
                return self._scaled(Part(part.value * word.value, after + 1, grows=True), word.value)
        return part

    def _continued(self, part: Part) -> Part:
        """1 million 200 thousand, 5 тысяч 300: digits with a smaller scale, or three digits after a thousand, are added."""
        scale = self._number_word(part.end - 1)
        at = part.end
        if not (scale and scale.role is Role.SCALE and self._joined(at) and self._tokens[at].value is not None):
            return part
        tail = self._scaled(Part(self._tokens[at].value or Fraction(0), at + 1, grows=True))
        if tail.value >= scale.value or (tail.end == at + 1 and not (scale.value == _THOUSAND and tail.value >= 100)):
            return part
        return self._continued(Part(part.value + tail.value, tail.end))

    def _after(self, at: int, link: Sequence[str]) -> int | None:
        """The place after some words, None if others stand there or nothing is joined to them."""
        end = at + len(link)
        if not all(self._joined(place) for place in range(at, end + 1)):
            return None
        return end if all(self._tokens[at + n].word == word for n, word in enumerate(link)) else None

    def _joined(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].joined

    def _number_word(self, at: int) -> NumberWord | None:
        return self._numerals.words.get(self._tokens[at].word) if at < len(self._tokens) else None


def _room(unit: Fraction) -> Fraction:
    """What may follow in the same hundred must be smaller than this: a unit after twenty, nothing after twelve."""
    return Fraction(100 if unit >= 100 else 10 if unit >= 20 or unit == 10 else 0)


def _is_smaller(scale: Fraction, total: Fraction) -> bool:
    """Whether a scale may follow what larger ones have made: thousand after million."""
    return total == 0 or (total % scale == 0 and total > scale)
