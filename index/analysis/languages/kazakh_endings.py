"""Puts Kazakh endings on numerals: case, possession, plural, each with the vowels and the first sound that the stem wants.

The rules are those of any school grammar: front or back vowels throughout, and the first consonant of an ending after the
last sound of the stem (қала-да, кітап-та, заң-нан).
"""

from collections.abc import Iterator

_FRONT, _BACK = "әөүіеэ", "аоұы"
_VOWELS = _FRONT + _BACK
_NASALS = "мнң"
_VOICELESS = "кқпстфхцчшщбвгд"
_SOFTENED = {"қ": "ғ", "к": "г", "п": "б"}  # before a vowel


def declined(stem: str) -> Iterator[str]:
    """A stem in its seven cases, bare and with "its" or "their", and with -дай ("about").

    >>> " ".join(declined("бес"))[:44]
    'бес бестің бесті беске бесте бестен беспен б'
    """
    wide, narrow = _vowels(stem)
    yield from in_cases(stem)
    yield stem + ("т" if stem[-1] in _VOICELESS else "д") + wide + "й"
    owned = _owned(stem, narrow)
    endings = ("", "н", f"н{wide}", f"н{narrow}ң", f"нд{wide}", f"н{wide}н", "мен")
    yield from (owned + ending for ending in endings)


def collective(stem: str) -> Iterator[str]:
    """A collective such as екеу: also as екеуіміз, "the two of us", and екеуіңіз."""
    narrow = _vowels(stem)[1]
    yield from declined(stem)
    for owner in (f"м{narrow}з", f"{narrow}м{narrow}з", f"{narrow}ң{narrow}з"):
        yield from in_cases(stem + owner)


def counted(stem: str) -> Iterator[str]:
    """A large number such as мың: also in the plural, and as мыңдаған, "thousands of"."""
    wide = _vowels(stem)[0]
    sound = "т" if stem[-1] in _VOICELESS else "д"
    yield from declined(stem)
    yield from declined(stem + f"{sound}{wide}р")
    yield stem + f"{sound}{wide}{_velar(wide)}{wide}н"


def ordinal(stem: str) -> Iterator[str]:
    """The ordinal of a stem: бес makes бесінші."""
    narrow = _vowels(stem)[1]
    link = "" if stem[-1] in _VOWELS else narrow
    return declined(f"{stem}{link}нш{narrow}")


def ablative(stem: str) -> str:
    """A stem with "from": the denominator of a fraction.

    >>> ablative("үш"), ablative("он"), ablative("екі")
    ('үштен', 'оннан', 'екіден')
    """
    wide = _vowels(stem)[0]
    return stem + ("т" if stem[-1] in _VOICELESS else "н" if stem[-1] in _NASALS else "д") + wide + "н"


def in_cases(stem: str) -> Iterator[str]:
    """A stem in its seven cases."""
    wide, narrow = _vowels(stem)
    last = stem[-1]
    hard = last in _VOICELESS
    stop = "т" if hard else "д"
    genitive = "н" if last in _VOWELS + _NASALS else stop
    accusative = "н" if last in _VOWELS else stop
    dative = {"а": "қ", "е": "к"}[wide] if hard else _velar(wide)
    instrumental = "пен" if hard else "бен" if last in "зж" else "мен"
    yield stem
    yield f"{stem}{genitive}{narrow}ң"
    yield f"{stem}{accusative}{narrow}"
    yield f"{stem}{dative}{wide}"
    yield f"{stem}{stop}{wide}"
    yield ablative(stem)
    yield stem + instrumental


def _owned(stem: str, narrow: str) -> str:
    if stem[-1] in _VOWELS:
        return f"{stem}с{narrow}"
    return stem[:-1] + _SOFTENED.get(stem[-1], stem[-1]) + narrow


def _velar(wide: str) -> str:
    return "ғ" if wide == "а" else "г"


def _vowels(stem: str) -> tuple[str, str]:
    """The wide and the narrow vowel of endings: those that go with the last vowel of the stem."""
    last = next((letter for letter in reversed(stem) if letter in _VOWELS), "а")
    return ("е", "і") if last in _FRONT else ("а", "ы")
