"""Writes a run as TREC files, so that trec_eval or ir_measures can check our measures."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from eval.files import write_text
from eval.measures.outcome import judge
from eval.runs.results import EvalRun
from index import InputError

TAG = "kenes"


def write_trec(run: EvalRun, folder: Path) -> tuple[Path, Path]:
    """FOLDER/run.trec (`id Q0 passage rank score tag`) and FOLDER/qrels.trec (`id 0 passage 1`), for answerable questions.

    Passages are named by document and characters; percent codes stand for what TREC's format cannot hold.

    Raises:
        InputError: they cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from None
    ranking, judgements = folder / "run.trec", folder / "qrels.trec"
    write_text(ranking, "".join(_ranking(run)))
    write_text(judgements, "".join(_judgements(run)))
    return ranking, judgements


def _ranking(run: EvalRun) -> Iterator[str]:
    for result in run.results:
        if result.answerable:
            ranking, _ = judge(result.found, result.gold)
            for rank, passage in enumerate(ranking, 1):
                yield f"{quote(result.id)} Q0 {quote(passage)} {rank} {1 / rank:.6f} {TAG}\n"


def _judgements(run: EvalRun) -> Iterator[str]:
    for result in run.results:
        _, relevant = judge(result.found, result.gold)
        for passage in relevant:
            yield f"{quote(result.id)} 0 {quote(passage)} 1\n"
