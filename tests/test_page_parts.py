"""The main part of a page is kept whole; what a site puts around it on every page is not."""

import pytest

from index.articles.foreign.html import read_page

WORDS = "The hall of Orvik was built in 1897 by the brothers Lund, and it has served the town ever since. " * 3
SKIP = '<a href="#main" class="skip-link">Skip to main content</a>'
BANNER = '<div class="test-banner"><strong>Test site</strong> This is not a live site.</div>'
COOKIES = '<div id="cookie-notice">We use cookies. Мы используем файлы cookie.</div>'
BAR = "<div class=bar><span>0800 123</span> <span>Mon–Fri 8:30–17</span></div>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"{SKIP}{BANNER}{BAR}<main><p>{WORDS}</p></main><div>Follow us</div>", WORDS.strip()),
        (f"{SKIP}<div class=hero><h1>The hall</h1><p>Its history.</p></div><main><p>{WORDS}</p></main>", f"The hall\n\nIts history.\n\n{WORDS.strip()}"),
        (f"<div>{BAR}<div><main><p>{WORDS}</p></main></div></div>{COOKIES}", WORDS.strip()),
        (f"{SKIP}{BANNER}{COOKIES}<p>Залы 3.</p>", "Залы 3."),
        (f"{BAR}<p>{WORDS}</p>", f"0800 123 Mon–Fri 8:30–17\n\n{WORDS.strip()}"),  # nothing says that it is no part of the article
        ('<div class="banner"><p>Ескі зал жабылды.</p></div><p>Ол 1897 жылы салынған.</p>', "Ескі зал жабылды.\n\nОл 1897 жылы салынған."),
        ("<main><p>Loading</p></main><p>The hall is shut.</p>", "Loading\n\nThe hall is shut."),  # a main part that a script fills
        ('<a href="#note" class="note">See note</a><p>The hall is shut.</p>', "See note\n\nThe hall is shut."),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_page(body: str, text: str) -> None:
    assert read_page(f"<html><body>{body}</body></html>")[0] == text


def test_cards_of_a_long_main_part_are_kept() -> None:
    cards = "".join(
        f"<div><h3>Office {at}</h3><p>0800 10{at}</p><p><a href=x>Write to it</a></p></div>" for at in range(10, 20)
    )
    text, _, notes = read_page(f"<html><body>{BAR}<main><p>{WORDS * 6}</p>{cards}</main></body></html>")
    assert "Office 15\n\n0800 1015" in text
    assert "8:30" not in text
    assert [note.kind for note in notes] == ["frame of the page left out"]


@pytest.mark.parametrize(
    ("title", "frame", "expected"),
    [
        ("Libraries – Orvik Council", "<header>Orvik Council</header>", "Libraries"),
        ("[TEST] Libraries – Orvik Council", "<footer><p>© Orvik Council</p></footer>", "Libraries"),
        ("Кітапханалар | Орвик әкімдігі", "<header>Орвик әкімдігі</header>", "Кітапханалар"),
        ("Библиотеки — Вести Орвика", "<header>Вести Орвика</header>", "Библиотеки"),
        ("Libraries – Past and present", "<header>Orvik Council</header>", "Libraries – Past and present"),
    ],
)
def test_the_name_of_a_site_is_in_its_frame_too(title: str, frame: str, expected: str) -> None:
    page = f"<html><head><title>{title}</title></head><body>{frame}<h1>Our services</h1><p>{WORDS}</p></body></html>"
    assert read_page(page)[1]["title"] == expected
