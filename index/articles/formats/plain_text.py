"""Plain text: .txt, .text. A mail that was saved as text is read as a mail, front matter as in Markdown."""

import re
from collections.abc import Iterator

from index.articles.boilerplate import without_boilerplate
from index.articles.encoding.decode import decode
from index.articles.foreign import html, mail
from index.articles.markup.entities import decode_entities
from index.articles.markup.page import plain_from_html
from index.articles.markup.printed import unwrap_pages
from index.articles.markup.quoted_mail import without_quoted
from index.articles.metadata.article import article
from index.articles.metadata.front_matter import split_front_matter
from index.articles.metadata.headline import date_on_top, with_frame_apart
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle, Note

_HEADER = re.compile(r"(?P<name>[^\W\d_][\w-]*(?: [\w-]+)?)[ \t]*:[ \t]*(?P<value>.*)")
_NAMES = {
    "source": ("from", "от", "от кого", "кімнен"),
    "title": ("subject", "тема", "тақырып", "тақырыбы"),
    "date": ("date", "sent", "дата", "отправлено", "күні", "жіберілді"),
}
_ENCODED = re.compile(
    r"=\?[\w-]+\?[bq]\?|^content-transfer-encoding:\s*(?:quoted|base64)|^content-type:\s*(?:multipart|text/html)",
    re.I | re.M,
)
_PAGE = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_END_TAG = re.compile(r"</(?:p|div|li|ul|ol|b|i|em|strong|span|a|h[1-6]|td|tr|table|blockquote)>", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n")
# What stands before the description of a picture where the marks of a wiki were half taken away: thumb|right|200px|The old mill
_WIKI_PICTURE = re.compile(
    r"^[ \t]*(?:thumb(?:nail)?|frame(?:less)?|мини(?:атюра)?|нобай)\|(?:(?:left|right|center|none|upright|слева|справа|центр|\d+px)(?:=[\d.]+)?\|)*",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article; the lines of its paragraphs are joined."""
    raw = file.read()
    text, notes = decode(raw)
    head, body = _split_mail(text)
    if _PAGE.match(text):
        yield from html.read(file)
    elif head and _ENCODED.search(text[: len(text) - len(body)]):
        yield from mail.read(file)
    elif head:
        written, left_out = without_quoted(body)
        yield article(file, unwrap_pages(written), head, raw=raw, notes=notes + left_out)
    elif text.strip():
        fields, rest, field_notes = split_front_matter(text) if _FENCE.match(text) else ({}, text, ())
        plain, left_out = _plain(rest)
        fields = fields or {"date": date_on_top(plain)}
        apart = with_frame_apart(plain)
        yield article(file, unwrap_pages(apart), fields, raw=raw, notes=notes + field_notes + left_out)


def _plain(text: str) -> tuple[str, tuple[Note, ...]]:
    """The words of a text: without tags if it has any, without credits, which end their lines before lines are joined."""
    notes: tuple[Note, ...] = ()
    if len(_END_TAG.findall(text)) > 1:
        text, notes = plain_from_html(re.sub(r"\n\s*\n", "<p>", text))
    else:
        text = _WIKI_PICTURE.sub("", decode_entities(text))
    kept, left_out = without_boilerplate(text)
    return kept, notes + left_out


def _split_mail(text: str) -> tuple[dict[str, str], str]:
    r"""The sender, the subject and the date of a mail, and its body; no fields if the text is no mail.

    >>> _split_mail("From: Anna <a@b.example>\nSubject: Fair\n\nIt opens.")
    ({'source': 'Anna', 'title': 'Fair'}, 'It opens.')
    """
    head, _, body = text.lstrip("\ufeff\n ").partition("\n\n")
    given: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", head).split("\n"):
        found = _HEADER.fullmatch(line)
        if not found:
            return {}, text
        given.setdefault(found["name"].casefold(), found["value"].strip())
    fields = {field: given[name] for field, names in _NAMES.items() for name in names if given.get(name)}
    if "source" not in fields or len(fields) < 2 or not body.strip():
        return {}, text
    fields["source"] = _ADDRESS.sub("", fields["source"]).strip('" ') or fields["source"]
    return fields, body


READERS = {".txt": read, ".text": read}
