"""Talks with a person who writes gold questions: shows a passage or a vote, asks, checks, keeps."""

from collections.abc import Sequence
from pathlib import Path

import typer

from eval.author import Vote, passages, question_of
from eval.gold import Question, append_gold
from index import Document, InputError, Snapshot
from ui import render


class Writer:
    """Adds questions to a gold file, and knows which ids are taken and what gold calls a document."""

    def __init__(self, path: Path, known: Sequence[Question], snapshot: Snapshot) -> None:
        self._path = path
        self._ids = {question.id for question in known}
        self._names = {known.id: Path(known.file).name for known in snapshot.known()}
        self._files = list(self._names.values())

    def keep(self, written: str, quote: str | None, answers: Sequence[str], document: Document) -> None:
        """Check a question and write it; what is wrong with it is said, and nothing is written."""
        file = self._names[document.id]
        name = file if self._files.count(file) == 1 else document.id  # many articles may come from one file
        try:
            question = question_of(written, quote, answers, document, name, self._ids)
        except InputError as error:
            render.note(str(error), "red")
            return
        append_gold(self._path, [question])
        self._ids.add(question.id)
        render.line(f"kept as {question.id}")


def write_from_passages(path: Path, known: Sequence[Question], snapshot: Snapshot) -> None:
    """Show a passage after the other, those first of which no gold asks, until the person has had enough."""
    writer = Writer(path, known, snapshot)
    render.line("A question for each passage: Enter skips it, q ends.")
    for document, chunk in passages(snapshot, known):
        render.line()
        render.document(document, chunk.start, chunk.end)
        written = _asked("Question")
        if written == "q":
            return
        if written:
            quote = _asked("The sentence that answers, copied (Enter: nothing in these articles does)") or None
            answers = _asked("The answer in words; several ways apart by |").split("|") if quote else []
            writer.keep(written, quote, answers, document)


def write_from_votes(path: Path, known: Sequence[Question], votes: Sequence[Vote], snapshot: Snapshot) -> None:
    """Show every vote on a question that gold does not ask yet, and keep what the person says of it."""
    writer, asked = Writer(path, known, snapshot), {question.question for question in known}
    for vote in votes:
        document = snapshot.document(vote.document)
        if vote.question in asked or document is None:
            continue
        render.line()
        render.line(vote.question)
        render.line(f"“{vote.quote}”", 4)
        render.line(f"{document.title}, {document.language}; thumbs up less thumbs down: {vote.balance:+}", 4)
        says = _asked("Does it answer? y: yes, n: nothing in these articles does, q: end, Enter: skip")
        if says == "q":
            return
        if says == "y":
            answers = _asked("The answer in words; several ways apart by |").split("|")
            writer.keep(vote.question, vote.quote, answers, document)
        elif says == "n":
            writer.keep(vote.question, None, [], document)


def _asked(what: str) -> str:
    """What the person types; the end of the input ends it all."""
    try:
        return str(typer.prompt(what, default="", show_default=False, err=True)).strip()
    except typer.Abort:
        return "q"
