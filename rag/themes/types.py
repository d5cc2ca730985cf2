"""What a pile of articles is about: themes, and the articles in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Member(NamedTuple):
    """An article in a theme, and its sentence that is nearest to the theme.

    Attributes:
        id: of the document.
        start, end: where the sentence stands in the document's text, in characters.
        likeness: the cosine of the sentence to what the theme is about.
        is_second: whether the article is about another matter in the first place.
    """

    id: str
    start: int
    end: int
    likeness: float
    is_second: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """Articles that are about the same matter.

    Attributes:
        names: the phrases that set the theme apart, best first, in each language that its articles are written in.
        members: its articles without copies, the one with the nearest sentence first.
    """

    names: Mapping[str, tuple[str, ...]]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of an index.

    Attributes:
        digest: of the documents that were grouped, see `Snapshot.digest`.
        founded: how many articles there were when the themes were found; those that came later joined them.
        themes: the largest first.
        others: ids of articles that fit into no theme.
        copies: ids of articles that tell the same in the same words as another, with that one's id; in themes, only that
            one is listed.
    """

    digest: str
    founded: int
    themes: tuple[Theme, ...]
    others: tuple[str, ...]
    copies: Mapping[str, str]
