"""Makes a question that stands alone of one that leans on those before it: "and when?", "а в 2024 году?", "ал қашан?".

No model: a follow-up is recognised by how it begins, by its pronouns, or by having nothing but a question word, and
takes from the question before it what it lacks. What comes out is shown to the person, who sees what was asked. What would be no
well-formed question is not asked: the things that may be meant are offered instead.
"""

import re
from typing import NamedTuple

from index.analysis.detect import detect
from index.analysis.languages import record
from index.analysis.languages.record import FollowUpWords, whole_words
from rag.understanding.antecedents import counted_in, meant_by, names, person_in, thing_in
from rag.understanding.bare_question import whole
from rag.understanding.phrases import phrase_of
from rag.understanding.small_talk import asks_for_more, is_small_talk, without_small_talk
from rag.understanding.when import When, when

SHORT = 6  # words; a longer question with no pronoun in it says all it needs

_WORD = re.compile(r"[\w'’-]+")


class Said(NamedTuple):
    """A question as it was understood, and the words that answered it, None if nothing did; and where these end.

    `document` and `end` are the id of the first cited document and the place after its quotation.
    """

    question: str
    answer: str | None = None
    document: str | None = None
    end: int | None = None


class FollowUp(NamedTuple):
    """What a question means after others.

    Attributes:
        question: to ask; None if nothing well-formed could be made.
        offers: questions that may be meant, where there is none to ask.
    """

    question: str | None
    offers: tuple[str, ...] = ()


def standalone(question: str, said: Said | None) -> str:
    """The question as it would be asked without the conversation before it; the same one if it is not to be asked.

    >>> standalone("and when?", Said("Where did the working group meet?"))
    'When did the working group meet?'
    >>> standalone("а сколько законов?", Said("Сколько статей Конституции изменят?"))
    'Сколько законов изменят?'
    >>> standalone("ал қашан?", Said("Жұмыс тобы қайда жиналды?"))
    'Жұмыс тобы қашан жиналды?'
    """
    return completed(question, said).question or question


def completed(question: str, said: Said | None) -> FollowUp:
    """A follow-up made whole by what was said just before it.

    Args:
        question: as it was written.
        said: the question before, if there was any.

    Returns:
        `question` itself where it stands alone, or where there is nothing to lean on. Words that say nothing by themselves
        ("when?", "who said what?") ask nothing.

    >>> completed("and in 2024?", Said("How many schools were built in 2023?")).question
    'How many schools were built in 2024?'
    >>> completed("when?", Said("How much will the bridge cost?"))
    FollowUp(question=None, offers=('The bridge: when?',))
    >>> completed("and when?", None), completed("Who said what?", None)
    (FollowUp(question=None, offers=()), FollowUp(question=None, offers=()))
    """
    written = " ".join(question.split())
    alone = FollowUp(question)
    if not _WORD.search(written) or is_small_talk(written):
        return alone
    written = without_small_talk(written, detect(written))
    if said is None:
        return FollowUp(None) if says_nothing(written) else alone
    before = said.question.strip().rstrip("?!. ")
    spoken = _language(written, before)
    language = detect(before) if any(map(str.isalpha, before)) else spoken
    if asks_for_more(written, spoken):
        return alone
    bare, opened = _without_opener(written.rstrip("?!. "), record(spoken).follow_up)
    if not _WORD.search(bare):
        return alone
    if language != spoken:
        return _translated(bare, spoken, said._replace(question=before), language) or alone
    known = record(language).follow_up
    said = said._replace(question=before)
    if _is_elliptic(bare, known):
        return _asked_of(bare, said, language)
    count = len(_WORD.findall(bare))
    if (opened or count == 1) and count < SHORT and (moved := _moved(bare, before, language)):
        return FollowUp(moved)
    bare = _without_pronoun(bare, said, known, language)
    if opened and count < SHORT and not _has_verb(bare, known):
        if says_nothing(bare) or _asks_whole(bare, known):
            return _offered(bare, said, language)
        return FollowUp(_sentence(_filled(bare, before, language)))
    return FollowUp(_sentence(bare)) if bare != _without_opener(written.rstrip("?!. "), known)[0] else alone


def _language(question: str, before: str) -> str:
    """A question of two words says little of its language: then it is that of the question before, if both are Cyrillic."""
    own, other = detect(question), detect(before)
    both_cyrillic = record(own).cyrillic and record(other).cyrillic
    known = record(other).follow_up
    leans = _asking(known).search(question) or _without_opener(question.rstrip("?!. "), known)[1]
    return other if both_cyrillic and leans else own


def _asking(known: FollowUpWords) -> re.Pattern[str]:
    """A question word with what belongs to it; the thing that is counted or chosen stays apart."""
    return whole_words(known.asking)


def _without_opener(text: str, known: FollowUpWords) -> tuple[str, bool]:
    """A question without "and", "what about" or ше, and whether it had any of them."""
    opener = re.match(known.openers, text, re.IGNORECASE)
    bare = text[opener.end() :] if opener else text
    if known.what_of and re.search(known.what_of, bare, re.IGNORECASE):
        return re.sub(known.what_of, " ", bare, flags=re.IGNORECASE).strip(), True
    return bare, bool(opener)


def _has_verb(text: str, known: FollowUpWords) -> bool:
    """Whether a question seems to say what happens, and not only of what it is."""
    if known.verbs is None:
        return len(_WORD.findall(text)) > 3
    has_verb = bool(whole_words(known.verbs).search(text))
    return has_verb and (not known.verbs_are_helpers or len(_WORD.findall(text)) > 2)


def _is_elliptic(text: str, known: FollowUpWords) -> bool:
    """Whether it is a question word and nothing else."""
    return not _WORD.search(_asking(known).sub(" ", text))


def says_nothing(written: str) -> bool:
    """Whether a text is a question word, or has no words but those that say nothing of what it is about."""
    spoken = record(detect(written))
    bare, _ = _without_opener(written.rstrip("?!. "), spoken.follow_up)
    empty = spoken.function_words | spoken.question_words
    return _is_elliptic(bare, spoken.follow_up) or all(
        word.lower().replace("ё", "е") in empty or (len(word) == 1 and word.isalpha()) for word in _WORD.findall(bare)
    )


def _translated(bare: str, spoken: str, said: Said, language: str) -> FollowUp | None:
    """A bare question word, or a year, after a question in another language, put in that language."""
    for kind, words in record(spoken).follow_up.adverbs.items():
        if whole_words(words).fullmatch(bare):
            return _asked_of(record(language).follow_up.adverbs[kind].partition("|")[0], said, language)
    time = when(bare, spoken)
    if (
        not time
        or time.until
        or not (year := getattr(time.time, "year", None))
        or _WORD.search(_without(bare, time, spoken))
    ):
        return None
    in_year = record(language).times.in_year.format(year=year)
    return FollowUp(_moved(in_year, said.question, language))


def _without(text: str, time: When, language: str) -> str:
    start, end = phrase_of(text, time, language)
    return text[:start] + text[end:]


def _moved(bare: str, before: str, language: str) -> str | None:
    """The question before at another time or place: "in 2024", "в Астане"; None if the follow-up names more than that."""
    time, old = when(bare, language), when(before, language)
    if time and not _WORD.search(_without(bare, time, language)):
        return _in_place_of(before, phrase_of(before, old, language) if old else None, bare, language)
    place = re.fullmatch(record(language).follow_up.place, bare)
    if not place:
        return None
    spans = [each.span() for each in re.finditer(rf"(?<!\w)(?:{record(language).follow_up.place})", before)]
    same = [span for span in spans if before[slice(*span)].split()[0].lower() == bare.split()[0].lower()] or spans
    return _in_place_of(before, same[-1] if same else None, bare, language)


def _in_place_of(before: str, span: tuple[int, int] | None, bare: str, language: str) -> str:
    """A question with a phrase in the place of another one, or added to it."""
    if span:
        bare = bare if span[0] else bare[:1].upper() + bare[1:]
        return _sentence(before[: span[0]] + bare + before[span[1] :])
    if language == "kk":  # it says when and where first
        return _sentence(f"{bare} {before[:1].lower() + before[1:] if not names(before[:40]) else before}")
    return _sentence(f"{before} {bare}")


def _asked_of(bare: str, said: Said, language: str) -> FollowUp:
    """A question word put to what the question before tells, if that makes a whole question; else the things in it are offered."""
    known, before = record(language).follow_up, said.question
    asked = _asking(known).search(before)
    if asked is None:
        return FollowUp(_sentence(f"{bare}: {before}") if any(map(str.isalpha, before)) else None)
    if made := whole(bare, before, said.answer, language):
        return FollowUp(_sentence(made))
    return _offered(bare, said, language)


def _offered(bare: str, said: Said, language: str) -> FollowUp:
    """The things that a question asks of, where it cannot be told which is meant."""
    known = record(language).follow_up
    thing = thing_in(said.question, language) or (counted_in(said.question, known) if language == "en" else None)
    named = (thing, person_in(said.question, said.answer, known))
    things = dict.fromkeys(filter(None, named))
    return FollowUp(None, tuple(_sentence(f"{thing}: {bare[:1].lower() + bare[1:]}") for thing in things))


def _asks_whole(bare: str, known: FollowUpWords) -> bool:
    """Whether a question word that chooses none of the things behind it asks with a few words of its own: "who won"."""
    asked = _asking(known).match(bare)
    if asked is None or _is_elliptic(bare, known):
        return False
    happens = re.match(rf"\W+(?:{known.finite})(?!\w)", bare[asked.end() :], re.IGNORECASE)
    return bool(happens) or not whole_words(known.chooses).fullmatch(asked[0])


def _without_pronoun(bare: str, said: Said, known: FollowUpWords, language: str) -> str:
    """A follow-up with what its first pronoun means: in its place, or behind it where that would need another case."""
    found = whole_words(known.pronouns).search(bare)
    if not found or names(bare, 1):
        return bare
    meant = meant_by(found[0].lower(), said.question, said.answer, language)
    if not meant:
        return bare
    meant = meant if found.start() == 0 or meant.split()[0] not in ("The", "A") else meant.lower()
    if found[0].lower() not in known.subjects:
        return f"{bare[: found.end()]} ({meant}){bare[found.end() :]}"
    is_owner = found[0].lower() in known.possessives and not (found[0].lower() == "her" and found.end() == len(bare))
    return bare[: found.start()] + (f"{meant}'s" if is_owner else meant) + bare[found.end() :]


def _filled(bare: str, before: str, language: str) -> str:
    """A question word with a thing, or a thing alone, put into the question before."""
    known = record(language).follow_up
    asking, asked = _asking(known).search(bare), _asking(known).search(before)
    if asked is None or asking is None:
        return _about(bare, before, asked, language)
    head, tail = before[: asked.start()], before[asked.end() :].strip()
    return f"{head}{bare} {_what_happens(tail, known)}".strip()


def _about(thing: str, before: str, asked: re.Match[str] | None, language: str) -> str:
    """The question before, asked of another thing."""
    known = record(language).follow_up
    if asked is None:
        return f"{before}: {thing}"
    tail = before[asked.end() :].strip()
    counted = re.match(r"(\w+)\s+", tail)
    is_counted = whole_words(known.counts).fullmatch(asked[0])
    if (
        is_counted
        and counted
        and thing.islower()
        and re.fullmatch(known.counted, thing)
        and not whole_words(known.finite).fullmatch(counted[1])
    ):
        return f"{before[: asked.end()]} {thing} {tail[counted.end() :]}"
    helper = re.match(r"(is|are|was|were)\s+", tail) if known.verbs_are_helpers else None
    if helper:
        joined = re.search(rf"\s(?:{known.prepositions})\s", tail.replace(" of ", "\0of\0"))
        kept = tail[joined.start() :] if joined and "'s" not in thing else ""
        return f"{before[: asked.end()]} {helper[1]} {thing}{kept}"
    return f"{before}: {thing}"


def _what_happens(tail: str, known: FollowUpWords) -> str:
    """What a question says of its thing, from the verb on: "laws must change" gives "must change"."""
    if known.verbs is None:
        return tail.rpartition(" ")[2]
    found = whole_words(known.verbs).search(tail)
    return tail[found.start() :] if found else tail


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"
