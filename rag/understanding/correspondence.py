"""Finds what a pasted letter or e-mail asks, apart from its header lines, salutation, background, thanks and signature."""

import re
from functools import cache
from itertools import pairwise

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import words
from rag.understanding.small_talk import without_small_talk

_SHORT_LINE = 50  # characters; a longer line that ends without a mark was wrapped
_QUOTED = re.compile(r"^[> ]+", re.MULTILINE)
_AFTER_A_COLON = re.compile(r":\s*[«“\"„]?(?P<asked>[^:]+[?？])[\s»”\"’)]*$")


def is_letter(text: str, language: str) -> bool:
    """Whether a text of several lines or sentences greets at its beginning, or has header lines or a closing.

    >>> is_letter("Dear editors, the bridge is closed. When will it open?", "en"), is_letter("Kind regards", "en")
    (True, False)
    >>> is_letter("The bridge is closed. When will it open?", "en"), is_letter("Мост закрыт. Когда откроют? С уважением, Дина", "ru")
    (False, True)
    """
    known = record(language).correspondence
    opens = _at_a_beginning(known.salutation).match(text) or _headers(language).match(text)
    return bool(re.search(r"[\n.!?…,]\s*\S", text)) and bool(opens or _closing(known.closing).search(text))


def without_frame(text: str, language: str) -> str:
    r"""The lines of a letter without its headers and its salutation, each line that stands alone as a sentence.

    >>> without_frame("To: the editors\nSubject: bridge\n\nDear Sir or Madam,\nI live nearby\nWhen will it open?", "en")
    'I live nearby. When will it open?'
    """
    text = _QUOTED.sub("", text.strip())
    text = _headers(language).sub("", text, count=1).lstrip()
    text = _at_a_beginning(record(language).correspondence.salutation).sub("", text, count=1)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join([*(_ended(line, after) for line, after in pairwise(lines)), *lines[-1:]])


def without_closing(text: str, language: str) -> str:
    """A letter until it thanks or closes.

    >>> without_closing("Tell us of the tram. Kind regards, Ann", "en")
    'Tell us of the tram.'
    """
    found = _closing(record(language).correspondence.closing).search(text)
    return text[: found.start() + 1].strip() if found else text


def _ended(line: str, after: str) -> str:
    """A line with the mark that it lacks, if it is short and the next one goes not on in it."""
    stands_alone = len(line) < _SHORT_LINE and line[-1].isalnum() and not after[:1].islower()
    return f"{line}." if stands_alone else line


def asked_indirectly(sentence: str, language: str) -> str | None:
    """The question in a sentence that wonders, or forwards it: "we would like to know when it opens"; None if it has none.

    >>> asked_indirectly("We argued about how many boats there are.", "en"), asked_indirectly("They opened when it rained.", "en")
    ('How many boats there are?', None)
    >>> asked_indirectly("Вчера заспорили, с какого года ходит паром.", "ru"), asked_indirectly("Біз қанша қайық барын білгіміз келеді", "kk")
    ('С какого года ходит паром?', 'Қанша қайық бар?')
    """
    known = record(language)
    if known.follow_up.verbs and _at_a_beginning(rf"(?:\w+ )?(?:{known.follow_up.asking})\b").match(sentence):
        return None  # "who asked when it opens"
    found = _AFTER_A_COLON.search(sentence)
    if found and whole_words(known.correspondence.announcing).search(sentence[: found.start()]):
        asked = found["asked"]
    elif (found := _at_a_beginning(known.correspondence.wondering).match(sentence)) and not re.search(
        r"[?？]", sentence
    ):
        asked = found["asked"].strip(" .!…,;«»")
    else:
        return None
    if not whole_words(known.follow_up.asking).search(asked):
        return None
    for indirect, direct in known.correspondence.indirect.items():
        asked = re.sub(rf"(?:{indirect})$", direct, asked)
    asked = without_small_talk(asked.rstrip("?"), language).rstrip("?") + "?"
    return asked[:1].upper() + asked[1:]


def points_back(question: str, language: str) -> bool:
    """Whether a question names nothing, or points to what was said before: "did they win?", "when does this bridge open?".

    >>> points_back("Who did not?", "en"), points_back("How many work there?", "en"), points_back("Who won the race?", "en")
    (True, True, False)
    """
    known = record(language)
    telling = [word for word in words(question) if word not in known.function_words | known.question_words]
    pointing = rf"{known.follow_up.pronouns}|{known.correspondence.pointing}"
    return len(telling) < 2 or bool(whole_words(pointing).search(question))


@cache
def _at_a_beginning(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\A\W*(?:{pattern})", re.IGNORECASE)


@cache
def _closing(pattern: str) -> re.Pattern[str]:
    """A closing at the beginning of a line or of a sentence that is not the first."""
    return re.compile(rf"(?:\n\s*|[.!?…]\s+)(?:{pattern})\b", re.IGNORECASE)


@cache
def _headers(language: str) -> re.Pattern[str]:
    return re.compile(rf"\A\s*(?:(?:{record(language).correspondence.headers})\s*:[^\n]*\n\s*)+", re.IGNORECASE)
