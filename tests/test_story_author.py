"""Stories are written with a person: articles are found, and what each says to a question is looked up in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.datasets.stories import load_stories, questions_of
from eval.datasets.story_author import Told, articles_of, kinds_of, question_row, words_of
from index import Document, InputError, build, load_embedder
from tests.conftest import PATIENCE, ROOT, Kenes

MARCH = Document("m", "Repairs begin", "Repairs cost 4.2 million.", "Post", None, "2026-03-02", "en", "m")
APRIL = Document("p", "Ремонт дороже", "Ремонт обойдётся\nв 5,6 млн.", None, None, "2026-04-20", "ru", "p")
NEVER = Document("n", "", "It cost 4.2 million, then 4.2 million.", None, None, None, "en", "n")


def told(*said: tuple[str, str, int | None]) -> Told:
    found = Told()
    for article, words, value in said:
        found.add(article, words, value)
    return found


def test_documents_are_articles_of_a_story_oldest_first() -> None:
    undated, first, second = articles_of([APRIL, MARCH, NEVER])
    assert undated == {"id": "a1", "lang": "en", "text": NEVER.text}
    assert (first["id"], first["title"], first["date"], first["source"]) == (
        "a2",
        "Repairs begin",
        "2026-03-02",
        "Post",
    )
    assert (second["id"], second["lang"], second["text"]) == ("a3", "ru", APRIL.text)


def test_copied_words_are_those_of_the_article() -> None:
    undated, _, april = articles_of([APRIL, MARCH, NEVER])
    assert words_of(april, "обойдётся в  5,6 млн") == "обойдётся\nв 5,6 млн"
    for typed, says in [("5.6 million", "does not hold"), ("4.2 million", "2 places"), (",", "does not hold")]:
        with pytest.raises(InputError, match=says):
            words_of(undated, typed)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ([], ("none",)),
        ([("a1", "4.2", None)], ("single",)),
        ([("a1", "4.2", None), ("a2", "4,2", 0)], ("agree",)),
        ([("a1", "4.2", None), ("a2", "5.6", None)], ("supersede", "conflict", "as_of")),
    ],
)
def test_what_is_told_says_of_which_kind_a_question_is(
    said: list[tuple[str, str, int | None]], kinds: tuple[str, ...]
) -> None:
    assert kinds_of(told(*said)) == kinds


def test_the_newest_value_comes_first() -> None:
    articles = articles_of([APRIL, MARCH, NEVER])
    found = told(("a1", "4.2 million, then", None), ("a2", "4.2 million", 0), ("a3", "5,6 млн", None))
    assert found.values() == ["4.2 million, then", "5,6 млн"]
    row = question_row({"en": "How much?"}, found, "as_of", articles, [["a1", "a2"]], held=0)
    assert (row["same"], row["copies"], row["as_of"]) == ([["a3"], ["a1", "a2"]], [["a1", "a2"]], {"article": "a1"})
    assert row["values"][2] == {"article": "a3", "answer": "5,6 млн"}
    (asked,) = questions_of({"id": "s", "articles": articles, "questions": [row]})
    assert (asked.kind, asked.holds, asked.sources) == ("as_of", 1, 1)
    assert asked.values[0] == (("s.a3", 19, 26),)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of what three papers tell of a bridge, and one of something else."""
    folder = tmp_path_factory.mktemp("bridge")
    rows = [
        (
            "2026-03-02",
            "Bridge at Tolet closed",
            "The bridge at Tolet is closed. Repairs would cost 4.2 million tenge.",
        ),
        ("2026-03-20", "Tolet bridge costs more", "Repairs of the Tolet bridge will cost 5.6 million tenge."),
        ("2026-03-21", "Мост в Толете подорожал", "Ремонт моста в Толете обойдётся в 5,6 млн тенге."),
    ]
    articles = folder / "articles.jsonl"
    given = [dict(zip(("date", "title", "text"), row, strict=True)) for row in rows]
    articles.write_text("".join(json.dumps(row) + "\n" for row in given), "utf-8")
    build([articles], folder / "index", load_embedder())
    return folder / "index"


def write(index: Path, file: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.cli", "eval", "new", "--stories", str(file), "--index", str(index)]
    lines = "".join(f"{line}\n" for line in typed)
    return subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, timeout=PATIENCE)


ARTICLES = ("bridge at Tolet", "1 2 3", "")
COPIES = ("2 3", "")
COST = ("How much do the repairs cost?", "Сколько стоит ремонт?", "")


def test_a_person_writes_a_story(bridge: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    done = write(
        *(bridge, file, *ARTICLES, *COPIES),
        *(*COST, "4.2 million tenge", "six", "5.6 million tenge", "", "5,6 млн тенге", "3", "2", "?", "n"),
        *("Кто мэр Толета?", "", "", "", "", ""),
        *("", "q"),
    )
    assert done.returncode == 0, done.stderr
    assert "does not hold that" in done.stderr
    assert "numbers from 1 to 2" in done.stderr
    assert done.stdout.endswith(f"1 stories kept in {file}\n")
    (story,) = load_stories(file)
    assert (story["id"], story["topic"], len(story["articles"])) == ("story-001", "bridge at Tolet", 3)
    cost, mayor = story["questions"]
    assert (cost["kind"], cost["same"], cost["copies"]) == ("supersede", [["a2", "a3"], ["a1"]], [["a2", "a3"]])
    assert cost["questions"] == {"en": "How much do the repairs cost?", "ru": "Сколько стоит ремонт?"}
    assert (mayor["kind"], mayor["questions"], mayor["values"]) == ("none", {"ru": "Кто мэр Толета?"}, [])


def test_what_was_asked_is_kept_where_the_input_ends(bridge: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    asked = ("When was it opened?", "", "", "", "", "")
    for kept, typed in [(1, [*ARTICLES, *COPIES, *asked, "Who"]), (1, [*ARTICLES, *COPIES, *asked, "q"]), (0, ["x"])]:
        done = write(bridge, file, *typed)
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith(f"{kept} stories kept in {file}\n")
    assert [(story["id"], len(story["questions"])) for story in load_stories(file)] == [
        ("story-001", 1),
        ("story-002", 1),
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "give either --gold or --stories"),
        (["--gold", "g", "--stories", "s"], "give either --gold or --stories"),
        (["--stories", "s", "--from-feedback", "v"], "--from-feedback goes with --gold"),
    ],
)
def test_gold_and_stories_are_two_things(options: list[str], says: str, kenes: Kenes) -> None:
    done = kenes("eval", "new", *options)
    assert done.returncode == 2
    assert says in done.stderr
