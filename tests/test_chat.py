"""The chat page as a person uses it: a real server, a real browser, the real model."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index import IndexReader
from tests.conftest import ROOT, chatting
from ui.html.texts import say, texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright")

SLOWEST = 120_000  # milliseconds that anything may take, on a machine that has much else to do
SHOTS = ROOT / "screenshots"  # git ignores it
ASKED = {
    "en": "How many laws must change?",
    "ru": "Сколько статей Конституции пересмотрят?",
    "kk": "Конституцияның қанша бабы қайта қаралады?",
}
LOCALES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}
PIE = "What is the best recipe for an apple pie?"


class Visit:
    """A page, and everything that must not happen on it."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.set_default_timeout(SLOWEST)
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: self._sent(request.url))
        page.goto(address)
        page.wait_for_selector("body.ready")

    def _sent(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:" + self.address)):
            self.faults.append(f"request {url}")

    def ask(self, question: str) -> Any:
        """Type a question, press Enter, and wait for its turn."""
        before = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(".turn:not(.pending)").nth(before)
        turn.wait_for()
        return turn

    def choose(self, menu: Any, button: str) -> None:
        """Unfold the menu that holds a button, and click it."""
        menu.locator(f"details.menu:has({button}) summary").click()
        menu.locator(button).click()

    def start_anew(self) -> None:
        """Start a new conversation."""
        self.choose(self.page.locator("#whole"), "#fresh")

    def shoot(self, name: str) -> None:
        """Keep a picture for people to look at."""
        self.page.wait_for_timeout(400)  # what scrolls comes to rest
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def visit(browser: "Browser", chat: str) -> Iterator[Any]:
    """Open the page in a language; at the end nothing may have gone wrong."""
    opened: list[Visit] = []

    def begin(language: str = "en", address: str = chat, **options: Any) -> Visit:
        context = browser.new_context(
            locale=LOCALES[language], **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.append(Visit(context.new_page(), address))
        return opened[-1]

    yield begin
    for each in opened:
        each.page.context.close()
        assert each.faults == []


def test_the_first_screen_tells_what_there_is_and_its_examples_work(visit: Any) -> None:
    visited = visit()
    welcome = visited.page.locator(".welcome")
    assert "27" in welcome.inner_text()
    assert not welcome.locator("dl").is_visible()
    welcome.locator("summary").click()
    assert "19 January 2026" in welcome.inner_text()
    assert "Kenes digest, after Akorda" in welcome.inner_text()
    visited.shoot("1-first")
    examples = welcome.locator(".examples .example")
    examples.first.wait_for()
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


def verdict(browser: "Browser", sheet: Path) -> tuple[str | None, str]:
    """What a downloaded answer says of itself, opened from the disk."""
    page = browser.new_page()
    page.goto(sheet.as_uri())
    page.wait_for_selector("#verdict[class]")
    found = page.get_attribute("#verdict", "class"), page.inner_text("#verdict")
    page.close()
    return found


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
    visited.page.wait_for_selector("html[lang=kk]")
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
    page.keyboard.press("Tab")
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
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(visit: Any, scheme: str, width: int) -> None:
    from axe_core_python.sync_playwright import Axe

    # axe is put into the page as a script, which the policy of the page would not allow
    options = {"viewport": {"width": width, "height": 780}, "color_scheme": scheme, "bypass_csp": True}
    visited = visit("ru", **options)
    page = visited.page

    def check() -> None:
        found = [each for each in Axe().run(page)["violations"] if each["impact"] in ("serious", "critical")]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
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


def test_an_outage_is_told_at_once_and_the_page_recovers_by_itself(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 800})
    with chatting(seeds_folder, tmp_path) as address:
        visited = Visit(context.new_page(), address)
        visited.ask(ASKED["ru"])
    page = visited.page
    page.fill("#question textarea", "Сколько обращений поступило?")
    page.keyboard.press("Enter")
    lost = page.locator(".turn.failed")
    lost.wait_for(timeout=2000)
    assert say("ru", "no_reply") in lost.inner_text()
    assert lost.locator("[data-again]").inner_text() == say("ru", "again")
    assert page.input_value("#question textarea") == "Сколько обращений поступило?"
    visited.shoot("6-outage")
    page.click("#language input[value=kk]")  # needs no server
    assert say("kk", "no_reply") in lost.inner_text()
    lost.locator("[data-again]").click()
    lost.wait_for(timeout=2000)
    with chatting(seeds_folder, tmp_path, "--port", address.rsplit(":", 1)[1]):
        page.locator(".turn:not(.pending):not(.failed)").nth(1).wait_for()
        assert page.locator(".turn.failed").count() == 0
        assert page.input_value("#question textarea") == ""
        assert visited.ask(ASKED["en"]).locator(".sentence").count() == 1
        assert page.locator(".turn").count() == 3
        context.close()
    assert {fault for fault in visited.faults if "net::ERR_" not in fault} == set()


def test_a_server_that_hangs_is_told_within_two_seconds_and_its_late_answer_arrives(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 800})
    with chatting(seeds_folder, tmp_path) as address:
        visited = Visit(context.new_page(), address)
        server = int(
            subprocess.run(["pgrep", "-f", f"tests.offline {tmp_path}"], capture_output=True, text=True).stdout
        )
        os.kill(server, signal.SIGSTOP)
        try:
            visited.page.fill("#question textarea", ASKED["kk"])
            visited.page.keyboard.press("Enter")
            visited.page.locator(f".turn.pending:has-text('{say('kk', 'no_reply')}')").wait_for(timeout=2000)
        finally:
            os.kill(server, signal.SIGCONT)
        visited.page.locator(".turn.answered").wait_for()
        context.close()
