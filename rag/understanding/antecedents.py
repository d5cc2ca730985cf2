"""What a pronoun may mean: the persons and the things of a question and its answer, by kind and number."""

import re
from itertools import groupby, pairwise

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import FollowUpWords, whole_words
from index.analysis.russian_grammar import genders
from rag.understanding.things import DOING, counted_in, head_of, placed_things, thing_in, without_office

MASCULINE, FEMININE, NEUTER, PLURAL = "m", "f", "n", "p"

_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_NAME = re.compile(rf"{_CAPITAL}[\w'’-]*(?: {_CAPITAL}[\w'’-]*)*")


def meant_by(pronoun: str, before: str, answer: str | None, language: str, said: str = "") -> tuple[str, ...]:
    """What a pronoun may mean after a question and its answer: nothing if none of its kind and number was named, several if it is open.

    Args:
        before: the question before; `answer` are the words that answered it.
        said: what the pronoun stands in, which may be said of things alone.

    >>> meant_by("it", "Where is the new school in Kegen?", None, "en")
    ('the new school in Kegen',)
    >>> meant_by("he", "Who is the mayor of Kentau?", "Daulet Nurov", "en"), meant_by("he", "Where is the school?", None, "en")
    (('Daulet Nurov',), ())
    >>> meant_by("он", "Сколько стоил ремонт моста?", "9 миллионов", "ru")
    ('ремонт моста',)
    >>> meant_by("she", "Who joined?", "Anna Lee and Vera Holt", "en"), meant_by("они", "Кто вошёл?", "Анна Ли и Вера Хольт", "ru")
    (('Anna Lee', 'Vera Holt'), ('Анна Ли и Вера Хольт',))
    >>> meant_by("он", "Кто директор музея Тольма?", "Семён Лапин", "ru", "когда он открылся")
    ('музей Тольма',)
    """
    known = record(language).follow_up
    people, thing = persons_in(before, answer, known), thing_in(before, language)
    if pronoun in known.plurals and (together := _together(people, answer)):
        return together
    is_thing = pronoun in known.places or bool(whole_words(known.of_things).search(said))
    if language == "en":
        counted = counted_in(before, known)
        thing = thing or next(iter(placed_things(before, "en")), None)
        if thing and answer and whole_words(record("en").answers.offices).search(thing) and re.match("an? ", answer):
            thing = answer if pronoun == "it" else thing  # what the minister promised, not the minister
        found = _in_english(pronoun, people, thing, before) or _in_english(pronoun, (), counted, before)
        return tuple(DOING.sub("", each) for each in found)
    if is_thing:
        people, thing = (), without_office(thing, language)
    if language == "kk":
        return people or _only(thing)
    return _in_russian(pronoun, people, thing) or _in_russian(
        pronoun, (), next(iter(placed_things(before, "ru")), None)
    )


def names(text: str, first: int = 0) -> list[str]:
    """Runs of words that begin with a capital letter, from the word of that number on."""
    words = [word.strip(",.:;«»\"'()?!") for word in text.split()[first:]]
    runs = groupby(words, key=lambda word: word[:1].isupper())
    return [" ".join(run) for capital, run in runs if capital]


def person_in(before: str, answer: str | None, known: FollowUpWords) -> str | None:
    """The person that a question or its answer names, the first of several."""
    return next(iter(persons_in(before, answer, known)), None)


def persons_in(before: str, answer: str | None, known: FollowUpWords) -> tuple[str, ...]:
    """The person that a question or its answer names; several where the answer joins their names."""
    bare = before.strip().rstrip("?!. ")
    asked = whole_words(known.asking).search(bare)
    named = [
        name
        for name in names(bare[asked.end() :] if asked else bare) or names(bare, 1)
        if not re.search(rf"[«“\"]{re.escape(name)}", bare)  # a ship, a theatre
    ]
    full = [
        name
        for name in named
        if " " in name and not re.search(rf"(?<!\w)(?:{known.place})", f"{_word_before(name, bare)} {name}")
    ]
    if full:
        return (full[-1],)
    asks = asks_for_person(before)
    answered = [name for name in names(answer or "") if not re.search(rf"[«“\"]{re.escape(name)}", answer or "")]
    if in_full := [name for name in answered if " " in name]:
        return _joined(answer or "", known) or (in_full[0],)
    if answered and asks:
        return _joined(answer or "", known) or (answered[0],)
    lone = [name for name in named if not _is_placed(name, bare, known)]
    return (lone[-1],) if lone else ()


def asks_for_person(question: str) -> bool:
    """Whether a question asks who, in any language."""
    return any(re.search(each.answers.asks_person, question, re.IGNORECASE) for each in RECORDS.values())


def _word_before(name: str, text: str) -> str:
    return next(iter(text[: text.find(name)].split()[-1:]), "")


def _joined(answer: str, known: FollowUpWords) -> tuple[str, ...]:
    """The names in an answer if they stand side by side, with hardly more than a comma or "and" between them."""
    found = list(_NAME.finditer(answer))
    between = [answer[one.end() : other.start()] for one, other in pairwise(found)]
    joins = re.compile(rf"\W+(?:(?:{known.joins})\W+)?", re.IGNORECASE)
    are_joined = between and all(map(joins.fullmatch, between))
    return tuple(each[0] for each in found) if are_joined else ()


def _is_placed(name: str, text: str, known: FollowUpWords) -> bool:
    """Whether a name follows a preposition, as names of places do, or stands before what is named by it: the Narym "port"."""
    before = rf"(?:{known.prepositions})\s+(?:the\s+)?{re.escape(name)}"
    behind = rf"{re.escape(name)} (?!(?:{known.finite}|{known.asking})(?!\w))(?-i:[a-zа-яёәғқңөұүһі])"
    return bool(re.search(rf"(?<!\w)(?:{before}|{behind})", text, re.IGNORECASE))


def _only(named: str | None) -> tuple[str, ...]:
    return (named,) if named else ()


def _together(people: tuple[str, ...], answer: str | None) -> tuple[str, ...]:
    """Several persons as the answer names them: "Anna Lee and Vera Holt"."""
    if len(people) < 2 or not answer:
        return ()
    return (answer[answer.index(people[0]) : answer.rindex(people[-1]) + len(people[-1])],)


def _in_english(pronoun: str, people: tuple[str, ...], thing: str | None, before: str) -> tuple[str, ...]:
    known = record("en").follow_up
    is_plural = bool(thing and re.search(r"(?<![su])s$", thing.split(" of ")[0].split(" in ")[0]))
    if pronoun in known.places:
        return _only(without_office(thing, "en"))
    if pronoun in ("it", "its"):
        owner = without_office(thing and thing.partition("'s ")[0], "en")
        return () if is_plural or thing in people else _only(owner)
    if pronoun in known.plurals:
        return _only(thing) if is_plural else ()
    is_person = asks_for_person(before) or bool(thing and whole_words(record("en").answers.persons).search(thing))
    return people or (_only(thing) if is_person else ())


def _in_russian(pronoun: str, people: tuple[str, ...], thing: str | None) -> tuple[str, ...]:
    if pronoun in record("ru").follow_up.places:
        return _only(thing)
    kinds = _PRONOUNS.get(pronoun, frozenset())
    fitting = (tuple(each for each in named if kinds_of(each) & kinds) for named in (people, _only(thing)))
    return next(filter(None, fitting), ())


def kinds_of(named: str) -> frozenset[str]:
    """The genders that a Russian name or noun may have, or that it is plural; of what is not known, either of a person's.

    >>> sorted(kinds_of("новая школа в Кегене")), sorted(kinds_of("мост")), sorted(kinds_of("выборы")), sorted(kinds_of("Илья Рябов"))
    (['f'], ['m'], ['p'], ['m'])
    """
    words = named.split()
    return genders(words[head_of(words)]) or frozenset((MASCULINE, FEMININE))


_PRONOUNS = {
    form: frozenset(kinds)
    for every, kinds in (
        ("он него него нём нем него ему нему", "mn"),
        ("его", "mn"),
        ("им ним", "mnp"),
        ("она её ее ей ней неё нее", "f"),
        ("оно", "n"),
        ("они их них ими ними", "p"),
    )
    for form in every.split()
}
