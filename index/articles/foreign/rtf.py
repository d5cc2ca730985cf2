r"""Rich text: .rtf. Read by its own grammar (Rich Text Format 1.9): numbers of lists, tables and footnotes stay."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.articles.markup.tables import table_lines
from index.articles.markup.zipped import clean_title
from index.articles.metadata.article import article
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SIGNS = {"tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“"}
_SIGNS |= {"rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "page": "\n\n\f", "column": "\n\n"}
_SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n"}
# Groups whose words are none of the text.
_SKIPPED = set(
    "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator pict object objdata fldinst header headerl "
    "headerr headerf footer footerl footerr footerf themedata colorschememapping latentstyles datastore xmlnstbl mmathPr "
    "bkmkstart bkmkend revtbl annotation atnid atnauthor atndate atnref comment nonshppict info template filetbl sp sn sv "
    "shpinst deleted".split()
)
_CHARSETS = {0: "cp1252", 2: "cp1252", 77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251"}
_CHARSETS |= {238: "cp1250", 128: "cp932", 134: "cp936", 136: "cp950", 129: "cp949", 177: "cp1255", 178: "cp1256"}
_FONT = re.compile(rb"\\f(\d{1,6})(?:\\(?!fcharset)[a-z]+-?\d*)*\s?\\fcharset(\d{1,3})")
_TITLE = re.compile(rb"\\title ?((?:[^{}]|\\[{}]){0,2000})\}")
_DEPTH_LIMIT = 500


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read(FILE_LIMIT)
    if not raw.strip():
        return
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableArticle("damaged", "damaged, or no .rtf file")
    text = _Text(raw)
    found = _TITLE.search(raw[:50_000])
    title = clean_title(_Text(b"{\\rtf1" + text.declared + b" " + found[1] + b"}").text()) if found else None
    if plain := text.text().strip("\n "):
        yield article(file, plain, {"title": title}, raw=raw, is_paper=True, notes=tuple(text.notes))


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    skipped: bool = False
    struck: bool = False
    font: int = -1
    in_table: bool = False
    fallback: int = 1  # characters behind a Unicode one that stand for it in old programs
    is_footnote: bool = False


class _Text:
    """Reads the tokens of a file one after another."""

    def __init__(self, raw: bytes) -> None:
        self.notes: list[Note] = []
        page = re.search(rb"\\ansicpg(\d{1,5})", raw[:2000])
        self.declared = page[0] if page else b""
        self._encoding = _known(f"cp{int(page[1])}") if page else "cp1252"
        self._fonts = {int(number): _CHARSETS.get(int(charset), "") for number, charset in _FONT.findall(raw[:200_000])}
        self._blocks: list[str] = []  # finished paragraphs and tables
        self._words: list[str] = []
        self._rows: list[list[str]] = []
        self._cells: list[str] = []
        self._footnote: list[str] = []
        self._footnotes: list[str] = []
        self._struck: list[str] = []
        self._bytes = bytearray()  # of a code page, which may need two for a character
        self._skip = 0  # characters still to pass over behind a Unicode one
        self._read(raw)

    def text(self) -> str:
        """Paragraphs divided by blank lines, table rows by line breaks."""
        text = "\n\n".join(self._blocks).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs are one
        return re.sub(r"\n*\f\n*", "\n\n\f", text)

    def _read(self, raw: bytes) -> None:
        state, stack = _State(), list[_State]()
        at = 0
        while found := _TOKEN.match(raw, at):
            at = found.end()
            word, number, code, symbol, brace, plain = found.groups()
            if code is None:
                self._flush(state)
            if brace == b"{":
                stack.append(state)
                if len(stack) > _DEPTH_LIMIT:
                    raise UnreadableArticle("damaged", "damaged: its groups are nested too deep")
            elif brace == b"}":
                if state.is_footnote and not (stack and stack[-1].is_footnote):
                    self._footnotes.append("".join(self._footnote))
                    self._footnote.clear()
                if not stack:
                    break
                state = stack.pop()
                if not stack:
                    break  # what follows the outermost group is none of the text
            elif word == b"bin":
                at += max(int(number or 0), 0)
            elif word is not None:
                state = self._control(word.decode(), int(number) if number else None, state)
            elif code is not None:
                self._take_byte(int(code, 16), state)
            elif symbol == b"*":
                state = replace(
                    state, skipped=state.skipped or not raw.startswith((b"\\listtext", b"\\pntext", b"\\shppict"), at)
                )
            elif symbol is not None:
                self._add(_SYMBOLS.get(symbol, ""), state)
            elif plain is not None:
                text = plain[self._skip :] if self._skip else plain
                self._skip = max(0, self._skip - len(plain))
                self._add(text.decode(self._code_page(state), "replace"), state)
        self._flush(state)
        self._end_paragraph(_State())
        self._end_table()

    def _control(self, word: str, number: int | None, state: _State) -> _State:
        if word in _SKIPPED:
            return replace(state, skipped=True)
        if word == "footnote":
            return replace(state, is_footnote=True)
        if word in ("strike", "striked"):
            return replace(state, struck=number != 0)
        if word == "plain":
            return replace(state, struck=False)
        if word == "f":
            return replace(state, font=number or 0)
        if word == "uc":
            return replace(state, fallback=min(max(number or 0, 0), 9))
        if word == "pard":
            return replace(state, in_table=False)
        if word in ("intbl", "itap"):
            return replace(state, in_table=number != 0)
        if word == "u":
            self._add(chr((number or 0) % 0x10000), state)
            self._skip = state.fallback
        elif word in _SIGNS:
            self._add(_SIGNS[word], state)
        elif not state.skipped and not state.is_footnote:
            self._structure(word, state)
        elif word == "par":
            self._add(" ", state)
        return state

    def _structure(self, word: str, state: _State) -> None:
        if word in ("par", "sect"):
            self._end_paragraph(state)
        elif word in ("cell", "nestcell"):
            self._cells.append(" ".join("".join(self._words).split()))
            self._words.clear()
        elif word in ("row", "nestrow"):
            self._rows.append(self._cells)
            self._cells = []

    def _code_page(self, state: _State) -> str:
        return self._fonts.get(state.font) or self._encoding

    def _take_byte(self, value: int, state: _State) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)
        if len(self._bytes) > 1000:
            self._flush(state)

    def _flush(self, state: _State) -> None:
        if self._bytes:
            text = self._bytes.decode(self._code_page(state), "replace")
            self._bytes.clear()
            self._add(text, state)

    def _add(self, text: str, state: _State) -> None:
        if state.skipped or not text:
            return
        if self._struck and not state.struck:
            self._end_struck()
        if state.struck:
            self._struck.append(text)
        elif state.is_footnote:
            self._footnote.append(text)
        else:
            self._words.append(text)

    def _end_struck(self) -> None:
        if said := " ".join("".join(self._struck).split()):
            self.notes.append(Note("struck text left out", said[:200]))
        self._struck.clear()

    def _end_paragraph(self, state: _State) -> None:
        if state.in_table:
            self._words.append(" ")
            return
        self._end_struck()
        text = "".join(self._words)
        self._words.clear()
        if text.strip() or "\f" in text:
            self._end_table()
            self._blocks.append(re.sub(r"[^\S\n\f]+", " ", text).strip(" "))
            self._blocks += [" ".join(each.split()) for each in self._footnotes]
            self._footnotes.clear()

    def _end_table(self) -> None:
        if self._rows:
            # Empty paragraphs between the rows do not divide a table, words do.
            self._blocks.append("\n".join(table_lines(self._rows)))
            self._rows = []


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


READERS = {".rtf": read}
