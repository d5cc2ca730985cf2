"""Lines to paragraphs: a line break inside a sentence is a blank, and a word divided over it is one word again."""

import re
from itertools import groupby, pairwise
from operator import itemgetter

from index.analysis.languages import words_of_any
from index.articles.markup.tables import drawn_table, table_lines

_SMALL = "a-zа-яёәғқңөұүһіїєґ"
_CAPITAL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐ"
_CLOSING = r"[\"”»’)\]]*"
_ENDS_SENTENCE = re.compile(rf"[.!?…]{_CLOSING}$")
_ENDS_CLAUSE = re.compile(rf"[.!?…:;]{_CLOSING}$")
_INNER_END = re.compile(rf"[{_SMALL}\d%»”)][.!?…]{_CLOSING} [\"“«(]?[{_CAPITAL}]")  # a sentence ends inside the line
_STARTS_SMALL = re.compile(rf"[\"“«(]?[{_SMALL}]")
_STARTS_WITH_FIGURE = re.compile(r"[\"“«(]?\d")
_ABBREVIATIONS = words_of_any(lambda language: language.sentences.never_end | language.sentences.before_numbers)
_OPEN_WORDS = words_of_any(lambda language: language.layout.open_ends)
_OPEN_SIGNS = tuple(",(«“–—№")
_INITIALS = re.compile(rf"(?:[{_CAPITAL}]\.-?)+")
# No line of its own begins with these.
_LINKS_ON = re.compile(rf"(?:{'|'.join(sorted(words_of_any(lambda language: language.layout.links_on)))})\s")
_BULLET = re.compile(r"\s*[-*•▪►+‣◦]\s+")
_NUMBER = re.compile(rf"\s*(?:\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]|[{_SMALL}]\))\s+")
_POINT = re.compile(
    rf"\s*(?:\d{{1,3}}(?:\.\d{{1,3}})+\.?|\(?\d{{1,3}}\)|[{_SMALL}]\)|§\s?\d+\.?|\d{{1,3}}-(?:бап|тармақ)\.?"
    r"|(?:статья|пункт|глава|article|section|chapter)\s\d{1,3}\.?)\s",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[–—]\s+")
_LABEL = re.compile(r"\s*[^\s:][^:]{0,30}:(?:\s|$)")
_TIME_OR_FIGURE = re.compile(r"\s*\d")
_COLUMNS = re.compile(r"\S(?:\t+| {3,})\S|\|")
_DIVIDED = re.compile(rf"(?<![{_SMALL}])([{_SMALL}]+)[-‐]\n[ \t]*([{_SMALL}]+)", re.IGNORECASE)
_SOFT_HYPHEN = re.compile(r"\u00ad\n\s*")
# Words with a hyphen of their own before or after the break.
_PREFIXES = frozenset(
    "по во в кое well self ex half non all twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_ENDINGS = frozenset("то либо нибудь таки ка".split())
PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:page |p\. |стр\. |с\. )?\d{1,4}(?:\s*[-–—])?\s*", re.IGNORECASE)
_DRAWN = tuple("|+│┃║┌├└╔╠╚╒╞╘")  # how a line of a drawn table begins
_NARROW = 40  # characters; shorter lines may be a list, a programme or a verse

# A line drawn with signs: it divides paragraphs.
_RULE = re.compile(r"^[ \t]*([-=_*~#+—–])\1{4,}[ \t]*$", re.MULTILINE)
_TAIL = 100  # characters at the end of a line that show whether its sentence goes on


def unwrap(text: str) -> str:
    r"""Join the lines of hard-wrapped paragraphs; lists, tables, programmes and headings keep their lines.

    A paragraph ends at a blank line, or at a line drawn with signs, which is left out. Whether its lines are wrapped prose is judged by how they begin and end and by how
    they fill the width.

    >>> unwrap("The company lost its wa-\nter in\n2023.\n\n10:00 Opening\n11:30 Races")
    'The company lost its water in 2023.\n\n10:00 Opening\n11:30 Races'
    """
    text = _RULE.sub("", _SOFT_HYPHEN.sub("", text))
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))]
    whole = {word.lower() for word in re.findall(r"\w+(?:-\w+)*", text)}
    is_wrapped = any(len(lines) > 1 and _is_wrapped(lines) for lines in blocks)
    done = ["\n".join(_unwrap_block(lines, whole, document_is_wrapped=is_wrapped)) for lines in blocks]
    return "\n\n".join(_over_page_numbers(done, whole) if is_wrapped else done)


def join_lines(text: str) -> str:
    r"""Join those lines of one paragraph where a sentence clearly goes on over the break.

    >>> join_lines("It has 65 beds\nand a garden\nThe nurse")
    'It has 65 beds and a garden\nThe nurse'
    """
    lines = [line.strip(" ") for line in text.split("\n")]
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1][-_TAIL:]
        if before and (_LINKS_ON.match(line) or _is_open(before)) and not _ENDS_CLAUSE.search(before):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def join_divided_words(text: str, known: frozenset[str] | set[str] = frozenset()) -> str:
    r"""Join words that are divided over a line break; compounds of names and numbers keep their hyphen.

    Args:
        text: with its line breaks.
        known: words of the text in small letters; a divided one that is among them is written as it is there.

    >>> join_divided_words("govern-\nment of Mangystau-\nAtyrau, кое-\nкто")
    'government of Mangystau-Atyrau, кое-кто'
    """
    return _DIVIDED.sub(lambda found: _joined_word(found[1], found[2], known), text)


def _joined_word(first: str, second: str, known: frozenset[str] | set[str]) -> str:
    compound, plain = f"{first}-{second}", f"{first}{second}"
    if compound.lower() in known:
        return compound
    if plain.lower() in known:
        return plain
    own = second[0].isupper() or first.lower() in _PREFIXES or second.lower() in _ENDINGS
    return compound if own else plain


def _unwrap_block(lines: list[str], known: set[str], *, document_is_wrapped: bool) -> list[str]:
    """The lines of a paragraph, joined where they are wrapped."""
    if len(lines) < 2:
        return lines
    if all(line.lstrip().startswith(">") for line in lines):  # quoted in a mail
        inner = [line.lstrip()[1:].strip() for line in lines]
        quoted = _unwrap_block(inner, known, document_is_wrapped=document_is_wrapped)
        return [f"> {line}" for line in quoted]
    if (drawn := _without_drawn_tables(lines)) != lines:
        return drawn
    if is_record(lines):
        return lines
    items = _items(lines)
    if len(items) > 1:
        return [part for item in items for part in _unwrap_item(item, known)]
    if _is_wrapped(lines) or (document_is_wrapped and _may_be_wrapped(lines)):
        return _joined(lines, known)
    return join_divided_words("\n".join(lines), known).split("\n")


def _without_drawn_tables(lines: list[str]) -> list[str]:
    """The lines, with tables that are drawn in them as lines that name their columns."""
    if table := drawn_table(lines):
        return table_lines(table.rows, header=table.header or None)
    is_drawn = [line.lstrip().startswith(_DRAWN) for line in lines]
    done: list[str] = []
    for drawn, group in groupby(zip(is_drawn, lines, strict=True), key=itemgetter(0)):
        part = [line for _, line in group]
        table = drawn_table(part) if drawn else None
        done += table_lines(table.rows, header=table.header or None) if table else part
    return done


def _unwrap_item(lines: list[str], known: set[str]) -> list[str]:
    """A list item goes on over lines that begin with a small letter or are indented."""
    done = [lines[0]]
    for line in lines[1:]:
        if _goes_on(done[-1], line) or (line[:1].isspace() and not _ENDS_SENTENCE.search(done[-1][-_TAIL:])):
            done[-1] = _join(done[-1], line, known)
        else:
            done.append(line)
    return done


def is_record(lines: list[str]) -> bool:
    """Whether lines stand for themselves: a programme, a table, labels with values, an enumeration."""

    def most(count: int, of: int) -> bool:
        return of > 1 and count >= 0.8 * of

    body = lines[1:] if len(lines) > 2 else lines
    if most(sum(bool(_TIME_OR_FIGURE.match(line)) for line in body), len(body)) and not _is_filled(lines):
        return True
    if most(sum(bool(_LABEL.match(line)) for line in lines), len(lines)):
        return True
    if 2 * sum(bool(_COLUMNS.search(line.strip())) for line in lines) > len(lines):
        return True
    return most(sum(line.rstrip().endswith(";") for line in lines[:-1]), len(lines) - 1)


def begins_point(before: str, line: str) -> bool:
    """Whether a line begins with the number of a point of a law, as no sentence goes on.

    >>> begins_point("1.1. It opens at 9.", "1.2. It closes at 6."), begins_point("It rose by", "3.5 percent.")
    (True, False)
    """
    return bool(_POINT.match(line) and _ENDS_CLAUSE.search(before.rstrip()))


def _items(lines: list[str]) -> list[list[str]]:
    """The lines, divided where a list item or an indented paragraph begins."""
    marks = [_mark(line) for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    items: list[list[str]] = []
    for at, line in enumerate(lines):
        before = lines[at - 1].rstrip() if at else ""
        is_item = marks[at] is not None and (
            marks[at] == "bullet"
            or not at
            or bool(_ENDS_CLAUSE.search(before))
            or (marks.count(marks[at]) > 1 and marks[0] == marks[at])
        )
        is_indented = at > 0 and indents[at] > indents[at - 1] and _ENDS_SENTENCE.search(before) is not None
        if not items or is_item or is_indented:
            items.append([line])
        else:
            items[-1].append(line)
    return items


def _mark(line: str) -> str | None:
    for name, pattern in (("bullet", _BULLET), ("number", _NUMBER), ("dash", _DASH)):
        if pattern.match(line):
            return name
    return None


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a paragraph are prose that is broken to fit a width."""
    if is_record(lines) or len(_items(lines)) > 1:
        return False
    pairs = list(pairwise(lines))
    soft = sum(_goes_on(before, after) for before, after in pairs)
    width = max(len(line.strip()) for line in lines)
    if not _ENDS_SENTENCE.search(lines[-1].rstrip()):
        # a headline over some lines begins with a capital, and none of its other lines does
        is_headline = len(lines[0]) >= _NARROW / 2 and not _STARTS_SMALL.match(lines[0].lstrip()) and soft == len(pairs)
        return is_headline or (width >= _NARROW and (2 * soft >= len(pairs) or _is_filled(lines)))
    runs_on = any(_INNER_END.search(line) and not _ENDS_CLAUSE.search(line.rstrip()) for line in lines[:-1])
    return runs_on or (soft > 0 and 4 * soft >= len(pairs)) or _is_filled(lines)


def _may_be_wrapped(lines: list[str]) -> bool:
    """Whether a paragraph is one sentence over its lines, for all one can see."""
    open_ends = all(not _ENDS_CLAUSE.search(line.rstrip()) for line in lines[:-1])
    return open_ends and bool(_ENDS_SENTENCE.search(lines[-1].rstrip()))


def _is_filled(lines: list[str]) -> bool:
    """Whether nearly every line is so full that the next word had no room in it."""
    width = max(len(line.rstrip()) for line in lines)
    pairs = list(pairwise(lines))
    full = sum(len(before.rstrip()) + 1 + len((after.split() or [""])[0]) > 0.95 * width for before, after in pairs)
    ends = sum(bool(_ENDS_SENTENCE.search(line.rstrip())) for line in lines)
    return width >= _NARROW and full >= 0.8 * len(pairs) and ends < len(lines)


def _is_open(before: str) -> bool:
    """Whether a sentence goes on after these words, whatever comes next."""
    last = before.rsplit(None, 1)[-1].lstrip('(«“"') if before.strip() else ""
    if before.endswith(_OPEN_SIGNS) or last.lower() in _OPEN_WORDS:
        return True
    return last.endswith(".") and (last[:-1].lower() in _ABBREVIATIONS or bool(_INITIALS.fullmatch(last)))


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence surely goes on over a line break."""
    before, after = before[-_TAIL:].rstrip(), after.lstrip()
    if _is_open(before):
        return True
    if _ENDS_CLAUSE.search(before):
        return False
    return bool(_STARTS_SMALL.match(after)) or bool(re.search(rf"[{_SMALL}{_CAPITAL}][-‐]$", before))


def _joined(lines: list[str], known: set[str]) -> list[str]:
    """A wrapped paragraph on one line; a heading on top of it and short last lines of paragraphs keep their breaks."""
    width = max(len(line.strip()) for line in lines)
    done = [lines[0]]
    has_heading = len(lines) > 2 and _is_filled(lines[1:]) and len(lines[0].strip()) < 0.6 * width
    for at in range(1, len(lines)):
        before, after = lines[at - 1].rstrip(), lines[at].lstrip()
        if _goes_on(before, after):
            is_break = False
        elif at == 1 and has_heading:
            is_break = not _STARTS_SMALL.match(after)
        else:
            is_break = bool(_ENDS_SENTENCE.search(before)) and len(before) < 0.6 * width
        if is_break:
            done.append(lines[at])
        else:
            done[-1] = _join(done[-1], lines[at], known)
    return done


def _join(before: str, after: str, known: set[str]) -> str:
    before, after = before.rstrip(), after.lstrip()
    # Only the end of a paragraph that grows line by line is looked at, or a long one would take quadratic time.
    if re.search(rf"[{_SMALL}{_CAPITAL}\d][-‐]$", before[-2:]) and after[:1].isalnum():
        start = before.rfind(" ") + 1
        joined = join_divided_words(f"{before[start:]}\n{after}", known)
        return before[:start] + joined.replace("\n", "")  # what is no divided word is a compound with its hyphen
    return f"{before} {after}"


def _over_page_numbers(blocks: list[str], known: set[str]) -> list[str]:
    """Join a paragraph that goes on after a page's number."""
    done: list[str] = []
    for block in blocks:
        before = done[-2] if len(done) > 1 and PAGE_NUMBER.fullmatch(done[-1]) else None
        if before and "\n" not in before and carries_on(before, block):
            done[-2:] = [_join(before, block, known)]
        else:
            done.append(block)
    return done


def carries_on(before: str, block: str) -> bool:
    """Whether a paragraph goes on in the one after it, which stands on the next page."""
    if _ENDS_CLAUSE.search(before[-_TAIL:]):
        return False
    return _goes_on(before, block) or bool(_STARTS_WITH_FIGURE.match(block.lstrip()))
