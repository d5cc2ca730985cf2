"""Takes out of a Markdown text what is no CommonMark: what site generators and note programs add, and what is written amiss."""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from textwrap import dedent

from index.articles.markup.html_tree import Node
from index.articles.markup.lines import begins_point, is_record, join_divided_words
from index.articles.markup.page import raised
from index.articles.markup.tables import drawn_table
from index.types import Note

_CAPTION = re.compile(r"""\b(?:alt|caption)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

# What is hidden from readers, and templates: from the first mark to the next second one.
_PRIVATE = [
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"\{\{<\s*comment\s*>\}\}"), re.compile(r"\{\{<\s*/comment\s*>\}\}")),
    (re.compile(r"%%"), re.compile(r"%%")),
    (re.compile(r"\{/\*"), re.compile(r"\*/\}")),
]
_TEMPLATES = [(re.compile(r"\{\{"), re.compile(r"\}\}+")), (re.compile(r"\{%"), re.compile(r"%\}"))]
_CODE_NAME = r"(?:highlight|code|sourcecode)[\w-]*"
_CODE_TEMPLATES = [
    (
        re.compile(rf"(?m:^)[ \t]*\{{%-?\s*{_CODE_NAME}\b[^%]*%\}}[ \t]*\n?"),
        re.compile(r"\{%-?\s*end(?:highlight|code|sourcecode)[\w-]*\s*-?%\}"),
    ),
    (
        re.compile(rf"(?m:^)[ \t]*\{{\{{[<%]\s*{_CODE_NAME}\b[^{{}}]*[>%]\}}\}}[ \t]*\n?"),
        re.compile(rf"\{{\{{[<%]\s*/\s*{_CODE_NAME}\s*[>%]\}}\}}"),
    ),
]
_ATTRIBUTES = re.compile(
    r"(?<![ \t])[ \t]*\{:[^{}\n]*\}"  # kramdown
    r"|(?m:(?:^|(?<![ \t])[ \t]+)\{(?:[#.]|[\w-]+=)[^{}\n]*\}[ \t]*$)"  # behind a heading or a picture, or alone on a line
    r"|(?<=[\])\ue001])\{[^{}\n]*[.#=][^{}\n]*\}"  # right behind a link, a picture or code
)
_SPAN = re.compile(r"(?<![\\!\]])\[([^\[\]\n]+)\]\{[.#][^{}\n]*\}")  # [words]{.class}
_COMPONENT = re.compile(
    r"""</?[A-Z][\w.]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}))?|\s*\{\.\.\.[^{}]*\})*\s*/?>|</?>"""
)
_JSX_ATTRIBUTE = re.compile(r"(<[a-z][\w-]*(?:\s[^<>]*?)?)\s[\w-]+=\{(?:[^{}]|\{[^{}]*\})*\}")
_EXPRESSION = re.compile(r"(?<!\{)\{[A-Za-z_$][\w$]*(?:\.[\w$]+)+(?:\([^(){}\n]*\))?\}(?!\})")  # {props.names}
_STRING = re.compile(r"""(?<!\{)\{(?:"([^"{}\n]*)"|'([^'{}\n]*)'|`([^`{}\n]*)`)\}(?!\})""")  # {" "}
_MODULE = re.compile(
    r"""^(?:import\s(?:[^\n;'"]*?\sfrom\s+)?(?:\{[^{}]*\}\s*from\s+)?['"][^'"\n]+['"];?|import\s*\{[^{}]*\}\s*from\s*['"][^'"\n]+['"];?"""
    r"""|export\s+(?:const|let|var|default|function)\b(?:.|\n(?!\s*\n))*)[ \t]*$""",
    re.MULTILINE,
)
_CONTAINER = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:[\w-]+(?:\{[^}]*\})?)?[ \t]*(?:\[([^\]\n]*)\]|([^\n{]*))(?:\{[^}\n]*\})?$", re.MULTILINE
)
_CALLOUT = re.compile(r"^((?:[ \t]*>)+)[ \t]*\[![\w|-]+\][-+]?[ \t]*(.*)$", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:(?<=\s)|^)\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_FOOTNOTE_TEXT = re.compile(r"^[ \t]{0,3}\[\^[^\]\s]+\]:[ \t]*", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_COMMENT_LINE = re.compile(r"^[ \t]{0,3}\[(?://|comment)\]:[^\n]*$", re.MULTILINE | re.IGNORECASE)
_EMBED = re.compile(r"!\[\[([^\[\]\n|]*)(?:\|([^\[\]\n]*))?\]\]")
_WIKILINK = re.compile(r"\[\[([^\[\]\n|]*?)(?:\\?\|([^\[\]\n]*))?\]\]")
_FIRST_PICTURE = re.compile(  # with its link, before the first sentence of a paragraph
    r"(?:\A\s*|(?<=\n\n))((?:\[|<(?!img)[^<>\n]*>\s*)*(?:!\[[^\[\]\n]*\]\([^()\n]*\)|<img\b[^<>\n]*>)"
    r"(?:\]\([^()\n]*\)|</\w+>)*)[ \t]*(?=[*_<\[]*[\"“«(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])"
)
_LABEL = re.compile(r"^[ \t]{0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\\!\]])\[([^\[\]\n'\"]+)\]\[([^\[\]\n'\"]*)\]")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_INDEX = re.compile(r"(?<=\w)(?<!~)~([^\s~^]{1,4})~(?!~)")  # H~2~O
_POWER = re.compile(r"(?<=\w)\^([^\s~^]{1,4})\^")  # m^2^
_BOX = re.compile(  # a remark or a tab of MkDocs, and its indented lines
    r"^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w -]+?|===[!+]?)(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*\n"
    r"(?P<inner>(?:[ \t]*\n)*(?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
_BOXES = 4  # inside one another
_INLINE_NOTE = re.compile(r"(?<=\S) ?\^\[([^\[\]\n]+)\]")
_INLINE_FIELD = re.compile(r"(?:^|(?<=[\[(])|(?<=[-*+] ))([^\W\d_][\w -]{0,40})::[ \t]+", re.MULTILINE)
_DEFINITION = re.compile(r"^(?P<term>[^\s:|>#][^\n]*)\n(?:[ \t]*\n)?[ ]{0,3}:[ \t]+(?=\S)", re.MULTILINE)
_MORE_DEFINITION = re.compile(r"^[ ]{0,3}:[ \t]+(?=\S)", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:[ \t]*", re.MULTILINE)
_PAGE_BREAK = re.compile(r"^[ \t]*\\(?:newpage|pagebreak|clearpage)[ \t]*$", re.MULTILINE)
_GRID = re.compile(r"^(?:[ ]{0,3}\+[-=+:]+\+[ \t]*\n)(?:[ ]{0,3}[+|].*(?:\n|\Z))+", re.MULTILINE)
_CONTENTS = re.compile(
    r"^[ \t]*\[{1,2}_?TOC_?\]{1,2}[ \t]*$|^[ \t]*(?:[-*+]|1\.)[ \t].*\n[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# Where a paragraph of CommonMark does not begin.
_BLOCK_MARK = re.compile(r"[ ]{0,3}(?:[-*+#>|<\ue000]|\d{1,9}[.)]\s)|[ ]{4}|\t")

# Bold and emphasis that CommonMark does not see, as in **«Егемен»**де, **18:** or "**Next: ** then".
_BOLD = re.compile(r"(?<![\\*/])\*\*(?![*\s])((?:[^*\n]|\n(?![ \t]*\n))*(?<!\\))\*\*(?!\*)")
_EMPHASIS = re.compile(r"(?<![\\*\w])\*(?![*\s])([^*\n]*[^\w\s*\\])\*(?=\w)")
_FORMULA = re.compile(r"\$\$(?:[^$]|\$(?!\$))+\$\$")
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")  # 5*3*2 has no emphasis
_ADDRESS = re.compile(r"(?<![<\"'=\w])https?://[^\s<>()\[\]\"'`|\ue000]+")
_AFTER_BLOCK = re.compile(
    r"((?:</(?:div|figure|section|table|blockquote|center|aside|details|p|ul|ol)>|<(?:br|hr|img)\b[^<>]*>)[ \t]*\n)(?=#|\*|\w)"
)
_ROW = re.compile(r"^([ \t]*\|[^\n]*\|)[ \t]*$", re.MULTILINE)
_CELL = r"[ \t]*:?-+:?[ \t]*"
_DIVIDING_ROW = re.compile(
    rf"^([ \t]*\|?[^\n|]+\|[^\n]*)\n([ \t]*\|(?:{_CELL}\|)*(?:{_CELL})?|{_CELL}(?:\|{_CELL})+\|?)[ \t]*$", re.MULTILINE
)
_WHOLE_TAG = re.compile(r"""<[^\s<>/]+(?:\s+[\w:.-]+(?:\s*=\s*(?:[^\s"'=<>`]+|"[^"]*"|'[^']*'))?)*\s*/?>""")
_HTML_TAG = re.compile(
    r"<(/?)(a|b|br|div|em|figcaption|figure|font|i|img|p|span|strong|td|th|tr|u)\b([^<>]*)>", re.IGNORECASE
)

# In this order: pairs of a pattern and what comes in its place.
_Change = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_BEFORE_TEMPLATES: list[_Change] = [
    (_COMMENT_LINE, ""),
    (_MODULE, ""),
    (_COMPONENT, ""),
    (_JSX_ATTRIBUTE, r"\1"),
    (_EXPRESSION, ""),
    (_STRING, lambda found: (found[1] or found[2] or found[3] or "").replace("\\n", "\n")),
]
_AFTER_TEMPLATES: list[_Change] = [
    (_SPAN, r"\1"),
    (_ATTRIBUTES, ""),
    (_CONTAINER, lambda found: f"\n{found[1] or found[2] or ''}\n"),
    (_ABBREVIATION, r"\n\1: "),
    (_PAGE_BREAK, ""),
    (_DEFINITION, r"\g<term>: "),
    (_MORE_DEFINITION, "\n"),
    (_INLINE_NOTE, r" (\1)"),
    (_INLINE_FIELD, r"\1: "),
    (_CALLOUT, r"\1 \2\n\1"),
    (_BLOCK_ID, ""),
    (_FOOTNOTE_TEXT, "\n"),
    (_FOOTNOTE_MARK, ""),
    (_GRID, lambda found: _piped(found)),
    (_EMBED, lambda found: _embedded(found[2] or "")),
    (_FIRST_PICTURE, r"\1\n\n"),
    (_WIKILINK, lambda found: _shown(found)),
    (_HIGHLIGHT, r"\1"),
    (_INDEX, r"\1"),
    (_POWER, lambda found: raised(found[1])),
]
_AMISS: list[_Change] = [
    (_FORMULA, lambda found: re.sub(r"([\\_*~])", r"\\\1", found[0])),
    (_HTML_TAG, lambda found: _mended_tag(found)),
    (_AFTER_BLOCK, r"\1\n"),
    (_DIVIDING_ROW, lambda found: _dividing_row(found)),
    (_ROW, r"\1  "),
    (_TIMES, r"\\*"),
    (_ADDRESS, lambda found: re.sub(r"(?<!\\)([_*~])", r"\\\1", found[0])),
    (_BOLD, r"\1"),
    (_EMPHASIS, r"\1"),
]


def without_wikilinks(text: str) -> str:
    """A text with the words of its wikilinks alone.

    >>> without_wikilinks("[[people/Ida Roe|Ida]] of the [[Morning Post]]")
    'Ida of the Morning Post'
    """
    return _WIKILINK.sub(_shown, text)


def _shown(wikilink: re.Match[str]) -> str:
    return (wikilink[2] or wikilink[1].lstrip("#")).strip()


def fenced(text: str) -> str:
    """Put code that stands between templates, such as `{% highlight %}`, between fences, as Markdown has it."""
    for opening, closing in _CODE_TEMPLATES:
        text, _ = _cut(text, opening, closing, partial(_fence, opening, closing))
    return text


def plain_markdown(text: str, notes: list[Note]) -> str:
    """A text, without its code, as CommonMark has it; `notes` takes what was left out."""
    for opening, closing in _PRIVATE:
        text, found = _cut(text, opening, closing, lambda _: "")
        notes += [Note("comment left out", "what its author hides from readers")] * found
    text = _changed(text, _BEFORE_TEMPLATES)
    text = _CONTENTS.sub("", _without_loose_references(without_templates(text)))
    for _ in range(_BOXES):
        text = _BOX.sub(_unboxed, text)
    return _with_hard_breaks(join_divided_words(_changed(text, _AFTER_TEMPLATES + _AMISS)))


def without_templates(text: str) -> str:
    """Take out the templates of site generators: `{{ … }}` and `{% … %}`."""
    for opening, closing in _TEMPLATES:
        text, _ = _cut(text, opening, closing, _caption_of)
    return text


def _changed(text: str, changes: list[_Change]) -> str:
    for pattern, into in changes:
        text = pattern.sub(into, text)
    return text


def _unboxed(found: re.Match[str]) -> str:
    return f"\n{found['title'] or ''}\n\n{dedent(found['inner'])}\n"


def _with_hard_breaks(text: str) -> str:
    """A text whose programmes, lists of labels and points of laws keep their lines, which Markdown would join."""
    blocks = re.split(r"(\n[ \t]*(?:\n[ \t]*)*\n|^[ \t]*\n)", text)
    return "".join(block if "\n" not in block.strip("\n") else _broken(block) for block in blocks)


def _broken(block: str) -> str:
    lines = block.split("\n")
    is_prose = not any(_BLOCK_MARK.match(line) for line in lines if line.strip())
    keeps_all = is_prose and is_record([line for line in lines if line.strip()])
    done = lines[0]
    for before, line in pairwise(lines):
        is_kept = before.strip() and "|" not in before and (keeps_all or begins_point(before, line))
        done += ("  \n" if is_kept else "\n") + line
    return done


def _cut(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], change: Callable[[str], str]
) -> tuple[str, int]:
    """Replace what stands between two marks, in linear time; without the second mark nothing is replaced.

    Returns:
        the text, and how many parts of it were replaced.
    """
    done: list[str] = []
    at = 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        done += [text[at : start.start()], change(text[start.start() : end.end()])]
        at = end.end()
    return "".join([*done, text[at:]]), len(done) // 2


def _fence(opening: re.Pattern[str], closing: re.Pattern[str], part: str) -> str:
    code = closing.sub("", opening.sub("", part, count=1)).strip("\n")
    return code if "```" in code else f"\n```\n{code}\n```\n"


def _caption_of(template: str) -> str:
    """A template has no words of the article but a picture's description."""
    caption = _CAPTION.search(template)
    words = (caption[1] or caption[2] or "").replace('"', "'") if caption else ""
    return f'<img alt="{words}">' if words else ""


def _piped(found: re.Match[str]) -> str:
    """A table with a frame as one that Markdown knows."""
    table = drawn_table(found[0].strip("\n").split("\n"))
    if table is None:
        return found[0]
    rows = table.rows if table.header else [[""] * len(table.rows[0]), *table.rows]
    head, *body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body]) + "\n"


def _embedded(description: str) -> str:
    """Of a picture in a note its description, which is not its width in pixels."""
    return "" if re.fullmatch(r"\d*(?:x\d+)?", description.strip()) else description.strip()


def _without_loose_references(text: str) -> str:
    """The words alone of `[words][label]`, where no line says where the label leads."""
    labels = {label.casefold() for label in _LABEL.findall(text)}

    def words(found: re.Match[str]) -> str:
        is_link = any(c.isalpha() or c == "\ue000" for c in found[1])  # [1][2] are numbers of sources
        known = (found[2] or found[1]).casefold() in labels
        return found[1] if is_link and not known else found[0]

    return _REFERENCE.sub(words, text)


def _mended_tag(found: re.Match[str]) -> str:
    """A tag of HTML with quotation marks amiss, without its attributes; of a picture the description stays."""
    if not re.search("[\"']", found[3]) or _WHOLE_TAG.fullmatch(found[0]):
        return found[0]
    caption = Node(found[2], found[3]).attribute("alt").replace('"', "")
    return f'<{found[1]}{found[2]} alt="{caption}">' if caption else f"<{found[1]}{found[2]}>"


def _dividing_row(found: re.Match[str]) -> str:
    """The line under a table's head, with as many columns as the head has."""
    columns = len(re.findall(r"(?<!\\)\|", found[1].strip().strip("|"))) + 1
    return f"{found[1]}\n{'|---' * columns}|"
