"""The words of the page, one file a language, and which language a browser wants."""

import json
from functools import cache
from pathlib import Path

from index.analysis.languages import LANGUAGES
from rag.reason import texts as reason_texts
from ui.html.element import Html, element

FOLDER = Path(__file__).with_name("texts")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every text of the page, and those of reasons: by key, then by language."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        page = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
        for key, text in (page | reason_texts(language)).items():
            found.setdefault(key, {})[language] = text
    return found


def say(language: str, key: str, **values: str | int) -> str:
    """A text in a language, its {gaps} filled."""
    return texts()[key][language].format(**values)


def label(language: str, key: str, **values: str | int) -> Html:
    """A text as an element that the page can put into another language later: it knows its key and its gaps."""
    return element("span", say(language, key, **values), data_text=key, data_values=_packed(values))


def button(language: str, key: str, **attributes: str | int | bool | None) -> Html:
    """A button with a text of the page on it."""
    return element("button", label(language, key), type="button", **attributes)


def renamed(language: str, key: str, **values: str | int) -> dict[str, str | None]:
    """Attributes that give an element a text as its name, and let the page put it into another language later."""
    return {"aria_label": say(language, key, **values), "data_name": key, "data_values": _packed(values)}


def explained(language: str, key: str, **values: str | int) -> dict[str, str | None]:
    """Attributes that explain an element under the pointer, and let the page put the text into another language later."""
    return {"title": say(language, key, **values), "data_title": key, "data_values": _packed(values)}


def preferred(accept_language: str) -> str:
    """The language of the page for a browser's Accept-Language header: the first of ours in it, else English.

    >>> preferred("de-DE,kk;q=0.9,en;q=0.8"), preferred("fr")
    ('kk', 'en')
    """
    weighed = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        weighed.append((-weight, position, tag.split("-")[0].lower()))
    return next((tag for _, _, tag in sorted(weighed) if tag in LANGUAGES), "en")


def _packed(values: dict[str, str | int]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None
