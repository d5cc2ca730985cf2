"""Kazakh words by their endings: in which case a word stands, what is somebody's, and which words belong together."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"[^\s,;:]+")
_MARKS = "«»“”\"'()?!.,"
WHOSE, WHOM = 3, 4  # the numbers of the genitive and the accusative
_CASES = (
    r"\w{2,}(?:[дт][ае]|нд[ае])",  # where
    r"\w{2,}(?:[дтн]ан|[дтн]ен)",  # from where
    r"\w{2,}(?:[ғқ]а|[гк]е|[ыі]н[ае])",  # to where, to whom
    r"\w{2,}(?:[ндт][ыі]ң)",
    r"\w{3,}(?:[ндт][ыі])",  # whom
)
_OWNED = re.compile(
    r"\w{2,}(?:[^аеоөуүыіэюяғгқкйдтн\W]|с)[ыі]|\w{2,}[дтл][ыі][ғг][ыі]|аты|уақыты|мақсаты|саны|құны|ені|орны"
)
_VOICELESS = "кқпстфхцчшщһбвгд"  # as they are spoken at the end of a word

Span = tuple[int, int]


def case_of(word: str) -> int | None:
    """The number of the case that a word stands in by its ending; None for the nominative.

    >>> case_of("көлден") == case_of("қоймадан"), case_of("көлдің") == WHOSE, case_of("көл")
    (True, True, None)
    """
    plain = word.strip(_MARKS)
    return next((at for at, ending in enumerate(_CASES) if re.fullmatch(ending, plain, re.IGNORECASE)), None)


def is_owned(word: str) -> bool:
    """Whether a word is something of somebody or something: ұзындығы.

    >>> [word for word in ("директоры", "ұзындығы", "соңғы", "мектеп", "мектепті") if is_owned(word)]
    ['директоры', 'ұзындығы']
    """
    return bool(_OWNED.fullmatch(word.lower()))


def needs_owner(word: str) -> bool:
    """Whether a word in a case is something of somebody or something.

    >>> needs_owner("көлінен"), needs_owner("қоймасында"), needs_owner("көлікке"), needs_owner("мектепте")
    (True, True, False, False)
    """
    return bool(re.fullmatch(r"\w{2,}[ыі]н(?:да|де|ан|ен|а|е)", word.strip(_MARKS).lower()))


def genitive(thing: str) -> str:
    """A thing as the owner of what follows.

    >>> genitive("мектеп"), genitive("Көпір"), genitive("сүт зауыты"), genitive("қала"), genitive("Ann Lee")
    ('мектептің', 'Көпірдің', 'сүт зауытының', 'қаланың', 'Ann Lee-нің')
    """
    if thing[-1:].isascii():  # a name in other letters
        return f"{thing}-нің"
    last = thing[-1:].lower()
    vowels = [letter for letter in thing.lower() if letter in "аәеоөұүыіуиэяюё"]
    first = "н" if last in "аәеоөұүыіэяюёмнң" else "т" if last in _VOICELESS else "д"
    return f"{thing}{first}{'і' if vowels and vowels[-1] in 'әеөүіиэё' else 'ы'}ң"


def runs(words: list[str]) -> Iterator[list[str]]:
    """Runs of Kazakh words, each up to one in another case than the nominative and the genitive, or to a thing that is somebody's."""
    run: list[str] = []
    for at, word in enumerate(words):
        run.append(word)
        is_name = word[0].isupper() and case_of(word) == WHOM  # Қарағанды
        ends = not is_name and (case_of(word) not in (None, WHOSE) or is_owned(word))
        if ends or at == len(words) - 1:
            yield run
            run = []


def run_spans(text: str) -> Iterator[Span]:
    """Where the runs stand in the text before a question word."""
    tokens, at = list(_TOKEN.finditer(text)), 0
    for run in runs([token[0] for token in tokens]):
        yield tokens[at].start(), tokens[at + len(run) - 1].end()
        at += len(run)
