"""Markdown to text: what is an author's word stays, what is a program's mark goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.markup.markdown import read_markdown


def words(source: str) -> str:
    return read_markdown(source).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Head\n\nA *b* `c` [d](e) ![f](g)\nnext", "Head\n\nA b c d f next"),
        ("one  \ntwo\n\n> said", "one\ntwo\n\nsaid"),
        ("the elec-\ntion of 20-\nand", "the election of 20- and"),
        ("4. four\n5. five\n   - in\n\n13) thirteen", "4. four\n5. five\n- in\n\n13) thirteen"),
        ("1. one\n\n2. two\n\n   more", "1. one\n2. two\nmore"),
        ("1911. The mill burns\n\n1934. The dam is built", "1911. The mill burns\n1934. The dam is built"),
        ("* a\n+ b\n- c", "* a\n\n+ b\n\n- c"),
        ("| Town | Beds |\n|---|--:|\n| Pell | 12 |\n| **Lunn** | 9 |", "Town: Pell; Beds: 12\nTown: Lunn; Beds: 9"),
        ("It costs ~~90~~ 70, <del>5</del> 4.", "It costs 70, 4."),
        ("```\n{{ code }} <b>\n  stays\n```\n\n`{{ x }}`", "{{ code }} <b>\n  stays\n\n{{ x }}"),
        ("A[^1] b.\n\n[^1]: The note.", "A b.\n\nThe note."),
        ("Write to [us](mailto:a@b.example) or [here](https://b.example/x).", "Write to us (a@b.example) or here (https://b.example/x)."),
        ("**«Егемен»**де, *«Жас»*та, 18**,** **Next: ** then **a\nb**", "«Егемен»де, «Жас»та, 18, Next: then a b"),
        ("A room of 5*3*2, 2 ** 3, \\*\\*not bold\\*\\*, https://a.example/_b_c_", "A room of 5*3*2, 2 ** 3, **not bold**, https://a.example/_b_c_"),
        ("<div>Plan</div>\n### Next\n\n<p>[a](b) **c** `d`\n- e</p>\n\n<br/>\n## Last", "Plan\n\nNext\n\na c d - e\n\nLast"),
        ("<pre>**a** [b](c)</pre>", "**a** [b](c)"),
        ("| A | B |\n| --- |\n| 1 | 2 |\n\nC|D\n:--|:--|--:\n3|4", "A: 1; B: 2\n\nC: 3; D: 4"),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
        ("{% image \"x\" %}{.left .pad}\n\n![x](y){width=3} [l](u){target=_blank} [t]{.u}\n\nend {class=\"a\"}", "x l t\n\nend"),
        ("<img src=\"{{ \"/a\" | url }}\" alt=\"The \"old\" mill\">\n\n<a href=\"http://a.example>Mill</a> stands.", "The\n\nMill stands."),
        ("[Mill][], [the dam][dam], [1][2], [one][two]\n\n[two]: https://a.example", "Mill, the dam, [1][2], one"),
        ("[//]: # (no)\n\n[comment]: <> (no)\n\nyes^[a note] H~2~O 5 m^2^", "yes (a note) H2O 5 m²"),
        ("{{< highlight go >}}\nx := *a* {{ b }}\n{{< /highlight >}}\n\n{% highlight c %}\na_b_c\n{% endhighlight %}", "x := *a* {{ b }}\n\na_b_c"),
        ("One{' '}two {\"three\"}", "One two three"),
        ("!!! note \"Mind\"\n    The mill is shut.\n\nRate\n: 5 %", "Mind\n\nThe mill is shut.\n\nRate: 5 %"),
        ("$$\na_1 \\\\ b_2\n$$", "$$ a_1 \\\\ b_2 $$"),
        ("* This is the contents\n{:toc}\n\nText.", "Text."),
        ("Tom &amp; Co &mdash; <b>K.</b><!-- no --> <script>no()</script>end", "Tom & Co — K. end"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>\n\ntext", "A: 1; B: 2\n\ntext"),
        ("If a < b and b > c, then a < c.", "If a < b and b > c, then a < c."),
    ],
)  # fmt: skip
def test_commonmark_and_html(source: str, text: str) -> None:
    assert " ".join(words(source).split(" ")) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See [it]({{ site.url }}{% post_url 2014-03-19-hello %}) now.", "See it now."),
        ("{% comment %}no{% endcomment %}{% if x %}yes{% endif %}", "yes"),
        ("{: .note }\nText {{ page.title }} end", "Text end"),
        ('{{< figure src="a.jpg" alt="The mill in 1931" >}}', "The mill in 1931"),
        ("{{% note %}}\nText\n{{% /note %}}", "Text"),
        ("## Head {#id .class}\n\nText", "Head\n\nText"),
        (
            "import X from './x'\nimport { Y } from \"y\"\n\nText <X data={{a: [1]}} b='c'>in</X> <Y />end",
            "Text in end",
        ),
        ("export const meta = {\n  a: 1\n}\n\nText {/* no */}end", "Text end"),
        ("<Intro>\n\nText\n\n</Intro>", "Text"),
        ('<div className={x.y} id="a">Text</div>', "Text"),
        (":::tip Advice\nText\n:::", "Advice\n\nText"),
        ("> [!warning]- Head\n> Text", "Head\n\nText"),
        ("> [!note]\n> Text", "Text"),
        ("Text [[Note]], [[Note|words]], [[Note#Part\\|more]], [[#Part]] ^ab-1", "Text Note, words, more, Part"),
        ("![[plan.pdf]] ![[a.png|300]] ![[a.png|The mill]]", "The mill"),
        ("a ==b c== d == e", "a b c d == e"),
        ("a %%no\n\nno%% b", "a b"),
        ("[[_TOC_]]\n\n[TOC]\n\nText", "Text"),
        ("`[[a]]` and ``==b==``", "[[a]] and ==b=="),
        ("Quota\n: 300 tonnes.\n: A share.\n", "Quota: 300 tonnes.\n\nA share."),
        (
            '!!! note "Mind"\n    It is 4 cm.\n\n    !!! tip\n        Deep.\n\nEnd.',
            "Mind\n\nIt is 4 cm.\n\nDeep.\n\nEnd.",
        ),
        ('??? info\n    Folded.\n\n=== "Tab"\n\n    Shown.\n', "Folded.\n\nTab\n\nShown."),
        (
            "It burned^[in 1911] down.\n\nmood:: good\n- weight:: 12 kg",
            "It burned (in 1911) down.\n\nmood: good\n\n- weight: 12 kg",
        ),
        ("*[GDP]: Gross product\n\n\\newpage\n\n* TOC\n{:toc}\n\nEnd.", "GDP: Gross product\n\nEnd."),
        ("A.\n\n```dataview\nLIST FROM #x\n```\n\nB.", "A.\n\nB."),
        ("10:00 Opening\n11:30 Races\n", "10:00 Opening\n11:30 Races"),
        (
            "1.1. It opens.\n1.2. It closes:\nа) at six;\nб) at nine.\n",
            "1.1. It opens.\n1.2. It closes:\nа) at six;\nб) at nine.",
        ),
        ("It rose by\n3.5 percent.", "It rose by 3.5 percent."),
    ],
)
def test_what_other_programs_add(source: str, text: str) -> None:
    assert " ".join(line.strip() for line in words(source).split("\n")).split() == text.split()


def test_what_is_left_out_is_said() -> None:
    notes = read_markdown("~~90~~ 70 %%no%%").notes
    assert sorted((note.kind, note.detail) for note in notes) == [
        ("comment left out", "what its author hides from readers"),
        ("struck text left out", "90"),
    ]


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("# *The* [mill](x) {#a}\n\nText", "The mill"),
        ("[Home](/) / [News](/n)\n\nThe mill\n========\n\nText", "The mill"),
        ("<h1>The mill</h1>\n\nText", "The mill"),
        ("## Second\n\nText", None),
        ("```\n# no\n```", None),
        ("Text", None),
    ],
)
def test_first_heading(source: str, heading: str | None) -> None:
    assert read_markdown(source).heading == heading


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_plain_words_come_back(text: str) -> None:
    assert words(text) == text


@pytest.mark.parametrize(
    "picture",
    [
        "![The old mill](a.png)",
        "[![The old mill](a.png)](b.html)",
        '<a href="b"><img src="a.png" alt="The old mill"></a>',
        '{{< figure src="a.png" alt="The old mill" >}}',
        '[{{% img a.png alt="The old mill" %}}](b.html) ',
    ],
)
def test_a_picture_before_a_sentence_is_a_paragraph_of_its_own(picture: str) -> None:
    assert words(f"# News\n\n{picture}It burned in 1911.") == "News\n\nThe old mill\n\nIt burned in 1911."
    assert words(f"\n{picture}It burned in 1911.") == "The old mill\n\nIt burned in 1911."  # after front matter


def test_a_picture_inside_a_sentence_stays_there() -> None:
    assert words("![Gear](a.png) opens it.\n\nPress ![Gear](a.png) Now.") == "Gear opens it.\n\nPress Gear Now."
