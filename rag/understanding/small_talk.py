"""Tells greetings, thanks and requests ("summarise", "who are you?") from questions, and takes them off a question.

A text is small talk if some word or phrase shows it and all its other words may stand beside that one: any word that
says something of the articles' content makes it a question.
"""

import functools
import re

from index.analysis.detect import detect
from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import Language
from index.analysis.terms import words

_GAP = r"[\s,.!?:;…–—-]*"


def small_talk_in(text: str) -> str | None:
    """The language in which a text greets, thanks, or asks for something else than an answer; None if it does not.

    Words of several languages count as the one that the whole text looks like.

    >>> small_talk_in("рахмет"), small_talk_in("спасибо"), small_talk_in("Сколько законов?")
    ('kk', 'ru', None)
    """
    plain = " ".join(words(text))
    spoken = [
        each.code for each in RECORDS.values() if plain and (_is_small_talk(plain, each) or _introduces(text, each))
    ]
    likely = detect(text)
    return likely if likely in spoken else next(iter(spoken), None)


def is_small_talk(text: str) -> bool:
    """Whether a text greets, thanks, or asks for something else than an answer, in any language.

    >>> [is_small_talk(each) for each in ("Hello there!", "Summarise the articles", "Hello, how many laws must change?")]
    [True, True, False]
    >>> is_small_talk("Кто ты?"), is_small_talk("Мақалаларды салыстыр"), is_small_talk("Кто такой Токаев?")
    (True, True, False)
    """
    return small_talk_in(text) is not None


def asks_for_more(text: str, language: str) -> bool:
    """Whether a text asks to go on: "tell me more", "и что дальше", "толығырақ"."""
    known, said = record(language), " ".join(words(text))
    return bool(_whole(rf"(?:{known.follow_up.openers})?(?:{known.talk.more})").fullmatch(said))


def topic_asked_for(text: str, language: str) -> str | None:
    """What a request is about: "bridges" in "tell me about bridges"; None if it is no such request."""
    found = _named(record(language).talk.about, text.strip(" \t\n.!?…"))
    return found.strip() if found else None


def topic_judged(text: str, language: str) -> str | None:
    """What a question asks whether it is good, which no quotation settles: "bridges" in "are bridges any good?"; None if none is asked so.

    >>> topic_judged("Is the reform good?", "en"), topic_judged("Хорошая ли реформа?", "ru"), topic_judged("Is it open?", "en")
    ('the reform', 'реформа', None)
    """
    return _named(record(language).talk.judging, text)


def topic_to_do(text: str, language: str) -> str | None:
    """What a question asks how to do: "vote" in "how do I vote?"; None if it asks for no such thing.

    >>> topic_to_do("How do I vote?", "en"), topic_to_do("Как проголосовать?", "ru"), topic_to_do("How do laws change?", "en")
    ('vote', 'проголосовать', None)
    """
    return _named(record(language).talk.how_to, text)


def topic_defined(text: str, language: str) -> str | None:
    """What a question asks what it is: "mazhilis" in "what is a mazhilis?"; None if it asks for no such thing.

    >>> topic_defined("What is a mazhilis?", "en"), topic_defined("Что такое курултай?", "ru"), topic_defined("What is the date?", "en")
    ('mazhilis', 'курултай', None)
    """
    return _named(record(language).talk.defining, text)


def topic_placed(text: str, language: str) -> str | None:
    """What a question asks where it is: "market" in "where is the market?"; None if it asks for no such thing.

    >>> topic_placed("Where is the market?", "en"), topic_placed("Базар қайда?", "kk"), topic_placed("Why is it there?", "en")
    ('market', 'Базар', None)
    """
    return _named(record(language).talk.placing, text)


def topic_compared(text: str, language: str) -> str | None:
    """The two things that a question asks to compare, which no quotation does: "tags links" of "difference between tags and links".

    >>> topic_compared("What is the difference between a tag and a link?", "en"), topic_compared("чем тег отличается от ссылки", "ru")
    ('tag link', 'тег ссылки')
    >>> topic_compared("Тег пен сілтеменің айырмашылығы неде?", "kk"), topic_compared("How much do prices differ?", "en")
    ('Тег сілтеменің', None)
    """
    found = _whole(record(language).talk.comparing).fullmatch(text.strip(" \t\n.!…?"))
    return " ".join(filter(None, found.groups())) if found else None


def name_introduced(text: str, language: str) -> str | None:
    """The name that a question asks who bears it: "Dana" in "who is Dana?"; None if it asks for no such thing."""
    return _named(record(language).talk.introduced, text)


def thing_made(text: str, language: str) -> str | None:
    """What a question asks who made it: "bridge" in "who built the bridge?"; None if it asks for no such thing."""
    return _named(record(language).talk.making, text)


def _named(pattern: str, text: str) -> str | None:
    """The first group of a pattern that is found in a text that fits it as a whole."""
    found = _whole(pattern).fullmatch(text.strip(" \t\n.!…"))
    return next(filter(None, found.groups()), None) if found else None


def asks_politely(sentence: str, language: str) -> bool:
    """Whether a sentence wraps a question in politeness: "please tell me how many there are".

    >>> asks_politely("Please tell me how many there are.", "en"), asks_politely("Tell me a story.", "en")
    (True, False)
    """
    known = record(language)
    return _without_politeness(sentence, _at_start(known.talk.polite), known) != sentence


def without_small_talk(text: str, language: str) -> str:
    """A question without the greeting before it, the thanks after it and the politeness around it.

    >>> without_small_talk("Hello, could you tell me how many laws must change?", "en")
    'How many laws must change?'
    >>> without_small_talk("Добрый день! Подскажите, пожалуйста, сколько законов изменят. Спасибо!", "ru")
    'Сколько законов изменят?'
    """
    known = record(language)
    greeting, polite = _at_start(f"{known.talk.greeting}|{_thanks(known)}"), _at_start(known.talk.polite)
    text = text.strip()
    bare = _without_courtesies(text, known)
    while found := greeting.match(bare):
        bare = bare[found.end() :]
    asked = _without_politeness(bare, polite, known)
    if asked == text or not words(asked):
        return text
    asked = asked[:1].upper() + asked[1:]
    return asked if asked == bare or asked.endswith("?") else asked.rstrip(".!… ") + "?"


def _thanks(known: Language) -> str:
    """Thanks that a mark parts from what follows: "thank you, when …", but not "thanks to what …"."""
    return rf"(?:{known.talk.thanks})(?: \w+)?(?=\s*[,.!…–—])"


def _without_courtesies(text: str, known: Language) -> str:
    """A text without the sentences at its ends that only greet or thank."""
    courtesy = _whole(f"{known.talk.greeting}|{known.talk.thanks}")
    sentences = re.split(r"(?<=[.?!…])\s+", text)
    while len(sentences) > 1 and is_small_talk(sentences[0]) and courtesy.match(sentences[0]):
        del sentences[0]
    while len(sentences) > 1 and is_small_talk(sentences[-1]) and courtesy.match(sentences[-1]):
        del sentences[-1]
    return " ".join(sentences)


def _without_politeness(text: str, polite: re.Pattern[str], known: Language) -> str:
    """A question without what it is wrapped in; a text stays as it is where no question word follows."""
    found = polite.match(text)
    if not found:
        return text
    rest, is_parted = text[found.end() :], not found[0].rstrip()[-1:].isalnum()
    return rest if _begins_to_ask(rest, is_parted, known) else text


def _begins_to_ask(text: str, is_parted: bool, known: Language) -> bool:
    """Whether a text begins with a question word, perhaps behind a preposition; where verbs come last, one anywhere behind a mark will do."""
    asking, rest = _question_words(known.code), words(text)
    if known.follow_up.verbs is None and is_parted:
        return not asking.isdisjoint(rest)
    is_behind = len(rest) > 1 and _whole(known.follow_up.prepositions).fullmatch(rest[0])
    return bool(rest) and rest[1 if is_behind else 0] in asking


@functools.cache
def _question_words(language: str) -> frozenset[str]:
    known = record(language)
    return known.question_words | frozenset(word for word in known.small_words if _asks(word, known))


def _asks(word: str, known: Language) -> bool:
    return bool(_whole(known.follow_up.asking).fullmatch(word))


def _is_small_talk(plain: str, known: Language) -> bool:
    signs, beside = _signs(known.code)
    rest, found = signs.subn(" ", plain)
    return bool(found) and all(beside.fullmatch(word) for word in rest.split())


def _introduces(text: str, known: Language) -> bool:
    """Whether somebody says who writes, perhaps after a greeting, as in "Hello, my name is Aida".

    >>> _introduces("Hi! I'm Aida.", RECORDS["en"]), _introduces("I am late", RECORDS["en"])
    (True, False)
    """
    opened = rf"(?i:(?:{known.talk.greeting})[\s,.!]+)?(?i:{known.talk.introducing})"
    return bool(re.fullmatch(rf"\W*{opened}(?: [^\W\d_a-zа-яёәғқңөұүһі][\w'’-]*){{1,3}}\W*", " ".join(text.split())))


@functools.cache
def _signs(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    talk = record(language).talk
    return re.compile(rf"\b(?:{talk.signs})(?!\w)"), re.compile(talk.beside)


@functools.cache
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE)


@functools.cache
def _at_start(pattern: str) -> re.Pattern[str]:
    """A pattern at the start of a text, with the marks around its words."""
    loose = pattern.replace(" ", r"[\s,]+")
    return re.compile(rf"{_GAP}(?:{loose})(?!\w){_GAP}", re.IGNORECASE)
