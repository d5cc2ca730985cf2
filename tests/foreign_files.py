"""Writes an article in every format, as small as the format allows: for tests of what comes back, and of damaged files."""

import csv
import io
import json
import textwrap
from collections.abc import Callable, Sequence
from email import policy
from email.message import EmailMessage
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

Paragraphs = Sequence[str]


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def wrapped(paragraph: str) -> str:
    """A paragraph in lines of 72 characters."""
    return textwrap.fill(paragraph, 72, break_long_words=False, break_on_hyphens=False)


def text(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([title, *paragraphs]).encode()


def markdown(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([f"# {title}", *paragraphs]).encode()


def wrapped_text(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([title, *map(wrapped, paragraphs)]).encode()


def wrapped_markdown(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([f"# {title}", *map(wrapped, paragraphs)]).encode()


def rst(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *map(wrapped, paragraphs)]).encode()


def org(title: str, paragraphs: Paragraphs) -> bytes:
    return "\n\n".join([f"#+TITLE: {title}", *map(wrapped, paragraphs)]).encode()


def _body(paragraphs: Paragraphs) -> str:
    return "\n".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def html(title: str, paragraphs: Paragraphs) -> bytes:
    menu = "".join(f"<li><a href='/{number}'>News {number}</a></li>" for number in range(30))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(title)} | Site</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{escape(title)}</h1>{_body(paragraphs)}</article></body></html>"
    ).encode()


def docx(title: str, paragraphs: Paragraphs) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in [title, *paragraphs])
    return zipped({"word/document.xml": f'<w:document xmlns:w="{name}"><w:body>{lines}</w:body></w:document>'})


def odt(title: str, paragraphs: Paragraphs) -> bytes:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text"))
    lines = "".join(f"<text:p>{escape(each)}</text:p>" for each in [title, *paragraphs])
    body = f"<office:body><office:text>{lines}</office:text></office:body>"
    return zipped({"content.xml": f"<office:document-content{names}>{body}</office:document-content>"})


def pptx(title: str, paragraphs: Paragraphs) -> bytes:
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    words = "http://schemas.openxmlformats.org/drawingml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = "".join(f"<a:p><a:r><a:t>{escape(each)}</a:t></a:r></a:p>" for each in [title, *paragraphs])
    return zipped(
        {
            "ppt/presentation.xml": f'<p:p xmlns:p="{main}" xmlns:r="{links}"><p:sldId r:id="r1"/></p:p>',
            "ppt/_rels/presentation.xml.rels": '<R><R Id="r1" Type="x/slide" Target="slides/slide1.xml"/></R>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{main}" xmlns:a="{words}"><p:sp>{lines}</p:sp></p:sld>',
        }
    )


def epub(title: str, paragraphs: Paragraphs) -> bytes:
    package = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{escape(title)}</dc:title></metadata>'
        '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    return zipped(
        {
            "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
            "a.opf": package,
            "a.xhtml": f"<html><body>{_body(paragraphs)}</body></html>",
        }
    )


def rtf(title: str, paragraphs: Paragraphs) -> bytes:
    def coded(words: str) -> str:
        signs = words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if c.isascii() else f"\\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in signs)

    lines = "".join(f"{coded(each)}\\par\n" for each in [title, *paragraphs])
    return f"{{\\rtf1\\ansi\\ansicpg1251\n{lines}}}".encode("ascii")


def _message(title: str) -> EmailMessage:
    message = EmailMessage(policy.default.clone(max_line_length=900))  # Python 3.11 loses blanks where it folds headers
    message["Subject"], message["From"] = title, "Desk <desk@news.example>"
    return message


def mail(title: str, paragraphs: Paragraphs) -> bytes:
    message = _message(title)
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0500"
    message["Message-ID"] = "<1@news.example>"
    message.set_content("\n\n".join(map(wrapped, paragraphs)))
    return message.as_bytes()


def mbox(title: str, paragraphs: Paragraphs) -> bytes:
    return b"From desk Tue Mar  5 10:00:00 2024\n" + mail(title, paragraphs).replace(b"\nFrom ", b"\n>From ") + b"\n"


def newsletter(title: str, paragraphs: Paragraphs) -> bytes:
    message = _message(title)
    message.set_content("Open this letter in a browser.")
    message.add_alternative(
        f"<html><body><table><tr><td>{_body(paragraphs)}</td></tr></table></body></html>", subtype="html"
    )
    return message.as_bytes()


def rss(title: str, paragraphs: Paragraphs) -> bytes:
    entry = (
        f"<title>{escape(escape(title))}</title><guid>1</guid><description>{escape(_body(paragraphs))}</description>"
    )
    return f'<rss version="2.0"><channel><title>Site</title><item>{entry}</item></channel></rss>'.encode()


def _row(title: str, paragraphs: Paragraphs) -> dict[str, str]:
    return {"headline": title, "content": "\n\n".join(paragraphs)}


def json_array(title: str, paragraphs: Paragraphs) -> bytes:
    return json.dumps([_row(title, paragraphs)], ensure_ascii=False, indent=2).encode()


def json_lines(title: str, paragraphs: Paragraphs) -> bytes:
    return json.dumps(_row(title, paragraphs)).encode()


def table(title: str, paragraphs: Paragraphs) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    row = _row(title, paragraphs)
    writer.writerows([row.keys(), row.values()])
    return out.getvalue().encode("utf-8-sig")


def workbook(title: str, paragraphs: Paragraphs) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    row = _row(title, paragraphs)
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(out)
    return out.getvalue()


def pdf(title: str, paragraphs: Paragraphs) -> bytes:
    """Pages of 40 lines; a font without shapes, whose codes are those of Unicode, is enough to read the text back."""
    lines = [line for each in [title, *paragraphs] for line in [*textwrap.wrap(each, 70, break_on_hyphens=False), ""]]
    pages = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        "endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 500 700] /Resources << /Font << /F 3 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Sans /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /Sans /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Sans /Flags 4 /FontBBox [0 0 500 700] /ItalicAngle 0 "
        "/Ascent 700 /Descent 0 /CapHeight 700 /StemV 80 >> >>] >>",
        f"<< /Length {len(to_unicode)} >> stream\n{to_unicode}\nendstream",
    ]
    for at, page in enumerate(pages):
        shown = " T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in page)
        content = f"BT /F 10 Tf 14 TL 50 650 Td {shown} ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {6 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(content)} >> stream\n{content}\nendstream")
    return pdf_of(*objects)


def pdf_of(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    places_table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{places_table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n"
    return out + f"{head}startxref\n{len(out)}\n%%EOF".encode()


def archive(title: str, paragraphs: Paragraphs) -> bytes:
    return zipped({"a.html": html(title, paragraphs)})


WRITERS: dict[str, Callable[[str, Paragraphs], bytes]] = {
    "a.txt": text,
    "a.md": markdown,
    "wrapped.txt": wrapped_text,
    "wrapped.md": wrapped_markdown,
    "a.rst": rst,
    "a.org": org,
    "a.html": html,
    "a.xhtml": html,
    "a.docx": docx,
    "a.odt": odt,
    "a.pptx": pptx,
    "a.epub": epub,
    "a.rtf": rtf,
    "a.eml": mail,
    "newsletter.eml": newsletter,
    "a.mbox": mbox,
    "a.rss": rss,
    "a.json": json_array,
    "a.jsonl": json_lines,
    "a.csv": table,
    "a.xlsx": workbook,
    "a.pdf": pdf,
    "a.zip": archive,
}
