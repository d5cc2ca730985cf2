"""Cuts a document into chunks that know where they stand."""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.analysis.sentences import sentences
from index.analysis.terms import readable
from index.articles.parts import cuts_of
from index.errors import InputError, needed
from index.types import Chunk, Document

CHUNK_SIZE = 800  # characters: about 180 tokens of English, 250 of Kazakh, well under the model's 512
_END = "\x1e"  # put in the place of the blank after a sentence; no stored text holds control characters
# Where to cut, best first: paragraphs, lines, ends of sentences, clauses, blanks, anywhere.
SEPARATORS = [r"\n\n", r"\n", _END, r"(?<=[;:,]) ", " ", ""]


def cut(document: Document, size: int = CHUNK_SIZE) -> list[Chunk]:
    """Cut a document's text into chunks of at most `size` characters, at the ends of paragraphs and sentences.

    Chunks follow one another without overlap, so the cursor finds every one at its own place even where the text
    repeats itself (the splitter's own start index does not), and only blanks lie between them.

    Raises:
        InputError: a chunk is not at its place, which no text should be able to cause.
    """
    chunks: list[Chunk] = []
    cursor = 0
    for position, text in enumerate(_split(document.text, size, document.language)):
        start = document.text.find(text, cursor)
        if start < 0 or document.text[cursor:start].strip():
            raise InputError(f"chunk {position} of {document.title!r} does not follow the one before it")
        cursor = start + len(text)
        chunks.append(Chunk(document.id, position, start, cursor, text))
    return chunks


def _split(text: str, size: int, language: str) -> Iterator[str]:
    """The pieces of a text; none runs across the beginning of an article or chapter of a law."""
    cuts = [0, *cuts_of(text, language), len(text)]
    for start, end in pairwise(cuts):
        yield from _pieces(text[start:end], size, language)


def _pieces(text: str, size: int, language: str) -> list[str]:
    if len(text) <= size:
        return [text.strip()]
    with needed("cutting articles into chunks"):
        from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=size,
        chunk_overlap=0,
        strip_whitespace=True,
    )
    chunks = (chunk.replace(_END, " ").strip() for chunk in splitter.split_text(_with_ends(text, language)))
    return [chunk for chunk in chunks if chunk]


def _with_ends(text: str, language: str) -> str:
    """A text of the same length, with a mark instead of the blank after each sentence."""
    letters = list(text)
    for _, end in sentences(text, language):
        if text[end : end + 1] == " ":
            letters[end] = _END
    return "".join(letters)


def embedding_text(document: Document, chunk: Chunk) -> str:
    """What the model reads for a chunk: the document's title, then the chunk, since a piece alone may not say whose it is."""
    return re.sub(r"\s+", " ", readable(f"{document.title}. {chunk.text}", document.language))
