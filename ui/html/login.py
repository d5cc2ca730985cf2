"""The page on which people log in. It needs no script."""

from pathlib import Path
from urllib.parse import urlencode

from index.analysis.languages import LANGUAGES
from ui.html.element import Html, element, joined
from ui.html.texts import say

STYLE = Path(__file__).with_name("static") / "login.css"


def login_page(language: str, wanted: str, name: str = "", problem: str | None = None) -> str:
    """The page.

    Args:
        language: of the page.
        wanted: the address where to go after it.
        name: that was given before.
        problem: why a guess was not taken.
    """
    told = problem and element("p", problem, id="problem", role="alert")
    form = element(
        "form",
        told,
        element("input", type="hidden", name="next", value=wanted),
        element("input", type="hidden", name="language", value=language),
        _field(language, "login_name", value=name, name="name", autocomplete="username", autofocus=not name),
        _field(
            language,
            "login_password",
            name="password",
            type="password",
            autocomplete="current-password",
            autofocus=bool(name),
            aria_describedby="problem" if problem else None,
        ),
        element("button", say(language, "login"), type="submit"),
        method="post",
        action="/login",
    )
    title = say(language, "login_title")
    body = element(
        "main",
        element("h1", title),
        form,
        element("nav", *_languages(language, wanted), aria_label=say(language, "interface")),
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/page/icon.svg" type="image/svg+xml">'
        f"{element('title', title)}<style>{STYLE.read_text('utf-8')}</style></head><body>{body}</body></html>\n"
    )


def _field(language: str, key: str, **attributes: str | bool | None) -> Html:
    field = element("input", id=key, required=True, spellcheck="false", autocapitalize="none", **attributes)
    return joined(element("label", say(language, key), for_=key), field)


def _languages(language: str, wanted: str) -> list[Html]:
    """The page in each language; none of it is lost."""
    return [
        element(
            "a",
            say(code, "own_name"),
            href=f"/login?{urlencode({'next': wanted, 'language': code})}",
            lang=code,
            hreflang=code,
            aria_current="true" if code == language else None,
        )
        for code in LANGUAGES
    ]
