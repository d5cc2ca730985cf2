"""Talks with a person who writes gold questions: shows a passage or a vote, asks, checks, keeps."""

from collections.abc import Sequence
from pathlib import Path

from eval.datasets.author import Vote, passages, question_of
from eval.datasets.questions import Question, append_gold
from index import Document, InputError, Snapshot
from ui.cli import printing
from ui.cli.eval.asking import Enough, asked

QUOTE = "The sentence that answers, or some words of it, copied (Enter: nothing in these articles does)"
ANSWERS = "The answer in words; several ways apart by |, several answers by ;"


class Writer:
    """Adds questions to a gold file, and knows which ids are taken and what gold calls a document."""

    def __init__(self, path: Path, known: Sequence[Question], snapshot: Snapshot) -> None:
        append_gold(path, [])  # what cannot be written is said before anything is typed
        self._path = path
        self._ids = {question.id for question in known}
        self._names = {stored.id: Path(stored.file).name for stored in snapshot.stored_documents()}
        self._files = list(self._names.values())
        self.kept = 0

    def keep(self, written: str, quote: str | None, answers: Sequence[str], document: Document) -> bool:
        """Check a question and write it; what is wrong with it is said, and nothing is written."""
        file = self._names[document.id]
        name = file if self._files.count(file) == 1 else document.id  # many articles may come from one file
        try:
            question = question_of(written, quote, answers, document, name, self._ids)
        except InputError as error:
            printing.note(str(error), "red")
            return False
        append_gold(self._path, [question])
        self._ids.add(question.id)
        self.kept += 1
        printing.line(f"kept as {question.id}")
        for each in question.evidence:
            printing.line(f"“{each.quote}”", 2)
        return True


def write_from_passages(path: Path, known: Sequence[Question], snapshot: Snapshot) -> None:
    """Show a passage after the other, those first of which no gold asks, until the person has had enough."""
    writer = Writer(path, known, snapshot)
    printing.line("A question for each passage: Enter skips it, q ends.")
    try:
        for document, chunk in passages(snapshot, known):
            printing.line()
            printing.line(", ".join(filter(None, (document.title, document.source, document.published))))
            print(document.text[chunk.start : chunk.end])  # not wrapped, so that it can be copied
            if written := asked("Question", may_end=True):
                _ask_for_proof(writer, written, document)
    except Enough:
        pass
    printing.line(f"{writer.kept} questions kept in {path}")


def _ask_for_proof(writer: Writer, written: str, document: Document) -> None:
    """Ask for the quotation until it holds."""
    while True:
        quote = asked(QUOTE) or None
        answers = asked(ANSWERS).split("|") if quote else []
        if writer.keep(written, quote, answers, document):
            return
        if not any(map(str.isalnum, written)):
            return


def write_from_votes(path: Path, known: Sequence[Question], votes: Sequence[Vote], snapshot: Snapshot) -> None:
    """Show every vote on a question that gold does not ask yet, and keep what the person says of it."""
    writer, in_gold = Writer(path, known, snapshot), {question.question for question in known}
    try:
        for vote in votes:
            document = snapshot.document(vote.document)
            if vote.question not in in_gold and document is not None:
                _judge(writer, vote, document)
    except Enough:
        pass
    printing.line(f"{writer.kept} questions kept in {path}")


def _judge(writer: Writer, vote: Vote, document: Document) -> None:
    printing.line()
    printing.line(vote.question)
    printing.line(f"“{vote.quote}”", 4)
    printing.line(f"{document.title}, {document.language}; thumbs up less thumbs down: {vote.balance:+}", 4)
    says = None
    while says not in ("y", "n", ""):
        says = asked("Does it answer? y: yes, n: nothing in these articles does, Enter: skip, q: end", may_end=True)
    if says == "y":
        writer.keep(vote.question, vote.quote, asked(ANSWERS).split("|"), document)
    elif says == "n":
        writer.keep(vote.question, None, [], document)
