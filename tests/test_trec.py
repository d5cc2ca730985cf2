"""The exported files lead ir_measures to our own figures."""

from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, Success, nDCG

from eval.datasets.questions import GOLD, load_gold
from eval.runs.results import EvalRun
from eval.runs.run import evaluate
from eval.runs.summary import summary
from eval.runs.trec import write_trec
from tests.fakes import result_of


def test_ir_measures_agrees_on_the_seeds(seeds_folder: Path, tmp_path: Path) -> None:
    run = evaluate(load_gold(GOLD)[::3], seeds_folder)
    ranking, judgements = write_trec(run, tmp_path / "trec")
    theirs = ir_measures.calc_aggregate(
        [Success @ 1, Success @ 5, RR @ 10, nDCG @ 10],
        list(ir_measures.read_trec_qrels(str(judgements))),
        list(ir_measures.read_trec_run(str(ranking))),
    )
    ours = summary(run.results)
    for measure, name in ((Success @ 1, "hit@1"), (Success @ 5, "hit@5"), (RR @ 10, "MRR@10"), (nDCG @ 10, "nDCG@10")):
        assert theirs[measure] == pytest.approx(ours[name].value, abs=1e-9), name


def test_blanks_in_names_do_not_break_the_lines(tmp_path: Path) -> None:
    odd = result_of("my question", gold=(("a b", 0, 9),), found=(("a b", 0, 9), ("c", 3, 5)))
    ranking, judgements = write_trec(EvalRun({}, {}, (odd,), {}), tmp_path)
    assert ranking.read_text("utf-8") == (
        "my%20question Q0 a%20b%3A0-9 1 1.000000 kenes\nmy%20question Q0 c%3A3-5 2 0.500000 kenes\n"
    )
    assert judgements.read_text("utf-8") == "my%20question 0 a%20b%3A0-9 1\n"
