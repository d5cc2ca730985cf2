"""The evaluation: gold that holds, a runner that counts honestly, floors that can break."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from eval.datasets.questions import CALIBRATION, GOLD, Evidence, Question, append_gold, load_gold
from eval.measures.score import LOWER_IS_BETTER
from eval.runs.results import EvalRun, load, save
from eval.runs.run import blank_result, evaluate, with_answer
from eval.runs.summary import FLOORS, Estimate, below_floors, broken, groups, latency, summary
from index import IndexReader, InputError, build
from rag import unanswerable
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand
from tests.conftest import SEEDS, Kenes
from tests.fakes import FakeEmbedder, result_of


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("path", [GOLD, CALIBRATION], ids=lambda path: path.stem)
def test_every_quotation_is_verbatim_in_its_document(path: Path) -> None:
    for question in load_gold(path):
        for each in question.evidence:
            assert each.quote in (SEEDS / each.document).read_text("utf-8").split("---\n", 2)[2], (question.id, each)


def test_gold_is_large_balanced_and_asks_the_known_question() -> None:
    questions = load_gold(GOLD)
    assert Counter(question.language for question in questions) == {"en": 50, "ru": 50, "kk": 50}
    assert sum(not question.answerable for question in questions) == 38
    tags = Counter(tag for question in questions for tag in question.tags)
    assert min(tags[kind] for kind in ("number", "date", "person", "said", "list")) >= 20
    assert min(tags[sort] for sort in ("near-miss", "false-premise", "other-country", "later-date")) >= 8
    pairs = Counter((each.language, each.documents[0].split(".")[1]) for each in questions if each.documents)
    assert len(pairs) == 9
    assert min(pairs.values()) >= 6
    assert "How many laws must change?" in {question.question for question in questions}


def test_no_question_is_in_both_sets() -> None:
    gold = {words(question.question) for question in load_gold(GOLD)}
    assert not gold & {words(question.question) for question in load_gold(CALIBRATION)}


def test_a_quotation_that_is_not_there_is_an_error(seeds_folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"id": "x", "question": "Who?", "language": "en", "answerable": True}
    row["evidence"] = [{"document": "scope-of-laws.en.md", "quote": "nowhere said"}]
    gold.write_text(json.dumps(row), "utf-8")
    with pytest.raises(InputError, match="does not hold"):
        evaluate(load_gold(gold), seeds_folder)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"id": "x"}',
        '{"id": "\\ud800", "question": "Q", "language": "en", "answerable": false}',
        '{"id": "x", "question": "Q", "language": "en", "answerable": false, "anwsers": []}',
        '{"id": "x", "question": "Q", "language": "en", "answerable": true, "evidence": []}',
    ],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, "utf-8")
    with pytest.raises(InputError, match="line 1"):
        load_gold(tmp_path / "gold.jsonl")


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    row = '{"id": "x", "question": "Q", "language": "en", "answerable": false}\n'
    (tmp_path / "gold.jsonl").write_text(row * 2, "utf-8")
    with pytest.raises(InputError, match="stands twice"):
        load_gold(tmp_path / "gold.jsonl")


def test_the_gold_set_reaches_its_floors_and_a_run_can_be_repeated(seeds_folder: Path, tmp_path: Path) -> None:
    questions = load_gold(GOLD)
    run = evaluate(questions, seeds_folder)
    found = summary(run.results)
    assert below_floors(run) == []
    worse = replace(run, results=tuple(replace(each, values={**each.values, "hit@1": 0.0}) for each in run.results))
    assert below_floors(worse) == ["hit@1 is 0.000, the pinned floor is 0.88"]
    assert below_floors(replace(worse, settings={**run.settings, "gold": "another set"})) == []
    assert {"hit@1", "nDCG@10", "F1", "numbers right", "citation recall", "AUROC", "calibration error"} <= found.keys()
    assert all(each.low <= each.value <= each.high for name, each in found.items() if name != "calibration error")
    again = evaluate(questions[:5], seeds_folder)
    assert again.results == run.results[:5]
    assert {**again.settings, "gold": None} == {**run.settings, "gold": None}
    assert again.corpus == run.corpus
    save(run, tmp_path / "run.json")
    assert load(tmp_path / "run.json") == run


def test_another_process_gets_the_same_to_the_last_digit(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    append_gold(gold, load_gold(GOLD)[:6])
    runs = []
    for seed in ("1", "2"):  # of the order of sets
        saved = tmp_path / f"{seed}.json"
        done = kenes("eval", "--gold", gold, "--index", seeds_folder, "--save", saved, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        runs.append({name: part for name, part in json.loads(saved.read_text("utf-8")).items() if name != "timings"})
    assert runs[0] == runs[1]


def test_a_restricted_question_searches_only_there(seeds_folder: Path) -> None:
    restricted = [question for question in load_gold(GOLD) if question.documents is not None][:3]
    for question, found in zip(restricted, evaluate(restricted, seeds_folder).results, strict=True):
        language = (question.documents or ("",))[0].split(".")[1]
        assert found.pair == f"{question.language}→{language}"
        assert len(found.found) == 9  # every article of that language, its neighbouring chunks joined


def test_a_question_that_cannot_be_asked_counts_as_wrong_and_is_named(seeds_folder: Path) -> None:
    evidence = (Evidence("scope-of-laws.en.md", "The Constitution is only the first layer."),)
    asked = [Question("a", "?", "en", ("ten",), evidence), Question("b", "?", "en")]
    answerable, rest = evaluate(asked, seeds_folder).results
    assert answerable.error == rest.error == "the question is empty, or has no words"
    assert (answerable.values["hit@1"], answerable.values["false refusals"]) == (0, 1)
    assert rest.values == {"false answers": 1}


def test_groups_are_languages_pairs_and_tags() -> None:
    made = groups(
        [result_of("a", language="ru", pair="ru→kk", tags=("number",)), result_of("b", tags=("number", "hard"))]
    )
    assert {name: [each.id for each in of] for name, of in made.items()} == {
        "all": ["a", "b"],
        "en": ["b"],
        "ru": ["a"],
        "ru→kk": ["a"],
        "#hard": ["b"],
        "#number": ["a", "b"],
    }


def test_set_measures_look_at_all_confidences() -> None:
    results = [
        result_of("a", confidence=0.9, right=True),
        result_of("b", confidence=0.7, right=False),
        result_of("c", gold=(), confidence=0.8, right=False, values={"false answers": 0.0}),
    ]
    found = summary(results)
    assert found["AUROC"].value == 1 / 2  # one of the two answerable questions lies above the one that is not
    assert found["calibration error"].value == pytest.approx((0.1 + 0.7 + 0.8) / 3)


def test_floors_can_break() -> None:
    worst = {name: Estimate(float(name in LOWER_IS_BETTER), 0, 1, 1) for name in json.loads(FLOORS.read_text("utf-8"))}
    assert len(broken(worst)) == len(worst) >= 5


def test_latency_has_percentiles() -> None:
    run = EvalRun({}, {}, (), {"begun": "", "ms": {str(at): float(at) for at in range(101)}})
    assert latency(run) == {"p50": 50, "p95": 95, "p99": 99}


RUN = {"format": 1, "settings": {"gold": ""}, "corpus": {"sha256": ""}, "timings": {}, "results": [{}]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format": 0}',
        json.dumps(RUN),
        json.dumps({**RUN, "corpus": ""}),
        json.dumps({**RUN, "results": [], "settings": {}}),
    ],
)
def test_what_is_no_run_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match="is no run"):
        load(tmp_path / "run.json")
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "nowhere.json")


def test_a_copy_of_the_gold_document_counts(tmp_path: Path, embedder: FakeEmbedder) -> None:
    text = "Ten apples fell from the old tree in the garden behind the long white house."
    rows = [{"id": id, "title": "Apples", "text": text, "source": id} for id in ("a", "b")]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "articles.jsonl"], tmp_path / "index", embedder)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        passages = retrieve(snapshot, understand("Ten apples", embedder, snapshot), 5)
        assert [len(passage.copies) for passage in passages] == [1]
        for document in ("a", "b"):
            gold = ((document, 0, len(text)),)
            answer = replace(unanswerable("Ten apples", ""), passages=tuple(passages))
            blank = blank_result(Question("q", "Ten apples", "en"), gold, None)
            assert with_answer(blank, answer).values["hit@1"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "a", "b", "--save", "c"], "No such option: --save"),
        (["ablations", "--report", "c"], "No such option: --report"),
        (["--save", "nowhere/a.json"], "there is no folder nowhere"),
        (["--report", "seeds"], "is a folder"),
        (["--save", "README.md"], "already exists, and is no run"),
    ],
)
def test_unknown_options_and_places_that_cannot_be_written(kenes: Kenes, arguments: list[str], says: str) -> None:
    done = kenes("eval", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
