"""Puts a bare question word ("and when?") into the question before it, where that makes a whole question."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.russian_grammar import agreeing, forms, is_verb
from rag.understanding.antecedents import asks_for_person, kinds_of, person_in
from rag.understanding.things import in_accusative


def whole(bare: str, before: str, answer: str | None, language: str) -> str | None:
    """The question before with another question word; None where it has none, or something would be missing in it.

    Args:
        bare: the question word.
        before: the question before, without its mark; `answer` are the words that answered it.

    >>> whole("when", "Where did the group meet", None, "en"), whole("when", "How much will the bridge cost", "9 million", "en")
    ('when did the group meet', None)
    """
    known = record(language).follow_up
    asked = whole_words(known.asking).search(before)
    if asked is None:
        return None
    head, tail = before[: asked.start()], before[asked.end() :].strip()
    if whole_words(known.prepositions).fullmatch(head.strip()):  # "for" how much
        head = ""
    is_adverb = any(whole_words(words).fullmatch(asked[0]) for words in known.adverbs.values())
    is_why = whole_words(known.adverbs["why"]).fullmatch(bare)
    if is_adverb:
        return f"{head}{bare} {tail}".strip()
    if whole_words(known.measures).search(tail):
        return f"{head}{bare} {tail} {answer}" if is_why and answer and language != "kk" else None
    if language == "en":
        return _in_english(bare, asked[0], head, tail, answer)
    if language == "ru":
        return _in_russian(bare, asked[0], head, tail, answer)
    return f"{head}{bare} {tail}".strip() if whole_words(known.finite).search(tail) else None


def _in_english(bare: str, asked: str, head: str, tail: str, answer: str | None) -> str | None:
    known = record("en").follow_up
    helper = whole_words(known.verbs or "").search(tail)
    if not helper:
        return _cleft(bare, asked, tail, answer)
    thing, rest = tail[: helper.start()].strip(), tail[helper.end() :].strip()
    is_measured = re.fullmatch(r"how (?!many|much)\w+", asked, re.IGNORECASE) and re.match("how ", bare, re.IGNORECASE)
    is_whole = (
        is_measured
        or whole_words("do|does|did").fullmatch(helper[0])
        or whole_words(known.finite).fullmatch(rest.split()[-1] if rest else "")
    )
    if not thing and is_whole and re.match("how ", asked, re.IGNORECASE):  # how much was it fined
        return f"{head}{bare} {tail}"
    if not thing:
        who = person_in("", answer, known) if asked.lower().startswith("who") else None
        return f"{head}{bare} {helper[0]} {who} {rest}" if who else None
    is_object = whole_words("do|does|did").fullmatch(helper[0]) or re.match(r"there\b|the\b|an?\b|[A-Z]", rest)
    return f"{head}{bare} {helper[0]} {rest} {thing}" if is_object else f"{head}{bare} {helper[0]} {thing} {rest}"


def _cleft(bare: str, asked: str, tail: str, answer: str | None) -> str | None:
    """A question who did something asked of whom it was: "when was it that Ann Lee won the cup"."""
    known = record("en").follow_up
    is_adverb = any(whole_words(words).fullmatch(bare) for words in known.adverbs.values())
    who = person_in("", answer, known) if asked.lower() == "who" else None
    return f"{bare} was it that {who} {tail}" if who and is_adverb else None


def _in_russian(bare: str, asked: str, head: str, tail: str, answer: str | None) -> str | None:
    known, words = record("ru").follow_up, tail.split()
    at = next((at for at, word in enumerate(words) if is_verb(word)), None)
    if at is None:
        return None
    if asked.lower() == "что":
        return f"{head}{bare} это {tail}"
    happens = " ".join(words[at:])
    if whole_words(rf"(?:на )?(?:{known.counts})").fullmatch(asked):
        return f"{head}{bare} {_with_count(happens, words[:at], answer)}" if at == 0 or answer else None
    if whole_words(known.chooses).fullmatch(asked):  # какая команда выиграла; but: к какому штрафу приговорили
        is_subject = any(each.case == "nomn" for each in forms(asked.split()[-1]))
        return f"{head}{bare} {tail if is_subject else happens}"
    cases = {each.case for each in forms(asked)}
    if " " in asked or (cases and cases.isdisjoint(("nomn", "accs"))):  # за что, о ком, кому
        return f"{head}{bare} {tail}"
    who = person_in("", answer, known) if asks_for_person(asked) else None
    if who and "nomn" not in cases:  # кого назначили
        return f"{head}{bare} {in_accusative(who)} {tail}"
    return f"{head}{bare} {who} {_agreeing(tail, who)}" if who else None


def _with_count(happens: str, counted: list[str], answer: str | None) -> str:
    """What happens to so many of what was counted: "эвакуировали 40 человек"."""
    if not counted or not answer:
        return happens
    return f"{happens} {answer if ' ' in answer else ' '.join([answer, *counted])}"


def _agreeing(tail: str, who: str) -> str:
    """What is said of somebody, agreeing with the name: выступил becomes выступила."""
    kinds = kinds_of(who.split()[0])
    return agreeing(tail, next(iter(kinds))) if len(kinds) == 1 else tail
