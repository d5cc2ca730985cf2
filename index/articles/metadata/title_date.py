"""The date in a title that is the article's own: "Minutes of the board, 5 May 2024", and not "Elections set for 5 May 2024"."""

import re
from collections.abc import Iterator

from index.analysis.languages import in_any
from index.articles.metadata.dates import read_date
from index.errors import InputError

_FIGURES = r"(?:19|20)\d\d(?P<s>[-.])\d\d(?P=s)\d\d"
_ISO = re.compile(_FIGURES)
_HYPHEN_BEFORE = re.compile(rf"(?<=[^\W\d])-(?={_FIGURES}$)")  # in a file's name: minutes-2024-05-01
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# The number of a paper or its state: Протокол от 5 мая 2024 года № 3, Minutes of 5 May 2024 (draft)
_NUMBER = re.compile(r"[\s,]*(?:№|\bNo\.|#)\s*[\w/-]+$|\s*\([^\d()]{1,20}\)$")
_EDGES = ' ,:;.|()[]«»"–—-'
_LONGEST = 7  # words of a date with its weekday: Wednesday, 5 of May 2024
_LONGEST_TITLE = 200  # characters

_PAPERS = in_any(lambda language: language.titles.papers)
_OCCASIONS = in_any(lambda language: language.titles.occasions)
_OF_DAY = in_any(lambda language: language.titles.of_day)
_ON_DAY = in_any(lambda language: language.titles.on_day)
_PAPER = re.compile(rf"\b(?:{_PAPERS})\b", re.IGNORECASE)
_NAMED_FIRST = re.compile(rf"(?:{_PAPERS}|{_OCCASIONS})\b", re.IGNORECASE)
_NAMED_LAST = re.compile(rf"\b(?:{_PAPERS}|{_OCCASIONS})$", re.IGNORECASE)
_JOINED = re.compile(rf"\s(?:{_OF_DAY})$", re.IGNORECASE)
_JOINED_TO_PAPER = re.compile(rf"\s(?:{_OF_DAY}|{_ON_DAY})$", re.IGNORECASE)
_JOINS = re.compile(rf"(?:{in_any(lambda language: language.titles.joins)})$", re.IGNORECASE)
_ANNOUNCES = re.compile(rf"\b(?:{in_any(lambda language: language.titles.announces)})\b", re.IGNORECASE)


def date_in_title(title: str) -> str | None:
    """The day on which an article was written, by its title or by the name of its file: one full date, its own.

    A date is that of the article if the title is nothing else, if it stands in figures at one end, as 2024-05-01 does, or beside
    what is written on its day, such as minutes or a digest. A title that announces something dates nothing.

    >>> [date_in_title(each) for each in ("TSC meeting 2024-05-08", "Протокол от 13 ноября 2024 года", "Elections on 5 May 2026")]
    ['2024-05-08', '2024-11-13', None]
    """
    if len(title) > _LONGEST_TITLE or not _YEAR.search(title):
        return None
    for before, date, after in _divided(_spaced(title).split()):
        if day := _day(date):
            named = f"{before} {after}"
            tells_more = _YEAR.search(named) or announces(named)
            return day if not tells_more and (_ISO.fullmatch(date) or _is_own(before, after)) else None
    return None


def announces(title: str) -> bool:
    """Whether a title tells of another day than that on which it was written.

    >>> announces("Next meeting of the board"), announces("Meeting of the board")
    (True, False)
    """
    return _ANNOUNCES.search(title) is not None


def _spaced(title: str) -> str:
    """A title without the number and the state of the paper; the name of a file in words."""
    spaced = re.sub(r"(?<=\d)_(?=\d)", "-", title).replace("_", " ")
    return _HYPHEN_BEFORE.sub(" ", _NUMBER.sub("", spaced))


def _divided(words: list[str]) -> Iterator[tuple[str, str, str]]:
    """What stands before a date at the end of a title, the date, and what stands after one at its beginning; long ones first."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if not words[-count].strip(_EDGES):
            continue
        yield " ".join(words[:-count]), " ".join(words[-count:]).strip(_EDGES), ""
        yield "", _JOINS.sub("", " ".join(words[:count]).strip(_EDGES)), " ".join(words[count:])


def _day(written: str) -> str | None:
    """The day of a full date with its year in four digits."""
    if not _YEAR.search(written):
        return None
    try:
        date = read_date(written)
    except InputError:
        return None
    return date if len(date) == len("2024-05-01") else None


def _is_own(before: str, after: str) -> bool:
    """Whether a date is that of the paper named before or after it, or of the occasion that it is written of."""
    if after:
        return bool(_NAMED_FIRST.match(after.lstrip(_EDGES)) or _NAMED_LAST.search(after.rstrip(_EDGES)))
    has_paper = _PAPER.search(before)
    head = (_JOINED_TO_PAPER if has_paper else _JOINED).sub("", before).rstrip(_EDGES)
    if not head or _NAMED_LAST.search(head):
        return True
    return head != before and bool(has_paper or _NAMED_FIRST.match(head))
