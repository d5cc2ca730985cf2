"""The layout of the page in Gradio: the head, the conversation, the form with its filters, and the evidence.

Gradio draws these elements and keeps what is typed and chosen in them. It has no events: `static/page.js` labels them in
the language of the page, reads their values, and calls the routes of `routes.py`. So nothing of Gradio's waits for a
server that is away, and none of its event routes has to be open.
"""

import os
from typing import Any

# read when Gradio is imported
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1", HF_HUB_OFFLINE="1")

import gradio as gr
from fastapi import FastAPI

from index.analysis.languages import LANGUAGES
from rag.understanding.question import QUESTION_LIMIT
from ui.html.texts import say
from ui.requests import CAUTIONS

SENT_LIMIT = 2 * QUESTION_LIMIT  # characters; the rest of a pasted text is cut before it is sent
PLAIN: dict[str, Any] = {"latex_delimiters": [], "sanitize_html": False}  # of our own markup, never of an article's


def mount(app: FastAPI) -> FastAPI:
    """The application with the page at its root, and everything of Gradio's switched off that can be."""
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(),
        "/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )
    return mounted


def build_page() -> gr.Blocks:
    """The page."""
    with gr.Blocks(title="Kenes", analytics_enabled=False) as page:
        _head()
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3):
                gr.Column(elem_id="first")
                gr.Column(elem_id="conversation")
                with gr.Column(elem_id="form"):
                    _question()
                    _filters()
            gr.Column(elem_id="evidence", scale=2)
    return page


def _head() -> None:
    with gr.Row(elem_id="head"):
        gr.Markdown('<h1 id="kenes"><a href="/">Kenes</a></h1>', elem_id="name", **PLAIN)
        names = [(say(code, "own_name"), code) for code in LANGUAGES]
        gr.Radio(names, value="en", elem_id="language", container=False, show_label=False, interactive=True)


def _question() -> None:
    with gr.Row(elem_id="line"):
        gr.Textbox(elem_id="question", lines=1, max_lines=6, max_length=SENT_LIMIT, scale=8, interactive=True)
        gr.Button("", variant="primary", elem_id="ask", scale=1, min_width=90)


def _filters() -> None:
    with gr.Accordion("", open=False, elem_id="filters"):
        gr.Checkbox(value=True, elem_id="follow", interactive=True)
        with gr.Row():
            gr.Textbox(elem_id="after", max_length=10, min_width=140, interactive=True)
            gr.Textbox(elem_id="before", max_length=10, min_width=140, interactive=True)
        gr.CheckboxGroup(choices=list(LANGUAGES), elem_id="spoken", interactive=True)
        gr.Radio(list(CAUTIONS), value="normal", elem_id="caution", interactive=True)
