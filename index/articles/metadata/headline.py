"""The headline of a text that has no other title: its first line that is no date, no byline and no row of links."""

import re

from index.articles.metadata.dates import MONTHS, read_date
from index.errors import InputError

_LIMIT = 200  # characters
_DATE_LABEL = re.compile(
    r"(?:published|posted|updated|date|last updated|опубликовано|дата(?: публикации)?|размещено|обновлено|"
    r"жарияланды|жарияланған(?: күні)?|күні)(?: on)?\s*[:—–-]?\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?i:author|authors|text|source|photo|автор|авторы|текст|источник|фото|дереккөз|мәтін|сурет)\s*[:—–]\s*\S.{0,80}"
    r"|(?i:подготовила?|дайындаған)\s[^.]{3,60}|[Bb]y [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4})",
)
# What kind of paper it is: its subject stands on the next line.
_KIND = re.compile(
    r"(?:press release|news release|statement|decree|order|resolution|decision|minutes|memo(?:randum)?|"
    r"пресс-релиз|заявление|постановление|распоряжение|приказ|указ|решение|протокол|заключение|справка|сообщение|"
    r"баспасөз хабарламасы|мәлімдеме|қаулы|өкім|бұйрық|жарлық|шешім|хаттама|хабарлама|анықтама)\W*",
    re.IGNORECASE,
)
_PLACE = r"[^\W\d_][\w .-]{1,40}"
_LINKS = re.compile(r"[^/|>›»•·.!?]{1,40}(?:\s+[/|>›»•·]\s+[^/|>›»•·.!?]{1,40})+|https?://\S+")
_PLACE_AND_DATE = re.compile(rf"{_PLACE}, (?=.*\d{{4}})")
# "АСТАНА, 12 марта — КазТАГ", "LONDON, May 5 (Daily) –"
_DATELINE = re.compile(
    rf"{_PLACE}, (?:\d{{1,2}}[. ]\s?(?P<month>[^\W\d_]+)|(?P<name>[^\W\d_]+)\.? \d{{1,2}})[^.!?]{{0,40}}?(?:[—–-]|\)|/).{{0,30}}"
)
_FRAMES = 4  # paragraphs that may stand before the headline


def split_headline(text: str) -> tuple[str | None, str]:
    r"""Take a headline off a cleaned text; dates, bylines and rows of links before it stay in the text.

    A line is a headline when a blank line and more text follow it, it is short, and it does not end like a sentence.

    Returns:
        the headline or None, and the rest of the text.

    >>> split_headline("12 марта 2024\n\nЗакон принят\n\nОн вступит в силу 1 июля.")
    ('Закон принят', '12 марта 2024\n\nОн вступит в силу 1 июля.')
    """
    before: list[str] = []
    rest = text
    for _ in range(_FRAMES):
        first, blank, after = rest.partition("\n\n")
        if not (blank and after.strip()):
            break
        if all(_is_frame(line) for line in first.split("\n")):
            before.append(first)
            rest = after.lstrip("\n")
        elif len(first) <= _LIMIT and "\n" not in first and first[-1] not in ".!…:;,":
            return first, "\n\n".join([*before, after.lstrip()])
        else:
            break
    return None, text


def with_frame_apart(text: str) -> str:
    r"""A text whose headline stands in one paragraph with its date, its paper or its author: each becomes a paragraph of its own.

    >>> with_frame_apart("Мост открыт\nВестник, 14 апреля 2025 года\n\nПо нему едут.")
    'Мост открыт\n\nВестник, 14 апреля 2025 года\n\nПо нему едут.'
    """
    first, blank, rest = text.lstrip("\n").partition("\n\n")
    headline, *others = first.split("\n")
    is_frame = blank and 0 < len(others) < _FRAMES and all(map(_is_frame, others))
    if not is_frame or _is_frame(headline) or len(headline) > _LIMIT:
        return text
    return f"{headline}\n\n{chr(10).join(others)}{blank}{rest}"


def date_on_top(text: str) -> str | None:
    r"""The date that a text bears on one of its first lines, alone or after "Published:", if it can be read.

    >>> date_on_top("Опубликовано: 05.03.2024\nАвтор: И. Журналистов\n\nМост открыт")
    '2024-03-05'
    """
    for line in [line.strip() for line in text[:2000].split("\n") if line.strip()][:_FRAMES]:
        if date := _date_of(line):
            return date
    return None


def _is_frame(line: str) -> bool:
    line = line.strip()
    return bool(
        _date_of(line)
        or _BYLINE.fullmatch(line)
        or _KIND.fullmatch(line)
        or _LINKS.fullmatch(line)
        or _is_dateline(line)
    )


def _is_dateline(line: str) -> bool:
    found = _DATELINE.fullmatch(line) if len(line) < 100 else None
    return found is not None and (found["month"] or found["name"]).casefold() in MONTHS


def _date_of(line: str) -> str | None:
    """The day of a line that says nothing else; a year alone may be a heading."""
    if len(line) > 80:
        return None
    for written in (_DATE_LABEL.sub("", line, count=1), _PLACE_AND_DATE.sub("", line)):
        try:
            date = read_date(written)
        except InputError:
            continue
        if len(date) == len("2024-03-05") and not written.strip().isdecimal():
            return date
    return None
