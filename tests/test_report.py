"""The report is one page that needs nothing else, and says what went wrong first."""

import re

from eval.runs.results import EvalRun
from tests.fakes import result_of
from ui.html.eval_report import as_report, worst

HOSTILE = "<script>alert(1)</script>"
WRONG = {"answered rightly": 0.0, "MRR@10": 0.5}


def test_the_worst_come_first() -> None:
    results = [
        result_of("right", cited=(("a", 0, 9),), values={"answered rightly": 1.0, "MRR@10": 1.0}),
        result_of("refused", values={"MRR@10": 1.0}),
        result_of("lost", values={"MRR@10": 0.0}),
        result_of("wrong", cited=(("b", 0, 9),), values=WRONG, confidence=0.6),
        result_of("invented", gold=(), cited=(("b", 0, 9),), values={"false answers": 1.0}, confidence=0.9),
        result_of("failed", error="too long"),
        result_of("rightly refused", gold=(), values={"false answers": 0.0}),
    ]
    assert [each.id for each in worst(results)] == ["failed", "invented", "wrong", "lost", "refused"]


def test_nothing_in_it_becomes_markup_and_nothing_is_loaded() -> None:
    hostile = result_of("x", question=HOSTILE, passage=HOSTILE, tags=(HOSTILE,), answers=(HOSTILE,), quotes=(HOSTILE,))
    answered = result_of("y", cited=(("b", 0, 9),), answer=HOSTILE, sentence=HOSTILE, said_in="en", values=WRONG)
    settings = {"model": HOSTILE, "model_sha256": "0", "reader": {"reader.bin": "1"}}
    corpus = {"documents": 1, "chunks": 2, "sha256": "3"}
    page = as_report(EvalRun(settings, corpus, (hostile, answered), {"begun": "now", "ms": {"x": 5.0, "y": 7.0}}))
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7
    assert not re.search(r"""(?:src|href)="(?!#)""", page)
    assert "<svg" in page
    assert "p50 6 ms" in page
    assert page == as_report(
        EvalRun(settings, corpus, (hostile, answered), {"begun": "now", "ms": {"x": 5.0, "y": 7.0}})
    )
