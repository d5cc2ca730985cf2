"""150 hostile strings in articles, file names, addresses and questions: none runs, none draws, none reaches out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import IndexReader, build, load_embedder
from tests.browsing import Visit
from tests.conftest import chatting

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")

# What each must not do: set `window.ran`, open a dialog, or ask another origin for anything.
RUN = "window.ran=1;alert(1)"
AWAY = "http://evil.example/x"
STRINGS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src={AWAY}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<iframe src=javascript:{RUN}></iframe>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    f"<object data={AWAY}></object>",
    f"<embed src={AWAY}>",
    f"<link rel=stylesheet href={AWAY}>",
    f"<style>@import url({AWAY});</style>",
    f"<div style=background:url({AWAY})>x</div>",
    f"<base href={AWAY}>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    f"<form action={AWAY}><button autofocus>x</button></form>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<template><script>{RUN}</script></template>",
    f"<body onload={RUN}>",
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"![x]({AWAY})",
    f'```mermaid\ngraph TD; a["<img src=x onerror={RUN}>"] --> b; click a javascript:{RUN}\n```',
    "<div class=mermaid>graph TD; a-->b</div>",
    f"$$\\href{{javascript:{RUN}}}{{x}}$$",
    f"$\\includegraphics{{{AWAY}}}$",
    f"\\(\\htmlData{{onclick={RUN}}}{{x}}\\)",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"&amp;lt;script&amp;gt;{RUN}",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onfocus='{RUN}' tabindex=0 autofocus '",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{question} {0} {language} %s %(x)s",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<xmp><img src=x onerror={RUN}></xmp>",
    f"\u202e<script>{RUN}</script>\u2066",
    f"<scr\u0000ipt>{RUN}</scr\u0000ipt>",
    f"\ufeff<IMG SRC=x OnErRoR={RUN}>",
]
TURNS = 10  # of a conversation
# Elements that neither a turn nor the evidence is ever made of.
STRANGE = "script, svg, iframe, img, object, embed, style, link, base, meta, form, input, video, math, template, .mermaid, .katex, a[href^='javascript'], [onerror], [onload], [onfocus]"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A chat page over 150 articles, and their ids: each string in a title, in a body, and in id, source and address."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = folder / "articles"
    articles.mkdir()
    rows = []
    for number, string in enumerate(STRINGS):
        rows.append({"id": f"title-{number}", "title": string, "text": f"Article {number} is about the harvest."})
        rows.append(
            {"id": f"body-{number}", "title": f"Body {number}", "text": f"The harvest of {number} was {string} indeed."}
        )
        rows.append(
            {
                "id": f"{number} {string}",
                "source": string,
                "url": string,
                "text": f"In year {number} the harvest was large.",
            }
        )
    (articles / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (articles / "<img src=x onerror=alert(1)>.md").write_text("A harvest in a file of a strange name.", "utf-8")
    report = build([articles], folder / "index", load_embedder())
    assert report.documents == 151
    with IndexReader(folder / "index") as reader, reader.snapshot() as snapshot:
        ids = [id for id, *_ in snapshot.listing()]
    with chatting(folder / "index", folder) as address:
        yield address, ids


def test_no_hostile_string_runs_draws_or_reaches_out(browser: "Browser", hostile: tuple[str, list[str]]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visited = Visit(context.new_page(), hostile[0])
    page = visited.page

    def check(what: str) -> None:
        assert visited.faults == [], what
        assert page.evaluate("window.ran") is None, what
        assert (
            page.locator(STRANGE)
            .and_(page.locator("#talk .turn *, #evidence *:not(.shelf > input), .welcome *"))
            .count()
            == 0
        ), what

    check("the first screen")
    for number, string in enumerate(STRINGS):
        if number and number % TURNS == 0:
            visited.start_anew()  # a short conversation is checked sooner
        visited.ask(f"Was the harvest {string} large?")
        check(string)
    turn = visited.ask("What was the harvest like?")
    button = turn.locator("[data-open]").first
    for id in hostile[1]:
        button.evaluate(
            "(button, id) => { Object.assign(button.dataset, {open: id, sha: '', start: 0, end: 3, words: ''}); }", id
        )
        with page.expect_response("**/page/evidence") as response:
            button.click()
        assert response.value.status == 200, id
        page.wait_for_selector("#evidence .text")
        check(id)
    context.close()


def test_hostile_strings_are_shown_as_they_are(browser: "Browser", hostile: tuple[str, list[str]]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visited = Visit(context.new_page(), hostile[0])
    question = f"What is <b>this</b> & {STRINGS[0]} $x$ **y**?"
    assert visited.ask(question).locator(".asked").inner_text() == question
    context.close()
    assert visited.faults == []


def test_downloads_of_hostile_articles_hold_no_markup_of_theirs(hostile: tuple[str, list[str]], tmp_path: Path) -> None:
    import httpx

    for string in STRINGS[::5]:
        for kind in ("markdown", "html"):
            reply = httpx.post(
                f"{hostile[0]}/page/download/{kind}", json={"requests": [{"question": f"harvest {string}"}]}
            )
            assert reply.status_code == 200, reply.text
            assert "attachment" in reply.headers["content-disposition"]
            assert "<script>window" not in reply.text
            assert "<img" not in reply.text.replace("\\<", "")
