"""Unicode helpers: text that is safe to store, to compare and to print."""

import re
import unicodedata

# Control characters but the newline, surrogates, private use (the categories Cc, Cs and Co), and unseen marks.
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
    "\u00ad\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)


def printable(text: str) -> str:
    """NFC text whose only control characters are newlines: no terminal escapes, no direction overrides.

    Zero-width joiners stay, since some scripts need them; tabs and odd line ends become blanks and newlines.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """Printable text on one line, for titles and sources."""
    return " ".join(printable(text).split())


# Latin letters that look like Cyrillic ones, and the other way round; capital letters look alike more often.
_LATIN, _CYRILLIC = "AaBCcEeHKkMOoPpTXxYyIiJjSsÏïÄäƏəh", "АаВСсЕеНКкМОоРрТХхУуІіЈјЅѕЇїӒӓӘәһ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_LETTERS = re.compile(r"[^\W\d_]+")
_IS_LATIN, _IS_CYRILLIC = re.compile("[A-Za-zÏïÄäƏə]"), re.compile("[Ѐ-ԯ]")


def without_lookalikes(text: str) -> str:
    """A text of the same length whose words are each of one script: Latin letters in Cyrillic words become Cyrillic.

    A word stays as it is where letters of either script have no twin in the other (iPhoneның).

    >>> without_lookalikes("Aлматы, диpeктop") == "Алматы, директор", without_lookalikes("iPhoneның")
    (True, 'iPhoneның')
    """
    return _LETTERS.sub(_in_one_script, text) if _is_mixed(text) else text


def _is_mixed(text: str) -> bool:
    return bool(_IS_LATIN.search(text) and _IS_CYRILLIC.search(text))


def _in_one_script(found: re.Match[str]) -> str:
    word = found[0]
    if not _is_mixed(word):
        return word
    ways = [word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)]
    if 2 * len(_IS_CYRILLIC.findall(word)) < len(word):
        ways.reverse()
    return next((way for way in ways if not _is_mixed(way)), word)
