"""The panel of an article, and answers to keep: verbatim, marked at the right place, and checked by themselves."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from index import Document
from rag import Answer, Assistant
from ui.html.answer import turn
from ui.html.article import AROUND, Place, evidence, window
from ui.html.saved_answer import as_html, as_markdown, held_answer
from ui.paths import without_folders

TEXT = "\n".join(
    f"Paragraph {number} tells of the harvest, at some length, and of little else." for number in range(100)
)
HARVEST = Document("h1", "Harvest", TEXT, "Paper", "https://paper.example/1", "2026-01", "en", "0" * 64)


def shown(markup: str) -> str:
    """The text of the panel without its marks."""
    (inside,) = re.findall(r'<div class="text" lang="en">(.*?)</div>', markup)
    return html.unescape(re.sub(r"</?(?:mark|strong)[^>]*>", "", inside))


def test_the_quotation_is_marked_at_its_place() -> None:
    start = TEXT.index("Paragraph 50")
    markup = evidence(HARVEST, Place(start, start + 12), None, "en")
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", markup) == ["Paragraph 50"]
    assert shown(markup) in TEXT
    assert shown(markup).startswith("Paragraph")
    assert 'href="https://paper.example/1"' in markup
    assert "data-shown" in markup


def test_the_words_that_answer_are_strong_in_the_quotation() -> None:
    start = TEXT.index("Paragraph 50")
    end = TEXT.index("\n", start)
    words = TEXT.index("the harvest", start)
    markup = evidence(HARVEST, Place(start, end, (words, words + 11)), None, "en")
    marked = "Paragraph 50 tells of <strong>the harvest</strong>, at some length, and of little else."
    assert f"<mark>{marked}</mark>" in markup
    assert f'data-words="{words},{words + 11}"' in markup  # for what is opened from there
    assert shown(markup) in TEXT


def test_earlier_and_later_lead_to_the_ends() -> None:
    start = TEXT.index("Paragraph 50")
    part = window(TEXT, start, start + 12)
    clicks = 0
    while part != (0, len(TEXT)):
        wider = window(TEXT, *part)
        assert wider[0] <= part[0]
        assert wider[1] >= part[1]
        assert wider != part
        part, clicks = wider, clicks + 1
    assert clicks < 10
    assert shown(evidence(HARVEST, Place(start, start + 12), part, "en")) == TEXT
    assert "data-shown" not in evidence(HARVEST, Place(start, start + 12), part, "en")


def test_a_paragraph_without_end_is_cut() -> None:
    first, last = window("x" * 1_000_000, 500_000, 500_010)
    assert last - first < 5 * AROUND


def test_only_web_pages_are_linked() -> None:
    markup = evidence(replace(HARVEST, url="javascript:alert(1)"), Place(0, 9), None, "en")
    assert "<a " not in markup
    assert "javascript:alert(1)" in markup


@pytest.fixture(scope="module")
def assistant(seeds_folder: Path) -> Assistant:
    return Assistant.open(seeds_folder)


@pytest.fixture
def answered(assistant: Assistant) -> tuple[Answer, dict[str, Document]]:
    answer = assistant.ask("How many laws must change?")
    with assistant._index.snapshot() as snapshot:
        found = [snapshot.document(citation.document_id) for citation in answer.citations]
    return answer, {document.id: document for document in found if document}


def test_the_answer_is_marked_within_its_sentence(answered: tuple[Answer, dict[str, Document]]) -> None:
    words, first = "at least ten constitutional laws", answered[0].citations[0]
    start = first.start + first.quote.index(words)
    point = replace(answered[0].points[0], text=words, start=start, end=start + len(words))
    answer = replace(answered[0], points=(point,))
    markup = turn(answer, answer.question, {}, "en", feedback=False)
    assert "Once it has been amended, <mark>at least ten constitutional laws</mark> will" in markup
    assert "data-vote" not in markup
    assert "data-vote" in turn(answer, answer.question, {}, "en", feedback=True)


def test_a_sheet_holds_all_that_proves_it(answered: tuple[Answer, dict[str, Document]]) -> None:
    answer, documents = answered
    sheet = as_html([answer], documents, "kk")
    (held,) = re.findall(r'<script type="application/json" id="held">(.*?)</script>', sheet)
    data = json.loads(held)
    for citation in data["answer"]["citations"]:
        assert data["documents"][citation["document_id"]][citation["start"] : citation["end"]] == citation["quote"]
    assert 'lang="kk"' in sheet
    assert not re.search(r'(?:src|href)="|url\(|@import', sheet)


def test_the_answer_in_a_sheet_can_be_proved_as_any_other(answered: tuple[Answer, dict[str, Document]]) -> None:
    answer, documents = answered
    assert json.loads(held_answer(as_html([answer], documents, "kk").encode())) == without_folders(answer.to_json())
    for other in (b"{}", b'<script type="application/json" id="held">[]</script>'):
        assert held_answer(other) == other


def test_a_turn_says_in_what_it_looked(answered: tuple[Answer, dict[str, Document]]) -> None:
    answer, _ = answered
    request = {"question": answer.question, "languages": ("ru",), "sources": ("Orda",), "after": "2026-01"}
    markup = turn(answer, answer.question, request, "en", feedback=False)
    assert re.sub("<[^>]+>", "", markup).count("Looked only in: Russian · Orda · 2026-01 – …") == 1
    assert "Looked only in" not in turn(answer, answer.question, {}, "en", feedback=False)


def test_a_sheet_survives_hostile_text(answered: tuple[Answer, dict[str, Document]]) -> None:
    answer, documents = answered
    attack = "</script><script>alert(1)</script><!--"
    sheet = as_html([replace(answer, question=attack)], documents, "en")
    assert sheet.count("<script") == 2
    assert "alert(1)</script>" not in sheet


def test_markdown_quotes_and_escapes(answered: tuple[Answer, dict[str, Document]]) -> None:
    answer, documents = answered
    text = as_markdown([replace(answer, question="# <b> [x](y) `z`")], documents, "en")
    assert text.startswith("# \\# \\<b\\> \\[x\\](y) \\`z\\`")
    assert answer.citations[0].document_sha256 in text
    assert "ten constitutional laws" in text
