"""Puts what a pronoun means into a question that leans on what was said before it."""

import re

from index.analysis.detect import detect
from index.analysis.kazakh_grammar import genitive
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems, words
from rag.understanding.antecedents import asks_for_person, meant_by, persons_in
from rag.understanding.said import Said
from rag.understanding.things import placed_things, thing_in, without_office


def without_pronoun(bare: str, said: Said, language: str) -> tuple[str, ...]:
    """A follow-up with what its first pronoun may mean: in its place, or behind it where that would need another case."""
    if named := _with_this(bare, said, language):
        return (named,)
    found = _open_pronoun(bare, language)
    if not found:
        return (bare,)
    pronoun = found[0].lower()
    may_be = meant_by(pronoun, said.question, said.answer, language, bare)
    if not may_be and said.topic and detect(said.topic) == language:
        may_be = meant_by(pronoun, said.topic, None, language, bare)
    return tuple(_put_for(found, bare, meant, language) for meant in may_be) or (bare,)


def _with_this(bare: str, said: Said, language: str) -> str | None:
    """A follow-up that speaks of "this bridge", with the bridge that was spoken of."""
    found = re.search(rf"(?<!\w)(?:{record(language).follow_up.this})\s+(\w+)", bare, re.IGNORECASE)
    if not found:
        return None
    wanted = set(stems(found[1].lower(), language))
    for spoken_of in filter(None, (said.question, said.topic)):
        for thing in filter(None, (thing_in(spoken_of, language), *placed_things(spoken_of, language))):
            if any(wanted & set(stems(word, language)) for word in words(thing)) and " " in thing:
                return f"{bare[: found.end()]} ({thing}){bare[found.end() :]}"
    return None


def _open_pronoun(bare: str, language: str) -> re.Match[str] | None:
    """The first pronoun of a question, if nothing in the question itself may be meant by it: a name, a clause, the owner before "its"."""
    known = record(language).follow_up
    found = whole_words(known.pronouns).search(bare)
    if not found or any(map(str.isupper, bare[1:])) or "," in bare[: found.start()]:
        return None
    has_owner = language == "en" and re.search(r"\b(?:the|an?) ", bare[: found.start()])
    return None if has_owner and found[0].lower() in known.possessives else found


def _put_for(found: re.Match[str], bare: str, meant: str, language: str) -> str:
    """A follow-up with a name or a thing for its pronoun."""
    known = record(language).follow_up
    pronoun = found[0].lower()
    meant = meant if found.start() == 0 or meant.split()[0] not in ("The", "A") else meant.lower()
    if pronoun not in known.subjects:
        return f"{bare[: found.end()]} ({meant}){bare[found.end() :]}"
    is_owner = pronoun in known.possessives and not (pronoun == "her" and found.end() == len(bare))
    owner = genitive(meant) if language == "kk" else f"{meant}'s"
    return bare[: found.start()] + (owner if is_owner else meant) + bare[found.end() :]


def across_languages(bare: str, spoken: str, said: Said, language: str) -> str | None:
    """A follow-up whose pronoun means what a question in another language named, whatever its gender is here."""
    known, other = record(spoken).follow_up, record(language).follow_up
    found = _open_pronoun(bare, spoken)
    if not found:
        return None
    pronoun, thing = found[0].lower(), without_office(thing_in(said.question, language), language)
    people = persons_in(said.question, said.answer, other) if asks_for_person(said.question) else ()
    is_thing = pronoun in ("it", "its", *known.places) or whole_words(known.of_things).search(bare)
    if len(people) > 1 and not is_thing:
        return None
    meant = thing if is_thing or (not people and pronoun not in known.of_persons) else next(iter(people), None)
    return _put_for(found, bare, meant, spoken) if meant else None


def is_somebody(whole: str, bare: str, before: str, language: str) -> bool:
    """Whether a follow-up names somebody by what a person or a thing has, "and its owner?", where the question before asks no who."""
    known = record(language)
    found = _open_pronoun(bare, language)
    offices = whole_words(f"{known.answers.offices}|{known.answers.people}")
    return bool(found) and whole != bare and bool(offices.search(bare)) and not asks_for_person(before)
