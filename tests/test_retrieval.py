"""The measurement of finding: exact figures on a set of three passages, pairing of languages, honest zeros."""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.benchmarks.retrieval import (
    OURS,
    PARTS,
    TopicResult,
    add_rows,
    ask,
    below,
    indexed,
    new_table,
    reached,
    scores,
)
from eval.benchmarks.tables import mean_and_interval
from eval.datasets.sets import RetrievalTask, Topic, names_set, tasks_of
from index import Embedded, InputError
from tests.conftest import ROOT
from tests.fakes import FakeEmbedder

PASSAGES = [
    {"id": "long", "text": "Apples are red. " * 99, "title": "Apples", "lang": "en"},  # two chunks
    {"id": "pears", "text": "Pears are green, an apple is not.", "title": "", "lang": "en"},
    {"id": "plums", "text": "Plums are blue and sweet.", "lang": "en"},
]


def write_set(folder: Path, passages: Sequence[object], questions: Sequence[object]) -> None:
    folder.mkdir()
    for name, rows in (("passages", passages), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def question(id: str, *relevant: str, lang: str = "en", **more: object) -> dict[str, object]:
    return {
        "id": id,
        "question": f"{id}?",
        "lang": lang,
        "answerable": True,
        "relevant_passage_ids": list(relevant),
        **more,
    }


def outcomes(*relevant: str, text: str) -> dict[str, TopicResult]:
    run = RetrievalTask("fruit", PASSAGES, [Topic("q", text, relevant, "q")])
    return {result.searcher: result for result in ask(run, FakeEmbedder())}


def test_two_chunks_of_a_document_count_once() -> None:
    found = outcomes("pears", text="Apples?")
    assert set(found) == {OURS, *PARTS}
    for result in found.values():
        assert result.ranking[:2] == ("long", "pears")
        assert len(set(result.ranking)) == len(result.ranking)
        assert result.values == {
            "hit@1": 0,
            "hit@5": 1,
            "MRR@10": 1 / 2,
            "nDCG@10": pytest.approx(1 / math.log2(3)),
            "recall@10": 1,
        }


def test_what_is_not_found_is_0() -> None:
    found = outcomes("plums", "long", text="Apples?")
    assert found["words only (BM25)"].ranking == ("long", "pears")
    assert found["words only (BM25)"].values["recall@10"] == 1 / 2
    unknown = outcomes("plums", text="Zebra")["words only (BM25)"]
    assert (unknown.ranking, set(unknown.values.values())) == ((), {0.0})
    for refused in outcomes("plums", text="???").values():  # no question at all
        assert (refused.ranking, set(refused.values.values())) == ((), {0.0})


def test_only_answerable_questions_are_asked(tmp_path: Path) -> None:
    rows = [question("a", "plums"), question("b", "plums") | {"answerable": False}, question("c")]
    write_set(tmp_path / "fruit", PASSAGES, rows)
    (run,) = tasks_of("fruit", tmp_path)
    assert (run.name, run.passages) == ("fruit", PASSAGES)
    assert run.topics == [Topic("a", "a?", ("plums",), "a")]


def test_questions_of_one_set_find_the_parallel_passages_of_another(tmp_path: Path) -> None:
    for language in ("en", "ru"):
        passage = {"id": f"{language}-7", "text": "x", "lang": language}
        write_set(
            tmp_path / language, [passage], [question(language, f"{language}-7", lang=language, parallel_id="same")]
        )
    (run,) = tasks_of(f"{tmp_path}/ru@{tmp_path}/en", Path())
    assert run.name == "ru@en"
    assert [row["id"] for row in run.passages] == ["en-7"]
    assert run.topics == [Topic("ru", "ru?", ("en-7",), "ru")]
    write_set(tmp_path / "other", [{"id": "x", "text": "x", "lang": "en"}], [question("x", "x")])
    with pytest.raises(InputError, match="not parallel"):
        tasks_of("other@en", tmp_path)


def test_a_story_told_in_every_language_makes_a_run_for_each_pair(tmp_path: Path) -> None:
    passages = [{"id": f"{story}-{lang}", "text": "x", "lang": lang} for story in "ab" for lang in ("en", "kk")]
    asked = [
        question(f"{lang}{story}", f"{story}-en", f"{story}-kk", lang=lang) for story in "ab" for lang in ("en", "kk")
    ]
    write_set(tmp_path / "news", passages, asked)
    runs = tasks_of("news", tmp_path)
    assert [run.name for run in runs] == ["news", "news en→en", "news en→kk", "news kk→en", "news kk→kk"]
    assert (runs[0].passages, runs[0].topics[0]) == (passages, Topic("ena", "ena?", ("a-en", "a-kk"), "a-en a-kk"))
    assert [row["id"] for row in runs[2].passages] == ["a-kk", "b-kk"]
    assert runs[2].topics == [
        Topic("ena", "ena?", ("a-kk",), "a-en a-kk"),
        Topic("enb", "enb?", ("b-kk",), "b-en b-kk"),
    ]
    write_set(tmp_path / "mixed", passages, [*asked, question("only", "a-kk")])
    assert [run.name for run in tasks_of("mixed", tmp_path)] == ["mixed"]


def test_names_are_a_set_of_their_texts() -> None:
    rows = [
        {"query": "Tokayev", "text": "Тоқаев сөйледі", "lang_query": "en", "lang_text": "kk"},
        {"query": "Токаев", "text": "Тоқаев сөйледі", "lang_query": "ru", "lang_text": "kk"},
    ]
    questions, passages = names_set(rows)
    assert passages == [{"id": "text-0", "text": "Тоқаев сөйледі", "lang": "kk"}]
    assert [(row["question"], row["relevant_passage_ids"]) for row in questions] == [
        ("Tokayev", ["text-0"]),
        ("Токаев", ["text-0"]),
    ]


def result(searcher: str, story: str, value: float) -> TopicResult:
    values = dict.fromkeys(("hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@10"), value)
    return TopicResult("xquad_en", story, story, searcher, (), values, 2.0, 5.0)


def test_the_table_says_what_is_missed_and_which_part_is_better() -> None:
    words, meaning = PARTS
    results = [
        *(result(OURS, "s", 1), result(OURS, "s", 0), result(OURS, "t", 1)),
        *(result(words, "s", 1), result(words, "s", 1), result(words, "t", 1)),
        *(result(meaning, "s", 0), result(meaning, "s", 0), result(meaning, "t", 1)),
    ]
    assert scores(results[:3], "hit@1") == {"s": 1 / 2, "t": 1}
    assert list(reached("xquad_en", results[:3])) == ["hit@1 misses 0.97"]
    assert list(reached("xquad_en, mean", results[2:3])) == ["hit@1 reaches 0.97"]
    said = list(below({OURS: results[:3], words: results[3:6], meaning: results[6:]}))
    assert said == [f"{each} -0.250 (-0.50 to +0.00) to {words}" for each in ("hit@1", "hit@5", "recall@10")]
    table = new_table()
    add_rows(table, "xquad_en", results)
    *parts, ours = table.markdown().splitlines()[2:]
    assert f"| xquad_en | 3 | {words} | {mean_and_interval([1, 1])} |" in parts[0]
    assert f"| 3 | **{OURS}** | 0.750 (" in ours
    assert f"| 2.0 | 5.0 | hit@1 misses 0.97; {said[0]}" in ours


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([question("a", "nowhere")], 'no passage "nowhere"'),
        ([question("a")], "no question in it has a relevant passage"),
        (["text"], "line 1: not a row of a set"),
        ([{"id": "a"}], "line 1: not a row of a set"),
    ],
)
def test_a_broken_set_is_named(tmp_path: Path, questions: list[object], message: str) -> None:
    write_set(tmp_path / "broken", PASSAGES, questions)
    with pytest.raises(InputError, match=message):
        tasks_of("broken", tmp_path)


def test_a_missing_set_gives_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval.benchmarks.retrieval", "nowhere", "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode
    assert done.stderr.startswith(
        f"eval.benchmarks.retrieval: {tmp_path}/nowhere/questions.jsonl cannot be read: No such file"
    )
    assert "--data DIR" in done.stderr
    assert "Traceback" not in done.stderr


class CountingEmbedder(FakeEmbedder):
    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        self.embedded += texts
        return super().embed_documents(texts)


def test_an_index_is_kept_for_as_long_as_its_passages_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    counting = CountingEmbedder()
    first = indexed(RetrievalTask("set", [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}], []), counting)
    made = len(counting.embedded)
    again = indexed(RetrievalTask("other", [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}], []), counting)
    assert again == first
    assert len(counting.embedded) == made
    changed = indexed(RetrievalTask("set", [{"id": "a", "text": "one"}, {"id": "b", "text": "three"}], []), counting)
    assert changed != first
    assert len(counting.embedded) > made
