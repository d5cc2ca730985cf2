"""Dates as people write them, in three languages; a date that can be read two ways is not guessed."""

import re
import unicodedata
from datetime import UTC, date, datetime

from index.errors import UnreadableArticle

_MONTHS = {
    1: "january jan январь января янв қаңтар қаң",
    2: "february feb февраль февраля февр фев ақпан ақп",
    3: "march mar март марта мар наурыз нау",
    4: "april apr апрель апреля апр сәуір сәу",
    5: "may май мая мамыр мам",
    6: "june jun июнь июня июн маусым мау",
    7: "july jul июль июля июл шілде шіл",
    8: "august aug август августа авг тамыз там",
    9: "september sept sep сентябрь сентября сент сен қыркүйек қыр",
    10: "october oct октябрь октября окт қазан қаз",
    11: "november nov ноябрь ноября нояб ноя қараша қар",
    12: "december dec декабрь декабря дек желтоқсан жел",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}

_YEAR = r"(?P<y>[12]\d{3})"
_MONTH = r"(?P<m>\d{1,2})"
_DAY = r"(?P<d>\d{1,2})"
# "наурызы", "наурызда", "наурыздың" and "март." are the month, too
_CASES = r"(?:[дт][ае]|[дтн][ыі]ң|[дтн][ае]н|[ғқгк][ае]|с?[ыі](?:нда|нде)?)?"
_NAME = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))}){_CASES}(?:\s+ай\w*)?\.?"
_RANK = r"(?:\s*-?\s*(?:шы|ші|сы|сі|ы|і)(?:нда|нде)?)?"  # 5-ші, 16-сы
_OF_YEAR = r"(?:ж\.?|жылғы|жылдың|жылы|жыл|г\.?|года)"
_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|понедельник|вторник|среда|четверг|пятница|"
    r"суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі)"
)
_LABEL = re.compile(
    r"(?:last )?(?:published|posted|updated|modified|created|date)(?: on)?\s*:?\s+|"
    r"(?:опубликован[оа]?|обновлен[оа]?|размещен[оа]?|создан[оа]?|дата)(?: публикации)?\s*:?\s+|"
    r"(?:жарияланды|жарияланған|жаңартылды|жаңартылған)(?: күні)?\s*:?\s+"
)
_ZONE = r"(?:z|utc|gmt|[a-z]{2,5}|(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d\d)?)"
_CLOCK = rf"\d{{1,2}}[:.]\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?(?:\s*{_ZONE})?(?:\s*\([\w ]{{1,20}}\))?"
_AFTER_YEAR = r"(?:\s*(?:г\.?|года|году|год|ж\.?|жылы|жыл))?"

# What may be read in one way only, most particular first.
_FORMS = [
    re.compile(form)
    for form in (
        rf"{_YEAR}(?P<s>[-./]){_MONTH}(?P=s){_DAY}",
        rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)",
        rf"{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}{_AFTER_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?{_RANK}[\s./-]*(?:of\s+)?{_NAME}[\s./,-]*{_YEAR}{_AFTER_YEAR}",
        rf"{_NAME}\s*{_DAY}(?:st|nd|rd|th)?{_RANK},?\s+{_YEAR}{_AFTER_YEAR}",
        rf"{_YEAR}\s*{_OF_YEAR}?,?[\s.-]*{_DAY}{_RANK}[\s-]+{_NAME}",
        rf"{_YEAR}\s*{_OF_YEAR},?\s+{_NAME}\s+{_DAY}{_RANK}",
        rf"{_YEAR}[\s-]+{_NAME}[\s-]+{_DAY}",
        rf"{_NAME}\s+{_DAY}\s+{_CLOCK}\s+{_YEAR}",
        rf"{_DAY}[\s-]{_NAME}[\s-](?P<yy>\d\d)",  # as old mails have it; no year has two digits in front
        r"(?P<y>[12]\d{3})-?w(?P<week>\d\d)-?(?P<weekday>[1-7])",
        rf"{_YEAR}[-./]{_MONTH}",
        rf"(?P<m>\d\d)[./]{_YEAR}",
        rf"{_NAME},?\s+{_YEAR}{_AFTER_YEAR}",
        rf"{_YEAR}\s*{_OF_YEAR}\s+{_NAME}",
        rf"{_YEAR}{_AFTER_YEAR}",
    )
]
_WITHOUT_YEAR = [
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?{_RANK}[\s./-]*(?:of\s+)?{_NAME}"),
    re.compile(rf"{_NAME}\s*{_DAY}(?:st|nd|rd|th)?{_RANK}"),
]
_EITHER_ORDER = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/])(?P<b>\d{1,2})(?P=s)(?P<y>[12]\d{3})")
_TIME_BEFORE = re.compile(rf"^{_CLOCK}\s*[,|/]?\s+")
_TIME_AFTER = re.compile(rf"(?:t|,|\s|\||\bat\b|\bв\b|-)\s*{_CLOCK}$")
_EPOCH = re.compile(r"(?:/date\()?(?P<seconds>\d{10})(?:\d{3})?(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?")
_NAMED_FOR_A_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)|(?P<d2>\d\d)\.(?P<m2>\d\d)\.(?P<y2>(?:19|20)\d\d)(?!\d)"
)

_FILED_UNDER = re.compile(r"(?:^|/)([12]\d{3})/(\d\d)/(\d\d)(?:/|$)")


def read_date(written: str) -> str:
    """Read a date that can be read in one way only, as ISO 8601: a day, a month or a year.

    A time is dropped; the day is the one that is written, whatever the time zone. Ten or thirteen digits are seconds or
    milliseconds since 1970, in UTC.

    Raises:
        InputError: it is no date, no day of the calendar, or can be read in two ways.

    >>> read_date("2024 жылғы 5 наурыз"), read_date("Tue, 05 Mar 2024 10:00:00 GMT"), read_date("март 2024")
    ('2024-03-05', '2024-03-05', '2024-03')
    """
    text = _normalized(written)
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch["seconds"]), UTC).date().isoformat()
    if either := _EITHER_ORDER.fullmatch(text):
        return _in_either_order(either, written)
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _iso(found.groupdict(), written)
    raise UnreadableArticle("malformed", f'"{written[:40]}" is not a date that can be read, write it like 2026-01-19')


def month_and_day(written: str) -> tuple[int, int] | None:
    """The month and the day of a date that says no year; None for anything else.

    >>> month_and_day("September 6"), month_and_day("6-ші наурыз"), month_and_day("6 March 2021")
    ((9, 6), (3, 6), None)
    """
    text = _normalized(written)
    found = next((found for form in _WITHOUT_YEAR if (found := form.fullmatch(text))), None)
    return (MONTHS[found["name"]], int(found["d"])) if found else None


def date_in_name(stem: str) -> str | None:
    """The day that a file is named for: "2024-03-05-bridge" gives "2024-03-05".

    >>> date_in_name("2024-03-05-bridge"), date_in_name("05.03.2024 bridge"), date_in_name("Minutes 2024-02-30")
    ('2024-03-05', '2024-03-05', None)
    """
    found = _NAMED_FOR_A_DAY.match(stem)
    if not found:
        return None
    year, month, day = found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def date_in_path(path: str) -> str | None:
    """The day under which a site files an article: "/2024/03/05/bridge" gives "2024-03-05".

    >>> date_in_path("https://news.example/2024/03/05/bridge"), date_in_path("/2024/30/05/")
    ('2024-03-05', None)
    """
    found = _FILED_UNDER.search(path)
    return date_in_name("-".join(found.groups())) if found else None


def _normalized(written: str) -> str:
    """Small letters, plain hyphens and blanks; no label, no weekday and no time of day."""
    text = unicodedata.normalize("NFKC", written[:200]).casefold().replace("ё", "е")
    text = re.sub(r"[«»“”„\"]|\[[\w/]+\]$", "", re.sub("[‐‑‒–—−]", "-", text))
    text = _LABEL.sub("", " ".join(text.split()), count=1)
    text = _TIME_BEFORE.sub("", re.sub(rf"^{_WEEKDAY}\.?,?\s+", "", text))
    return re.sub(rf",?\s+\(?{_WEEKDAY}\)?$", "", _TIME_AFTER.sub("", text)).strip(" ,")


def _in_either_order(found: re.Match[str], written: str) -> str:
    """A day and a month divided by slashes: clear only if one of them is over 12, or both are the same."""
    first, second = int(found["a"]), int(found["b"])
    if first != second and first <= 12 and second <= 12:
        raise UnreadableArticle(
            "malformed", f'"{written[:40]}" can be read in two ways, write it like {found["y"]}-{second:02}-{first:02}'
        )
    day, month = max(first, second), min(first, second)
    return _iso({"y": found["y"], "m": str(month), "d": str(day)}, written)


def _whole_year(digits: int) -> str:
    """The year that mails mean by two digits, see RFC 5322 4.3.

    >>> _whole_year(49), _whole_year(50)
    ('2049', '1950')
    """
    return str(digits + (2000 if digits < 50 else 1900))


def _iso(parts: dict[str, str | None], written: str) -> str:
    name = parts.get("name")
    month = MONTHS[name] if name else int(parts.get("m") or 0)
    day = int(parts.get("d") or 0)
    year = parts["y"] if "y" in parts else _whole_year(int(parts["yy"] or 0))
    try:
        if parts.get("week"):
            return date.fromisocalendar(int(year or 0), int(parts["week"] or 0), int(parts["weekday"] or 0)).isoformat()
        date(int(year or 0), month or 1, day or 1)
    except ValueError:
        raise UnreadableArticle("malformed", f'"{written[:40]}" is no day of the calendar') from None
    if not month:
        return f"{year}"
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
