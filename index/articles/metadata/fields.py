"""Metadata under the names and in the shapes that people give it: what can be understood is taken, the rest is said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from index.analysis.unicode import one_line
from index.articles.markup.markdown_extensions import without_wikilinks
from index.articles.metadata.dates import date_in_name, date_in_path, read_date
from index.articles.metadata.title_date import date_in_title
from index.errors import InputError
from index.types import Note

# The names of a field, best first, in small letters without "_", "-" and blanks.
TITLE_NAMES = tuple(
    "title headline header subject name fullname webtitle заголовок название тема тақырып тақырыбы атауы".split()
)
_DATE = (
    "date pubdate publishdate publisheddate datepublished published publishedat publishedon publicationdate firstpublished "
    "webpublicationdate issued posted postedat postedon postdate created createdat createdutc createddate datecreated "
    "creationdate datetime datetimeraw timestamp time sent sentat дата датапубликации опубликовано датаивремя күні мерзімі "
    "жарияланды жарияланғанкүні updated updatedat updateddate dateupdated lastmod lastmodified modified modifiedat "
    "datemodified"
).split()
_SOURCE = tuple(
    "source publisher publication site sitename outlet newspaper journal feed источник издание дереккөз басылым author "
    "authors автор авторы".split()
)
_PLACE = tuple(
    "place location city town village settlement locality district region место местоположение город село населённыйпункт "
    "населенныйпункт район область регион орны мекен қала ауыл аудан облыс өңір".split()
)
_URL = tuple("url link canonicalurl canonical sourceurl permalink guid uri weburl ссылка адрес сілтеме".split())
_LANGUAGE = ("lang", "language", "locale", "inlanguage", "languagecode", "язык", "тіл", "тілі")
_IS_DRAFT = {
    "draft": True,
    "isdraft": True,
    "hugodraft": True,
    "published": False,
    "publish": False,
    "public": False,
    "private": True,
}
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_UNPUBLISHED = frozenset("draft private pending unpublished hidden черновик".split())
_EMPTY = frozenset(("", "null", "none", "~"))
_INSIDE = ("name", "title", "text", "value", "label", "#text", "$t", "_", "content")  # of a mapping, what it is called
_NESTED = 3  # levels of lists and mappings that are looked into


@dataclass(frozen=True, slots=True)
class Fields:
    """What the metadata of an article says. `published` is an ISO date, `language` as it was written.

    `place` is where the article comes from, such as the town of a letter.
    """

    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    place: str | None = None
    is_draft: bool = False
    notes: tuple[Note, ...] = ()


def read_fields(given: Mapping[str, Any], stem: str = "") -> Fields:
    """Read metadata as it stands in a file. A field that cannot be understood is left out, with a note.

    Args:
        given: names and values, as a parser gives them.
        stem: the file's name without its suffix, which may begin or end with a date.

    >>> fields = read_fields({"headline": "Q&amp;A", "pubDate": "5 марта 2024", "source": ["Daily", "Weekly"]})
    >>> fields.title, fields.published, fields.source
    ('Q&A', '2024-03-05', 'Daily, Weekly')
    """
    by_name = {_plain_name(name): value for name, value in reversed(list(given.items()))}
    notes: list[Note] = []
    title = next(_texts(by_name, TITLE_NAMES, notes), None)
    source = next(_texts(by_name, _SOURCE, notes, separator=", "), None)
    place = next(_texts(by_name, _PLACE, []), None)
    url = next((text for text in _texts(by_name, _URL, []) if _is_address(text)), None)
    if source and _is_address(source):  # where it was found is called by its site
        url, source = url or source, urlsplit(source).hostname or source
    language = next(_texts(by_name, _LANGUAGE, notes), None)
    published = _read_dates(by_name, notes) or date_in_name(stem) or date_in_title(stem) or _date_of_address(by_name)
    return Fields(title, published, source, url, language, place, _is_draft(by_name), tuple(notes))


def _date_of_address(by_name: Mapping[str, Any]) -> str | None:
    """The day in the address of an article, or in the path that a site generator gives it."""
    addresses = (str(by_name[name]) for name in (*_URL, "path", "slug") if name in by_name)
    return next((day for address in addresses if (day := date_in_path(address))), None)


def field_values(given: Mapping[str, Any], names: Iterable[str]) -> Iterator[Any]:
    """The values of those of these names that are there and not empty, whatever the case, the blanks and the hyphens."""
    by_name = {_plain_name(name): value for name, value in reversed(list(given.items()))}
    return (by_name[name] for name in names if by_name.get(name) not in (None, ""))


def _plain_name(name: object) -> str:
    return "".join(c for c in str(name).casefold() if c not in "_- ")


def _texts(
    by_name: Mapping[str, Any], names: tuple[str, ...], notes: list[Note], *, separator: str = ""
) -> Iterator[str]:
    """The values of these names as texts; notes say which could not be read."""
    for name in names:
        if name not in by_name:
            continue
        parts = list(_parts(by_name[name]))
        text = separator.join(parts) if separator else (parts or [""])[0]
        if text:
            yield text
        elif by_name[name] not in (None, "", [], {}) and str(by_name[name]).strip() not in _EMPTY:
            notes.append(Note("field left out", f"{name}: {one_line(str(by_name[name]))[:60]}"))


def _parts(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a value: itself, the items of a list, the name that stands in a mapping."""
    if depth > _NESTED or isinstance(value, bool) or value is None:
        return
    if isinstance(value, list) and (day := _day_of_numbers(value)):
        value = day
    if isinstance(value, (datetime, date)):
        yield value.isoformat()
    elif isinstance(value, Mapping):
        named = next((value[name] for name in _INSIDE if value.get(name)), None)
        yield from _parts(next(iter(value.values()), None) if named is None else named, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value[:20]:
            yield from _parts(item, depth + 1)
    else:
        text = one_line(without_wikilinks(unescape(str(value))))
        is_template = text.startswith(("{{", "{%", "<%")) or text.endswith("}}")
        if text.casefold() not in _EMPTY and not is_template:
            yield text


def _day_of_numbers(numbers: list[Any]) -> date | None:
    """The day that is written as a list of its year, month and day."""
    try:
        return date(*numbers[:3]) if len(numbers) >= 3 and all(type(each) is int for each in numbers) else None
    except (ValueError, OverflowError):
        return None


def _read_dates(by_name: Mapping[str, Any], notes: list[Note]) -> str | None:
    """The first date that can be read."""
    problems: list[Note] = []
    for name in _DATE:
        for text in _parts(by_name.get(name)):
            if text.casefold() in (*_YES, *_NO):
                continue  # `published: false` is no date
            try:
                return read_date(text)
            except InputError as error:
                problems.append(Note("date left out", str(error.what)))
    notes += problems[:1]
    return None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://", "ftp://", "file://")) and " " not in text


def _is_draft(by_name: Mapping[str, Any]) -> bool:
    for name, meaning in _IS_DRAFT.items():
        value = str(by_name.get(name, "")).strip().casefold()
        if (value in _YES and meaning) or (value in _NO and not meaning):
            return True
    return str(by_name.get("status", "")).strip().casefold() in _UNPUBLISHED
