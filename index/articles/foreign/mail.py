"""Mails: .eml, and .mbox with many. The subject is the title, the sender the source; older mails in them are left out."""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath
from typing import IO, Any

from index.articles.encoding.decode import decode_named
from index.articles.markup.html_tree import Node, parse
from index.articles.markup.lines import unwrap
from index.articles.markup.link_addresses import has_many_addresses, without_addresses
from index.articles.markup.page import looks_like_html, plain_from_tree
from index.articles.markup.quoted_mail import without_quoted
from index.articles.metadata.article import article
from index.articles.source_file import FILE_LIMIT, SourceFile, too_large
from index.errors import InputError, UnreadableArticle, fault_of
from index.types import Article, BadArticle, Note

_MAIL_LIMIT = 50_000_000  # bytes of one mail with what is attached to it
_QUOTING = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|moz-forward-container|OutlookMessageHeader|divRplyFwdMsg"
)
_MORE = 3  # times as many words in HTML: then the plain text is only a hint to open the mail elsewhere


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file of one mail."""
    raw = file.read(FILE_LIMIT)
    if raw.strip():
        yield _mail(file, raw, file.origin, None)


def read_mbox(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file of many mails, one article each."""
    with file.open() as stream:
        for line, raw in _messages(stream):
            origin = f"{file.origin} line {line}"
            try:
                if len(raw) > _MAIL_LIMIT:
                    raise UnreadableArticle("oversized", too_large(len(raw), _MAIL_LIMIT))
                yield _mail(file, raw, origin, line)
            except (InputError, ValueError, LookupError) as error:
                yield BadArticle(str(file.path), origin, str(error), fault_of(error))


def _messages(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The mails of an mbox, each with the number of its first line; what is too long is cut off."""
    start, size, lines = 0, 0, list[bytes]()
    is_blank = True
    for number, line in enumerate(stream, 1):
        if is_blank and line.startswith(b"From "):
            if lines:
                yield start, b"".join(lines)
            start, size, lines = number, 0, []
        else:
            size += len(line)
            if start and size <= _MAIL_LIMIT + len(line):
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
        is_blank = not line.strip()
    if lines:
        yield start, b"".join(lines)
    elif not start and not is_blank:
        raise UnreadableArticle("damaged", "damaged, or no .mbox file (no line in it begins a mail)")


def _mail(file: SourceFile, raw: bytes, origin: str, line: int | None) -> Article:
    from email import message_from_bytes, policy

    message = message_from_bytes(raw, policy=policy.compat32)
    if not any(message[name] for name in ("From", "Subject", "Date", "To", "Message-ID", "Received")):
        raise UnreadableArticle("damaged", "damaged, or no mail (it has no sender, subject or date)")
    text, notes = _text(message)
    attached = _attached(message)
    if not text:
        raise UnreadableArticle(
            "no_text", f"no text in this mail, only {attached.detail}" if attached else "no text in this mail"
        )
    id = " ".join(str(message["Message-ID"] or "").split()) if line is not None else ""
    return article(
        file,
        text,
        _fields(message),
        raw=raw,
        origin=f"{file.origin} {id}" if id else origin,
        line=line,
        notes=(*notes, attached) if attached else notes,
    )


def _fields(message: Message) -> dict[str, Any]:
    from email.utils import parseaddr, parsedate_to_datetime

    name, address = parseaddr(_header(message, "From"))
    try:
        date = parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        date = None
    return {"title": _header(message, "Subject"), "source": name or address, "date": date}


def _header(message: Message, name: str) -> str:
    """A header with its encoded words decoded."""
    from email.header import decode_header, make_header

    value = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if value is None:
        return ""
    raw = str(value).encode("ascii", "surrogateescape")
    if not raw.isascii():  # against the rules, and yet common
        return " ".join(_decoded(raw, str(message.get_content_charset() or "utf-8")).split())
    parts = decode_header(raw.decode())
    try:
        text = str(make_header(parts))  # knows where blanks belong between the parts
    except (LookupError, UnicodeError):
        text = " ".join(_decoded(part, charset) for part, charset in parts)
    return " ".join(text.split())


def _decoded(part: str | bytes, charset: str | None) -> str:
    return part if isinstance(part, str) else decode_named(part, charset)[0]


def _text(message: Message) -> tuple[str, tuple[Note, ...]]:
    """The words that the sender wrote, and what was left out."""
    plain, html = _part(message, "text/plain"), _part(message, "text/html")
    if plain is not None and looks_like_html(plain) and plain.lstrip().startswith("<"):
        plain, html = None, html or plain
    if html is not None and not looks_like_html(html):  # its addresses in angle brackets are no tags
        plain, html = html if plain is None else plain, None
    tree = parse(html) if html is not None else None
    if plain is None or (tree is not None and _is_made_of(plain, tree)):
        text, notes = plain_from_tree(_without_quoting(tree)) if tree is not None else ("", ())
    else:
        text, notes = without_addresses(plain), ()
    text, left_out = without_quoted(text)
    return unwrap(text), notes + left_out


def _is_made_of(plain: str, tree: Node) -> bool:
    """Whether a plain text is less than the mail's HTML: a hint to open it elsewhere, or what a program made of it."""
    return has_many_addresses(plain) or len(plain.split()) * _MORE < len(_words_of(tree))


def _words_of(tree: Node) -> list[str]:
    return plain_from_tree(tree)[0].split()


def _without_quoting(node: Node) -> Node:
    """A mail's HTML with what it quotes marked by ">", as in plain text."""
    kept = Node(node.name, node.attributes)
    for child in node.children:
        if isinstance(child, str):
            kept.children.append(child)
        elif _QUOTING.search(child.attributes) or (child.name == "blockquote" and "cite" in child.attributes):
            lines = plain_from_tree(child)[0].split("\n")
            kept.children.append(Node("pre", children=["\n".join(f"> {line}" for line in lines)]))
        else:
            kept.children.append(_without_quoting(child))
    return kept


def _part(message: Message, kind: str) -> str | None:
    """All parts of this kind that are not attached, as one text; None if there is none."""
    found = [_payload(part) for part in message.walk() if part.get_content_type() == kind and not _is_attached(part)]
    return "\n\n".join(found) if found else None


def _payload(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    text = _decoded(raw, str(part.get_content_charset() or "utf-8"))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = re.sub(r"(?<=\S)(?<!\n--) \n(?!>|\n|-- )", " ", text)
    return text


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attached(message: Message) -> Note | None:
    """What is attached, by kind: it is not read."""
    kinds = Counter(
        PurePosixPath(part.get_filename() or "a").suffix.lower() for part in message.walk() if _is_attached(part)
    )
    named = ", ".join(f"{count} {kind or 'without a suffix'}" for kind, count in kinds.most_common())
    return Note("attachments not read", named) if kinds else None


READERS = {".eml": read, ".mbox": read_mbox}
