"""Makes a question that stands alone of one that leans on those before it: "and when?", "а в 2024 году?", "ал қашан?".

No model: a follow-up is recognised by how it begins, by its pronouns, or by having nothing but a question word, and
takes from the question before it what it lacks. What comes out is shown to the person, who sees what was asked. What would be no
well-formed question is not asked: the things that may be meant are offered instead.
"""

import re
from typing import NamedTuple

from index.analysis.detect import detect
from index.analysis.dictionary import is_word
from index.analysis.kazakh_grammar import WHOSE, case_of
from index.analysis.languages import record
from index.analysis.languages.record import FollowUpWords, whole_words
from rag.understanding.another_thing import asked_of
from rag.understanding.antecedents import names, person_in
from rag.understanding.bare_question import whole
from rag.understanding.edits import distance
from rag.understanding.left_out import completed_across, completed_by
from rag.understanding.noun_phrases import happens
from rag.understanding.phrases import phrase_of
from rag.understanding.pronouns import across_languages, is_somebody, without_pronoun
from rag.understanding.said import SHORT, Said
from rag.understanding.small_talk import asks_for_more, is_small_talk, without_small_talk
from rag.understanding.things import counted_in, thing_in
from rag.understanding.when import When, when
from rag.understanding.who_said import asks_who_said, who_said

_WORD = re.compile(r"[\w'’-]+")


_SHORTEST_SLIP = 3  # letters of a miswritten question word


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
    written = _with_question_word(without_small_talk(written, detect(written)), said)
    if said is None:
        return FollowUp(None) if says_nothing(written) else alone
    before = said.question.strip().rstrip("?!. ")
    said = said._replace(question=before)
    spoken = _language(written, before)
    language = detect(before) if any(map(str.isalpha, before)) else spoken
    if asks_for_more(written, spoken):
        return alone
    bare, opened = _without_opener(written.rstrip("?!. "), record(spoken).follow_up)
    if not _WORD.search(bare):
        return alone
    if asks_who_said(bare, spoken) and any(map(str.isalpha, before)):
        return FollowUp(_sentence(who_said(before, said.answer, language)))
    if language == spoken:
        return _in_one_language(bare, opened, said, language) or alone
    if translated := _translated(bare, spoken, said, language):
        return translated
    meant = across_languages(bare, spoken, said, language) or completed_across(bare, spoken, said, language)
    return FollowUp(_sentence(meant)) if meant else alone


def _in_one_language(bare: str, opened: bool, said: Said, language: str) -> FollowUp | None:
    """A follow-up in the language of the question before it, made whole; None if it stands alone."""
    known = record(language).follow_up
    if _is_elliptic(asking := re.sub(known.happened, "", bare, flags=re.IGNORECASE), known):
        return _asked_of(asking, said, language)
    if len(_WORD.findall(bare)) < SHORT and (_is_moved(bare, language) or _is_phrase(bare, language)):
        return FollowUp(_sentence(asked_of(bare, said.question, language)))
    readings = without_pronoun(bare, said, language)
    if len(readings) > 1:
        return FollowUp(None, tuple(map(_sentence, readings)))
    (meant,) = readings
    if meant == bare and (made := completed_by(bare, said, language)):
        return FollowUp(_sentence(made))
    asks = bool(_asking(known).search(meant))
    if not asks and is_somebody(meant, bare, said.question, language):
        return FollowUp(_sentence(known.who_is.format(meant)))
    may_lean = opened and not _has_verb(meant, known) and (meant == bare or not asks)
    leaning = _put_into(meant, asks, said, language) if may_lean else None
    return leaning or (FollowUp(_sentence(meant)) if meant != bare else None)


def _put_into(bare: str, asks: bool, said: Said, language: str) -> FollowUp | None:
    """A follow-up without a verb put into the question before; None if it is whole, or says too much."""
    if not asks and not says_nothing(bare):
        return FollowUp(_sentence(asked_of(bare, said.question, language)))
    if len(_WORD.findall(bare)) >= SHORT or _is_whole(bare, language):
        return None
    if says_nothing(bare) or _asks_whole(bare, record(language).follow_up):
        return _offered(bare, said, language)
    return FollowUp(_sentence(_filled(bare, said.question, language)))


def _with_question_word(written: str, said: Said | None) -> str:
    """A follow-up of a word or two with its last word as the question word that it miswrites: whn, кашан."""
    *before, last = written.rstrip("?!. ").split(" ")
    languages = dict.fromkeys((detect(written), detect(said.question))) if said else {}
    if len(before) > 1 or len(last) < _SHORTEST_SLIP or any(is_word(last, each) for each in languages):
        return written
    near = [
        asking
        for each in languages
        for words in record(each).follow_up.adverbs.values()
        for asking in words.split("|")
        if len(asking) > _SHORTEST_SLIP and distance(last.lower(), asking, 1) == 1
    ]
    return " ".join([*before, near[0]]) + "?" if len(near) == 1 else written


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
    return FollowUp(_sentence(asked_of(in_year, said.question, language)))


def _without(text: str, time: When, language: str) -> str:
    start, end = phrase_of(text, time, language)
    return text[:start] + text[end:]


def _is_moved(bare: str, language: str) -> bool:
    """Whether a follow-up names a time or a place and nothing else: "in 2024", "в Астане"."""
    time = when(bare, language)
    is_now = whole_words(record(language).follow_up.now).fullmatch(bare)
    if is_now or (time and not _WORD.search(_without(bare, time, language))):
        return True
    return bool(re.fullmatch(record(language).follow_up.place, bare))


def _is_phrase(bare: str, language: str) -> bool:
    """Whether a follow-up is a phrase without a verb: "for pupils", "студенттерге"."""
    known = record(language).follow_up
    if _asking(known).search(bare) or whole_words(known.pronouns).search(bare):
        return False
    if language == "kk":
        return " " not in bare and case_of(bare) not in (None, WHOSE) and not whole_words(known.finite).fullmatch(bare)
    return bool(whole_words(known.prepositions).match(bare)) and not any(
        happens(word, language) for word in bare.split()
    )


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
    person = person_in(said.question, said.answer, known)
    things = filter(None, (thing, None if thing and person and person in thing else person))
    return FollowUp(None, tuple(_sentence(f"{thing}: {bare[:1].lower() + bare[1:]}") for thing in things))


def _is_whole(bare: str, language: str) -> bool:
    """Whether a question without a helping verb is one all the same: who did what, "кто директор", "директоры кім"."""
    known = record(language)
    asked = _asking(known.follow_up).search(bare)
    if asked and names(bare, 1) and not whole_words(known.follow_up.counts).fullmatch(asked[0]):
        return True
    if says_nothing(bare) or not re.search(known.answers.asks_person, bare, re.IGNORECASE):
        return False
    if language == "en":
        return bool(re.match(rf"\w+ (?:{known.follow_up.finite}) (?:the|an?|[A-Z])", bare))
    if language == "kk":
        return bool(re.search(r"кім\w*$", bare))
    return not whole_words(known.follow_up.prepositions).match(bare.partition(" ")[2])


def _asks_whole(bare: str, known: FollowUpWords) -> bool:
    """Whether a question word that chooses none of the things behind it asks with a few words of its own: "who won"."""
    asked = _asking(known).match(bare)
    if asked is None or _is_elliptic(bare, known):
        return False
    happens = re.match(rf"\W+(?:{known.finite})(?!\w)", bare[asked.end() :], re.IGNORECASE)
    return bool(happens) or not whole_words(known.chooses).fullmatch(asked[0])


def _filled(bare: str, before: str, language: str) -> str:
    """A question word with a thing put into the question before."""
    known = record(language).follow_up
    asked = _asking(known).search(before)
    if asked is None:
        return f"{before}: {bare}"
    head, tail = before[: asked.start()], before[asked.end() :].strip()
    return f"{head}{bare} {_what_happens(tail, known)}".strip()


def _what_happens(tail: str, known: FollowUpWords) -> str:
    """What a question says of its thing, from the verb on: "laws must change" gives "must change"."""
    if known.verbs is None:
        return tail.rpartition(" ")[2]
    found = whole_words(known.verbs).search(tail)
    return tail[found.start() :] if found else tail


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"
