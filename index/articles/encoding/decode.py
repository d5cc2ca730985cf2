"""Bytes to text: UTF-8, UTF-16, and old encodings where their letters leave no doubt.

An encoding that is guessed wrong would be quoted as if it were true, so a guess is taken only if it is clear, and said;
otherwise the file is refused, with the candidates and a sample of each.
"""

import codecs
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from index.articles.encoding.letters import LETTERS, log_likelihood
from index.errors import InputError, UnreadableArticle
from index.types import Note

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names as `iconv` and people know them.
_CYRILLIC = ("windows-1251", "kz1048", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
# Letters beyond ASCII that a guess needs, and the share of them that must be small: Hebrew looks like capitals in KOI8-R.
# Measured on pieces of 40 to 400 characters in these and of 14 other languages in two encodings each: of those with 60 or more, all
# in windows-1251, KOI8-R, cp866 and ISO 8859-5 were read, nothing foreign was read as Cyrillic. A rarer encoding needs more all
# the same: what is read wrong is quoted as if it were true, and of a few words the samples that a refusal shows tell more.
_LETTERS_NEEDED = {"windows-1251": 25}
_LETTERS_NEEDED_ELSE = 150
_SMALL_NEEDED = 0.5  # not for windows-1251, by far the most frequent one
_RARER = 10.0  # nats by which any other encoding is less likely beforehand
_SAMPLE = 20_000  # bytes that a guess looks at
_TYPOGRAPHY = frozenset("«»“”„’–—…№§\xa0\xad")
_PLAUSIBLE = -4.0  # nats a character: of right readings the mean is some -3.1, of wrong ones under -5
_SURE = -3.6  # nats a character that a reading must reach to be taken
_ODD_SHARE = 0.005  # oddities a letter, at most: names such as "КазТрансГаз" are rare
_CLEAR = 8.0  # nats by which the best reading is likelier than the next: odds of 3,000 to 1
_WESTERN = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿýšžßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸÝŠŽ")
_WESTERN_SIGNS = _TYPOGRAPHY | frozenset("‘‚©®°•·€™£¥¢½¼¾²³±×ªº¿¡´µ¶")
_AFTER_NO_LETTER = frozenset("±¿¡£€¥¢½¼¾¶")
_DAMAGED = 0.1  # of the characters beyond ASCII; more than that are no damaged UTF-8 but something else
# Encodings that a page or a mail may name; of Python's others, some are no encodings of text.
_NAMEABLE = re.compile(
    r"ascii|utf-(?:7|8|8-sig|16|16-[lb]e|32|32-[lb]e)|cp\d+|iso8859-\d+|koi8-[rut]|kz1048|ptcp154|mac-[a-z]+|gb[a-z0-9]+|hz|"
    r"big5[a-z]*|shift_jis\w*|euc_\w+|iso2022_\w+|tis-620|johab"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    text: str
    letters: int
    nats: float  # log-likelihood of the characters beyond ASCII
    signs: int  # how many of these there are
    oddities: int  # capitals after small letters, words of two scripts, signs that no text has

    @property
    def mean(self) -> float:
        return self.nats / max(self.signs, 1)

    @property
    def weight(self) -> float:
        """The log-likelihood, less what makes a rarer encoding less likely beforehand."""
        return self.nats - _RARER * (self.encoding != "windows-1251")


def decode(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of a file, its line ends made newlines, and notes on how it was read: `Note("read as", "windows-1251")`.

    Raises:
        InputError: it is no text, or its encoding is not clear.
    """
    text, notes = _decode(raw)
    return re.sub("\r\n?", "\n", text), notes


def _is_mostly_ascii(raw: bytes) -> bool:
    """Whether letters beyond ASCII are as rare as in the languages of western Europe."""
    high = sum(byte > 0x7F for byte in raw[:_SAMPLE])
    return sum(chr(byte).isalpha() for byte in raw[:_SAMPLE] if byte < 0x80) > 4 * high


_UNTRUE = ("iso8859-1", "cp1252", "ascii")  # what programs name that do not know


def decode_named(raw: bytes, name: str | None) -> tuple[str, tuple[Note, ...]]:
    """The text of bytes that come with the name of their encoding, which is believed where it can be true.

    UTF-8 is known by itself.

    Raises:
        InputError: it is not clear what encoding they are in.
    """
    try:
        encoding = codecs.lookup(name or "utf-8").name
        if not _NAMEABLE.fullmatch(encoding):
            raise LookupError(encoding)
        is_wide = encoding.startswith(("utf-16", "utf-32"))
        if encoding in _UNTRUE and _is_mostly_ascii(raw):
            with suppress(InputError):
                return decode(raw)
            return re.sub("\r\n?", "\n", raw.decode("cp1252")), ()
        if encoding in _UNTRUE or raw.startswith(tuple(mark for mark, _ in _MARKS)) or (is_wide and b"\0" not in raw):
            return decode(raw)
        if not is_wide and not raw.isascii():
            with suppress(UnicodeDecodeError):
                return re.sub("\r\n?", "\n", raw.decode("utf-8")), ()
        return re.sub("\r\n?", "\n", raw.decode(encoding)), ()
    except (LookupError, UnicodeError):
        return decode(raw)


def _decode(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_marked(raw[len(mark) :], encoding)
    if b"\0" in raw[:_SAMPLE]:
        return _decode_with_nulls(raw)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        damage = _damage(raw, error)
        if damage:
            raise InputError(damage) from None
    return _decode_old(raw)


def _decode_marked(raw: bytes, encoding: str) -> tuple[str, tuple[Note, ...]]:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding[:6].upper().rstrip("-")
        raise UnreadableArticle("damaged", f"damaged {name}: byte {error.start:,} cannot be read") from None
    return text, () if encoding == "utf-8" else (Note("read as", encoding[:6]),)


def _decode_with_nulls(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """UTF-16 without a mark has a NUL byte in every blank; text in another encoding has none."""
    readings = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share_of_usual_characters(text[:_SAMPLE]) > 0.95:
            readings.append((text, (Note("read as", "utf-16 without a byte order mark"),)))
    if len(readings) != 1:
        raise UnreadableArticle("no_text", "no text: it holds NUL bytes, and is not UTF-16 by its looks")
    return readings[0]


def _share_of_usual_characters(text: str) -> float:
    """The share of characters that Latin or Cyrillic texts are made of."""
    usual = sum(c in "\t\r\n" or " " <= c <= "\u024f" or "\u0400" <= c <= "\u04ff" or c in _TYPOGRAPHY for c in text)
    return usual / max(len(text), 1)


def _damage(raw: bytes, error: UnicodeDecodeError) -> str | None:
    """What is wrong with a file that is UTF-8 but for a few bytes; None if it is not."""
    sample = raw[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]
    text = sample.decode("utf-8", "replace")
    high = sum(c > "\x7f" for c in text)
    if text.count("\ufffd") > max(_DAMAGED * high, 1 if high > 20 else 0):
        return None
    return (
        f"damaged UTF-8: byte {error.start:,} cannot be read; leave damaged bytes out: "
        "iconv -c -f utf-8 -t utf-8 FILE > NEWFILE"
    )


def _decode_old(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    sample = raw[:_SAMPLE]
    if western := _as_western(sample):
        return raw.decode("windows-1252"), (Note("read as", western),)
    readings = sorted(_readings(sample), key=lambda reading: -reading.weight)
    best = next((reading for reading in readings if reading.mean > _PLAUSIBLE), None)
    if best is None:
        raise InputError(_no_text(raw))
    others = [reading for reading in readings if reading.text != best.text]
    clear = best.mean > _SURE and best.oddities <= _ODD_SHARE * best.letters
    clear &= not others or best.weight - others[0].weight > _CLEAR
    if (
        not clear
        or best.letters < _LETTERS_NEEDED.get(best.encoding, _LETTERS_NEEDED_ELSE)
        or not _has_small_letters(best)
    ):
        raise InputError(_candidates(best, others))
    try:
        return raw.decode(best.encoding), (Note("read as", best.encoding),)
    except UnicodeDecodeError as error:
        raise UnreadableArticle(
            "no_text", f"no text: byte {error.start:,} is neither UTF-8 nor {best.encoding}"
        ) from None


def _has_small_letters(reading: _Reading) -> bool:
    letters = [char for char in reading.text if char > "\x7f" and char.isalpha()]
    return reading.encoding == "windows-1251" or sum(map(str.islower, letters)) >= _SMALL_NEEDED * len(letters)


def _as_western(sample: bytes) -> str | None:
    """Whether the bytes are Latin letters with accents and signs, each where such ones stand: "windows-1252"."""
    try:
        text = sample.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    high = [(at, char) for at, char in enumerate(text) if char > "\x7f"]
    if not all(_is_western(text[max(0, at - 1) : at], char, text[at + 1 : at + 2]) for at, char in high):
        return None
    return "windows-1252" if _is_mostly_ascii(sample) else None


def _is_western(before: str, char: str, after: str) -> bool:
    """Whether a character may stand between these two, either of which may be missing."""
    if (before.islower() and char.isupper()) or (before.isalpha() and char in _AFTER_NO_LETTER):
        return False
    around = before + after
    if char in _WESTERN:
        return around.isspace() or any(c.isascii() and c.isalpha() for c in around)
    between = len(around) == 2 and around.isalpha()
    return char in _WESTERN_SIGNS and (not between or char == "’")


def _readings(sample: bytes) -> list[_Reading]:
    readings = []
    for encoding in _CYRILLIC:
        try:
            readings.append(_reading(encoding, sample.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return readings


def _reading(encoding: str, text: str) -> _Reading:
    high = Counter(char for char in text if char > "\x7f")
    letters = Counter[str]()
    rest, strange = 0.0, 0
    for char, n in high.items():
        if char.lower() in LETTERS:
            letters[char.lower()] += n
        else:
            rest += n * (-4.0 if char in _TYPOGRAPHY else -9.0)
            strange += 0 if char in _TYPOGRAPHY else n
    odd = len(_ODD_CASE.findall(text)) + len(_MIXED.findall(text))
    nats = log_likelihood(letters) + rest - 4.0 * odd
    return _Reading(encoding, text, letters.total(), nats, high.total(), odd + strange)


# A capital after a small letter, or one alone within a sentence, as a dash looks in another encoding.
_ODD_CASE = re.compile(r"[а-яёәғқңөұүһіїєґ][А-ЯЁӘҒҚҢӨҰҮҺІЇЄҐ]|(?<=[а-яёәғқңөұүһіїєґ»,)] )[А-ЯЁӘҒҚҢӨҰҮҺІЇЄҐ](?= )")
# Two scripts in a word, or a sign where its capital should be.
_MIXED = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]|[…„–—][а-яёәғқңөұүһі]")


def _candidates(best: _Reading, others: list[_Reading]) -> str:
    near = [best, *(reading for reading in others if reading.mean > 2 * _PLAUSIBLE)][:3]
    if "windows-1252" not in best.encoding and len(near) == 1 and others:
        near.append(others[0])
    samples = "; ".join(f'{reading.encoding}: "{_beginning(reading.text)}"' for reading in near)
    return (
        f"not UTF-8, and too little of it to be sure of its encoding; if one of these reads well, convert the file "
        f"(iconv -f ENCODING -t utf-8 FILE > NEWFILE): {samples}"
    )


def _beginning(text: str) -> str:
    """Some words from where the first character beyond ASCII stands."""
    at = next((at for at, char in enumerate(text) if char > "\x7f"), 0)
    words = "".join(c if c.isprintable() else " " for c in text[max(0, at - 10) : at + 40])
    return " ".join(words.split())


def _no_text(raw: bytes) -> str:
    at = next(at for at, byte in enumerate(raw) if byte > 0x7F)
    return f"no text: not UTF-8 (byte {at:,}), and in no encoding that is known here does it read as words"
