"""HTML to text: what stays, what goes, and that no input takes long."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.markup.page import looks_like_html, plain_from_html
from index.articles.markup.tables import table_lines
from index.types import Note


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\n  two</p><p>three", "One two\n\nthree"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<h1>Head</h1>text <b>bo</b>ld", "Head\n\ntext bold"),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>d", "- a\n- b\nc\n\nd"),
        ('<ol start="3"><li>three<ul><li>in</ul><li>four</ol>', "3. three\n- in\n4. four"),
        ("<dl><dt>Rate<dd>5.2</dl>", "Rate\n5.2"),
        ("5 < 6 & 7 &gt; 6, AT&amp;T, &laquo;Қазақстан&raquo;", "5 < 6 & 7 > 6, AT&T, «Қазақстан»"),
        ("a<!-- b --><script>if (1 < 2) { '</p>' }</script><style>p {}</style>c", "ac"),
        ("<p hidden>no</p><span style='display: none'>no</span>yes", "yes"),
        ('<a href="mailto:desk@orda.kz?subject=x">Write</a>', "Write (desk@orda.kz)"),
        ('<a href="mailto:desk@orda.kz">desk@orda.kz</a>', "desk@orda.kz"),
        ('<a href="tel:+77010000000">Call</a>', "Call (+77010000000)"),
        ('<a href="https://orda.kz/a">здесь</a>, <a href="https://orda.kz/b">law</a>', "здесь (https://orda.kz/a), law"),
        ('The chief is <img src="x.png" alt="Anna">.', "The chief is Anna ."),
        ('<img src="x.png" alt="The\n old <b>mill</b>">', "The old mill"),
        ("<a href=x>one</a><a href=y>two</a>", "one two"),
        ('<div class="a" ">one</div><p title=it\'s>two', "one\n\ntwo"),
        ('<a href="x>one</a> <a href="y">two</a><i data-x="<b>">three</i>', "one twothree"),
        ("<div><strong>Orvik</strong><span>some 121,000 people</span></div>", "Orvik some 121,000 people"),
        ("<li><b>Лунд</b><small>120 мест</small></li>", "Лунд 120 мест"),
        ("<div><span>Баға</span><span>500 теңге</span></div>", "Баға 500 теңге"),
        ("<div><span class=big>T</span><span>he mill</span></div>", "The mill"),
        ("<div><span>12</span><span>50</span></div>", "1250"),
        ("<div><span>Orvik</span><span>, a town</span></div>", "Orvik, a town"),
        ("<p><b>mar</b><span>ket</span></p>", "market"),
        ("<div>The <b>mar</b><span>ket</span></div>", "The market"),
        ("<pre>one\n  two</pre>", "one\n  two"),
        ("<table><tr><td>left column<td><p>one</p><p>two<table><tr><td>x</table></table>", "left column\n\none\n\ntwo\n\nx"),
        ("<table><tr><th>Region<th>Rate<tr><td rowspan=2>Abai<td>1<tr><td>2</table>", "Region: Abai; Rate: 1\nRegion: Abai; Rate: 2"),
        (
            "<table><tr><th rowspan=2>Area<th colspan=2>Rate<tr><th>2023<th>2024<tr><td>Abai<td>5<td>6<tr><td colspan=3>South<tr><td>Ulytau<td>7</table>",
            "Area: Abai; Rate 2023: 5; Rate 2024: 6\nSouth\nArea: Ulytau; Rate 2023: 7",
        ),
        ("<ol type=a><li>One<li>Two</ol><ol type=I start=3><li>Three</ol>", "a. One\nb. Two\n\nIII. Three"),
        ("<ol reversed><li>One<li value=7>Two<li>Three</ol>", "3. One\n7. Two\n6. Three"),
        ("<table><tr><th>Mayor<td>Ida<tr><th>People:<td>9</table>", "Mayor: Ida\nPeople: 9"),
        ("<table><tr><td>Mayor<td>Ida<tr><td>People<td>9</table>", "Mayor; Ida\nPeople; 9"),
        ("<table><tr><td>Mayor<td>Ida<td>2019<tr><td>Clerk<td>Tom<td>2020</table>", "Mayor; Ida; 2019\nClerk; Tom; 2020"),
        ("<table><tr><td><b>Port</b><td><b>Boats</b><tr><td>Lee<td>9</table>", "Port: Lee; Boats: 9"),
        ("<table><tr><td colspan=2>Abai<td>1<tr><td>2<td>3<td>4</table>", "Abai; 1\n2; 3; 4"),
    ],
)  # fmt: skip
def test_words_of_html(markup: str, text: str) -> None:
    assert plain_from_html(markup)[0] == text


def test_struck_text_goes_with_a_note() -> None:
    assert plain_from_html("<p><del>900</del> 750 tenge</p>") == ("750 tenge", (Note("struck text left out", "900"),))


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>x", True),
        ("a <br/> b", True),
        ("1 < 2 and 3 > 2", False),
        ("<name> of a form", False),
        ("x <!-- y -->", True),
    ],
)
def test_html_is_told_from_a_lone_sign(text: str, is_html: bool) -> None:
    assert looks_like_html(text) == is_html


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_escaped_words_come_back(words: list[str]) -> None:
    markup = "<div><p>" + "</p> <p>".join(escape(word) for word in words) + "</div>"
    assert plain_from_html(markup)[0] == "\n\n".join(words)


@given(st.text(alphabet="<>/\"'!-= apbtdlirhe", max_size=60))
def test_any_tags_do(markup: str) -> None:
    assert isinstance(plain_from_html(markup)[0], str)


@pytest.mark.parametrize(
    "piece",
    ["<a ", '<a "', "<a '", "<!--", "<div>", "<script>", "<table><tr><td>", "<p><li><td><tr>", "<b><p>", "<![CDATA[", "&lt"],
)  # fmt: skip
def test_no_input_takes_long(piece: str) -> None:
    """Were it quadratic in the number of tags, this would take minutes."""
    assert len(plain_from_html(piece * 10_000)[0]) <= len(piece) * 10_000


def test_tables_name_their_columns_on_every_line() -> None:
    assert table_lines([["Area", "2023", "2024"], ["Abai", "1", ""], ["", "", ""]]) == ["Area: Abai; 2023: 1"]
    assert table_lines([["1", "2"], ["3", "4"]]) == ["1; 2", "3; 4"]
    assert table_lines([["Area", "", "Rate"], ["Abai", "north", "5"]]) == ["Area: Abai; north; Rate: 5"]
    assert table_lines([["a", "b"], ["c", "d"]], header=False) == ["a; b", "c; d"]
    assert table_lines([]) == []
