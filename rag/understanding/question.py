"""Understands a question: what is asked in it, its language, its slips, its terms; and starts to embed it."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index import Embedder, InputError, Snapshot
from index.analysis.detect import detect
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from index.analysis.terms import query_terms, readable, words
from index.analysis.unicode import printable
from rag.types import Query
from rag.understanding.common_words import common_words, telling
from rag.understanding.correspondence import asked_indirectly, is_letter, points_back, without_closing, without_frame
from rag.understanding.definition import thing_asked
from rag.understanding.follow_up import says_nothing
from rag.understanding.keyboard import in_other_layout
from rag.understanding.letters import in_meant_letters
from rag.understanding.small_talk import (
    asks_for_more,
    asks_politely,
    is_small_talk,
    small_talk_in,
    topic_asked_for,
    topic_compared,
    topic_judged,
    topic_to_do,
    without_small_talk,
)
from rag.understanding.topic import is_statement, is_topic
from rag.understanding.typos import corrected, knows_most
from rag.understanding.whereabouts import thing_sought
from rag.understanding.who import made_by_whom, person_asked

QUESTION_LIMIT = 4_000  # characters
MOST_OFFERS = 5  # further questions of a letter
LETTER = 50  # words; where fewer lead to a question, all of them belong to it
SHORT = 2  # words
MOST_NAMED = 6  # words of a topic in "tell me about …"
PARAGRAPH = 20  # words; fewer may be a question in two sentences without its mark

Kind = Literal[
    "question",
    "key_words",
    "judging",
    "comparing",
    "how_to",
    "doing",
    "defining",
    "whereabouts",
    "who",
    "maker",
    "vague",
    "small_talk",
    "unclear",
]

_NAMES = re.compile(
    r"(?<=[^.!?…] )[«“\"]?[^\W\d_a-zа-яёәғқңөұүһі][^\W\d_]{2,}"
)  # a word with a capital inside a sentence


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text asks.

    Attributes:
        kind: a question, key words that ask nothing, what asks whether something is good, what sets two things apart, how to do
            something (in a few words, or in more: `doing`), what, where or who it is, who made it, what may be meant by many
            articles (`vague`: "who won?"), a greeting, thanks or another request, or words that do not say what is asked.
        text: what to look up; `language` is its own; for a text without letters that of who asks, else of most articles.
        thing: what is asked what or where it is, or how to do it.
        corrections: words that were taken for slips, each as it was written and as it is read.
        offers: the other questions in it.
    """

    kind: Kind
    text: str
    language: str
    corrections: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()
    thing: str = ""


def understand(text: str, embedder: Embedder, snapshot: Snapshot) -> Query:
    """Prepare a question for the searchers and the reader, word for word.

    Raises:
        InputError: it is empty, or too long to be a question.
    """
    return prepare(as_written(text), embedder, snapshot)


def prepare(meant: Meant, embedder: Embedder, snapshot: Snapshot) -> Query:
    """Make the terms of a question and embed it, in another thread, while this one goes on to look up words."""
    embedded = _embedding_threads().submit(embedder.embed_query, meant.text)
    terms = tuple(query_terms(meant.text, meant.language))
    weights = snapshot.inverse_document_frequencies(terms)
    return Query(meant.text, meant.language, terms, weights, embedded, centre=snapshot.mean_token_embedding)


def as_written(text: str) -> Meant:
    """A text as a question, whatever it is. Kazakh in Latin letters is written in Cyrillic, as most articles are.

    Raises:
        InputError: it is empty, or too long to be a question.
    """
    text = " ".join(_checked(text).split())
    language = detect(text)
    return Meant("question", readable(text, language), language)


def meaning_of(text: str, snapshot: Snapshot, spoken: str | None = None) -> Meant:
    """What a text asks: its question without greetings, or one of several, slips corrected; or that it asks nothing.

    Args:
        spoken: the language of who asks, if it is known.

    Raises:
        InputError: it is empty, or too long to be a question.
    """
    checked = _checked(text)
    if talk := small_talk_in(checked) or small_talk_in(in_other_layout(checked)):
        return Meant("small_talk", " ".join(checked.split()), talk)
    language = _language(checked, spoken)
    if asks_for_more(checked, language):
        return Meant("small_talk", " ".join(checked.split()), language)
    asked, *offers = _questions(checked)
    if says_nothing(asked):
        return Meant("unclear", asked, language)
    found, language = in_meant_letters(asked, _language(asked, spoken), snapshot)
    kind, found = _kind(found, language)
    found, corrections = corrected(found, language, snapshot)
    if corrections and kind == "key_words":
        kind, found = _kind(found, language)  # "hoow many laws" asks, once it is corrected
    if kind == "question" and _is_of_nothing_here(found, language, snapshot):
        kind = "key_words"
    if not any(map(str.isalpha, found)):
        language = spoken or next(iter(snapshot.languages()), language)
    kind, thing = _of_thing(kind, found, language)
    if kind == "question" and (thing := common_words(found, language, snapshot)):
        kind = "vague"
    return Meant(kind, found, language, corrections, tuple(offers[:MOST_OFFERS]), thing)


def _of_thing(kind: Kind, text: str, language: str) -> tuple[Kind, str]:
    """The kind of what asks what or where a thing is, or how to do it, with the thing; of anything else the kind it has, without one."""
    if kind not in ("question", "key_words"):
        return kind, ""
    if done := _without_asking(topic_to_do(text, language) or "", language):
        return "doing", done
    if defined := thing_asked(text, language):
        return "defining", defined
    if made := made_by_whom(text, language):
        return "maker", made
    if person := person_asked(text, language):
        return "who", person
    sought = thing_sought(text, language)
    return ("whereabouts", sought) if sought else (kind, "")


def _language(text: str, spoken: str | None) -> str:
    """The language of a text; of key words that Russian and Kazakh share, as Сенат or a name, that of who asks.

    >>> _language("Сенат", "kk"), _language("Сенат", None), _language("Сколько сенаторов?", "kk"), _language("Қалада", "ru")
    ('kk', 'ru', 'ru', 'kk')
    """
    found = detect(text)
    is_shared = spoken == "kk" and found == "ru" and is_topic(text, found) and is_topic(text, spoken)
    return "kk" if is_shared else found


def _kind(text: str, language: str) -> tuple[Kind, str]:
    """What a text is, and what of it is to be looked up.

    >>> _kind("Tell me about bridges", "en"), _kind("Is the bridge good?", "en"), _kind("Is the bridge open?", "en")
    (('key_words', 'bridges'), ('judging', 'the bridge'), ('question', 'Is the bridge open?'))
    """
    judged = topic_judged(text, language)
    if judged and is_topic(judged, language):
        return ("unclear", text) if says_nothing(judged) else ("judging", judged)
    if compared := topic_compared(text, language):
        return "comparing", compared
    done = _without_asking(topic_to_do(text, language) or "", language)
    if is_topic(done, language):
        return "how_to", done
    topic = topic_asked_for(text, language) or ""
    if is_topic(topic, language, MOST_NAMED):
        return "key_words", topic
    if is_topic(text, language):
        return "key_words", text
    only_tells = is_statement(text, language) or _only_tells(text, language)
    return ("key_words" if only_tells else "question"), text


def _without_asking(text: str, language: str) -> str:
    return " ".join(whole_words(record(language).follow_up.asking).sub(" ", text).split())


def _only_tells(text: str, language: str) -> bool:
    """Whether a text is a paragraph, as pasted from somewhere, in which no sentence asks or begins as a question does."""
    parts = [text[start:end] for start, end in sentences(text, language)]
    if len(parts) < 2 or len(words(text)) < PARAGRAPH:
        return False
    return not any(_asks(part, language) or _begins_as_question(part, language) for part in parts)


def _begins_as_question(sentence: str, language: str) -> bool:
    """Whether a sentence begins with a word that asks or a request to list; where verbs come last, has one anywhere."""
    known, found = record(language), words(sentence)
    asking = known.question_words if known.follow_up.verbs is None else known.question_words & set(found[:1])
    return not asking.isdisjoint(found) or bool(re.search(known.answers.asks_list, sentence, re.IGNORECASE))


def _checked(text: str) -> str:
    if len(text) > QUESTION_LIMIT:
        raise InputError(
            f"the question has {len(text):,} characters; the limit is {QUESTION_LIMIT:,}", "ask something shorter"
        )
    text = printable(text)
    if not any(c.isalnum() for c in text):
        raise InputError(
            "the question is empty, or has no words",
            'ask something, such as "How many laws must change?"',
        )
    return text


def _questions(text: str) -> list[str]:
    """The questions in a text, each without courtesies, in their order; the whole text if it is one sentence, or asks nothing.

    The first one keeps what leads to it, if that names something: all of a few sentences, of a letter or a long text the last one, and
    only if the question leans on it.

    >>> _questions("Dear editors! I read your piece on the reform. How many laws must change? And who said so? Thank you.")
    ['How many laws must change?', 'And who said so?']
    >>> _questions("Voters in Oskemen chose a mayor. Two went on to a runoff. Who did not? And why?")
    ['Voters in Oskemen chose a mayor. Two went on to a runoff. Who did not?', 'And why?']
    """
    language = detect(text)
    if is_letter(text, language):
        return _questions_of_a_letter(text, language)
    text = " ".join(text.split())
    bare = without_small_talk(text, language)
    parts = [text[start:end] for start, end in sentences(text, language)]
    if len(parts) < 2 and (asked := asked_indirectly(text, language)):
        return [asked]
    asking = [at for at, part in enumerate(parts) if _asks(part, language) and not is_small_talk(part)]
    if len(parts) < 2 or not asking or (asking == [0] and len(words(text)) <= LETTER):
        return [bare]  # one question, perhaps with what it adds: "… List them all."
    first, *others = (without_small_talk(parts[at], language) for at in asking)
    lead = [part for part in parts[: asking[0]] if not is_small_talk(part)]
    return [" ".join([*_needed(lead, first, language), first]), *others]


def _questions_of_a_letter(text: str, language: str) -> list[str]:
    """The questions in a letter, in words that stand alone; what it asks between the lines, where it has no question mark."""
    body = without_frame(text, language)
    parts = [body[start:end] for start, end in sentences(body, language)]
    asking = {at: asked for at, part in enumerate(parts) if (asked := _asked_in(part, language))}
    asking = asking or {at: asked for at, part in enumerate(parts) if (asked := asked_indirectly(part, language))}
    if not asking:
        told = without_small_talk(without_closing(body, language) or " ".join(text.split()), language)
        is_question = len(parts) == 1 and _begins_as_question(told, language)
        return [f"{told[:1].upper()}{told[1:].rstrip('.!… ')}?" if is_question else told]
    (at, first), *others = asking.items()
    lead = [part for part in parts[max(0, at - 1) : at] if not is_small_talk(part)]
    needed = lead if points_back(first, language) else []
    whole = " ".join([*needed, first])
    return [whole[:1].upper() + whole[1:], *(asked for _, asked in others)]


def _asked_in(sentence: str, language: str) -> str | None:
    """The question that a sentence asks, without what is around it; None if it asks nothing."""
    if not _asks(sentence, language) or is_small_talk(sentence):
        return None
    return asked_indirectly(sentence, language) or without_small_talk(sentence, language)


def _needed(lead: list[str], question: str, language: str) -> list[str]:
    """The sentences before a question that tell what it is about."""
    leans = _leans(question, language)
    if len(words(" ".join(lead))) > LETTER:
        return lead[-1:] if leans else []
    return lead if leans or any(map(_NAMES.search, lead)) else []


def _leans(question: str, language: str) -> bool:
    """Whether a question does not stand alone: it has a pronoun, or hardly any words."""
    pronouns = whole_words(record(language).follow_up.pronouns)
    return bool(pronouns.search(question)) or len(words(question)) <= SHORT


def _asks(sentence: str, language: str) -> bool:
    """Whether a sentence ends in a question mark, or asks politely: please tell me how many there are."""
    return bool(re.search(r"[?？]+[\s\"'»”’)]*$", sentence)) or asks_politely(sentence, language)


def _is_of_nothing_here(text: str, language: str, snapshot: Snapshot) -> bool:
    """Whether an index with articles in the language of a short question has none of the words that tell what it is about.

    What reads such a question takes the date, or the name, of something else.
    """
    told = telling(text, language)
    if len(told) != 1 or language not in snapshot.languages():
        return False
    return not knows_most(told[0].capitalize(), language, snapshot, least=1.0)


@cache
def _embedding_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_name_prefix="embedding")
