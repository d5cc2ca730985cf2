"""Teaching by contrast: the loss worked by hand, what is read together, and what the groups are made of."""

import math
from random import Random

import pytest

from eval.benchmarks.near_misses import Reading, table
from eval.datasets.own import TRAIN, answers_in, load_own
from eval.training.batches import AT_ONCE, MOST, Material, batches, choose
from eval.training.contrast import _alone, _shared, mean
from eval.training.groups import HELD_OUT, SHORT, STORY, Group, GroupPassage, _cropped, spans_of, with_answering
from index.analysis.languages import LANGUAGES

OWN_ROWS = load_own(*TRAIN)


def passage(article: str, version: str, text: str, *answers: tuple[int, int]) -> GroupPassage:
    return GroupPassage(article, version, "Title", text, answers)


FOUND = tuple(
    passage(article, version, f"{article} {version} ten", *([(0, 2)] if article == "a" else []))
    for article, version in (("a", "en"), ("b", "ru"), ("a", "ru"), ("c", "kk"), ("a", "kk"), ("d", "en"))
)
FACT = Group("a", "How many?", 0, FOUND, tuple(each for each in FOUND if each.article == "a"))
MISS = Group("a", "How few?", None, tuple(passage(each.article, each.version, each.text) for each in FOUND))


def test_every_answer_stands_once_in_its_version() -> None:
    for row in OWN_ROWS:
        for fact in row["facts"]:
            for language in LANGUAGES:
                text = row["articles"][language]["text"]
                assert all(text.count(answer) == 1 for answer in answers_in(fact, language)), (row["id"], language)


def test_the_articles_kept_for_checking_are_there() -> None:
    assert {row["id"] for row in OWN_ROWS} >= HELD_OUT


def test_the_shared_loss_is_one_softmax_over_all_places_and_nothing() -> None:
    torch = pytest.importorskip("torch")
    scores = torch.tensor([[1.0, 2.0], [0.5, -1e4]])  # two passages of two places; "nothing" is 0
    total = math.exp(1) + math.exp(2) + math.exp(0.5) + math.exp(0)
    right = _shared(scores, [[1], []])
    assert float(right) == pytest.approx(-math.log(math.exp(2) / total), abs=1e-5)
    either = _shared(scores, [[1], [0]])
    assert float(either) == pytest.approx(-math.log((math.exp(2) + math.exp(0.5)) / total), abs=1e-5)
    nothing = _shared(scores, [[], []])
    assert float(nothing) == pytest.approx(-math.log(1 / total), abs=1e-5)


def test_the_weights_that_ship_are_the_mean_of_two() -> None:
    torch = pytest.importorskip("torch")
    half, end = {"a": torch.tensor([1.0, 0.0])}, {"a": torch.tensor([0.0, 2.0])}
    assert mean(half, end)["a"].tolist() == [0.5, 1.0]


def test_each_passage_alone_is_told_right_or_nothing() -> None:
    torch = pytest.importorskip("torch")
    scores = torch.tensor([[1.0, 2.0], [0.5, -1e4]])
    first = -math.log(math.exp(2) / (math.exp(1) + math.exp(2) + 1))
    second = -math.log(1 / (math.exp(0.5) + 1))
    assert float(_alone(scores, [[1], []])) == pytest.approx((first + second) / 2, abs=1e-5)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_read_for_a_fact_answers_it_or_leaves_its_article_out(seed: int) -> None:
    chosen = choose(FACT, Random(seed))
    assert 1 <= len(chosen) <= MOST
    own = [each for each in chosen if each.article == "a"]
    assert all(each.answers for each in own)
    if not own:  # then nothing answers
        assert not any(each.answers for each in chosen)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_is_read_answers_a_miss(seed: int) -> None:
    chosen = choose(MISS, Random(seed))
    assert 1 <= len(chosen) <= MOST
    assert not any(each.answers for each in chosen)


def test_a_pass_has_each_fact_once_and_every_miss() -> None:
    facts = [Group("a", f"fact {n // 2}", n % 2, FOUND) for n in range(8)]
    misses = [Group("a", f"miss {n}", None, FOUND) for n in range(3)]
    english = [Group("tweetqa", f"english {n}", None, FOUND[:1]) for n in range(3_000)]
    short = [Group(SHORT, f"short {n}", None, FOUND[:1]) for n in range(2_000)]
    told = [Group(STORY, f"story {n}", None, FOUND[:1]) for n in range(3_000)]
    stream = batches(Material([*facts, *misses], english, short, told), Random(1))
    first_pass = [group for _ in range(2 + 7_500 // AT_ONCE) for group in next(stream)]
    asked = [group.question for group in first_pass]
    assert sorted(each for each in asked if each.startswith("fact")) == [f"fact {n}" for n in range(4)]
    assert sum(each.startswith("miss") for each in asked) == 3
    assert sum(each.startswith("english") for each in asked) == 3_000
    assert len({each for each in asked if each.startswith("short")}) == 1_500
    assert len({each for each in asked if each.startswith("story")}) == 3_000


def test_all_chunks_that_answer_are_known_even_if_not_found() -> None:
    fact = {
        "questions": {"en": ["How many laws?"], "ru": [], "kk": []},
        "answers": {"en": "ten", "ru": "десять", "kk": "он"},
    }
    rows = [{"id": "a", "facts": [fact]}]
    asked = Group("a", "How many laws?", 0, (passage("b", "en", "no"),))
    other = Group("a", "Another?", None, (passage("a", "ru", "их десять"), passage("a", "en", "no number")))
    first, second = with_answering([asked, other], rows)
    assert [(each.version, each.answers) for each in first.answering] == [("ru", ((3, 9),))]
    assert second.answering == ()


@pytest.mark.parametrize("seed", range(20))
def test_a_cropped_passage_keeps_its_answer(seed: int) -> None:
    text = " ".join(f"word{n}" for n in range(300))
    start = text.index("word150")
    made = _cropped("tweetqa", "", text, [(start, start + 7)], 350, Random(seed))
    ((left, right),) = made.answers
    assert made.text[left:right] == "word150"
    assert len(made.text) <= 350 + 20
    assert made.text in text


def test_spans_of_what_is_not_there_are_none() -> None:
    assert spans_of("Ten laws", ["fifty"]) == ()


def test_the_table_has_a_row_a_pair_and_one_of_all() -> None:
    readings = [
        Reading("en→en", "ten", 3.0, ("ten",)),
        Reading("en→en", "ten", 1.0, ()),
        Reading("en→ru", "пять", 0.0, ("десять",)),
        Reading("en→ru", "пять", 1.0, ()),
    ]
    rows = table(readings)
    assert rows["en→en"] == {"facts": 1, "misses": 1, "AUROC": 1.0, "F1": 1.0}
    assert rows["en→ru"]["AUROC"] == 0.0
    assert rows["all"] == {"facts": 2, "misses": 2, "AUROC": 0.5, "F1": 0.5}
