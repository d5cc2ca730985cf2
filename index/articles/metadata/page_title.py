"""The title of a page of the web: what its `<title>` says, less the name of the site and its sections."""

import re
from collections.abc import Sequence

_DIVIDER = re.compile(r"\s+(?:[|–—·•»›/-]|::)+\s+")
_STATE = re.compile(r"^\[[^\W\d_]{2,10}\]\s+(?=\S)")  # of a page or its file: [TEST], [PDF]
_EDGE = " |–—·•»›/-:"
SITE_WORDS = 5  # a site's name has no more
_SECTION_WORDS = 1  # as many has a `<title>` such as "News" that is no article's own
_PART = 3  # a heading with fewer words than a third of the title's longest part is the name of a site or a section


def page_title(written: str, headings: Sequence[str], called: str, site: str | None) -> str | None:
    """The title of a page.

    Args:
        written: what stands in `<title>`.
        headings: the headings of level 1; in many pages one of them is the site's name.
        called: what the page calls itself for other sites; "" if it does not.
        site: the name of the site, if the page says it.

    >>> page_title("The bridge is open – Morning Post", ["Morning Post", "The bridge is open"], "", None)
    'The bridge is open'
    """
    title = _STATE.sub("", " ".join(written.split()))
    if len(headings) == 1 and len(title.split()) <= _SECTION_WORDS < len(headings[0].split()):
        return headings[0]
    parts = title_parts(written)
    named = [heading for heading in headings if _is_title(heading, title, parts, site)]
    if named:
        return max(named, key=len)
    if called != title and _is_title(called, title, parts, site):
        return called
    if len(parts) > 1 and (parts[0] == site or parts[0] in headings):
        title = title[len(parts[0]) :]
    elif len(parts) > 1 and (parts[-1] == site or len(parts[-1].split()) <= SITE_WORDS < len(title.split())):
        title = title[: title.rindex(parts[-1])]
    return title.strip(_EDGE) or next(iter(headings), None) or called or None


def title_parts(written: str) -> list[str]:
    """The parts of a `<title>`: the article, its section, its site.

    >>> title_parts("[TEST] Libraries – Orvik Council")
    ['Libraries', 'Orvik Council']
    """
    return _DIVIDER.split(_STATE.sub("", " ".join(written.split())))


def _is_title(heading: str, title: str, parts: Sequence[str], site: str | None) -> bool:
    """Whether a heading is that part of the `<title>` which names the article, and not the site."""
    folded = heading.casefold()
    if not folded or folded not in title.casefold():
        return False
    words, longest = len(heading.split()), max(len(part.split()) for part in parts)
    may_be_site = len(parts) > 1 and folded in (parts[-1].casefold(), (site or "").casefold())
    return words == longest if may_be_site else _PART * words >= longest
