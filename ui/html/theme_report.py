"""Themes as one page to keep or print: counts, a chart, and quotations with their proof; no script, no network."""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from rag.answer import Citation
from rag.themes.report import ThemeCount, ThemeReport
from ui.html.element import Html, element, joined
from ui.html.sources import about, place
from ui.html.texts import say
from ui.paths import without_folders

STYLE = Path(__file__).with_name("static") / "themes.css"
_NAMED = 8  # places and sources of a theme
_BARS = 40  # themes in the chart
_ROW, _LEFT, _RIGHT, _WIDE = 24, 330, 60, 800  # pixels: height of a row, room for names, for counts, width of the chart
_LONGEST = 44  # characters of a name in the chart


def as_page(found: ThemeReport, language: str) -> str:
    """The report as an HTML file. Its data are in it, so that `kenes prove` can check every quotation.

    Args:
        found: the themes.
        language: of everything but names and quotations.
    """
    style = STYLE.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    held = json.dumps({"answer": without_folders(found.to_json())}, ensure_ascii=False).replace("<", "\\u003c")
    title = say(language, "themes_title")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{element('title', title)}<style>{style}</style></head><body>{_body(found, title, language)}"
        f'<script type="application/json" id="held">{held}</script></body></html>\n'
    )


def _body(found: ThemeReport, title: str, language: str) -> Html:
    counts = say(language, "themes_counts", articles=found.articles, themes=len(found.themes), other=len(found.other))
    return element(
        "main",
        element("p", "Kenes", class_="name"),
        element("h1", title),
        element("p", counts),
        element("p", say(language, "themes_copies", copies=found.copies)) if found.copies else None,
        _chart(found.themes[:_BARS], language) if found.themes else None,
        *(_theme(number, theme, language) for number, theme in enumerate(found.themes, 1)),
        element("p", say(language, "themes_proof"), class_="about"),
    )


def _chart(themes: tuple[ThemeCount, ...], language: str) -> Html:
    """A bar for each theme, as long as it has articles."""
    most = max(theme.articles for theme in themes)
    bars = []
    for at, theme in enumerate(themes):
        length = round((_WIDE - _LEFT - _RIGHT) * theme.articles / most)
        middle = _ROW * at + _ROW * 2 // 3
        name = theme.name if len(theme.name) <= _LONGEST else theme.name[: _LONGEST - 1] + "…"
        bars += [
            element("text", name, x=_LEFT - 10, y=middle, text_anchor="end", lang=theme.language),
            element("rect", x=_LEFT, y=_ROW * at + 4, width=length, height=_ROW - 8),
            element("text", str(theme.articles), x=_LEFT + length + 8, y=middle),
        ]
    label = say(language, "themes_chart")
    return element("svg", *bars, viewBox=f"0 0 {_WIDE} {_ROW * len(themes)}", role="img", aria_label=label)


def _theme(number: int, theme: ThemeCount, language: str) -> Html:
    copies = say(language, "themes_copies", copies=theme.copies) if theme.copies else None
    facts = {
        "themes_languages": {say(language, f"in_{code}"): count for code, count in theme.languages.items()},
        "themes_months": {_month(month, language): count for month, count in theme.months.items()},
        "themes_places": theme.places,
        "themes_sources": theme.sources,
    }
    rows = [
        joined(element("dt", say(language, key)), element("dd", _listed(counts)))
        for key, counts in facts.items()
        if counts
    ]
    return element(
        "section",
        element("h2", f"{number}. ", element("span", theme.name, lang=theme.language)),
        element("p", say(language, "themes_articles", articles=theme.articles), " ", copies, class_="count"),
        element("dl", *rows),
        *(_quote(quote, language) for quote in theme.quotes),
    )


def _quote(quote: Citation, language: str) -> Html:
    where = say(language, "place", id=quote.document_id, start=quote.start, end=quote.end)
    return joined(
        element("blockquote", quote.quote, lang=quote.language),
        element("p", about(quote, language), " ", place(quote.path, quote.page, quote.line, language), class_="about"),
        element("p", f"{where} SHA-256 {quote.document_sha256}", class_="about"),
    )


def _month(month: str, language: str) -> str:
    year, _, number = month.partition("-")
    return say(language, f"month_{number}", year=year)


def _listed(counts: Mapping[str, int]) -> str:
    shown = list(counts.items())[:_NAMED] if len(counts) > _NAMED * 2 else list(counts.items())
    more = "" if len(shown) == len(counts) else " …"
    return ", ".join(f"{name} {count}" for name, count in shown) + more
