"""PDF: .pdf. The text layer with its pages; a scan, which has none, is named as one."""

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from math import hypot
from statistics import median
from typing import Any

from index.articles.markup.pdf_lines import Line, drop_running_heads, joined, text_of
from index.articles.metadata.article import article
from index.articles.metadata.headline import split_headline
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

_BREAK = re.compile("\r\n?|\n|\ufffe|\x02")  # the last two stand where a word is divided over two lines
_FEW_LETTERS = 15  # a page with fewer has no text to speak of
_NO_TITLE = re.compile(
    r"untitled|microsoft |document\d*$|без имени|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|tex|html?)$", re.IGNORECASE
)


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    import pypdfium2

    raw = file.read(FILE_LIMIT)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(str(error)) from None
    with document:
        pages = [_lines(page) for page in _pages(document)]
        title = _clean_title(document.get_metadata_value("Title"))
    empty = [number for number, lines in enumerate(pages, 1) if sum(len(line.text) for line in lines) < _FEW_LETTERS]
    if not any(pages) or (len(empty) == len(pages) and len(pages) > 1):
        raise UnreadableArticle(
            "scan", f"looks like a scan: no text on its {len(pages)} {'page' if len(pages) == 1 else 'pages'}"
        )
    kept, notes = drop_running_heads(pages)
    if empty:
        notes.append(Note("pages without text", ", ".join(map(str, empty))))
    text = text_of(kept)
    printed = _largest(pages[0])
    if title and printed and not _is_printed(title, pages[0]):
        title = printed  # what the file's model was called
    named = None if split_headline(text)[0] else file.stem
    yield article(file, text, {"title": title or printed}, raw=raw, title=named, is_paper=True, notes=tuple(notes))


def _pages(document: Any) -> Iterator[Any]:
    for at in range(len(document)):
        page = document[at]
        try:
            yield page
        finally:
            page.close()


def _lines(page: Any) -> list[Line]:
    """The lines of a page, in the order of its text layer."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        is_exact = len(text) == text_page.count_chars()  # otherwise a character's place is not known by its number
        found: list[Line] = []
        start = 0
        for gap in [*_BREAK.finditer(text), None]:
            end = gap.start() if gap else len(text)
            words = text[start:end]
            if words.strip():
                first = start + len(words) - len(words.lstrip())
                last = start + len(words.rstrip()) - 1
                is_divided = gap is not None and gap[0] in "\ufffe\x02"
                place = _place(text_page.raw, first, last) if is_exact else (0.0, 0.0, -12.0 * len(found), 10.0)
                is_divided = is_divided or words.endswith("\u00ad")
                found.append(Line(words.strip().removesuffix("\u00ad"), *place, is_divided=is_divided))
            start = gap.end() if gap else end
        return found
    finally:
        text_page.close()


def _place(text_page: Any, first: int, last: int) -> tuple[float, float, float, float]:
    """Left, right, baseline and size of a line, by its first and last character."""
    import pypdfium2.raw as pdfium

    left, base, right, bottom, top, unused = (c_double() for _ in range(6))
    pdfium.FPDFText_GetCharOrigin(text_page, first, byref(left), byref(base))
    pdfium.FPDFText_GetCharBox(text_page, last, byref(unused), byref(right), byref(bottom), byref(top))
    # A bullet, a raised number or a large initial has a size of its own.
    size = median(_size(text_page, at) for at in (first, (first + last) // 2, last))
    return left.value, right.value, base.value, size if size > 1 else 10.0


def _size(text_page: Any, at: int) -> float:
    """The size of a character as it is printed: many programs write all text in size 1 and scale it."""
    import pypdfium2.raw as pdfium

    size = float(pdfium.FPDFText_GetFontSize(text_page, at))
    matrix = pdfium.FS_MATRIX()
    return size * hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text_page, at, byref(matrix)) else size


def _clean_title(title: str) -> str | None:
    title = " ".join(title.split())
    return None if not title or _NO_TITLE.match(title) else title


def _is_printed(title: str, lines: list[Line]) -> bool:
    """Whether most words of a title stand on the page."""
    words = set(re.findall(r"\w+", title.casefold()))
    page = set(re.findall(r"\w+", " ".join(line.text for line in lines).casefold()))
    return 2 * len(words & page) >= len(words)


def _largest(lines: list[Line]) -> str | None:
    """The title as it is printed: the largest lines on top of the first page, if they are larger than its text."""
    if len(lines) < 3:
        return None
    size = max(line.size for line in lines[:5])
    title = joined([line for line in lines[:5] if line.size > 0.95 * size], set())
    return title if size > 1.15 * median(line.size for line in lines) and len(title) < 300 else None


def _unreadable(error: str) -> UnreadableArticle:
    if "password" in error.lower():
        return UnreadableArticle("encrypted", "encrypted with a password; save it without one")
    return UnreadableArticle("damaged", f"damaged, or no PDF ({error.rstrip('.')})")


READERS = {".pdf": read}
