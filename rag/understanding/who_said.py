"""Makes a whole question of "who said so?": who said what answered the question before."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.understanding.things import thing_in


def asks_who_said(text: str, language: str) -> bool:
    """Whether a text asks who said what was answered, and nothing else.

    >>> asks_who_said("who said so", "en"), asks_who_said("кто это сказал", "ru"), asks_who_said("мұны кім айтты", "kk")
    (True, True, True)
    >>> asks_who_said("who said that the bridge is safe", "en")
    False
    """
    return bool(re.fullmatch(record(language).follow_up.said_so, text.strip(" ?!.…"), re.IGNORECASE))


def who_said(before: str, answer: str | None, language: str) -> str:
    """Who said what answered a question, without its mark.

    >>> who_said("Why will the library be closed", "it is cold", "en"), who_said("Сколько стоит мост", "9 млн", "ru")
    ('Who said why the library will be closed: it is cold', 'Кто сказал, сколько стоит мост')
    >>> who_said("Көпір неге жабылды", "тозғандықтан жабылды", "kk")
    'Көпір тозғандықтан жабылды деп кім айтты'
    """
    if language == "kk":
        return _in_kazakh(before, answer)
    told = before[:1].lower() + before[1:]
    known = record(language).follow_up
    asked = known.who_said.format(_in_order(told) if language == "en" else told)
    word = whole_words(known.asking).match(told)
    is_adverb = word and whole_words("|".join(known.adverbs.values())).fullmatch(word[0])
    return f"{asked}: {answer.strip(' .,')}" if answer and is_adverb else asked


def _in_order(question: str) -> str:
    """An English question as it stands behind another verb: "why the library will be closed"."""
    known = record("en").follow_up
    asked, thing = whole_words(known.asking).search(question), thing_in(question, "en")
    helper = whole_words(known.verbs or "").search(question, asked.end()) if asked else None
    if helper is None or thing is None or not question[helper.end() :].lstrip().startswith(thing):
        return question
    rest = question[helper.end() :].lstrip()[len(thing) :]
    return f"{question[: helper.start()]}{thing} {helper[0]}{rest}"


def _in_kazakh(before: str, answer: str | None) -> str:
    """The answer in the place of the question word, as what somebody said."""
    known = record("kk").follow_up
    asked = whole_words(known.asking).search(before)
    if asked is None or not answer:
        return known.who_said.format(before)
    tail, said = before[asked.end() :].split(), answer.strip(" .,!?").split()
    kept = tail[1:] if tail[:1] and tail[0] in said else tail
    return known.who_said.format(" ".join([before[: asked.start()].strip(), *said, *kept]).strip())
