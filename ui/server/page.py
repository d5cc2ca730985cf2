"""The Gradio page: what is typed and chosen, and the events that bring turns; `page.js` puts them in their places.

A turn comes back as one line of escaped HTML in a hidden Markdown element, and the browser moves it into the
conversation: what was said before is never sent again. `gr.HTML` would do it more directly, but it evaluates strings as
code, which the policy of the page forbids.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from secrets import token_hex
from typing import Any

# read when Gradio is imported
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1", HF_HUB_OFFLINE="1")

import gradio as gr

from index import LANGUAGES
from rag.follow_up import Said
from rag.question import QUESTION_LIMIT
from ui.html.element import Html, element
from ui.html.texts import preferred, say

NAMES = (("English", "en"), ("Русский", "ru"), ("Қазақша", "kk"))
SESSIONS = 1_000  # conversations whose last questions are kept in memory, for an hour after the last of them
ONE_HOUR = 3600
SENT_LIMIT = 2 * QUESTION_LIMIT  # characters; the rest of a pasted text is cut before it is sent

EVENTS = "/gradio_api/run/predict"

Chosen = dict[str, Any]
Ask = Callable[[str, Said | None, Chosen, str], Awaitable[tuple[Html, Said | None]]]
Intro = Callable[[str], Awaitable[str]]


def takes(page: gr.Blocks, path: str, body: bytes) -> bool:
    """Whether the page can take a request: an event is for one of its functions, with values that its elements can have."""
    if path != EVENTS:
        return True
    try:
        row = json.loads(body)
        inputs = page.fns[row["fn_index"]].inputs
        for widget, value in zip(inputs, row["data"], strict=True):
            if not isinstance(widget, gr.State):
                widget.preprocess(value)
    except Exception:  # Gradio's elements raise what they like
        return False
    return isinstance(row.get("session_hash"), str) and isinstance(row["data"], list)


def build_page(ask: Ask, intro: Intro, sources: Sequence[str]) -> gr.Blocks:
    """The page.

    Args:
        ask: takes a question, what was said before it, what was chosen, and the language of the page; gives the turn as HTML
            and what is to be remembered of it, None if it could not be asked.
        intro: gives the first screen as HTML in a language.
        sources: the names that articles can be filtered by.
    """
    markdown: Any = {"latex_delimiters": [], "sanitize_html": False}
    with gr.Blocks(title="Kenes", analytics_enabled=False) as page:
        earlier = gr.State(None, time_to_live=ONE_HOUR)
        with gr.Row(elem_id="head"):
            gr.Markdown('<h1 id="kenes">Kenes</h1>', elem_id="name", **markdown)
            language = gr.Radio(list(NAMES), value="en", elem_id="language", container=False, show_label=False)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3):
                first = gr.Markdown(elem_id="first", **markdown)
                gr.Column(elem_id="conversation")
                turn = gr.Markdown(elem_id="turn", visible="hidden", **markdown)
                with gr.Column(elem_id="form"):
                    with gr.Row(elem_id="line"):
                        question = gr.Textbox(elem_id="question", lines=1, max_lines=6, max_length=SENT_LIMIT, scale=8)
                        send = gr.Button("", variant="primary", elem_id="ask", scale=1, min_width=90)
                    with gr.Accordion("", open=False, elem_id="filters") as filters:
                        follow = gr.Checkbox(value=True, elem_id="follow")
                        with gr.Row():
                            after = gr.Textbox(elem_id="after", max_length=10, min_width=140)
                            before = gr.Textbox(elem_id="before", max_length=10, min_width=140)
                        spoken = gr.CheckboxGroup(choices=list(LANGUAGES), elem_id="spoken")
                        chosen = gr.CheckboxGroup(choices=list(sources), elem_id="sources")
                        fresh = gr.Button("", elem_id="fresh", size="sm")
            gr.Column(elem_id="evidence", scale=2)

        async def on_ask(
            written: str | None,
            before_it: Said | None,
            follows: bool,
            first_day: str | None,
            last_day: str | None,
            languages: list[str],
            named: list[str],
            speaks: str | None,
        ) -> tuple[Html, Said | None, str]:
            dates = {"after": (first_day or "").strip() or None, "before": (last_day or "").strip() or None}
            picked = {**dates, "languages": languages or None, "sources": named or None}
            try:
                made, said = await ask(written or "", before_it if follows else None, picked, speaks or "en")
            except asyncio.CancelledError:  # the server is being stopped
                raise gr.Error("stopped", print_exception=False) from None
            # Gradio sends only what differs from the last turn, so that the same answer twice needs a mark
            fresh_turn = element("div", made, data_turn=token_hex(4))
            return fresh_turn, said or before_it, "" if said else written or ""

        async def on_language(chosen_language: str | None) -> list[Any]:
            speaks = chosen_language or "en"
            words = {key: say(speaks, key) for key in ("question", "placeholder", "ask", "filters", "follow", "fresh")}
            named = [(say(speaks, f"in_{code}"), code) for code in LANGUAGES]
            return [
                await intro(speaks),
                gr.update(label=words["question"], placeholder=words["placeholder"]),
                gr.update(value=words["ask"]),
                gr.update(label=words["filters"]),
                gr.update(label=words["follow"]),
                gr.update(label=say(speaks, "after"), placeholder="2026-01"),
                gr.update(label=say(speaks, "before"), placeholder="2026-01-31"),
                gr.update(label=say(speaks, "languages"), choices=named),
                gr.update(label=say(speaks, "sources"), visible=bool(sources)),
                gr.update(value=words["fresh"]),
            ]

        async def on_load(request: gr.Request) -> str:
            return preferred(request.headers.get("accept-language", ""))

        labelled = [first, question, send, filters, follow, after, before, spoken, chosen, fresh]
        plain: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        gr.on(
            [send.click, question.submit],
            on_ask,
            [question, earlier, follow, after, before, spoken, chosen, language],
            [turn, earlier, question],
            trigger_mode="once",
            **plain,
        )
        fresh.click(lambda: None, None, earlier, **plain)
        page.load(on_load, None, language, **plain).then(on_language, language, labelled, **plain)
        language.input(on_language, language, labelled, **plain)
    page.state_session_capacity = SESSIONS
    return page
