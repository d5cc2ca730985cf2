"""Takes the endings off Kazakh words, from the last to the first: case, possession, number, and a few of the verb's.

A Kazakh noun is a stem, then plural, possessive and case, always in that order, and the first sound of an ending depends
on the sound before it: қала-да, кітап-та. Both facts tell an ending from letters that merely look like one. Vowel
harmony is not asked for: borrowed words break it.
"""

import re

_VOWEL = "аәоөұүыіеэуиюяё"
_HARD = "пткқсшщцхфчбвгд"  # after these an ending begins with т, қ, к or п; б, в, г, д end borrowed words only
_NASAL = "мнң"
_CUT = 6  # letters kept: what is left of derived words and verbs differs further on
_LEAST = 3  # letters that an ending must leave
_LEAST_OF_NAME = 4

_CASE = re.compile(
    "(?:"
    f"(?<=[{_HARD}])т(?:ағы|егі|ікі|ың|ің|ан|ен|а|е|ы|і)|"
    f"(?<=[^{_HARD}])д(?:ағы|егі|а|е)|(?<=[ыі])нд(?:ағы|егі|а|е)|"
    f"(?<=[^{_HARD}{_NASAL}])д(?:ікі|ың|ің|ан|ен)|(?<=[^{_HARD}{_VOWEL}])д(?:ы|і)|"
    f"(?<=[{_NASAL}{_VOWEL}])н(?:ікі|ың|ің|ан|ен)|(?<=[{_VOWEL}])н(?:ы|і)|"
    f"(?<=[{_HARD}])(?:қа|ке)|(?<=[^{_HARD}])(?:ға|ге)|"
    "(?<=[ыі])н(?:а|е)?|[мбп]ен(?:ен)?"
    ")$"
)
_POSSESSIVE = re.compile(
    f"(?:(?<=[{_VOWEL}])(?:мыз|міз|ңыз|ңіз|сы|сі)|ымыз|іміз|ыңыз|іңіз|(?<=[^{_VOWEL}])(?:ым|ім|ың|ің|ы|і))$"
)
_PLURAL = re.compile(f"(?:(?<=[{_HARD}])т(?:ар|ер)|(?<=[^{_HARD}{_VOWEL}ру])д(?:ар|ер)|(?<=[{_VOWEL}рй])л(?:ар|ер))$")
_VERB = re.compile(
    "(?:[аей]т(?:ын|ін)(?:дығы|дігі)?|[аей]д(?:ы|і)|"
    f"(?<=[{_HARD}])(?:қан|кен)|(?<=[^{_HARD}])(?:ған|ген)|(?<=[^{_VOWEL}])(?:ып|іп))$"
)
_HARDENED = {"ғ": "қ", "г": "к", "б": "п"}  # кітабы is of кітап


def stem(word: str) -> str:
    """What the forms of a lower-case word share, six letters at most.

    >>> stem("кітабы"), stem("кітаптарымызда"), stem("қалалардағы"), stem("заңдарының"), stem("жазған")
    ('кітап', 'кітап', 'қала', 'заң', 'жаз')
    """
    bare = word
    for ending in (_CASE, _POSSESSIVE, _PLURAL):
        bare = _without(bare, ending, _LEAST)
    if bare == word:
        bare = _without(word, _VERB, _LEAST)
    if bare != word:
        bare = bare[:-1] + _HARDENED.get(bare[-1], bare[-1])
    return bare[:_CUT]


def without_case(word: str) -> str:
    """A lower-case name without its case; what looks like another ending (Қасым, Есік) belongs to it.

    >>> without_case("тоқаевтың"), without_case("ақордадағы"), without_case("қасым")
    ('тоқаев', 'ақорда', 'қасым')
    """
    return word if word.endswith("стан") else _without(word, _CASE, _LEAST_OF_NAME)


def _without(word: str, ending: re.Pattern[str], least: int) -> str:
    found = ending.search(word)
    return word[: found.start()] if found and found.start() >= least else word
