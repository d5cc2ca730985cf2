"""Themes: what articles are about, grouped across languages, named by their own words, counted and quoted."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import Document, Filters, IndexReader, InputError, build, load_embedder
from index.articles.chunks import embedding_text
from index.embedding.maxsim import worded
from index.types import Chunk
from rag import Assistant, prove
from rag.themes import grouping
from rag.themes.find import find_themes
from rag.themes.first_look import first_look
from rag.themes.kept import FILE, read_kept, themes_of
from rag.themes.names import by_meaning, headings
from rag.themes.nouns import Nouns
from rag.themes.phrases import Candidate, phrases_of
from rag.themes.pieces import TITLE, pieces_of
from rag.themes.types import Themes
from rag.themes.vectors import language_means
from tests.fakes import FakeEmbedder
from ui.cli import commands
from ui.html.first_screen import LEAST_OF_A_THEME, welcome
from ui.html.saved_answer import held_answer
from ui.html.theme_report import as_page

LIFT = "The lift is broken, old people climb stairs. Please repair the lift."
WATER = "Water pressure in the tap is low. The pump fails, the water pressure drops."
LETTERS = [
    {"id": "l1", "text": LIFT, "date": "2026-01-03", "place": "Berke", "source": "Mail"},
    {
        "id": "l2",
        "text": "Since May our lift stands broken! My old mother cannot climb these stairs, repair this lift.",
        "date": "2026-02-03",
        "place": "Berke",
    },
    {
        "id": "l3",
        "text": "Broken lift again. Stairs tire old neighbours: when will someone repair a lift?",
        "date": "2026-02-04",
        "place": "Orta",
    },
    {"id": "w1", "text": WATER, "date": "2026-01-05", "place": "Orta"},
    {
        "id": "w2",
        "text": "No water from our tap, low pressure all winter. Check that pump and raise water pressure!",
        "date": "2026-01-06",
        "place": "Orta",
    },
    {"id": "o1", "text": "Bees died after chemicals were sprayed upon clover fields.", "date": "2026-03-01"},
]
MATTERS = {
    "lift": "lift broken stairs climb repair stands neighbours old",
    "water": "water pressure tap pump drops low raise",
    "bees": "bees hives clover sprayed chemicals died spraying",
}
BEES = [
    "Bees died in all hives after clover was sprayed.",
    "Hives stand empty: chemicals upon clover killed bees.",
    "Who pays for hives? Sprayed clover, dead bees.",
    "Sprayed fields, empty hives, bees died.",
]
SHOUTED = "Repair that broken lift, we old people climb no more stairs"


class MatterEmbedder(FakeEmbedder):
    """A fake to which the words of one matter mean nearly the same, as they do to a real model."""

    def _state(self, word: str) -> NDArray[np.float32]:
        state = super()._state(word)
        for at, words in enumerate(MATTERS.values()):
            if word.lower() in words.split():
                state[:3] = 0
                state[at] += 4
        return state


def unit(rows: Sequence[Sequence[float]]) -> NDArray[np.float32]:
    vectors = np.array(rows, np.float32)
    scaled: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


TWO_GROUPS = unit([[1, 0.1, 0], [0, 1, 0.1], [1, 0, 0.1], [0.1, 1, 0], [1, 0.1, 0.1]])


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """An index of six letters: three on a lift, two on water, one on something else."""
    return indexed(tmp_path, LETTERS)


def indexed(folder: Path, rows: Sequence[dict[str, str]]) -> Path:
    file = folder / "letters.jsonl"
    file.write_text("".join(json.dumps({"lang": "en", **row}) + "\n" for row in rows), "utf-8")
    build([file], folder / "letters", MatterEmbedder())
    return folder / "letters"


def members(found: Themes) -> list[set[str]]:
    return [{member.id for member in theme.members} for theme in found.themes]


def test_alike_articles_are_one_group_and_the_largest_is_the_first() -> None:
    assert grouping.group(TWO_GROUPS).tolist() == [0, 1, 0, 1, 0]


def test_an_article_like_no_other_is_in_no_group() -> None:
    alone = np.concatenate([TWO_GROUPS, unit([[0, 0, -1]])])
    assert grouping.group(alone).tolist() == [0, 1, 0, 1, 0, grouping.NONE]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_articles_make_no_group(count: int) -> None:
    assert grouping.group(TWO_GROUPS[:count]).tolist() == [grouping.NONE] * count


def test_groups_do_not_depend_on_the_order_of_the_articles() -> None:
    order = np.random.default_rng(7).permutation(len(TWO_GROUPS))
    labels = grouping.group(TWO_GROUPS)
    again = grouping.group(TWO_GROUPS[order])
    assert ((again[:, None] == again) == (labels[order][:, None] == labels[order])).all()


def test_mean_similarity_leaves_the_article_itself_out() -> None:
    vectors = unit([[1, 0], [0, 1], [1, 1]])
    found = grouping.mean_similarities(vectors, np.array([0, 0, grouping.NONE]))
    assert found.shape == (3, 1)
    assert found[:, 0] == pytest.approx([0, 0, 0.5**0.5], abs=1e-6)


def test_new_articles_join_and_the_others_stay_where_they_are() -> None:
    before = np.array([1, 0, 1, 0, grouping.NONE])
    assert grouping.join(TWO_GROUPS, before).tolist() == [1, 0, 1, 0, 1]


def test_small_groups_are_none() -> None:
    assert grouping.without_small(np.array([5, 5, 3, grouping.NONE])).tolist() == [0, 0, grouping.NONE, grouping.NONE]


def test_the_mean_of_a_language_leans_on_the_mean_of_all() -> None:
    vectors = np.array([[3.0], [0.0], [0.0]], np.float32)
    assert language_means(vectors, ["en", "ru", "ru"])[:, 0] == pytest.approx([2.0, 1 / 3, 1 / 3])


def test_pieces_stand_where_their_sentences_are_and_a_title_that_repeats_the_text_does_not_count() -> None:
    text = "Ten laws change. Who says so?"
    document = Document("d", "Ten laws change. …", text, None, None, None, "en", "")
    chunk = Chunk("d", 0, 0, len(text), text)
    read = f"{document.title}. {text}"
    found = pieces_of(document, chunk, "another model", len(read))  # a piece for each character
    assert found.spans == [(0, 16), (17, 29)]
    counted = found.places[found.is_counted].tolist()
    assert counted == list(range(len(text)))
    assert (found.sentences[: len(read) - len(text)] == TITLE).all()
    assert found.sentences[found.is_counted].tolist() == [0] * 17 + [1] * 12


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Су жоқ", "Кранда су жоқ, «насос» тұр…  Қысымды\nкөтеріңіздер! №5 үй.", "kk"),
        ("Вода", "Вода в кране 0,5 атм. Прошу помочь: ул. Абая, 7.", "ru"),
        ("Water", "It's low — we've 2½ litres an hour.", "en"),
        ("Qysym", "Sý qysymy tómen. Kómektesińizder, ótinemin.", "kk"),
    ],
)
def test_the_pieces_are_those_that_the_index_keeps(title: str, text: str, language: str) -> None:
    document = Document("d", title, text, None, None, None, language, "")
    chunk = Chunk("d", 0, 0, len(text), text)
    embedder = load_embedder()
    read = embedding_text(document, chunk)
    (states,) = worded(embedder.embed_documents([read]), [read])
    assert len(set(pieces_of(document, chunk, "e5-small", len(states)).ids.tolist())) > 5  # cut by the vocabulary


def test_phrases_end_at_empty_words_marks_and_after_three_words() -> None:
    text = "Прошу вернуть давление воды в кране, и напор"
    assert [text[start:end] for _, start, end in phrases_of(text, "ru")] == [
        *("Прошу", "Прошу вернуть", "Прошу вернуть давление", "вернуть", "вернуть давление", "вернуть давление воды"),
        *("давление", "давление воды", "воды", "воды в кране", "кране", "напор"),
    ]


def nouns(language: str, *texts: str) -> Nouns:
    """The nouns of texts whose words are their own stems; a word of three letters or less says nothing."""
    found = Nouns(language)
    for text in texts:
        words = text.lower().replace(".", " .").split()
        joined = [following != "." for following in [*words[1:], "."]]
        kept = [at for at, word in enumerate(words) if word != "."]
        shown = [words[at] for at in kept]
        found.add(shown, shown, [joined[at] for at in kept], lambda word: len(word) <= 3)
    return found


def test_nouns_are_told_by_the_words_around_them() -> None:
    english = nouns("en", "Repair our lift.", "We paid for the old lift.", "They paid.", "No water in the tap.")
    assert english.fitness(("lift",)) == (2 + 1) / (2 + 2)
    assert english.fitness(("paid",)) == (0 + 1) / (2 + 2)  # after "we" and "they"
    assert english.fitness(("unknown",)) == 0.5
    assert english.fitness(("old", "lift")) == 2 / 3  # it goes with the noun
    assert english.fitness(("lift", "paid")) == english.fitness(("paid",))


def test_nouns_are_told_by_their_endings_too() -> None:
    russian = nouns("ru", "В доме лифт.", "Сосед спилил деревья.", "Без холодной воды.")
    assert russian.fitness(("воды",)) > 0.5 > russian.fitness(("спилил",))
    assert russian.fitness(("холодной", "воды")) == 2 / 3
    assert [russian.is_adjective(word) for word in ("зубного", "давление", "русский")] == [True, False, True]
    kazakh = nouns("kk", "Лифттің есігі жабылып тұр.")
    assert kazakh.fitness(("лифттің",)) > 0.5 > kazakh.fitness(("жабылып",))
    assert [russian.is_oblique(word) for word in ("школе", "школа", "лифт")] == [True, False, False]
    assert [kazakh.is_oblique(word) for word in ("аулаға", "аула", "лифт")] == [True, False, False]


def test_what_a_phrase_means_by_itself_puts_the_theme_before_what_all_letters_hold() -> None:
    lifts = [Candidate(("mother",), "mother", 2.0), Candidate(("lift",), "lift", 1.0)]
    water = [Candidate(("mother",), "mother", 2.0), Candidate(("tap",), "tap", 1.0)]
    about = unit(MatterEmbedder().embed_documents(["lift broken stairs", "water tap pump"]).vectors)
    found = by_meaning([lifts, water], [0, 1], about, MatterEmbedder())
    assert [[each.form for each in candidates] for candidates in found] == [["lift", "mother"], ["tap", "mother"]]
    assert by_meaning([[]], [0], about[:1], MatterEmbedder()) == [[]]


def test_no_two_themes_have_one_name_and_no_name_says_a_word_twice() -> None:
    same = [
        Candidate(("dentist",), "dentist", 2.0),
        Candidate(("dental",), "dental", 1.5),
        Candidate(("bill",), "bill", 1.0),
    ]
    assert headings([same, same]) == [("dentist", "bill"), ("dental", "bill")]
    longer = [Candidate(("water",), "water", 2.0), Candidate(("water", "pressure"), "water pressure", 1.0)]
    assert headings([longer, []]) == [("water pressure",), ()]


def test_letters_on_one_matter_are_one_theme(letters: Path) -> None:
    with IndexReader(letters) as reader, reader.snapshot() as snapshot:
        found = find_themes(snapshot)
    assert members(found) == [{"l1", "l2", "l3"}, {"w1", "w2"}]
    assert found.others == ("o1",)
    assert "lift" in " ".join(found.themes[0].names["en"])


@pytest.fixture
def assistant(letters: Path) -> Iterator[Assistant]:
    with opened(letters) as found:
        yield found


def opened(folder: str | Path) -> Assistant:
    return Assistant(IndexReader(Path(folder)), MatterEmbedder())


def test_a_copy_counts_once_and_stands_in_the_theme_of_its_original(tmp_path: Path) -> None:
    with opened(indexed(tmp_path, [*LETTERS, {"id": "l4", "text": LIFT}])) as assistant:
        report = assistant.themes()
    first = report.themes[0]
    assert (report.articles, report.copies, first.articles, first.copies) == (6, 1, 3, 1)
    assert [each.id for each in first.documents][-1] == "l4"
    assert {each.id for each in first.documents} == {"l1", "l2", "l3", "l4"}


def test_a_letter_on_two_matters_stands_in_both(tmp_path: Path) -> None:
    rows = [
        *LETTERS,
        {
            "id": "both",
            "text": f"{SHOUTED}. Broken lift, broken stairs. Also the water pressure in our tap is low, the pump fails.",
        },
    ]
    with IndexReader(indexed(tmp_path, rows)) as reader, reader.snapshot() as snapshot:
        found = find_themes(snapshot)
    assert members(found) == [{"l1", "l2", "l3", "both"}, {"w1", "w2", "both"}]
    quoted = [member for theme in found.themes for member in theme.members if member.id == "both"]
    text = rows[-1]["text"]
    assert ["lift" in text[each.start : each.end] for each in quoted] == [True, False]


def test_counts_and_quotes_are_of_the_articles_that_pass(assistant: Assistant) -> None:
    lift = assistant.themes().themes[0]
    assert (lift.articles, lift.copies, lift.languages, lift.sources) == (3, 0, {"en": 3}, {"Mail": 1})
    assert (lift.months, lift.places) == ({"2026-01": 1, "2026-02": 2}, {"Berke": 2, "Orta": 1})
    assert {quote.document_id for quote in lift.quotes} == {"l1", "l2", "l3"}
    assert all("lift" in quote.quote for quote in lift.quotes)
    january = assistant.themes(Filters(before="2026-01"))
    assert {theme.name.split(", ")[0]: theme.articles for theme in january.themes}[lift.name.split(", ")[0]] == 1
    assert (january.articles, january.other) == (3, ())


def test_the_json_names_every_article_and_its_quotations_are_proved(assistant: Assistant, letters: Path) -> None:
    made = assistant.themes().to_json()
    assert [sorted(theme["documents"]) for theme in made["themes"]] == [["l1", "l2", "l3"], ["w1", "w2"]]
    assert made["other"] == ["o1"]
    with IndexReader(letters) as reader, reader.snapshot() as snapshot:
        assert prove(made, snapshot) == (5, [])
        made["themes"][1]["quotes"][0]["quote"] = "The tap gives water."
        checked, problems = prove(made, snapshot)
        assert checked == 5
        assert problems[0].startswith("theme 2: at ")
        with pytest.raises(InputError, match="no quotes"):
            prove({"themes": [{}]}, snapshot)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_page_holds_its_own_proof_and_nothing_becomes_markup(tmp_path: Path, language: str) -> None:
    rows = [{"id": "x", "text": f"{SHOUTED} <script>alert(1)</script> <b>now</b>", "place": "<i>"}]
    with opened(indexed(tmp_path, [*rows, *LETTERS])) as assistant:
        report = assistant.themes()
    page = as_page(report, language)
    assert json.loads(held_answer(page.encode()))["themes"][0]["articles"] == report.themes[0].articles
    shown = page.partition("<body>")[2].partition('<script type="application/json"')[0]
    assert "<script" not in shown
    assert "<i>" not in shown
    assert shown.count("<rect") == len(report.themes)
    assert "http" not in shown.replace("http://www.w3.org", "")


def test_like_finds_the_letters_of_the_matter_that_is_named(assistant: Assistant) -> None:
    found = assistant.like("the lift is broken")
    (theme,) = found.themes
    assert (theme.name, {each.id for each in theme.documents}) == ("the lift is broken", {"l1", "l2", "l3"})
    assert assistant.like("water pressure", Filters(after="2026-01-06")).themes[0].articles == 1


def test_themes_are_kept_and_new_letters_join_them(letters: Path) -> None:
    with IndexReader(letters) as reader:
        first = themes_of(reader)
        assert read_kept(letters) == first
        rows = [*LETTERS, {"id": "l9", "text": f"{SHOUTED}."}]
        indexed(letters.parent, rows)
        later = themes_of(reader)
    assert later.founded == first.founded == 6
    assert members(later) == [{"l1", "l2", "l3", "l9"}, {"w1", "w2"}]


def test_too_many_new_letters_and_the_themes_are_found_anew(letters: Path) -> None:
    with IndexReader(letters) as reader:
        themes_of(reader)
        bees = [{"id": f"b{at}", "text": text} for at, text in enumerate(BEES)]
        indexed(letters.parent, [*LETTERS, *bees])
        later = themes_of(reader)
    assert later.founded == 10
    assert {"b0", "b1", "b2", "b3"} <= members(later)[0]


@pytest.mark.parametrize(
    "held", ["", "[]", '{"version": 1}', '{"version": 1, "digest": 3, "themes": [[]]}', "[" * 9999]
)
def test_a_damaged_file_of_themes_is_no_harm(letters: Path, held: str) -> None:
    (letters / FILE).write_text(held, "utf-8")
    with IndexReader(letters) as reader:
        assert len(themes_of(reader).themes) == 2


def test_an_index_without_articles_has_no_themes(tmp_path: Path) -> None:
    folder = indexed(tmp_path, LETTERS[:1])
    with opened(folder) as assistant:
        report = assistant.themes()
    assert (report.articles, report.themes, [each.id for each in report.other]) == (1, (), ["l1"])
    assert 'role="img"' not in as_page(report, "en")


def test_the_command_prints_json_a_table_and_a_page(
    letters: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            commands.app(["themes", "--index", str(letters), *arguments])
        assert ended.value.code == 0
        return capsys.readouterr().out

    monkeypatch.setattr("ui.cli.themes_command.open_assistant", opened)
    assert [theme["articles"] for theme in json.loads(run("--json"))["themes"]] == [3, 2]
    rows = list(csv.DictReader(io.StringIO(run("--csv"))))
    assert [(row["document"], row["place"], bool(row["theme"])) for row in rows][-1] == ("o1", "", False)
    assert len(rows) == 6
    assert "<title>О чём эти статьи</title>" in run("--html", "--language", "ru")
    assert run().startswith("6 articles: 2 themes, 1 articles in none\n\n1. ")


def test_a_click_on_the_first_screen_asks_for_the_best_phrase_of_a_theme(assistant: Assistant) -> None:
    facts = [("articles", "9"), ("languages", "English 9")]
    small, *_ = assistant.themes().themes
    large = replace(small, articles=LEAST_OF_A_THEME)
    assert small.articles < LEAST_OF_A_THEME
    shown = welcome(facts, [large, small], "kk")
    assert re.findall('data-ask="([^"]*)"', shown) == [large.phrases[0]]  # a small one says little
    long = replace(large, phrases=("lift on the stairs", "broken lift"))
    assert 'data-ask="broken lift"' in welcome(facts, [long], "en")
    assert 'data-ask="the stairs"' in welcome(facts, [replace(long, phrases=long.phrases[:1])], "en")
    assert 'href="/page/themes?language=kk"' in shown
    for none in ([], [small]):
        assert "data-ask" not in welcome(facts, none, "kk")


def test_a_first_look_is_at_piles_that_are_worth_it(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with IndexReader(letters) as reader:
        assert first_look(reader, MatterEmbedder) == ()  # six letters are read faster
        monkeypatch.setattr("rag.themes.first_look.LEAST", 2)
        assert [theme.articles for theme in first_look(reader, MatterEmbedder, "en")] == [3, 2]
        monkeypatch.setattr("rag.themes.first_look.SOON", 2)
        assert [theme.articles for theme in first_look(reader, MatterEmbedder, "en")] == [3, 2]  # kept
        (letters / FILE).unlink()
        assert first_look(reader, MatterEmbedder) == ()
