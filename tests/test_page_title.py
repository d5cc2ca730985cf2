"""Titles of pages: the article's name, not the site's."""

import pytest

from index.articles.metadata.page_title import page_title


@pytest.mark.parametrize(
    ("written", "headings", "called", "site", "title"),
    [
        ("The bridge is open – Morning Post", ["Morning Post", "The bridge is open"], "", None, "The bridge is open"),
        ("The bridge is open – Morning Post", ["Morning Post"], "The bridge is open", None, "The bridge is open"),
        ("Мост открыт: когда пойдут поезда — Вести", ["Вести"], "", None, "Мост открыт: когда пойдут поезда"),
        ("Вести » Мост открыт раньше срока", ["Вести"], "", None, "Мост открыт раньше срока"),
        ("Ministry - Press - The bridge is open to all", ["The bridge is open to all"], "", None, "The bridge is open to all"),
        ("Pack - Download - Files", ["Pack", "Note"], "", None, "Pack"),
        ("A good design for small firms | Firm", ["Design"], "", "Firm", "A good design for small firms"),
        ("Көпір ашылды | Хабар", ["Басқа тақырып"], "Көпір ашылды | Хабар", "Хабар", "Көпір ашылды"),
        ("Алматы — Астана", [], "", None, "Алматы — Астана"),
        ("About us |", [], "", None, "About us"),
        ("[TEST] Libraries – Orvik Council", ["Orvik Libraries"], "", "Orvik Council", "Libraries"),
        ("[PDF] The bridge is open", [], "", None, "The bridge is open"),
        ("[2024] The year", [], "", None, "[2024] The year"),
        ("", ["The bridge"], "", None, "The bridge"),
        ("", [], "", None, None),
    ],
)  # fmt: skip
def test_title(written: str, headings: list[str], called: str, site: str | None, title: str | None) -> None:
    assert page_title(written, headings, called, site) == title
