"""Takes addresses of links out of plain text that a program made of HTML: "the fair <https://news.example/x?id=5>"."""

import re

_NAMED = re.compile(
    r"(?P<before>(?:(?<=\s)|^)(?P<word>[^\s<>\[\]]+)[ \t]+)?(?P<mark>[<\[])(?:image: ?)?(?P<address>(?:https?://|cid:)[^\s<>\[\]]+)[>\]]",
    re.IGNORECASE | re.MULTILINE,
)
# After these an address is what is told, and it stays.
_LEADS_TO = re.compile(
    r".*[:–—-]|at|to|on|in|see|via|visit|from|here|link|site|website|page|по|на|в|из|тут|здесь|сайт|сайте|ссылка|ссылке|"
    r"адрес|адресу|мына|мұнда|осында|сілтеме|сайты|сайтында",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[<(\[]\s*https?://", re.IGNORECASE)
_ALONE = re.compile(
    r"^[ \t]*[<\[](?:https?://|cid:)[^\s<>\[\]]+[>\]][ \t]*$", re.IGNORECASE | re.MULTILINE
)  # of a picture
_SPACED = re.compile(r"[ \t]*\([ \t]+https?://[^\s()]+[ \t]+\)", re.IGNORECASE)  # as Mailchimp writes them
_MANY = 3


def has_many_addresses(text: str) -> bool:
    """Whether a plain text has so many addresses in brackets that a program made it of HTML."""
    return len(_BRACKETED.findall(text)) >= _MANY


def without_addresses(text: str) -> str:
    """Leave out addresses in angle or square brackets that stand behind the words that they belong to.

    >>> without_addresses("The fair <https://news.example/a?b=1> opens. Come to <https://fair.example>.")
    'The fair opens. Come to https://fair.example.'
    """
    return _NAMED.sub(_plain, _SPACED.sub("", _ALONE.sub("", text)))


def _plain(found: re.Match[str]) -> str:
    word, address = found["word"] or "", found["address"]
    if address.lower().startswith("cid:"):
        return found["before"].rstrip() if found["before"] else ""
    if not word or _LEADS_TO.fullmatch(word):
        return f"{found['before'] or ''}{address}"
    return word
