"""The chat page as a person uses it: a real server, a real browser, the real model."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index import IndexReader
from tests.accessibility import violations
from tests.browsing import ASKED, PIE, verdict, visit
from ui.html.texts import say, texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")

__all__ = ["visit"]  # the fixture


def test_the_first_screen_tells_what_there_is_and_its_examples_work(visit: Any) -> None:
    visited = visit()
    welcome = visited.page.locator(".welcome")
    assert "27" in welcome.inner_text()
    assert not welcome.locator("dl").is_visible()
    examples = welcome.locator(".examples .example")
    examples.first.wait_for()
    visited.shoot("1-first")
    welcome.locator("summary").click()
    assert "19 January 2026" in welcome.inner_text()
    assert "Kenes digest, after Akorda" in welcome.inner_text()
    count = examples.count()
    for at in range(count):
        examples.nth(at).click()
        visited.page.locator(".turn.answered").nth(at).wait_for()
        if at == 1:
            visited.shoot("2-answer")
        visited.page.click("#kenes a")
    assert 2 <= count <= 3


@pytest.mark.parametrize("language", ASKED)
def test_a_question_in_each_language_is_answered_with_its_proof(visit: Any, seeds_folder: Path, language: str) -> None:
    visited = visit(language)
    turn = visited.ask(ASKED[language])
    sentence, answer = turn.locator(".sentence"), turn.locator(".sentence mark").inner_text()
    assert sentence.locator("[lang]").get_attribute("lang") == language
    check_confidence(turn, language)
    turn.locator(".chip").first.click()
    visited.page.wait_for_selector("#evidence mark")
    quoted = visited.page.inner_text("#evidence mark")
    assert answer in quoted
    assert quoted in sentence.inner_text()
    visited.page.click("#evidence .proof summary")
    proof = visited.page.inner_text("#evidence .proof")
    visited.page.click("#evidence .proof summary")
    id, start, end = re.findall(r"[0-9a-f]{12}|\d+", proof.split("SHA")[0])[:3]
    with IndexReader(seeds_folder) as reader, reader.snapshot() as snapshot:
        document = snapshot.document(id) or pytest.fail(f"no document {id}")
    assert document.text[int(start) : int(end)] == quoted
    assert document.sha256 in proof
    assert visited.page.locator("#evidence mark").is_visible()


def check_confidence(turn: Any, language: str) -> None:
    """The line says the words that belong to its figure, never the surest beside other articles, and so does the dot."""
    shown, figure = turn.locator(".confidence").inner_text().split(" · ")[:2]
    steps = (("sure", 0.9), ("likely", 0.6), ("uncertain", 0.0))[turn.locator(".otherwise").count() :]
    key = next(key for key, least in steps if float(figure) >= least)
    assert re.fullmatch(r"[01]\.\d\d", figure)
    assert shown == say(language, key)
    assert turn.locator(f".confidence .dot.{key}").count() == 1


def test_what_is_not_there_is_a_result_and_its_passages_open(visit: Any) -> None:
    visited = visit()
    turn = visited.ask(PIE)
    assert turn.locator(".verdict").inner_text() == say("en", "not_found")
    assert "failed" not in (turn.get_attribute("class") or "")
    assert turn.locator("details[open] li").count() == 3
    turn.locator("summary:has-text('Other passages')").click()
    assert turn.locator("details[open] li").count() == 5
    assert turn.locator("details ol").nth(1).get_attribute("start") == "4"
    visited.shoot("3-not-found")
    turn.locator("details .link").first.click()
    visited.page.wait_for_selector("#evidence mark.passage")


def test_follow_ups_lean_on_what_was_asked_before_and_say_so(visit: Any) -> None:
    visited = visit()
    visited.ask("How many laws must change?")
    assert (
        visited.ask("and how many articles?").locator(".understood q").inner_text() == "How many articles must change?"
    )
    assert visited.ask("How many appeals reached the working group?").locator(".understood").count() == 0
    visited.page.click("#filters button")
    visited.page.uncheck("#follow input")
    assert visited.ask("and when?").locator(".understood").count() == 0
    assert visited.page.locator(".turn").count() == 4
    visited.start_anew()
    assert visited.page.locator(".turn").count() == 0


def test_the_language_of_the_page_changes_in_place(visit: Any) -> None:
    visited = visit()
    visited.ask(ASKED["en"])
    visited.page.click("#language label:has-text('Қазақша')")
    visited.page.wait_for_selector("html[lang=kk]")
    assert visited.page.locator(".turn").count() == 1
    assert visited.page.inner_text("#ask") == "Сұрау"
    for labelled in visited.page.locator("[data-text]").all():
        key = labelled.get_attribute("data-text") or ""
        shown = labelled.text_content() or ""
        assert shown == texts()[key]["kk"].format(**json.loads(labelled.get_attribute("data-values") or "{}"))
    visited.shoot("4-kazakh")


@pytest.mark.parametrize("language", ASKED)
def test_no_label_is_left_in_another_language(visit: Any, language: str) -> None:
    visited = visit(language)
    visited.ask(ASKED[language])
    visited.ask(PIE)
    visited.page.click("#filters button")
    shown = visited.page.inner_text("body")
    foreign = [
        words[other]
        for key, words in texts().items()
        for other in ASKED
        if other != language and key not in ("in_en", "in_ru", "in_kk") and words[other] not in words[language]
    ]
    assert [each for each in foreign if each in shown and "{" not in each and len(each) > 7] == []


def test_filters(visit: Any) -> None:
    visited = visit()
    visited.page.click("#filters button")
    visited.page.fill("#after input, #after textarea", "2030")
    turn = visited.ask(ASKED["en"])
    assert "No article passes the filters (2030 – …)." in turn.inner_text()
    visited.page.fill("#after input, #after textarea", "soon")
    assert say("en", "bad_dates") in visited.ask(ASKED["en"]).inner_text()
    visited.page.fill("#after input, #after textarea", "")
    visited.page.check("#spoken label:has-text('Kazakh') input")
    turn = visited.ask(ASKED["en"])
    languages = {each.get_attribute("lang") for each in turn.locator(".link").all()}
    assert languages == {"kk"}


def test_an_answer_is_copied_downloaded_and_proves_itself(visit: Any, browser: "Browser", tmp_path: Path) -> None:
    visited = visit()
    turn = visited.ask(ASKED["en"])
    visited.choose(turn, "[data-copy=citations]")
    visited.page.wait_for_selector(".told:has-text('Copied')")
    assert "ten constitutional laws" in visited.page.evaluate("navigator.clipboard.readText()")
    for kind in ("markdown", "html"):
        with visited.page.expect_download() as download:
            visited.choose(turn, f"[data-download={kind}]")
        download.value.save_as(tmp_path / download.value.suggested_filename)
    assert "SHA-256" in (tmp_path / "kenes-answer.md").read_text("utf-8")
    sheet = tmp_path / "kenes-answer.html"
    assert verdict(browser, sheet) == ("proved", say("en", "proved"))
    for old, new, count in (
        ("ten constitutional", "two constitutional", -1),
        ('"start": ', '"start": 1', -1),
        ("<mark>", "<mark>not ", 1),  # what is shown on top
        ("ten constitutional", "two constitutional", 1),
        ("The Constitution is only the first", "The Constitution is only the last", 1),  # elsewhere in the article
        (f"<h1>{ASKED['en']}", "<h1>How many laws must go?", 1),
    ):
        forged = tmp_path / "forged.html"
        assert old in sheet.read_text("utf-8")
        forged.write_text(sheet.read_text("utf-8").replace(old, new, count), "utf-8")
        assert verdict(browser, forged)[0] == "broken"


def test_votes_are_kept_with_the_quotation(visit: Any, seeds_folder: Path) -> None:
    visited = visit()
    turn = visited.ask(ASKED["en"])
    turn.locator("[data-vote=up]").click()
    visited.page.wait_for_selector(".told:has-text('kept')")
    (line,) = (seeds_folder.parent / "votes.jsonl").read_text("utf-8").splitlines()
    vote = json.loads(line)
    assert (vote["question"], vote["vote"], vote["language"]) == (ASKED["en"], "up", "en")
    assert "ten constitutional laws" in vote["quote"]


def test_a_refusal_closes_the_article_of_the_answer_before(visit: Any) -> None:
    visited = visit()
    visited.ask(ASKED["en"])
    visited.page.wait_for_selector("#evidence mark")
    visited.ask("Who won the football world cup in 1998?")
    assert visited.page.locator("#evidence mark").count() == 0
    assert visited.page.locator("#evidence .hint").count() == 1


def test_the_language_is_kept_when_the_page_is_loaded_anew(visit: Any) -> None:
    visited = visit()
    visited.page.click("#language input[value=kk]")
    visited.page.wait_for_selector(f"text={say('kk', 'ask')}")
    visited.page.reload()
    visited.page.wait_for_selector("body.drawn")
    visited.page.wait_for_selector("#language input[value=kk]:checked")
    visited.page.focus("#language input[value=kk]")
    visited.page.keyboard.press("ArrowLeft")  # one group of three
    visited.page.wait_for_selector("html[lang=ru]")


def test_questions_that_cannot_be_asked_say_why_and_stay_in_the_box(visit: Any) -> None:
    visited = visit()
    assert say("en", "too_long", limit=4000) in visited.ask("why " * 1100).inner_text()
    assert visited.page.input_value("#question textarea").startswith("why why")
    assert say("en", "no_words") in visited.ask("???").inner_text()
    assert visited.ask(ASKED["en"]).locator(".sentence").count() == 1


def test_caution_is_chosen_among_the_filters(visit: Any) -> None:
    visited = visit("ru")
    visited.page.click("#filters button")
    assert visited.page.locator("#caution input:checked").get_attribute("value") == "normal"
    visited.page.click(f"#caution label:has-text('{say('ru', 'caution_strict')}')")
    with visited.page.expect_request("**/page/ask") as asked:
        visited.ask(ASKED["ru"])
    assert asked.value.post_data_json["caution"] == "strict"


def test_the_keyboard_is_enough(visit: Any) -> None:
    visited = visit()
    page = visited.page
    for _ in range(40):  # from the box, where one begins, back to the first thing of the page
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "skip":
            break
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.type(ASKED["en"])
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn.answered")
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#evidence :focus")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "chip"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(visit: Any, scheme: str, width: int) -> None:
    # axe is put into the page as a script, which the policy of the page would not allow
    options = {"viewport": {"width": width, "height": 780}, "color_scheme": scheme, "bypass_csp": True}
    visited = visit("ru", **options)
    page = visited.page

    def check() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    check()
    turn = visited.ask(ASKED["ru"])
    visited.ask(PIE)
    check()
    turn.locator(".chip").first.click()
    page.wait_for_selector("#evidence.open mark")
    check()
    if (scheme, width) == ("light", 360):
        visited.shoot("5-phone")
    page.click("#evidence .close")
    page.click("#filters button")
    check()


def test_a_long_conversation_stays_small_on_the_wire(visit: Any) -> None:
    visited = visit()
    sizes: list[int] = []
    visited.page.on(
        "requestfinished",
        lambda request: sizes.append(len(request.post_data or "")) if "/page/ask" in request.url else None,
    )
    for _ in range(12):
        visited.ask(ASKED["en"])
    assert len(sizes) == 12
    assert len(set(sizes[1:])) == 1  # each tells of the question before it, and of no other
    assert max(sizes) < 1000
