"""Tells key words from questions: "bridge opening", "Токаев", "жаңа парламент" name a topic, and ask nothing of it."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import words

MOST_WORDS = 2  # of key words; more are what people type into a search box for a question
STATEMENT = range(3, 5)  # words of a statement that is taken for key words
LONGEST_NAME = 4  # words, each with a capital

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an"})
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


def is_topic(text: str, language: str, most: int = MOST_WORDS) -> bool:
    """Whether a text is one or two key words, or `most`, a name, a number or an address, and no question.

    >>> [is_topic(each, "en") for each in ("bridge opening", "Kassym-Jomart Tokayev", "bridge opening date", "Why?")]
    [True, True, False, False]
    >>> is_topic("2026", "en"), is_topic("https://example.org/news/1", "en"), is_topic("How many in 2026?", "en")
    (True, True, False)
    >>> is_topic("жаңа парламент", "kk"), is_topic("Сенат упразднят?", "ru")
    (True, False)
    """
    if _ADDRESS.fullmatch(text.strip()):
        return True
    found = [word for word in _WORD.findall(text) if word.lower() not in _ARTICLES]
    if not found or not _is_without_question(text, language):
        return False
    is_name = len(found) <= LONGEST_NAME and all(word[0].isupper() for word in found)
    return is_name or len(found) <= most


def is_statement(text: str, language: str) -> bool:
    """Whether a few words state something, and ask nothing: "the bus is late" in a search box.

    >>> [is_statement(each, "en") for each in ("bus is late", "is the bus late", "who is late today", "bus late today")]
    [True, False, False, False]
    >>> is_statement("лифт жұмыс істемейді", "kk"), is_statement("лифт жұмыс істей ме", "kk"), is_statement("автобус опять не ходит", "ru")
    (True, False, True)
    """
    known = record(language)
    helping = whole_words(known.follow_up.verbs or "(?!)")
    plain = [word for word in words(text) if not helping.fullmatch(word)]
    if "?" in text or len(words(text)) not in STATEMENT or not known.question_words.isdisjoint(plain):
        return False
    asks = re.search(known.answers.asks_list, text, re.IGNORECASE) or whole_words(known.answers.asks_yes_no).search(
        text
    )
    asks = asks or whole_words(known.follow_up.asking).search(" ".join(plain))
    return not asks and bool(whole_words(known.talk.stating).search(text))


def _is_without_question(text: str, language: str) -> bool:
    """Whether nothing in a text asks: no question word, and with a question mark no verb either."""
    known = record(language)
    plain = words(text)
    if not known.question_words.isdisjoint(plain) or whole_words(known.follow_up.asking).search(text):
        return False
    if not text.rstrip().endswith("?") or len(plain) == 1:
        return True
    return not whole_words(known.follow_up.finite).search(text)
