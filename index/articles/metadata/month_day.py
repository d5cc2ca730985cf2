"""A day without its year on top of an article, "September 6", and the year that the name of its file or its folder says."""

import re
from datetime import date
from pathlib import Path

from index.articles.metadata.dates import month_and_day

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.](\d\d)(?!\d)")
_FOLDERS = 2  # over the file


def names_day(heading: str) -> bool:
    """Whether a heading says a day of a month and nothing else.

    >>> names_day("September 6"), names_day("6 сентября"), names_day("6 қыркүйек"), names_day("September 6: the vote")
    (True, True, True, False)
    """
    return month_and_day(heading) is not None


def day_on_top(text: str, path: Path) -> str | None:
    r"""The day on the first line of a text, in the year that its file's name or its folders say, unless they say another month.

    >>> day_on_top("September 6\n\nWe met.", Path("/minutes/2021-09-update.md"))
    '2021-09-06'
    >>> day_on_top("September 6\n\nWe met.", Path("/minutes/2021/sep.md")), day_on_top("September 6", Path("/minutes/sep.md"))
    ('2021-09-06', None)
    """
    found = month_and_day(text.strip().partition("\n")[0])
    folders = [each.name for each in list(path.parents)[:_FOLDERS] if _YEAR.fullmatch(each.name)]
    years = set(_YEAR.findall(path.stem)) or set(folders[:1])
    months = set(map(int, _MONTH.findall(path.stem)))
    if found is None or len(years) != 1 or (months and found[0] not in months):
        return None
    try:
        return date(int(*years), *found).isoformat()
    except ValueError:
        return None
