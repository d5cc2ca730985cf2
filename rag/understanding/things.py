"""The thing that a question is about, without a parser: what stands between the question word, the verbs and the end of the question.

Where that says too little, there is none.
"""

import re
from itertools import groupby

from index.analysis.kazakh_grammar import case_of, runs
from index.analysis.languages import record
from index.analysis.languages.record import FollowUpWords, whole_words
from index.analysis.russian_grammar import forms, in_case, is_noun, is_verb, name_in_case
from rag.understanding.noun_phrases import phrases_in
from rag.understanding.phrases import without_time
from rag.understanding.when import when

MEANT = re.compile(r"\(([^()]+)\)")  # what a pronoun of the question was found to mean
DOING = re.compile(r"\w{3,}ing (?=(?:the|an?|its|their) )")  # "building the school": the thing is the school


def thing_in(question: str, language: str) -> str | None:
    """The thing that a question is about: "the bridge" in "How much will the bridge cost?"; None if it cannot be told."""
    known = record(language).follow_up
    bare = question.strip().rstrip("?!. ")
    if meant := MEANT.search(bare):
        return meant[1]
    if time := when(bare, language):
        bare = without_time(bare, time, language)
    asked = whole_words(known.asking).search(bare)
    if language == "kk":
        return _kazakh_thing(bare, asked)
    tail = bare[asked.end() :].strip() if asked else bare
    if language == "ru":
        return _russian_thing(tail, known)
    is_why = asked is not None and asked[0].lower() == "why"
    return _english_thing(tail, known, is_why)


def placed_things(question: str, language: str) -> list[str]:
    """What stands behind the prepositions of an English or Russian question, the first one first: "the fire" in "hurt in the fire".

    >>> placed_things("How many people were hurt in the fire", "en"), placed_things("Сколько людей работает на новой шахте", "ru")
    (['the fire'], ['новая шахта'])
    """
    bare = question.strip().rstrip("?!. ")
    if time := when(bare, language):
        bare = without_time(bare, time, language)
    behind = [bare[each.start : each.end].split()[1:] for each in phrases_in(bare, language)]
    return [in_nominative(words) if language == "ru" else " ".join(words) for words in behind if words]


def counted_in(question: str, known: FollowUpWords) -> str | None:
    """What an English question counts or chooses: "laws" in "How many laws must change?"."""
    asked = whole_words(known.asking).search(question)
    tail = question[asked.end() :].strip() if asked else ""
    helper = whole_words(known.verbs or "").search(tail)
    return tail[: helper.start()].strip() or None if helper else None


def _english_thing(tail: str, known: FollowUpWords, is_why: bool) -> str | None:
    """What follows the first helping verb, without the verb at its end, or what it is that asks why; without such a verb, the object."""
    helper = whole_words(known.verbs or "").search(tail)
    if not helper:
        done = re.match(rf"(?:\w+ (?=(?:{known.finite})\W))?\w+ ((?:the|an?|its|[A-Z]\w*)\b.*)", tail)
        return done[1] if done else None
    rest = tail[helper.end() :].split()
    if rest[:1] == ["there"] or (rest and whole_words(known.finite).fullmatch(rest[0])):
        return None
    is_being = whole_words("is|are|was|were").fullmatch(helper[0])
    if is_being and not is_why and not (rest and whole_words(known.finite).fullmatch(rest[-1])):
        return " ".join(rest) or None
    return " ".join(_before_verb(rest, known)) or None


def _before_verb(words: list[str], known: FollowUpWords) -> list[str]:
    """What a verb without an ending is said of, which stands at its end or before a preposition: the road to Tolm [lead past the mill]."""
    if measured := next(
        (at for at, word in enumerate(words) if at and whole_words(known.measures).fullmatch(word)), None
    ):
        return words[:measured]
    starts = [at for at, word in enumerate(words) if whole_words(known.prepositions).fullmatch(word)]
    if not starts:
        return _without_verb(words, known)
    if starts[0] > 1 and whole_words(known.verbs or "").fullmatch(words[starts[0] - 1]):
        return words[: starts[0] - 1]
    end = starts[0]
    while end < len(words) and (end in starts or words[end] == "and"):
        end += 2 + (words[end + 1 : end + 2] in (["the"], ["a"], ["an"]))
        while end < len(words) and words[end][0].isupper() and words[end - 1][0].isupper():
            end += 1
    if end >= len(words):
        return _without_verb(words[: starts[0]], known)
    later = next((at for at in starts if at > end), len(words))
    return _without_verb(words[:later], known)


def _without_verb(words: list[str], known: FollowUpWords) -> list[str]:
    """Words without the verb at their end, which may be of several: "be closed", "begin sailing", "take place"."""
    kept = words[:-1]
    while len(kept) > 1 and whole_words(rf"{known.verbs}|take|begin|start|stop|get").fullmatch(kept[-1]):
        kept = kept[:-1]
    return kept


def _russian_thing(tail: str, known: FollowUpWords) -> str | None:
    """The last run of words that are no verbs, with what prepositions join to it; in the nominative."""
    runs = [list(run) for verb, run in groupby(tail.split(), key=is_verb) if not verb]
    if not runs or whole_words(known.prepositions).fullmatch(runs[-1][0]):
        runs = runs[:-1]
    return in_nominative(runs[-1]) if runs else None


def in_nominative(run: list[str]) -> str:
    """A Russian noun with what goes before and behind it, in the nominative.

    >>> in_nominative(["новую", "поликлинику", "в", "Каменке"]), in_nominative(["ремонт", "моста"])
    ('новая поликлиника в Каменке', 'ремонт моста')
    """
    return _inflected(run, "nomn")


def in_accusative(named: str) -> str:
    """The same in the accusative, the name of a person as well.

    >>> in_accusative("новая школа в Каменке"), in_accusative("Ольга Синицына")
    ('новую школу в Каменке', 'Ольгу Синицыну')
    """
    if all(word[0].isupper() for word in named.split()):
        return name_in_case(named, "accs")
    return _inflected(named.split(), "accs")


def _inflected(run: list[str], case: str) -> str:
    at = head_of(run)
    found = forms(run[at])
    if not found or any(each.case == case for each in found):
        return " ".join(run)
    return " ".join([*(in_case(word, case, found[0].number) for word in run[: at + 1]), *run[at + 1 :]])


def head_of(run: list[str]) -> int:
    """Which of some Russian words is the noun."""
    return next((at for at, word in enumerate(run) if is_noun(word)), 0)


def _kazakh_thing(bare: str, asked: re.Match[str] | None) -> str | None:
    """What stands before the question word, up to the last word in the nominative; else all of it, its last word without case."""
    found = list(runs(bare[: asked.start()].split())) if asked else []
    if not found:
        return None
    named = [at for at, run in enumerate(found) if case_of(run[-1]) is None]
    if named:
        return " ".join(word for run in found[: named[-1] + 1] for word in run)
    *words, last = (word for run in found for word in run)
    return " ".join([*words, last[: len(record("kk").without_case(last.lower()))]])


def without_office(thing: str | None, language: str) -> str | None:
    """What an office belongs to; any other thing as it is.

    >>> without_office("the head of the port of Orsel", "en"), without_office("директор музея Тольма", "ru")
    ('the port of Orsel', 'музей Тольма')
    >>> without_office("Сарышың әуежайының бастығы", "kk"), without_office("the port of Orsel", "en")
    ('Сарышың әуежайы', 'the port of Orsel')
    """
    if thing is None:
        return None
    offices, words = whole_words(record(language).answers.offices), thing.split()
    if language == "en":
        head, of, rest = thing.partition(" of ")
        return rest if of and offices.search(head) else thing
    if language == "ru":
        at = head_of(words)
        is_of = len(words) > at + 1 and offices.fullmatch(words[at])
        return in_nominative(words[at + 1 :]) if is_of else thing
    owner = next((at for at, word in enumerate(words) if re.fullmatch(r"\w{2,}[ндт][ыі]ң", word)), None)
    if owner is None or not offices.search(" ".join(words[owner + 1 :])):
        return thing
    return " ".join([*words[:owner], re.sub("[ндт][ыі]ң$", "", words[owner])])
