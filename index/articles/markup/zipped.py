"""XML inside zip archives, as office files and books keep it: no bombs, no entities, no network."""

from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from index.errors import UnreadableArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

MEMBER_LIMIT = 100_000_000  # bytes of one member
_RATIO_LIMIT = 200  # a member that grows more, and beyond a few megabytes, is a bomb
_SMALL = 5_000_000


def member(archive: ZipFile, name: str) -> bytes | None:
    """A member of an archive, or None if it is not there.

    Raises:
        InputError: it is encrypted, or too large when it is unpacked.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise UnreadableArticle("encrypted", "encrypted with a password; save it without one")
    grows = info.file_size > _SMALL and info.file_size > _RATIO_LIMIT * max(info.compress_size, 1)
    if info.file_size > MEMBER_LIMIT or grows:
        raise UnreadableArticle("oversized", f"too large when unpacked: {info.file_size / 1e6:,.0f} MB in {name}")
    try:
        with archive.open(info) as stream:
            return stream.read(info.file_size + 1)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableArticle("damaged", f"damaged: {name} ({error})") from None


def xml(archive: ZipFile, name: str) -> "Element | None":
    """The root element of a member, or None if it is not there or empty. Entities of its own stay as they are."""
    raw = member(archive, name)
    return parse_xml(raw, name) if raw else None


def parse_xml(raw: bytes, name: str) -> "Element":
    """The root element of some XML.

    Raises:
        InputError: it is none.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableArticle("damaged", f"damaged: {name} ({error})") from None


def open_zip(raw: bytes) -> ZipFile:
    """Open an archive.

    Raises:
        InputError: it is none.
    """
    import io

    try:
        return ZipFile(io.BytesIO(raw))
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableArticle("damaged", f"damaged, or another kind of file ({error})") from None


def local(element: "Element") -> str:
    """An element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: "Element", name: str) -> str:
    """An attribute by its name without a namespace; nothing if it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def core_title(archive: ZipFile, name: str) -> str | None:
    """The title in a file's properties, unless it is what a program writes there by itself."""
    properties = xml(archive, name)
    if properties is None:
        return None
    for element in properties.iter("{http://purl.org/dc/elements/1.1/}title"):
        return clean_title(element.text or "")
    return None


def clean_title(title: str) -> str | None:
    """A title from a file's properties, or None if it is a file's name or what a program writes there by itself."""
    import re

    title = " ".join(title.split())
    by_itself = re.compile(
        r"untitled.*|microsoft .*|(?:document|presentation|документ|презентация|слайд|slide|powerpoint)\W*(?:presentation)?\W*\d*|"
        r"без имени.*|.*\.(?:docx?|pdf|rtf|odt|pptx?|indd|qxd|tex|html?|txt)",
        re.IGNORECASE,
    )
    return None if not title or by_itself.fullmatch(title) else title
