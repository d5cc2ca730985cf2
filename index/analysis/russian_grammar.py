"""What Russian words are by pymorphy3: verbs or not, and in which cases, numbers and genders a noun may stand."""

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from index.analysis.dictionary import russian_forms

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_RUSSIAN = re.compile("[А-Яа-яЁё-]+")
_NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NPRO"))
_VERBAL = frozenset(("VERB", "INFN", "PRTS", "ADJS", "PRED"))
_GENDERS = {"m": "masc", "f": "femn", "n": "neut"}
_OTHER_CASES = {"gen2": "gent", "acc2": "accs", "loc2": "loct", "voct": "nomn"}


class Form(NamedTuple):
    """A case and a number that a word may stand in: "gent", "sing"."""

    case: str
    number: str


def is_verb(word: str) -> bool:
    """Whether a word most likely says what happens; a name does not.

    >>> [each for each in ("построили", "закрыт", "нужно", "терминал", "области", "Тарна") if is_verb(each)]
    ['построили', 'закрыт', 'нужно']
    """
    return not word[:1].isupper() and str(russian_forms(word)[0].tag.POS) in _VERBAL


def is_noun(word: str) -> bool:
    """Whether a word is most likely a noun, a name among them.

    >>> [each for each in ("школа", "новая", "Каменка", "открыли") if is_noun(each)]
    ['школа', 'Каменка']
    """
    return str(russian_forms(word)[0].tag.POS) == "NOUN"


@functools.lru_cache(1024)
def forms(word: str) -> tuple[Form, ...]:
    """The cases and numbers of a noun or what goes with one, the likeliest first.

    >>> [each.case for each in forms("школа")], [each.case for each in forms("ячменя")], forms("открыли")
    (['nomn'], ['gent'], ())
    """
    tags = [each.tag for each in russian_forms(word) if each.tag.POS in _NOMINAL and each.tag.case]
    found = (Form(_OTHER_CASES.get(tag.case, tag.case), tag.number or "sing") for tag in tags)
    return tuple(dict.fromkeys(found))


def genders(word: str) -> frozenset[str]:
    """The genders that a word may have where it is nominative: "m", "f", "n", or "p" for a plural.

    >>> sorted(genders("Илья")), sorted(genders("выборы")), sorted(genders("область"))
    (['m'], ['p'], ['f'])
    """
    if not _RUSSIAN.fullmatch(word):  # of a name in other letters nothing is known
        return frozenset()
    tags = [each.tag for each in russian_forms(word) if each.tag.POS in _NOMINAL and each.tag.case == "nomn"]
    return frozenset(
        "p" if tag.number == "plur" else tag.gender[0] for tag in tags if tag.number == "plur" or tag.gender
    )


def in_case(word: str, case: str, number: str) -> str:
    """A noun or an adjective in a case and a number, as it is written; the word itself where it has none.

    >>> in_case("поликлинику", "nomn", "sing"), in_case("Новую", "nomn", "sing"), in_case("школа", "accs", "sing")
    ('поликлиника', 'Новая', 'школу')
    """
    return _inflected(word, [each for each in russian_forms(word) if each.tag.number == number], case, number)


def name_in_case(name: str, case: str) -> str:
    """The name of a person, which is in the nominative, in another case.

    >>> name_in_case("Ольга Синицына", "accs"), name_in_case("Илья Рябов", "accs"), name_in_case("Daulet Nurov", "accs")
    ('Ольгу Синицыну', 'Илью Рябова', 'Daulet Nurov')
    """
    gender = genders(name.split()[0])
    return " ".join(_inflected(word, _nominatives(word, gender), case, "sing") for word in name.split())


def _nominatives(word: str, gender: frozenset[str]) -> "list[Parse]":
    return [each for each in russian_forms(word) if each.tag.case == "nomn" and str(each.tag.gender)[:1] in gender]


def _inflected(word: str, parsed: "list[Parse]", case: str, number: str) -> str:
    for each in parsed:
        is_nominal = each.tag.POS in _NOMINAL and each.tag.case
        if made := is_nominal and each.inflect({case, number}):
            return _like(made.word, word)
    return word


def past_gender(word: str) -> str | None:
    """The gender of who or what did something by a verb of the past: "m", "f", "n"; "p" if they were several, None of other verbs.

    >>> past_gender("открылась"), past_gender("построили"), past_gender("стоит")
    ('f', 'p', None)
    """
    tag = russian_forms(word)[0].tag
    if tag.number == "plur" and (tag.tense == "past" or (tag.person == "3per" and tag.transitivity == "tran")):
        return "p"
    return tag.gender[0] if tag.gender else None


def agreeing(text: str, gender: str) -> str:
    """A text with its verbs of the past in another gender, "p" for the plural.

    >>> agreeing("когда открылся", "f"), agreeing("сколько стоила", "p"), agreeing("где построили", "f")
    ('когда открылась', 'сколько стоили', 'где построили')
    """
    return " ".join(_past_in(word, gender) for word in text.split(" "))


def _past_in(word: str, gender: str) -> str:
    verb = russian_forms(word)[0]
    is_past = verb.tag.POS == "VERB" and verb.tag.tense == "past" and verb.tag.number == "sing"
    made = is_past and verb.inflect({"past", "plur"} if gender == "p" else {"past", "sing", _GENDERS[gender]})
    return _like(made.word, word) if made else word


def _like(made: str, word: str) -> str:
    made = made if "ё" in word.lower() else made.replace("ё", "е")
    return made[:1].upper() + made[1:] if word[:1].isupper() else made
