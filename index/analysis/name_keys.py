"""Folds a word to a key that all spellings of a name share: Tokayev, Toqaev, Токаевым and Тоқаевтың are one.

A key is a skeleton of sounds, not a transliteration. What spellings agree on stays (consonants, the first vowel's
kind, every a); what they write each their own way goes (other vowels, glides, soft signs, doubled letters, endings).
"""

import functools
import re
import unicodedata

from index.analysis.languages import RECORDS, record

MARK = "≈"  # before a key in the index; not an ASCII sign, FTS5 would take that for a space
SHORTEST = 4  # letters; the skeletons of shorter words say too little
LONGEST = 40  # letters; what is longer is no word
_LEAST = 3  # sounds in a key; and consonants in a word that may lose its vowels

# One letter stands for a sound, Cyrillic and Latin with marks alike: š for ш, щ and ч, since Шоқан is Chokan too.
_LETTERS = str.maketrans(
    dict(zip("абвгғдезийкқлмнңоөпрстуұүфхһыіэәё", "abvggdesiikklmnnooprstuuufhhiieae", strict=True))
    | {"ж": "j", "ц": "c", "ч": "š", "ш": "š", "щ": "š", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
    | {"ş": "š", "ç": "š", "č": "š", "ž": "j", "ı": "i", "ý": "u", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "z": "s"}
)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("stein", "штеin"),
        ("ti(?=ons?$)", "ц"),  # constitution, конституция
        ("s[hc]{1,2}h|tch|sh", "ш"),
        ("ch(?=[bdfgklmnrstv])", "h"),  # Rachmaninov, chrome
        ("ch", "ч"),
        ("d?zh|dj|дж", "ж"),
        ("kh", "х"),
        ("ts|tz", "ц"),
        ("ph|ff", "f"),
        ("th", "t"),
        ("gh", "g"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("[cq]", "k"),
        ("x", "ks"),
        ("ng|н[гғ]|ң[гғ]?", "n"),
        ("(?<=[oe])[wf]$|^wh?|(?<![aeiouy])w|^[уu](?=[aeiаәеи])", "v"),  # Krakow, Darwin, Уәлиханов
        ("w", "u"),
        ("(?<=.)[хhһ]", "k"),  # Балхаш, Балқаш
    )
)
_KAZAKH = RECORDS["kk"]
_MAY_BE_STEM = re.compile("[дтн][аеыі]$")  # a Kazakh case in алматыда, the name's own end in ақорда and қарағанды
# -ский, and the genitive in Kazakh Latin
_LATIN_ENDING = re.compile("(?<=...)[ntd][yıiu][ńñ]$|(?<=....)sk(?:i|y|ii|iy|yy|ij)$")
_VOWELS = frozenset("aeiouy")
_PARTS = re.compile("[aeiouy]+|[^aeiouy]+")
_DOUBLED = re.compile(r"([^aeiouy])\1+")


def name_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of a lower-case word, none for a short one.

    One as a rule; two for a name in -uly, often written -ov, and where a Kazakh ending may belong to the name.

    Args:
        language: of the text; its case endings are taken off. Latin letters are read alike in all.

    >>> name_keys("tokayev", "en") == name_keys("токаевым", "ru") == name_keys("тоқаевтың", "kk")
    True
    >>> name_keys("tokarev", "en"), name_keys("дулатұлы", "kk")
    (('tukarv',), ('dulatl', 'dulatv'))
    """
    return _keys(word, language)


@functools.lru_cache(maxsize=1 << 17)  # a text repeats its words: nearly every look-up is answered from here
def _keys(word: str, language: str) -> tuple[str, ...]:
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return ()
    base = without_ending(word, language)
    if base.endswith(("ұлы", "улы", "uly")) and len(base) > 5:
        return (_skeleton(base), _skeleton(base[:-3] + "ov"))
    forms = (word, base) if _MAY_BE_STEM.match(word[len(base) :]) else (base,)
    return tuple(dict.fromkeys(key for key in map(_skeleton, forms) if len(key) >= _LEAST))


def without_ending(word: str, language: str) -> str:
    """A lower-case name without its case ending, and without -ский in Latin letters."""
    if not "Ѐ" <= word[-1] <= "ӿ":
        return _LATIN_ENDING.sub("", word)
    if not _KAZAKH.letters.isdisjoint(word):
        return _KAZAKH.without_case(word)
    spoken = record(language)
    return (spoken if spoken.cyrillic else RECORDS["ru"]).without_case(word)


def _skeleton(word: str) -> str:
    """The sounds of a word that every spelling keeps."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    folded = unicodedata.normalize("NFKD", word.translate(_LETTERS)).replace("s\u030c", "š")
    sounds = _DOUBLED.sub(r"\1", "".join(c for c in folded if c.isalpha()))
    if len(sounds) > SHORTEST and sounds[-1] == "s" and sounds[-2] not in _VOWELS:
        sounds = sounds[:-1]  # Kipchaks
    parts = _PARTS.findall(sounds)
    short = sum(len(part) for part in parts if part[0] not in _VOWELS) < _LEAST  # it needs its vowels
    return "".join(
        _vowel(part, at < 2, at == len(parts) - 1, short) if part[0] in _VOWELS else part
        for at, part in enumerate(parts)
    )


def _vowel(run: str, first: bool, last: bool, short: bool) -> str:
    """What stays of a run of vowels: a, u for a rounded one, i for another, or nothing."""
    if last and not first and not short:
        return ""
    if "a" in run:
        return "a"
    rounded = run[0] in "ou"
    kept = first or (short and (last or rounded))
    return ("u" if rounded else "i") if kept else ""
