"""The question before, asked of another thing: "and the pool?", "а ячменя?", "Майтоған су қоймасынан ше?".

What a follow-up names takes the place of what is of its kind there: a phrase that of one with the same preposition, a name that of
the only name, a noun that of one in the same case. What finds no such place is put behind the question.
"""

import re
from collections.abc import Iterator
from functools import partial

from index.analysis.kazakh_grammar import WHOSE, case_of, genitive, needs_owner, run_spans, runs
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.russian_grammar import Form, agreeing, forms, genders, is_noun, is_verb, past_gender
from rag.understanding.antecedents import asks_for_person
from rag.understanding.noun_phrases import MARKS, TOKEN, happens, phrases_in, russian_groups
from rag.understanding.phrases import phrase_of
from rag.understanding.things import DOING, MEANT, counted_in, in_accusative, thing_in
from rag.understanding.when import when

_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_NAMES = re.compile(rf"[«“\"]?{_CAPITAL}[\w'’-]*(?:\s+{_CAPITAL}[\w'’-]*)*[»”\"]?")
_DETERMINED = re.compile(r"(?:\w{3,}ing )?(?:the|an?|its|their|his|her|this|that)\s|.*'s\s", re.IGNORECASE)
_KAZAKH_PLACED = re.compile(r"\w{2,}[дт][ае][ғг][ыі]")

Span = tuple[int, int]


def asked_of(thing: str, before: str, language: str) -> str:
    """The question before, without its mark, asked of another thing.

    >>> asked_of("the pool", "Why will the library of Nether Combe be closed", "en")
    'Why will the pool of Nether Combe be closed'
    >>> asked_of("for pupils", "How much does a ticket cost", "en"), asked_of("flour", "How much wheat was sold", "en")
    ('How much does a ticket cost for pupils', 'How much flour was sold')
    >>> asked_of("ячменя", "Сколько пшеницы собрали в районе", "ru"), asked_of("школу", "Когда откроют мост", "ru")
    ('Сколько ячменя собрали в районе', 'Когда откроют школу')
    >>> asked_of("қоймадан", "Көлден қанша балық ауланды", "kk"), asked_of("студентке", "Билет қанша тұрады", "kk")
    ('Қоймадан қанша балық ауланды', 'Билет студентке қанша тұрады')
    """
    for piece in map(partial(_fitted, before=before, language=language), _pieces(thing, language)):
        place = _place(piece, before, language)
        old = before[slice(*place)] if place else ""
        before = in_place_of(before, place, piece) if place else f"{before}: {piece}"
        if language == "ru":
            before = _agreeing(before, old, piece)
    return before


def _agreeing(question: str, old: str, new: str) -> str:
    """A Russian question with its verb of the past in the gender of what it is said of now: открылась школа."""
    was, now = (next((genders(word) for word in each.split() if is_noun(word)), frozenset()) for each in (old, new))
    told = [past_gender(word) for word in question.split() if is_verb(word)]
    return agreeing(question, next(iter(now))) if len(now) == 1 and not was.isdisjoint(told) else question


def _fitted(piece: str, before: str, language: str) -> str:
    """A piece in the case of what it takes the place of, where it has none of its own: "а школа?" of what was opened."""
    if language == "ru" and _place(piece, before, "ru") is None and _place(in_accusative(piece), before, "ru"):
        return in_accusative(piece)
    if language != "kk" or when(piece, "kk") or not asks_for_person(before):
        return piece
    is_owner = case_of(piece.split()[-1]) is None and not _is_office(piece, "kk")
    return genitive(piece) if is_owner else piece


def _is_office(piece: str, language: str) -> bool:
    """Whether a piece names an office or what somebody is."""
    known = record(language).answers
    return bool(whole_words(f"{known.offices}|{known.people}").search(piece))


def in_place_of(before: str, place: Span, piece: str) -> str:
    """A question with words in the place of others; an empty place takes them in."""
    head, tail = before[: place[0]].rstrip(), before[place[1] :].lstrip()
    if place[0] < place[1]:
        tail = re.sub(r"^\([^()]*\)\s*", "", tail)  # what the pronoun in that place was found to mean
    if not head:
        piece = piece[:1].upper() + piece[1:]
    return " ".join(filter(None, (head, piece, tail)))


def _place(piece: str, before: str, language: str) -> Span | None:
    """Where a piece of a follow-up belongs in the question before; None if that cannot be told."""
    old = when(before, language)
    span = phrase_of(before, old, language) if old else None
    if when(piece, language) or whole_words(record(language).follow_up.now).fullmatch(piece):
        return span or _free_place(before, language)
    before = MEANT.sub(lambda found: " " * len(found[0]), before)
    if span:
        before = before[: span[0]] + " " * (span[1] - span[0]) + before[span[1] :]
    if language == "kk":
        return _kazakh_place(piece, before)
    if whole_words(record(language).follow_up.prepositions).match(piece):
        return _place_of_phrase(piece, before, language)
    if " " not in piece and happens(piece, language):
        return _place_of_verb(before, language)
    same = _same_noun(piece, before, language) or _only_name(piece, before)
    return same or (_english_place(piece, before) if language == "en" else _russian_place(piece, before))


def _free_place(before: str, language: str) -> Span:
    """Where what is added to a question stands: at its end, in Kazakh before the question word."""
    asked = whole_words(record(language).follow_up.asking).search(before) if language == "kk" else None
    at = asked.start() if asked else len(before)
    return at, at


def _pieces(thing: str, language: str) -> Iterator[str]:
    """The parts of a follow-up that have places of their own: a time, a thing, phrases behind it."""
    if (time := when(thing, language)) and (span := phrase_of(thing, time, language)) != (0, len(thing)):
        yield thing[slice(*span)]
        yield from _pieces(" ".join(f"{thing[: span[0]]} {thing[span[1] :]}".split()), language)
    elif language == "kk":
        yield from (" ".join(words) for words in runs(thing.split()))
    elif language == "en" and (_DETERMINED.match(thing) or thing[:1].isupper()):
        yield thing
    else:
        found = whole_words(record(language).follow_up.prepositions).search(thing)
        yield from filter(None, (thing[: found.start()].strip(), thing[found.start() :]) if found else (thing,))


def _place_of_phrase(piece: str, before: str, language: str) -> Span:
    """The phrase with the same preposition, or with one like it; the free place if there is none."""
    new = phrases_in(f"- {piece}", language)
    alike = next(
        (each for each in record(language).follow_up.alike if new[0].preposition in each), {new[0].preposition}
    )
    every = phrases_in(before, language)
    same = [each for each in every if each.preposition in alike]
    if not same:
        return _free_place(before, language)
    if len(new) > 1:
        chain = [each for each in every if each.start >= same[0].start]
        return chain[0].start, chain[-1].end
    is_named = bool(_NAMES.search(piece, 1))
    fitting = [each for each in same if bool(_NAMES.search(before, each.start + 1, each.end)) == is_named] or same
    return fitting[-1].start, fitting[-1].end


def _place_of_verb(before: str, language: str) -> Span | None:
    """The place of the last word that says what happens: "were injured", "and killed?"."""
    asked = whole_words(record(language).follow_up.asking).search(before)
    found = [each.span() for each in TOKEN.finditer(before, asked.end() if asked else 0) if happens(each[0], language)]
    return found[-1] if found else None


def _only_name(piece: str, before: str) -> Span | None:
    """The place of the only name in a question, for a follow-up that is a name."""
    if not _NAMES.fullmatch(piece):
        return None
    first = TOKEN.match(before)
    found = [each.span() for each in _NAMES.finditer(before, first.end() if first else 0)]
    return found[0] if len(found) == 1 else None


def _same_noun(piece: str, before: str, language: str) -> Span | None:
    """The place of a thing that is called by the same noun, with the words that go before it: "the Lyle dam", "the Corran dam"."""
    noun = piece.split()[-1].strip(MARKS)
    if language != "en" or not noun.islower() or len(piece.split()) < 2 or DOING.match(piece):
        return None
    found = list(
        re.finditer(
            rf"(?<!\w)(?:(?:the|an?|its)\s+)?(?:(?!(?:the|an?|its|of)\s)[\w'’-]+\s+){{0,3}}?{re.escape(noun)}(?!\w)",
            before,
        )
    )
    return found[-1].span() if found and found[-1].start() else None


def _english_place(piece: str, before: str) -> Span | None:
    known = record("en").follow_up
    asked = whole_words(known.asking).search(before)
    if asked is None:
        return None
    if not _DETERMINED.match(piece) and piece.islower():
        of_what = re.search(r"(?<= (?:of|to) )[a-z]+$|(?<= for )[a-z]+$", before)
        return of_what.span() if of_what else _counted_place(piece, before, asked)
    if asks_for_person(before) and not _is_office(piece, "en"):
        of_what = re.search(r"(?<= of )[^?]+$", before)
        return of_what.span() if of_what else None
    thing = thing_in(before, "en")
    start = before.find(thing) if thing else -1
    if thing is None or start < 0:
        return None
    end = start + len(thing)
    doing = DOING.match(thing)
    if doing and not DOING.match(piece):
        start += doing.end()
    is_whole = "'s " in piece or piece[:1].isupper() or bool(whole_words(known.prepositions).search(piece))
    kept = None if is_whole else _kept(before, start, end)
    return start, kept or end


def _kept(before: str, start: int, end: int) -> int | None:
    """From where on what is said of a thing may be said of another one: in which place it is, or whose head somebody is."""
    of_whom = "of" if _asks_of_parts(before, "en") else rf"of(?= {_CAPITAL})"
    found = re.compile(rf"\s(?:in|at|on|near|for|to|from|{of_whom})\s").search(before, start, end)
    return found.start() if found else None


def _asks_of_parts(before: str, language: str) -> bool:
    """Whether a question asks who holds an office of something, or what it measures: what is of the one is of the other."""
    return asks_for_person(before) or bool(re.match(record(language).follow_up.of_parts, before, re.IGNORECASE))


def _counted_place(piece: str, before: str, asked: re.Match[str]) -> Span | None:
    """The place of what is counted, for what can be counted, or measured, as well."""
    known = record("en").follow_up
    is_plural = bool(re.fullmatch(known.counted, piece.split()[-1]))
    is_measured = asked[0].lower() == "how much"
    if not whole_words(known.counts).fullmatch(asked[0]) or is_plural == is_measured:
        return None
    named = counted_in(before, known) or next(iter(before[asked.end() :].split()), "")
    if not named or whole_words(f"{known.finite}|{known.verbs}").fullmatch(named):
        return None
    start = before.index(named, asked.end())
    return start, start + len(named)


def _russian_place(piece: str, before: str) -> Span | None:
    """The place of the noun outside of phrases that stands most likely in the same case, with its adjectives."""
    new = next((forms(word) for word in piece.split() if is_noun(word.strip(MARKS))), ())
    groups = list(russian_groups(before))
    is_done = any(past_gender(word) == "p" for word in before.split() if is_verb(word))  # somebody opened the bridge
    objects = [tuple(each for each in found if not is_done or each != ("nomn", "sing")) for found, _ in groups]
    ranked = [(_likeness(new, found), at) for at, found in enumerate(objects)]
    likeness, at = max(ranked, default=(0, 0))
    if not likeness:
        return None
    (start, end), following = groups[at][1], groups[at + 1 :]
    if not _asks_of_parts(before, "ru"):
        for found, span in following:  # what belongs to the thing goes with it: "ремонт моста"
            if before[end : span[0]].strip() or not any(each.case == "gent" for each in found):
                break
            end = span[1]
    return start, end


def _likeness(new: tuple[Form, ...], old: tuple[Form, ...]) -> int:
    """How well two nouns stand in the same case: 0 not at all, to 3, most likely in the same one."""
    if not new or not {each.case for each in new} & {each.case for each in old}:
        return 0
    return 1 + (new[0] in old) + (new[0] == old[0])


def _kazakh_place(piece: str, before: str) -> Span | None:
    """The place of what stands in the same case before the question word; of what is counted; or before the question word."""
    known = record("kk").follow_up
    asked = whole_words(known.asking).search(before)
    if asked is None:
        return None
    case = case_of(piece.split()[-1])
    spans = list(run_spans(before[: asked.start()]))
    if case == WHOSE:
        owners = [
            (start, token.end())
            for start, end in spans
            for token in TOKEN.finditer(before, start, end)
            if case_of(token[0]) == case
        ]
        return owners[-1] if owners else (asked.start(), asked.start())
    same = [span for span in spans if case_of(before[slice(*span)].split()[-1]) == case]
    if case is not None:
        return _last_of(before, same[-1], piece) if same else (asked.start(), asked.start())
    if only := _only_name(piece, before):
        return only
    if same:
        return _without_attributes(before, same[0])
    counted = re.match(r"\s+(\w+)\s+", before[asked.end() :])
    is_counted = counted and whole_words(known.counts).fullmatch(asked[0]) and piece.islower()
    if (
        counted
        and is_counted
        and re.fullmatch(known.counted, piece)
        and not whole_words(known.finite).fullmatch(counted[1])
    ):
        return asked.end() + counted.start(1), asked.end() + counted.end(1)
    return None


def _last_of(before: str, span: Span, piece: str) -> Span:
    """The place of the last word of a Kazakh run for a single word, if it needs no owner before it: паром "көлікке"."""
    *_, last = TOKEN.finditer(before, *span)
    return last.span() if " " not in piece and not needs_owner(last[0]) else span


def _without_attributes(before: str, span: Span) -> Span:
    """The place of a Kazakh thing after what says where it is: ауылындағы."""
    words = list(TOKEN.finditer(before, *span))
    placed = [word.end() for word in words[:-1] if _KAZAKH_PLACED.fullmatch(word[0].lower())]
    return (placed[-1] + 1 if placed else span[0]), span[1]
