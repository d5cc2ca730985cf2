"""Writes a run as TREC files, so that trec_eval or ir_measures can check our measures."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from eval.measures.scores import judged
from eval.runs.run import Run
from index import InputError

TAG = "kenes"


def write_trec(run: Run, folder: Path) -> tuple[Path, Path]:
    """FOLDER/run.trec (`id Q0 passage rank score tag`) and FOLDER/qrels.trec (`id 0 passage 1`), for answerable questions.

    Passages are named by document and characters, with what TREC's format cannot hold in percent codes.

    Raises:
        InputError: they cannot be written.
    """
    paths = folder / "run.trec", folder / "qrels.trec"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, lines in zip(paths, (_ranking(run), _judgements(run)), strict=True):
            path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written to: {error.strerror or error}") from None
    return paths


def _ranking(run: Run) -> Iterator[str]:
    for result in run.results:
        if result.answerable:
            ranking, _ = judged(result.found, result.gold)
            for rank, passage in enumerate(ranking, 1):
                yield f"{quote(result.id)} Q0 {quote(passage)} {rank} {1 / rank:.6f} {TAG}"


def _judgements(run: Run) -> Iterator[str]:
    for result in run.results:
        _, relevant = judged(result.found, result.gold)
        for passage in relevant:
            yield f"{quote(result.id)} 0 {quote(passage)} 1"
