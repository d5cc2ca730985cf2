"""HTML: whatever a text holds, it stays text."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from ui.html.element import Html, element, joined


class Seen(HTMLParser):
    """Tags, attributes and text of some HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str | None] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)


@given(texts, texts)
def test_texts_come_back_as_they_were(inside: str, value: str) -> None:
    made = element("p", inside, title=value)
    seen = Seen(made)
    assert seen.tags == ["p"]
    assert seen.values == [value]
    assert seen.words == inside
    assert "\n" not in made


def test_markup_is_not_escaped_twice_and_a_plain_string_never_passes_as_markup() -> None:
    assert element("p", element("b", "<")) == "<p><b>&lt;</b></p>"
    assert joined("<b>", Html("<i></i>"), None) == "&lt;b&gt;<i></i>"
    assert element("p", str(Html("<b>"))) == "<p>&lt;b&gt;</p>"
