"""What a pronoun may mean: the persons and the things of a question and its answer, by kind and number.

No parser: a thing is what stands between the question word, the verbs and the end of a question. Where that says too little,
nothing is taken for meant.
"""

import re
from itertools import groupby

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import FollowUpWords, whole_words

MASCULINE, FEMININE, NEUTER, PLURAL = "m", "f", "n", "p"

_RUSSIAN_ADJECTIVE = re.compile(r"\w+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ых|их)")
_KAZAKH_CASE = re.compile(r"\w{3,}(?:[ндт][ыі]|[ндт]а|[ндт]е|[ғқ]а|[гк]е|[ндт]ан|[ндт]ен|[ндт][ыі]ң)")


def meant_by(pronoun: str, before: str, answer: str | None, language: str) -> str | None:
    """What a pronoun means after a question and its answer; None if nothing of its kind and number was named.

    >>> meant_by("it", "Where is the new school in Kegen?", None, "en")
    'the new school in Kegen'
    >>> meant_by("he", "Who is the mayor of Kentau?", "Daulet Nurov", "en"), meant_by("he", "Where is the school?", None, "en")
    ('Daulet Nurov', None)
    >>> meant_by("он", "Сколько стоил ремонт моста?", "9 миллионов", "ru")
    'ремонт моста'
    """
    known = record(language).follow_up
    person, thing = person_in(before, answer, known), thing_in(before, language)
    if language == "en":
        counted = counted_in(before, known)
        return _in_english(pronoun, person, thing, before) or _in_english(pronoun, None, counted, before)
    if language == "ru":
        return _in_russian(pronoun, person, thing)
    return person or thing


def names(text: str, first: int = 0) -> list[str]:
    """Runs of words that begin with a capital letter, from the word of that number on."""
    words = [word.strip(",.:;«»\"'()?!") for word in text.split()[first:]]
    runs = groupby(words, key=lambda word: word[:1].isupper())
    return [" ".join(run) for capital, run in runs if capital]


def person_in(before: str, answer: str | None, known: FollowUpWords) -> str | None:
    """The person that a question or its answer names."""
    bare = before.strip().rstrip("?!. ")
    asked = whole_words(known.asking).search(bare)
    named = names(bare[asked.end() :] if asked else bare) or names(bare, 1)
    full = [name for name in named if " " in name]
    if full:
        return full[-1]
    answered = names(answer or "")
    if in_full := [name for name in answered if " " in name]:
        return in_full[0]
    if answered and asks_for_person(before):
        return answered[0]
    lone = [name for name in named if not _is_placed(name, bare, known)]
    return lone[-1] if lone else None


def asks_for_person(question: str) -> bool:
    """Whether a question asks who, in any language."""
    return any(re.search(each.answers.asks_person, question, re.IGNORECASE) for each in RECORDS.values())


def _is_placed(name: str, text: str, known: FollowUpWords) -> bool:
    """Whether a name follows a preposition, as names of places do."""
    return bool(re.search(rf"(?<!\w)(?:{known.prepositions})\s+(?:the\s+)?{re.escape(name)}", text, re.IGNORECASE))


def thing_in(question: str, language: str) -> str | None:
    """The thing that a question is about: "the bridge" in "How much will the bridge cost?"; None if it cannot be told."""
    known = record(language).follow_up
    bare = question.strip().rstrip("?!. ")
    asked = whole_words(known.asking).search(bare)
    if language == "kk":
        return _kazakh_thing(bare, asked)
    tail = bare[asked.end() :].strip() if asked else bare
    return _english_thing(tail, known) if language == "en" else _russian_thing(tail, known)


def counted_in(question: str, known: FollowUpWords) -> str | None:
    """What an English question counts or chooses: "laws" in "How many laws must change?"."""
    asked = whole_words(known.asking).search(question)
    tail = question[asked.end() :].strip() if asked else ""
    helper = whole_words(known.verbs or "").search(tail)
    return tail[: helper.start()].strip() or None if helper else None


def _english_thing(tail: str, known: FollowUpWords) -> str | None:
    """What follows the first helping verb, without the verb at its end."""
    helper = whole_words(known.verbs or "").search(tail)
    if not helper:
        return None
    rest = tail[helper.end() :].split()
    if whole_words("is|are|was|were").fullmatch(helper[0]) and not (
        rest and whole_words(known.finite).fullmatch(rest[-1])
    ):
        return " ".join(rest) or None
    at = next((at for at, word in enumerate(rest) if whole_words(known.prepositions).fullmatch(word)), None)
    if at is None:
        return " ".join(rest[:-1]) or None
    end = at + 2 + (rest[at + 1 : at + 2] in (["the"], ["a"], ["an"]))
    while end < len(rest) and rest[end][0].isupper() and rest[end - 1][0].isupper():
        end += 1
    return " ".join(rest[:-1] if end < len(rest) else rest[: at - 1]) or None


def _russian_thing(tail: str, known: FollowUpWords) -> str | None:
    """The last run of words that are no verbs, with what prepositions join to it; in the nominative if it was its object."""
    verbs = whole_words(known.finite)
    runs = [
        list(run) for is_verb, run in groupby(tail.split(), key=lambda word: bool(verbs.fullmatch(word))) if not is_verb
    ]
    if not runs or whole_words(known.prepositions).fullmatch(runs[-1][0]):
        runs = runs[:-1]
    if not runs:
        return None
    run = runs[-1]
    at = _head(run)
    if re.fullmatch(r"\w{3,}[ую]", run[at]):
        run = [re.sub("ую$", "ая", word) for word in run[:at]] + [
            run[at][:-1] + ("а" if run[at][-1] == "у" else "я"),
            *run[at + 1 :],
        ]
    return " ".join(run)


def _head(run: list[str]) -> int:
    """Which of some Russian words is the noun: the first that has no adjective's ending."""
    return next((at for at, word in enumerate(run) if not _RUSSIAN_ADJECTIVE.fullmatch(word.lower())), 0)


def _kazakh_thing(bare: str, asked: re.Match[str] | None) -> str | None:
    """What stands before the question word, its last word without case."""
    run = bare[: asked.start()].split() if asked else []
    if not run:
        return None
    last = run[-1]
    if _KAZAKH_CASE.fullmatch(last.lower()):
        last = last[: len(record("kk").without_case(last.lower()))]
    return " ".join([*run[:-1], last])


def _in_english(pronoun: str, person: str | None, thing: str | None, before: str) -> str | None:
    is_plural = bool(thing and re.search(r"(?<![su])s$", thing.split(" of ")[0].split(" in ")[0]))
    if pronoun in ("it", "its"):
        return None if is_plural or thing == person else thing
    if pronoun in ("they", "them", "their"):
        return thing if is_plural else None
    is_person = asks_for_person(before) or bool(thing and whole_words(record("en").answers.persons).search(thing))
    return person or (thing if is_person else None)


def _in_russian(pronoun: str, person: str | None, thing: str | None) -> str | None:
    for named in (person, thing):
        if named and kinds_of(named) & _PRONOUNS.get(pronoun, frozenset()):
            return named
    return None


def kinds_of(named: str) -> frozenset[str]:
    """The genders that a Russian name or noun may have by its ending, or that it is plural.

    >>> sorted(kinds_of("новая школа в Кегене")), sorted(kinds_of("мост")), sorted(kinds_of("выборы")), sorted(kinds_of("область"))
    (['f'], ['m'], ['p'], ['f', 'm'])
    """
    words = named.split()
    last = words[_head(words)][-1].lower()
    if last in "ая":
        return frozenset(FEMININE)
    if last in "оеё":
        return frozenset(NEUTER)
    if last in "ыи":
        return frozenset(PLURAL)
    return frozenset((MASCULINE, FEMININE) if last == "ь" else (MASCULINE,))


_PRONOUNS = {
    form: frozenset(kinds)
    for forms, kinds in (
        ("он него него нём нем него ему нему", "mn"),
        ("его", "mn"),
        ("им ним", "mnp"),
        ("она её ее ей ней неё нее", "f"),
        ("оно", "n"),
        ("они их них ими ними", "p"),
    )
    for form in forms.split()
}
