"""How often each letter occurs in Russian, Kazakh and Ukrainian: what tells one old encoding from another."""

import math

# Per mille of the Cyrillic letters of the seeds' Russian and Kazakh texts (7,000 letters each):
# Counter(c for c in body.lower() if c is Cyrillic), rounded, at least 1. Ukrainian is after the order of its letters as
# handbooks give it; it is here only so that Ukrainian in windows-1251 is not taken for Kazakh in KZ-1048.
_PER_MILLE = {
    "ru": "о106 е95 а82 т74 н68 и66 с58 р57 в42 п41 л36 м31 к31 д29 у25 з18 ы17 я17 г15 ь14 ч14 б13 й10 ж10 ц5 х5 щ5 ш4 "
    "ф4 ю3 э3 ъ1 ё1",
    "kk": "а121 е83 т76 ы73 н71 р59 і51 л46 д42 с40 қ32 м31 о30 к24 п20 ң20 б19 з18 ж17 и15 у15 й14 ғ12 ұ11 г10 ш9 ө9 ү8 "
    "ә7 я5 ф3 в3 ц3 х2 ь1 э1 ё1 ю1 ч1 щ1 ъ1 һ1",
    "uk": "о94 а83 н68 и61 і57 в54 т53 р50 е47 с41 к36 у33 л36 д33 м29 п29 я23 з21 ь18 г15 б16 ч12 й13 х11 ц9 ж8 ю8 ш7 ї7 "
    "є5 щ4 ф3 ґ1",
}
_UNKNOWN = math.log(0.0002)  # a letter that the language has not


def _table(line: str) -> dict[str, float]:
    return {item[0]: math.log(int(item[1:]) / 1000) for item in line.split()}


_TABLES = {language: _table(line) for language, line in _PER_MILLE.items()}
LETTERS = frozenset(letter for table in _TABLES.values() for letter in table)


def log_likelihood(counts: dict[str, int]) -> float:
    """The log-likelihood (nats) of small Cyrillic letters, counted, in the language that makes them likeliest."""
    return max(sum(n * table.get(letter, _UNKNOWN) for letter, n in counts.items()) for table in _TABLES.values())
