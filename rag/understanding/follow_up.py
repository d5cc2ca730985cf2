"""Makes a question that stands alone of one that leans on those before it: "and when?", "а сколько законов?", "ал қашан?".

No model: a follow-up is recognised by how it begins, by its pronouns, or by having nothing but a question word, and
takes from the question before it what it lacks. What comes out is shown to the person, who sees what was asked.
"""

import re
from itertools import groupby
from typing import NamedTuple

from index.analysis.detect import detect
from index.analysis.languages import record
from index.analysis.languages.record import FollowUpWords, whole_words

SHORT = 6  # words; a longer question with no pronoun in it says all it needs

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
    known = record(language).follow_up
    bare, opened = _without_opener(written.rstrip("?!. "), known)
    count = len(_WORD.findall(bare))
    if not count:
        return question
    if (opened and count < SHORT and not _has_verb(bare, known)) or _is_elliptic(bare, known):
        return _sentence(_filled(bare, before, known))
    if not whole_words(known.pronouns).search(bare) or _names(bare, 1):
        return question
    name = _antecedent(before, said.answer, known)
    return _sentence(_named(bare, name, known)) if name else question


def _language(question: str, before: str) -> str:
    """A question of two words says little of its language: then it is that of the question before, if both are Cyrillic."""
    own, other = detect(question), detect(before)
    both_cyrillic = record(own).cyrillic and record(other).cyrillic
    return other if both_cyrillic and _asking(record(other).follow_up).search(question) else own


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


def _filled(bare: str, before: str, known: FollowUpWords) -> str:
    """A question word, with a thing or without, or a thing alone, put into the question before."""
    asking, asked = _asking(known).search(bare), _asking(known).search(before)
    if asking is None or asked is None:
        return f"{bare}: {before}" if asking else f"{before}: {bare}"
    thing = bare[asking.end() :].strip()
    head, tail = before[: asked.start()], before[asked.end() :].strip()
    rest = _what_happens(tail, known) if thing else _verb_first(tail, known)
    return f"{head}{bare} {rest}".strip()


def _what_happens(tail: str, known: FollowUpWords) -> str:
    """What a question says of its thing, from the verb on: "laws must change" gives "must change"."""
    if known.verbs is None:
        return tail.rpartition(" ")[2]
    found = whole_words(known.verbs).search(tail)
    return tail[found.start() :] if found else tail


def _verb_first(tail: str, known: FollowUpWords) -> str:
    """Put the helping verb where English wants it after a question word: "laws must change" gives "must laws change"."""
    found = whole_words(known.verbs).search(tail) if known.verbs and known.verbs_are_helpers else None
    if not found or found.start() == 0:
        return tail
    return f"{found[0]} {tail[: found.start()].strip()} {tail[found.end() :].strip()}"


def _antecedent(before: str, answer: str | None, known: FollowUpWords) -> str | None:
    """What a pronoun may mean: the last name in the question before, else the first full one in its answer."""
    asked = _asking(known).search(before)
    if names := _names(before[asked.end() :] if asked else before):
        return names[-1]
    return next((name for name in _names(answer or "") if " " in name), None)


def _names(text: str, first: int = 0) -> list[str]:
    """Runs of words that begin with a capital letter, from the word of that number on."""
    words = [word.strip(",.:;«»\"'()") for word in text.split()[first:]]
    runs = groupby(words, key=lambda word: word[:1].isupper())
    return [" ".join(run) for capital, run in runs if capital]


def _named(text: str, name: str, known: FollowUpWords) -> str:
    """The first pronoun exchanged for what it means."""

    def exchange(found: re.Match[str]) -> str:
        return f"{name}'s" if found[0].lower() in known.possessives else name

    return whole_words(known.pronouns).sub(exchange, text, count=1)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"
