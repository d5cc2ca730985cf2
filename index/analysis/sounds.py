"""Whether a name in Latin letters may be read as one in Cyrillic letters: Marlow as Марлоу, Greenhithe as Гринхайт.

Nobody writes a foreign name letter by letter: th is т, с or з, and w is у, в or nothing. So both are aligned as strings are by their
edit distance (Wagner and Fischer, "The String-to-String Correction Problem", 1974), but by groups of letters, each with the ways
in which it is read. What no way covers costs the more, the further apart the sounds are.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

LONGEST = 24  # letters; what is longer is no name
MOST = 0.045  # cost a letter, up to which both may be one name
_RARE = 0.2  # cost of a reading that few names have
_OTHER_VOWEL, _NEAR_SOUND, _OTHER_SOUND = 0.5, 0.5, 1.5  # of letters that no reading gives
_GLIDE, _NO_VOWEL, _NO_SOUND = 0.15, 0.3, 1.0  # of letters with nothing beside them

# Groups of Latin letters and what is heard of them, after a stroke what is in few names; "-" is nothing, "$" the end of the name.
_READINGS = """
a: а е / еи; aa: а; al: ал ел / ол; ai: аи еи е / и; ay: аи еи; au: о ау; aw: о ау; ae: е а; augh: о / оф аф; ah: а
e: е / и -; eo: ео е / ио; e$: - е и; ea: и е / еа еи; ee: и; ei: еи аи е и; ey: еи и аи; ey$: и еи; eu: еу ои иу е; ew: иу у; eigh: еи / и аи
er: ер / р
i: и / аи; ie: и ие е / аи; igh: аи; ii: и; ia: иа а; io: ио о; iu: иу у; i$: и / -
o: о ө / а оу; o$: о у; oa: о оу; oe: о е ө / у; oo: у / о; ou: у ау оу / о а; ow: оу ау / о; oy: ои; ough: о / у ау аф оф оу; oh: о
u: у ө / а е и иу; uu: у; ue: у иу / ве; ui: уи и / ви аи; uy: ии уи аи; ua: уа ва / а; ur: ур ер / ир
y: и аи / -; ya: иа а; ye: ие е; yo: ио о е; yu: иу у; yi: и
b: б / п; mb$: м мб; c: к с / ц ч; ch: ч / к х ш; ck: к; cz: ч ц; cqu: кв; ce$: с / ц; cester: стер
d: д / т; dg: дж ж; dge: дж; dj: дж ж; dzh: дж ж; dz: дз; dt: т; f: ф / в; g: г / ж дж х; gh: г / х к - ф; gn: н / гн
ge$: дж ж / г ге; gu: г гу / гв; h: х / г -; hu: ху / иу; j: дж ж х / и; jh: дж; k: к / г; kh: х / к; kn: н / кн; kj: ш
l: л; m: м; n: н; ng: н нг; p: п / б; ph: ф; pf: пф / ф; q: к / г ц; qu: кв к / ку; qi: ци ки; r: р; rz: ж рж; rh: р; wr: р
s: с з / -; sh: ш / сх; sch: ш / ск сх; sc: с ск ш; sz: ш / с; shch: ш; shire$: шир; stle: сл / стл
t: т; th: т с / з д ф; tch: ч; ts: ц тс; tz: ц; tsch: ч; ture: чер; tion: цион шен; v: в / ф
w: у в / -; wh: у в / х; wa: уо ва уа; wi: уи ви / и; wo: ву уо уу / во; wor: ву; x: кс / кз з с ш х; xh: дж; z: з с / ц; zh: ж / чж дж
"""
_LATIN = str.maketrans(
    {"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "ř": "rzh", "ı": "i", "ø": "oe", "ł": "l"}
    | {"đ": "d", "ß": "ss", "æ": "ae", "þ": "th", "ð": "d", "ö": "oe", "ü": "ue"}
)
_CYRILLIC = str.maketrans(
    dict(zip("қғңұүіһәёэыйщ", "кгнууихаееииш", strict=True)) | {"ю": "иу", "я": "иа", "ь": "", "ъ": ""}
)
_VOWELS = frozenset("аеиоөуaeiouy")
_NEAR = frozenset("бп пб гк кг дт тд зс сз жш шж вф фв хк кх хг гх цс сц чш шч чц цч жз зж".split())
_DOUBLED = re.compile(r"([^aeiou])\1+")
_END = "$"


def _readings(table: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """What is heard of each group of letters, and what it costs to take it for that."""
    entries = (entry.split(":") for entry in table.replace("\n", ";").split(";") if entry)
    return {letters.strip(): tuple(_heard(ways)) for letters, ways in entries}


def _heard(ways: str) -> Iterator[tuple[str, float]]:
    usual, _, rare = ways.partition("/")
    yield from ((way.strip("-"), 0.0) for way in usual.split())
    yield from ((way.strip("-"), _RARE) for way in rare.split())


_HEARD = _readings(_READINGS)
_WIDEST = max(map(len, _HEARD))
_BEGINNINGS = {  # of a name, by its first letter
    letter: "".join(sorted({way[:1] or "-" for group, ways in _HEARD.items() if group[0] == letter for way, _ in ways}))
    for letter in "abcdefghijklmnopqrstuvwxyz"
}


@functools.lru_cache(1 << 14)
def sounds_alike(latin: str, cyrillic: str) -> bool:
    """Whether a lower-case name in Latin letters may be one in Cyrillic letters, both without a case ending.

    >>> sounds_alike("marlow", "марлоу"), sounds_alike("greenhithe", "гринхайт"), sounds_alike("marlow", "мерлин")
    (True, True, False)
    """
    if max(len(latin), len(cyrillic)) > LONGEST:
        return False
    most = MOST * min(len(latin), len(cyrillic))
    return bool(latin) and reading_cost(latin, cyrillic, most) <= most


def reading_cost(latin: str, cyrillic: str, most: float = float("inf")) -> float:
    """What it costs to read one as the other: 0 if every letter is read in a usual way. What costs more than `most` may be infinite."""
    letters, sounds = _letters(latin), _sounds(cyrillic)
    if not _begin_alike(letters, sounds):
        return float("inf")
    costs = [[float("inf")] * (len(sounds) + 1) for _ in range(len(letters) + 1)]
    costs[0][0] = 0.0
    for i, row in enumerate(costs[:-1]):
        for j, before in enumerate(row):
            if before > most:
                continue
            for taken, heard, cost in _steps(letters, sounds, i, j):
                costs[i + taken][j + heard] = min(costs[i + taken][j + heard], before + cost)
    return costs[-1][-1]


def _begin_alike(letters: str, sounds: str) -> bool:
    """Whether the first sound may be that of the first letter, or of the second one after a silent one."""
    return sounds[:1] in _beginnings(letters[:2])


@functools.lru_cache(1 << 10)
def _beginnings(letters: str) -> str:
    beginning = _BEGINNINGS.get(letters[:1], "")
    return beginning + _BEGINNINGS.get(letters[1:], "") if "-" in beginning else beginning


@functools.lru_cache(1 << 12)
def _letters(latin: str) -> str:
    """Plain letters without doubled consonants, and the mark of their end."""
    plain = unicodedata.normalize("NFKD", latin.translate(_LATIN))
    return _DOUBLED.sub(r"\1", "".join(letter for letter in plain if letter.isalpha())) + _END


@functools.lru_cache(1 << 12)
def _sounds(cyrillic: str) -> str:
    return _DOUBLED.sub(r"\1", cyrillic.translate(_CYRILLIC))


def _steps(letters: str, sounds: str, i: int, j: int) -> Iterator[tuple[int, int, float]]:
    """The ways on from a place in both: how many letters and sounds are passed, and what that costs."""
    if letters[i] == _END:
        yield 1, 0, 0.0
    else:
        for width in range(1, min(_WIDEST, len(letters) - i) + 1):
            for way, cost in _HEARD.get(letters[i : i + width], ()):
                if sounds.startswith(way, j):
                    yield width, len(way), cost
        yield 1, 0, _alone(letters[i])
    if j < len(sounds):
        yield 0, 1, _alone(sounds[j])
        if letters[i] != _END:
            yield 1, 1, _apart(letters[i], sounds[j])


def _alone(letter: str) -> float:
    if letter in "иy":
        return _GLIDE
    return _NO_VOWEL if letter in _VOWELS else _NO_SOUND


def _apart(letter: str, sound: str) -> float:
    if letter in _VOWELS and sound in _VOWELS:
        return _OTHER_VOWEL
    usual = _HEARD.get(letter, (("", 0.0),))[0][0]
    return _NEAR_SOUND if usual + sound in _NEAR else _OTHER_SOUND
