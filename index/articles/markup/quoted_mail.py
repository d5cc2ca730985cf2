"""Takes older mails out of a mail's text: what is quoted with ">", and what a mail program puts under an answer."""

import re

from index.types import Note

_QUOTED = re.compile(r"^\s{0,3}(?:>|\|\s?>)")
# "On 5 March Anna wrote:", "5 марта Анна пишет:", "Анна былай деп жазды:"; may be divided over two lines.
_SAYS = re.compile(
    r"(?:\b(?:wrote|writes|schrieb|пишет|писала?|написала?|жазды|жазады)\b[^\n]{0,80}:\s*$)|(?:<[^<>@\s]+@[^<>\s]+>:\s*$)",
    re.IGNORECASE,
)
_STARTS_SAYING = re.compile(r"(?:on|в|во|кімнен|am|le)\s.{0,100}\d", re.IGNORECASE)
_DIVIDER = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original message|forwarded message|begin forwarded message|reply message|"
    r"исходное сообщение|первоначальное сообщение|пересылаемое сообщение|пересланное сообщение|"
    r"бастапқы хабар(?:лама)?|қайта жіберілген хабар(?:лама)?)\s*[-_=*]*\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\s*[*_]{0,2}(from|sent|to|cc|subject|date|reply-to|importance|от|от кого|отправлено|дата|кому|копия|тема|"
    r"кімнен|жіберілді|жіберілген|кімге|көшірмесі|күні|тақырыбы|тақырып)\s*:[*_]{0,2}\s+\S",
    re.IGNORECASE,
)
_SENDER = re.compile(r"\s*[*_]{0,2}(?:from|от|от кого|кімнен)\s*:", re.IGNORECASE)
_FEW_WORDS = 3  # an answer has more; with fewer above it, the mail that was passed on is what counts


def without_quoted(text: str) -> tuple[str, tuple[Note, ...]]:
    r"""Leave out the older mails in a mail. One that was passed on with hardly a word above it stays.

    >>> without_quoted("Yes, on 6 April.\n\nOn Thursday Anna wrote:\n> Is it on 9 April?")
    ('Yes, on 6 April.', (Note(kind='older mail left out', detail='Is it on 9 April?'),))
    """
    lines = text.split("\n")
    kept: list[str] = []
    dropped: list[str] = []
    for at, line in enumerate(lines):
        if _is_older(lines, at):
            _drop_attribution(kept)
            dropped += lines[at:]
            break
        if _QUOTED.match(line):
            if not dropped or not at or not _QUOTED.match(lines[at - 1]):
                _drop_attribution(kept)
            dropped.append(line)
        else:
            kept.append(line)
    rest = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    said = " ".join(" ".join(_QUOTED.sub("", line) for line in dropped).split())
    if not said:
        return text.strip(), ()
    if len(re.findall(r"\w+", rest)) < _FEW_WORDS:
        return _unquoted(lines), (Note("mail passed on", "its text is that of the older mail"),)
    return rest, (Note("older mail left out", said[:200]),)


def _is_older(lines: list[str], at: int) -> bool:
    """Whether everything from this line on is an older mail."""
    if _DIVIDER.match(lines[at]):
        return True
    block = [line for line in lines[at : at + 8] if line.strip()][:4]
    if at and _SENDER.match(lines[at]) and sum(bool(_HEADER.match(line)) for line in block) >= 3:
        return True
    following = next((line for line in lines[at + 1 :] if line.strip()), "")
    return bool(
        _SAYS.search(lines[at]) and _STARTS_SAYING.match(lines[at]) and not _QUOTED.match(following) and following
    )


def _drop_attribution(kept: list[str]) -> None:
    """Take away "On Thursday Anna wrote:", which may be divided over two lines."""
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and _SAYS.search(kept[-1]):
        kept.pop()
        if kept and _STARTS_SAYING.match(kept[-1]) and not kept[-1].rstrip().endswith((".", "!", "?")):
            kept.pop()


def _unquoted(lines: list[str]) -> str:
    """A mail that was passed on, without marks of quotation and headers."""
    plain = [_QUOTED.sub("", line).removeprefix(" ") for line in lines]
    return "\n".join(line for line in plain if not _is_frame(line)).strip()


def _is_frame(line: str) -> bool:
    """Whether a line says of a mail whose it is and when it came, and is none of its text."""
    says = _SAYS.search(line) and _STARTS_SAYING.match(line)
    return bool(says or _DIVIDER.match(line) or _HEADER.match(line))
