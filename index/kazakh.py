"""Takes the endings off Kazakh words, from the last to the first: case, possession, number, and a few of the verb's.

A Kazakh noun is a stem, then plural, possessive and case, always in that order, and the first sound of an ending depends
on the sound before it: қала-да, кітап-та. Both facts tell an ending from letters that merely look like one. Vowel
harmony is not asked for: borrowed words break it.
"""

import re
from typing import NamedTuple

_VOWEL = "аәоөұүыіеэуиюяё"
_HARD = "пткқсшщцхфчбвгд"  # after these an ending begins with т, қ, к or п; б, в, г, д end borrowed words only
_NASAL = "мнң"


def _slot(*endings: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(endings)})$")


# Endings of a slot, longest first. Two letters and a vowel must remain; that is asked in `_off`.
_CASE = _slot(
    f"(?<=[{_HARD}])т(?:ағы|егі)",
    f"(?<=[^{_HARD}])д(?:ағы|егі)",
    f"(?<=[ыі])нд(?:ағы|егі)",
    f"(?<=[{_HARD}])т(?:ікі|ың|ің|ан|ен|а|е|ы|і)",
    f"(?<=[^{_HARD}{_NASAL}])д(?:ікі|ың|ің)",
    f"(?<=[{_NASAL}{_VOWEL}])н(?:ікі|ың|ің|ан|ен)",
    f"(?<=[ыі])нд(?:а|е)",
    f"(?<=[^{_HARD}{_NASAL}])д(?:ан|ен)",
    f"(?<=[^{_HARD}])д(?:а|е)",
    f"(?<=[^{_HARD}{_VOWEL}])д(?:ы|і)",
    f"(?<=[{_VOWEL}])н(?:ы|і)",
    f"(?<=[{_HARD}])(?:қа|ке)",
    f"(?<=[^{_HARD}])(?:ға|ге)",
    "(?<=[ыі])н(?:а|е)?",
    "(?:м|б|п)ен(?:ен)?",
)
_POSSESSIVE = _slot(
    f"(?<=[{_VOWEL}])(?:мыз|міз|ңыз|ңіз|сы|сі)", "ымыз", "іміз", "ыңыз", "іңіз", f"(?<=[^{_VOWEL}])(?:ым|ім|ың|ің|ы|і)"
)
_PLURAL = _slot(
    f"(?<=[{_HARD}])т(?:ар|ер)", f"(?<=[^{_HARD}{_VOWEL}ру])д(?:ар|ер)", f"(?<=[{_VOWEL}рй])л(?:ар|ер)"
)
_VERB = _slot(
    "(?:а|е|й)т(?:ын|ін)(?:дығы|дігі)?",
    "(?:а|е)д(?:ы|і)",
    "йд(?:ы|і)",
    f"(?<=[{_HARD}])(?:қан|кен)",
    f"(?<=[^{_HARD}])(?:ған|ген)",
    f"(?<=[^{_VOWEL}])(?:ып|іп)",
)
_HARDENED = {"ғ": "қ", "г": "к", "б": "п"}  # кітап, кітабы


def _off(word: str, slot: re.Pattern[str], least: int) -> str:
    found = slot.search(word)
    return word[: found.start()] if found and found.start() >= least else word

def without_case(word: str) -> str:
    """A noun without its case ending."""
    return _off(word, _CASE, 4)
def stem(word, least=3, verb=True, deriv=False, cut=6):
    a=word
    bare = _off(word, _CASE, least)
    bare2 = _off(bare, _POSSESSIVE, least)
    bare3 = _off(bare2, _PLURAL, least)
    if verb and bare3==word: bare3=_off(word,_VERB,least)
    w=bare3
    if deriv: w=_off(w,_DER,least)
    if w!=word and w[-1] in _HARDENED: w=w[:-1]+_HARDENED[w[-1]]
    return w[:cut] if cut else w
_DER=_slot("(?:л|д|т)(?:ық|ік|ығ|іг)","(?:ш)(?:ы|і)","с(?:ыз|із)")
