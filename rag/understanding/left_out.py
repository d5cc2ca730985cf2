"""Puts into a question what it leaves out, as it was just spoken of: "а сколько стоит?", "and who is the director?", "директоры кім?"."""

import re

from index.analysis.kazakh_grammar import genitive, is_owned
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.russian_grammar import is_verb, past_gender
from index.analysis.terms import stems, words
from rag.understanding.antecedents import kinds_of, names, persons_in
from rag.understanding.said import Said
from rag.understanding.things import in_accusative, placed_things, thing_in

_WORD = re.compile(r"[\w'’-]+")


def completed_by(bare: str, said: Said, language: str) -> str | None:
    """A question with what was spoken of, if it says only what happens, or asks who holds an office; None for any other.

    Args:
        bare: the question, without its mark.

    >>> completed_by("сколько стоит", Said("Когда открыли бассейн в Каменке"), "ru")
    'сколько стоит бассейн в Каменке'
    >>> completed_by("who is the director", Said("When did the museum of Tolm open"), "en")
    'who is the director of the museum of Tolm'
    >>> completed_by("қанша тұрады", Said("Көпір қайда"), "kk"), completed_by("how much is the fare", Said("Where is the tram"), "en")
    ('Көпір қанша тұрады', None)
    """
    if names(bare, 1):
        return None
    if language == "kk":
        return _kazakh_with(bare, said)
    if _asks_of_something(bare, language):
        thing = _thing(said, language)
        return thing and (f"{bare} of {thing}" if language == "en" else f"{bare} ({thing})")
    verb = _only_verb(bare, language) if language == "ru" else None
    return _russian_with(bare, verb, said) if verb else None


def completed_across(bare: str, spoken: str, said: Said, language: str) -> str | None:
    """The same of a question in another language than the one before.

    Args:
        spoken: the language of the question; `language` is that of the one before.

    >>> completed_across("неге жабылды", "kk", Said("When was the mill built"), "en")
    'неге жабылды (the mill)'
    """
    lacks = _is_of_something(bare) if spoken == "kk" else _asks_of_something(bare, spoken)
    leans = lacks or _only_verb(bare, spoken)
    thing = _thing(said, language) if leans and not names(bare, 1) else None
    return thing and f"{bare} ({thing})"


def _kazakh_with(bare: str, said: Said) -> str | None:
    is_owned = _is_of_something(bare)
    if not is_owned and not _only_verb(bare, "kk"):
        return None
    found = persons_in(said.question, said.answer, record("kk").follow_up) if said.answer else ()
    thing = next(iter(found), None) or _thing(said, "kk")
    return thing and f"{genitive(thing) if is_owned else thing} {bare}"


def _is_of_something(bare: str) -> bool:
    """Whether a Kazakh question asks of what is somebody's, and does not say whose: ұзындығы қандай, директоры кім."""
    asked = whole_words(record("kk").follow_up.asking).search(bare)
    words = bare[: asked.start()].split() if asked else []
    return len(words) == 1 and is_owned(words[0])


def _thing(said: Said, language: str) -> str | None:
    """What was spoken of: the thing of the question before, or where that names nothing, of the last one that did; not what it counts."""
    if language == "kk" and (thing := thing_in(said.question, "kk")):  # its first word may be a name
        return thing
    spoken_of = said.question if names(said.question, 1) or not said.topic else said.topic
    asked = whole_words(record(language).follow_up.asking).search(spoken_of)
    counts = asked and whole_words(record(language).follow_up.counts).fullmatch(asked[0])
    placed = placed_things(spoken_of, language) if counts and language != "kk" else []
    return next(iter(placed), None) or thing_in(spoken_of, language)


def _only_verb(bare: str, language: str) -> str | None:
    """The verb of a question that has no other word beside the question word, which asks neither who nor what."""
    known = record(language)
    asked = whole_words(known.follow_up.asking).search(bare)
    if asked is None or (language != "ru" and re.search(known.answers.asks_person, bare, re.IGNORECASE)):
        return None
    others = _WORD.findall(f"{bare[: asked.start()]} {bare[asked.end() :]}")
    verbs = [word for word in others if _happens(word, language)]
    is_only = all(word in known.function_words for word in others if word not in verbs)
    return verbs[-1] if verbs and is_only else None


def _happens(word: str, language: str) -> bool:
    finite = rf"{record(language).follow_up.finite}|\w+(?:[ғқ]ан|[гк]ен)"  # қайда орналасқан
    return is_verb(word) if language == "ru" else bool(whole_words(finite).fullmatch(word))


def _russian_with(bare: str, verb: str, said: Said) -> str | None:
    """A Russian question with the person or the thing that its verb is said of, or that somebody does it to."""
    known, gender = record("ru").follow_up, past_gender(verb)
    thing = _thing(said, "ru")
    if re.search(record("ru").answers.asks_person, bare, re.IGNORECASE):
        is_same = not set(stems(verb, "ru")).isdisjoint(
            stem for word in words(said.question) for stem in stems(word, "ru")
        )
        return f"{bare} {in_accusative(thing)}" if thing and is_same else None  # почему закрыли мост: кто закрыл
    people = persons_in(said.question, said.answer, known) if said.answer else ()
    named = [*people, *([thing] if thing else [])]
    fitting = [each for each in named if gender is None or gender in kinds_of(each)]
    if fitting:
        return f"{bare} {fitting[0]}"
    return f"{bare} {in_accusative(named[0])}" if named and gender == "p" else None


def _asks_of_something(bare: str, language: str) -> bool:
    """Whether a question asks who holds an office, or what measures something, without saying of what."""
    known = record(language)
    if re.fullmatch(known.follow_up.of_parts, bare, re.IGNORECASE):
        return True
    asked = whole_words(known.follow_up.asking).search(bare)
    if asked is None or not re.search(known.answers.asks_person, bare, re.IGNORECASE):
        return False
    held = whole_words(rf"(?:(?:is|was|are|were) )?(?:the )?(?:[\w-]+ )?(?:{known.answers.offices})").fullmatch(
        f"{bare[: asked.start()]} {bare[asked.end() :]}".strip()
    )
    return bool(held) and not whole_words(known.follow_up.pronouns).search(bare)
