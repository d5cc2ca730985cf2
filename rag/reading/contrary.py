"""Tells what is no answer by its clause or its line: what is denied, told of another year, or stands in another line of a list."""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Set

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems
from rag.understanding.days import Relative
from rag.understanding.noun_phrases import happens
from rag.understanding.when import when

LINE = 150  # characters of a line at most, in a list or a programme
_ROLE = re.compile(r"\(([^()\n]{3,80})\)[ \t]*$", re.MULTILINE)  # of somebody, at the end of a line of a list
LEAST_LINES = 3
FEW = 3  # words, among which there is hardly a verb
BEFORE, AFTER = 3, 5  # words beside a number, in which it may be denied
_INSTEAD = re.compile(r"\b(?:but|но|бірақ)\s")
_HANGS = re.compile(r"\b(?:that|что)\b")
_ENDS = re.compile(r"[,;:—–]\s|\.\s|\n")


def clause_at(text: str, place: int) -> str:
    """The clause that holds a character: what stands between two marks.

    >>> clause_at("It will be sold in May, not in June.", 25)
    'not in June.'
    """
    ends = _ends(text)
    at = bisect_right(ends, place)
    return text[ends[at - 1] if at else 0 : ends[at] if at < len(ends) else len(text)].strip()


@functools.lru_cache(16)
def _ends(text: str) -> list[int]:
    """Where the clauses of a text end, with their marks; of one passage it is asked for dozens of times."""
    return [found.end() for found in _ENDS.finditer(text)]


def with_verb(text: str, place: int) -> str:
    """The clause that holds a character, with the one before it if a few words stand behind a comma: "opened on Thursday, 12 June".

    >>> with_verb("The mill was shut on Thursday, 12 June.", 31)
    'The mill was shut on Thursday, 12 June.'
    """
    clause = clause_at(text, place)
    before = text[: text.rfind(clause, 0, place + len(clause))].rstrip()
    if len(clause.split()) > FEW or not before.endswith(","):
        return clause
    return f"{clause_at(text, len(before) - 1)} {clause}"


def denies(clause: str, language: str) -> bool:
    """Whether a clause says that something was not so.

    >>> [denies(each, "en") for each in ("it was not sold in 2022", "it was not sold until 2022", "it was sold")]
    [True, False, False]
    """
    return bool(_denial(language).search(clause))


def denial_in(clause: str, language: str) -> int | None:
    """Where the word ends by which a clause says that something was not so, or that nobody was or did it; None without one.

    >>> clauses = ("it was not sold", "nobody came", "it was sold", "not until May")
    >>> [denial_in(each, "en") for each in clauses]
    [10, 6, None, None]
    """
    found = _denial(language).search(clause) or whole_words(record(language).none).search(clause)
    return found.end() if found else None


def is_denied(text: str, place: int, language: str, *, nearby: bool) -> bool:
    """Whether words that begin at a place of a text are denied by what stands before them in their clause, or after them in Kazakh.

    Args:
        nearby: only what stands right beside them counts, as for a number; "it was not sold" also denies a year farther off.

    >>> [is_denied("he who did not go got 40 crowns", 24, "en", nearby=nearby) for nearby in (True, False)]
    [False, True]
    >>> is_denied("it was not seen since 1987", 22, "en", nearby=False)
    False
    >>> text = "it will not open in May but in June"
    >>> [is_denied(text, text.index(month), "en", nearby=False) for month in ("May", "June")]
    [True, False]
    """
    clause = clause_at(text, place)
    begins = text.find(clause, max(0, place - len(clause)), place + len(clause))
    instead = max((found.end() for found in _INSTEAD.finditer(text, begins, place)), default=begins)
    begins, clause = instead, clause[instead - begins :]  # not in May | but in June
    if not nearby and _is_since(text, place, language):
        return False
    if not nearby:
        clause = clause[: _next_predicate(clause, place - begins, language)]
        if not record(language).denials_follow:
            return denies(clause, language)
    if record(language).denials_follow:
        following = text[place : begins + len(clause)].split()
        return denies(" ".join(following[:AFTER] if nearby else following), language)
    return denies(" ".join(text[begins:place].split()[-BEFORE:]), language)


def _is_since(text: str, place: int, language: str) -> bool:
    """Whether a time that begins at a place of a text is told as the beginning of what is so from then on: since 1987, 1987 жылдан бері."""
    since = whole_words(record(language).answers.since)
    if record(language).denials_follow:
        return bool(since.search(" ".join(text[place:].split()[:BEFORE])))
    return bool(since.search(" ".join(text[:place].split()[-1:]))) or bool(since.match(text, place))


def _next_predicate(clause: str, place: int, language: str) -> int:
    """Where what is told after a place of a clause ends and something else is told: built in 1974 | and had not been repaired.

    >>> clause = "It was built in 1974 and had not been repaired"
    >>> clause[: _next_predicate(clause, 16, "en")], _next_predicate("In May and June it was not sold", 3, "en")
    ('It was built in 1974', 31)
    """
    joined = whole_words(record(language).statements.contrasts)
    if hangs := _HANGS.search(clause, place):  # they ruled on 9 December | that nobody need pay
        return hangs.start()
    for found in joined.finditer(clause, place):
        is_of_both = clause[found.end() :].lstrip()[:1].isdigit()  # in 2022 and 2023
        if not is_of_both and any(_happens(word, language) for word in clause[: found.start()].split()):
            return found.start() - 1
    return len(clause)


def _happens(word: str, language: str) -> bool:
    """Whether a word, no name and no month, seems to say what happened: салынған."""
    told = whole_words(record(language).statements.happened)
    return word.islower() and (happens(word, language) or bool(told.fullmatch(word)))


@functools.cache
def _denial(language: str) -> re.Pattern[str]:
    return re.compile(record(language).denials, re.IGNORECASE)


def asked_years_on(question: str, language: str) -> int | None:
    """Which year a question names as seen from the article: -1 for last year, 0 for this one; None for no such year."""
    asked = when(question, language)
    is_year = asked and isinstance(asked.time, Relative) and asked.time.unit == "year"
    return asked.time.offset if asked and is_year and isinstance(asked.time, Relative) else None


def tells_other_year(asked: int | None, clause: str, language: str) -> bool:
    """Whether a clause names this, last or next year, and not the one that is asked for.

    >>> tells_other_year(-1, "some 900 people will come this year", "en")
    True
    """
    told = asked_years_on(clause, language) if asked is not None else None
    return told is not None and told != asked


def is_allowed(text: str, language: str) -> bool | None:
    """Whether a text says that something may be done, or that it must not; None if it says neither, or both.

    >>> [is_allowed(each, "en") for each in ("What is allowed?", "Not allowed here:", "Dogs are not forbidden.", "Tickets:")]
    [True, False, None, None]
    """
    known = record(language).lists
    rest, forbids = whole_words(known.forbidden).subn(" ", text)
    allows = bool(whole_words(known.allowed).search(rest))
    is_unclear = allows == bool(forbids) or (forbids and denies(rest, language))
    return None if is_unclear else allows


def divisions_in(text: str, language: str) -> frozenset[int]:
    """Whose contests a text names, 0 for those of women.

    >>> sorted(divisions_in("The men's final is on Sunday, that of the juniors on Friday.", "en"))
    [1, 2]
    """
    divisions = map(whole_words, record(language).statements.divisions)
    return frozenset(number for number, division in enumerate(divisions) if division.search(text))


def is_in_other_line(text: str, place: int, asked: Set[str], language: str, names: Callable[[str], bool]) -> bool:
    r"""Whether the line that holds a character shares no word with the question, while another line of the list does.

    Args:
        asked: stems of the question's words.
        names: whether a line names a thing of the kind that is asked for.

    >>> programme = "10:00 Opening\n11:30 Horse races\n14:00 Concert"
    >>> is_in_other_line(programme, programme.index("14"), {"hors", "race"}, "en", lambda line: True)
    True
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < LEAST_LINES or not asked:
        return False
    own = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    if len(own) > LINE or not asked.isdisjoint(stems(own, language)):
        return False
    others = (line for line in lines if line != own and len(line) <= LINE and not line.rstrip().endswith("?"))
    return any(names(line) and not asked.isdisjoint(stems(line, language)) for line in others)


def is_beside_named_role(text: str, place: int, asked: Set[str], language: str) -> bool:
    r"""Whether the line that holds a character ends with a role in brackets, and only another one's is in the question.

    Args:
        asked: stems of the question's words.

    >>> present = "* Karl Venn (chair)\n* Ada Quill (guest)"
    >>> [is_beside_named_role(present, present.index(name), {"guest"}, "en") for name in ("Karl", "Ada")]
    [True, False]
    """
    own = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    role, *_ = (*_ROLE.findall(own), "")
    if not role or not asked.isdisjoint(stems(role, language)):
        return False
    return any(not asked.isdisjoint(stems(other, language)) for other in _ROLE.findall(text))
