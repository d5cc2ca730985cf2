"""Makes a question that stands alone of one that leans on those before it: "and when?", "а сколько законов?", "ал қашан?".

No model: a follow-up is recognised by how it begins, by its pronouns, or by having nothing but a question word, and
takes from the question before it what it lacks. What comes out is shown to the person, who sees what was asked.
"""

import re
from itertools import groupby
from typing import NamedTuple

from index import detect

SHORT = 6  # words; a longer question with no pronoun in it says all it needs

_OPENERS = {
    "en": re.compile(r"(?:and|but|so|then|or|what about|how about|and what about|and how about)\b[\s,]*", re.I),
    "ru": re.compile(r"(?:а|и|но|ну|или|а как насч[её]т|как насч[её]т|а что насч[её]т|а что с)(?=[\s,?])[\s,]*", re.I),
    "kk": re.compile(r"(?:ал|және|ал енді|енді|сонда|бірақ)(?=[\s,?])[\s,]*", re.I),
}
# A question word with what belongs to it; the thing that is counted or chosen stays apart.
_ASKING = {
    "en": re.compile(
        r"\b(?:how (?:many|much|long|often|far|old|large|big)|since when|until when|when|where|why|how|who(?:m|se)?|which|"
        r"what (?:time|day|date|year|month|number|share)|what)\b",
        re.I,
    ),
    "ru": re.compile(
        r"\b(?:(?:с|до|во|в|на|к|о|об|от|из|у|по|за|при)\s+)?(?:скольк\w+|когда|где|куда|откуда|почему|зачем|как(?:ой|ая|ое|ие|ого|ому|им|ом|ую|их|ими)?|"
        r"кто|кого|кому|кем|ком|что|чего|чему|чем|ч[её]м|чей|чья|ч[ьи][её]|чьи)\b",
        re.I,
    ),
    "kk": re.compile(
        r"\b(?:қанша\w*|неше\w*|қашан\w*|қайда\w*|қай(?:сы\w*|дан)?|неге|неліктен|қалай|қандай|кім\w*|не(?:мен|ні|нің|ден)?)\b",
        re.I,
    ),
}
_PRONOUNS = {
    "en": re.compile(r"\b(?:he|she|it|they|him|her|them|his|hers|its|their)\b", re.I),
    "ru": re.compile(r"\b(?:он|она|оно|они|его|е[её]|их|ему|ей|им|ими|н[её]м|ней|них|него|не[её])\b", re.I),
    "kk": re.compile(r"\b(?:ол|олар|оны|оның|оған|онда|одан|онымен|олардың|оларды)\b", re.I),
}
_POSSESSIVE = frozenset("his hers its their его её ее их оның олардың".split())
_HELPERS = re.compile(
    r"\b(?:do|does|did|is|are|was|were|be|will|would|can|could|must|should|shall|may|might|has|have|had)\b", re.I
)
_RUSSIAN_VERB = re.compile(
    r"\b(?:нужно|надо|можно|прид[её]тся|будет|будут|был[аои]?|есть|\w{2,}(?:ется|ются|ится|ятся|ался|алась|алось|ались|ился|илась|"
    r"илось|ились|лся|лась|лось|лись|ает|яет|ует|ают|яют|уют|еет|еют|ит|ят|ал|ала|али|ило|ил|ила|или|ыл|ела|ели|"
    r"дут|дет|нут|нет|мут|кут|чат|жат|ены|ено|ена|ят|ать|ить|еть|ти))\b",
    re.I,
)
_KAZAKH_WHAT_OF = re.compile(r"\s*\bше\b\s*", re.I)
_WORD = re.compile(r"[\w'’-]+")


class Said(NamedTuple):
    """A question as it was understood, and the words that answered it, None if nothing did."""

    question: str
    answer: str | None = None


def standalone(question: str, said: Said | None) -> str:
    """The question as it would be asked without the conversation before it.

    Args:
        question: as it was written.
        said: what was said just before it, if anything was.

    Returns:
        `question` itself where it stands alone, or where there is nothing to lean on: nothing in its own language.

    >>> standalone("and when?", Said("Where did the working group meet?"))
    'When did the working group meet?'
    >>> standalone("а сколько законов?", Said("Сколько статей Конституции изменят?"))
    'Сколько законов изменят?'
    >>> standalone("ал қашан?", Said("Жұмыс тобы қайда жиналды?"))
    'Жұмыс тобы қашан жиналды?'
    """
    written = " ".join(question.split())
    if said is None or not _WORD.search(written):
        return question
    language, before = _language(written, said.question), said.question.strip().rstrip("?!. ")
    if language != detect(before):
        return question
    bare, opened = _without_opener(written.rstrip("?!. "), language)
    if language == "kk" and _KAZAKH_WHAT_OF.search(bare):
        bare, opened = _KAZAKH_WHAT_OF.sub(" ", bare).strip(), True
    count = len(_WORD.findall(bare))
    if not count:
        return question
    if (opened and count < SHORT and not _has_verb(bare, language)) or _is_elliptic(bare, language):
        return _sentence(_filled(bare, before, language))
    if (
        _PRONOUNS[language].search(bare)
        and not _names(bare, 1)
        and (name := _antecedent(before, said.answer, language))
    ):
        return _sentence(_named(bare, name, language))
    return question


def _language(question: str, before: str) -> str:
    """A question of two words says little of its language: then it is that of the question before, if both are Cyrillic."""
    own, other = detect(question), detect(before)
    return other if {own, other} == {"ru", "kk"} and _ASKING[other].search(question) else own


def _without_opener(text: str, language: str) -> tuple[str, bool]:
    found = _OPENERS[language].match(text)
    return (text[found.end() :], True) if found else (text, False)


def _has_verb(text: str, language: str) -> bool:
    """Whether a question seems to say what happens, and not only of what it is."""
    if language == "en":
        return bool(_HELPERS.search(text)) and len(_WORD.findall(text)) > 2
    return bool(_RUSSIAN_VERB.search(text)) if language == "ru" else len(_WORD.findall(text)) > 3


def _is_elliptic(text: str, language: str) -> bool:
    """Whether it is a question word and nothing else."""
    return not _WORD.search(_ASKING[language].sub(" ", text))


def _filled(bare: str, before: str, language: str) -> str:
    """A question word, with a thing or without, or a thing alone, put into the question before."""
    asking, asked = _ASKING[language].search(bare), _ASKING[language].search(before)
    if asking is None or asked is None:
        return f"{bare}: {before}" if asking else f"{before}: {bare}"
    thing = bare[asking.end() :].strip()
    head, tail = before[: asked.start()], before[asked.end() :].strip()
    if thing:
        return f"{head}{bare} {_what_happens(tail, language)}".strip()
    if language == "kk":
        return f"{head}{bare} {tail}".strip()
    return f"{head}{bare} {_verb_first(tail, language)}".strip()


def _what_happens(tail: str, language: str) -> str:
    """What a question says of its thing, from the verb on: "laws must change" gives "must change"."""
    if language == "kk":
        return tail.rpartition(" ")[2]
    found = (_HELPERS if language == "en" else _RUSSIAN_VERB).search(tail)
    return tail[found.start() :] if found else tail


def _verb_first(tail: str, language: str) -> str:
    """Put the helping verb where English wants it after a question word: "laws must change" gives "must laws change"."""
    found = _HELPERS.search(tail) if language == "en" else None
    if not found or found.start() == 0:
        return tail
    return f"{found[0]} {tail[: found.start()].strip()} {tail[found.end() :].strip()}"


def _antecedent(before: str, answer: str | None, language: str) -> str | None:
    """What a pronoun may mean: the last name in the question before, else the first full one in its answer."""
    asked = _ASKING[language].search(before)
    if names := _names(before[asked.end() :] if asked else before):
        return names[-1]
    return next((name for name in _names(answer or "") if " " in name), None)


def _names(text: str, first: int = 0) -> list[str]:
    """Runs of words that begin with a capital letter, from the word of that number on."""
    words = [word.strip(",.:;«»\"'()") for word in text.split()[first:]]
    runs = groupby(words, key=lambda word: word[:1].isupper())
    return [" ".join(run) for capital, run in runs if capital]


def _named(text: str, name: str, language: str) -> str:
    """The first pronoun exchanged for what it means."""

    def exchange(found: re.Match[str]) -> str:
        if language == "en" and found[0].lower() in _POSSESSIVE:
            return name + "'s"
        return name

    return _PRONOUNS[language].sub(exchange, text, count=1)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"
