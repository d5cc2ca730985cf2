"""What people add on the page: files and addresses are kept in a folder, and put into the index one after the other.

They are read as `kenes index` reads them, within the same limits. What they say of their own id or address never touches
articles that came from elsewhere.
"""

import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Any, Self

from index import BuildReport, Embedder, InputError, KenesError, build
from index.articles.metadata.beside import path_beside
from index.errors import BusyIndex, FullDisk
from index.pipeline import drop
from index.progress import Progress
from index.web.addresses import normal_url
from index.web.client import Client
from index.web.fetch import Fetcher
from ui.paths import names_only
from ui.server.received import UNFINISHED, Refusal, files_in, receive, refusal_of, safe_name

RECEIVED_AT_ONCE = 2  # files that are on their way at a time
LONGEST_QUEUE = 20  # files that wait to be read
REMEMBERED = 200  # files of which is told what became of them
PAGE_LIMIT = 20.0  # seconds for a page that is fetched
NOT_FETCHED = {"gone": "add_page_gone", "refused": "add_page_refused"}  # the text that says it; else "add_not_fetched"


@dataclass(slots=True)
class Job:
    """What becomes of a file or an address.

    Attributes:
        id: that nobody can guess.
        share: of its bytes that are read, 0 to 1.
        articles: how many it gave; None before it is done.
        left_out: how many in it cannot be read.
        refusal: why it is not added.
    """

    id: str
    share: float = 0.0
    articles: int | None = None
    left_out: int = 0
    refusal: Refusal | None = None

    def to_json(self) -> dict[str, Any]:
        """For the page, which puts it into words."""
        told = {"share": self.share, "articles": self.articles, "left_out": self.left_out}
        return {**told, "refused": self.refusal and refusal_as_json(self.refusal)}


def refusal_as_json(refusal: Refusal) -> dict[str, Any]:
    """The text that says why, by its key, and what fills its gaps."""
    return {"key": refusal.key, "values": refusal.values, "detail": refusal.detail}


class _Stopped(Exception):
    """The server is stopped; what is not read yet is read when it starts again."""


class Intake:
    """Takes in files and addresses; a context that ends what is going on. What the folder holds already is read at its start.

    Args:
        folder: keeps the files; made if there is none.
        index: takes their articles.
        embedder: the model of the index.
        allow_private: fetch pages from this machine and its network, too.

    Raises:
        InputError: the folder cannot be used.
    """

    def __init__(self, folder: Path, index: Path, embedder: Embedder, *, allow_private: bool = False) -> None:
        self.folder = folder.absolute()
        self._index = index
        self._embedder = embedder
        self._allow_private = allow_private
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._receiving = 0
        self._waiting = 0
        self._stop = Event()
        self._prepare()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="intake")  # an index has one writer at a time
        self._submit(Job(""), self._refresh)

    def _prepare(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for unfinished in self.folder.glob(f"{UNFINISHED}*"):
                unfinished.unlink()
            trial = self.folder / f"{UNFINISHED}trial"
            trial.touch()
            trial.unlink()
        except OSError as error:
            raise InputError(f"{self.folder} cannot be used: {error.strerror}", "name another with --accept") from None

    # ---- adding

    async def add_file(self, name: str, size: int, parts: AsyncIterator[bytes]) -> Job:
        """Keep a file, and put it into the index when its turn comes.

        Raises:
            Refusal: it is not taken.
        """
        safe = safe_name(name)
        with self._room():
            path = await receive(self.folder, safe, size, parts)
        return self._new_job(partial(self._take, path))

    def add_address(self, address: str) -> Job:
        """Fetch a page, keep it, and put it into the index when its turn comes.

        Raises:
            Refusal: it is no address, or many things are waiting.
        """
        try:
            url = normal_url(address)
        except InputError:
            raise Refusal("add_address", 400) from None
        with self._room():
            return self._new_job(partial(self._fetch, url))

    def job(self, id: str) -> Job | None:
        """What became of a file, by the id of its job; None for one that is not known, or known no longer."""
        return self._jobs.get(id)

    @contextmanager
    def _room(self) -> Iterator[None]:
        if self._receiving >= RECEIVED_AT_ONCE or self._waiting >= LONGEST_QUEUE:
            raise Refusal("add_busy", 503)
        self._receiving += 1
        try:
            yield
        finally:
            self._receiving -= 1

    def _new_job(self, work: "partial[None]") -> Job:
        job = Job(secrets.token_urlsafe(12))
        self._jobs[job.id] = job
        while len(self._jobs) > REMEMBERED:
            self._jobs.popitem(last=False)
        self._submit(job, work)
        return job

    # ---- taking away

    def take_away(self, name: str) -> "Future[None]":
        """Take a file out of the index, and delete it.

        Raises:
            Refusal: there is no such file.
        """
        for file in files_in(self.folder):
            if file.name == name:
                return self._worker.submit(self._delete, file)
        raise Refusal("add_gone", 404)

    def _delete(self, file: Path) -> None:
        """Raises Refusal if the index cannot be written; then nothing is deleted."""
        try:
            drop(file, self._index, self._embedder)
        except KenesError as error:
            raise _refused(error) from None
        _unlink(file)

    # ---- in the worker's thread

    def _submit(self, job: Job, work: Any) -> None:
        self._waiting += 1
        self._worker.submit(self._run, job, work).add_done_callback(self._done)

    def _done(self, _: "Future[None]") -> None:
        self._waiting -= 1

    def _run(self, job: Job, work: Any) -> None:
        try:
            work(job)
        except _Stopped:
            pass
        except Refusal as refusal:
            job.refusal = refusal
        except KenesError as error:
            job.refusal = _refused(error)
        except OSError as error:
            job.refusal = refusal_of(error)
        except Exception:  # whatever it is, it costs this file alone
            logging.getLogger("uvicorn.error").exception("a file could not be added")
            job.refusal = Refusal("add_fault", 500)

    def _refresh(self, job: Job) -> None:
        """Bring the index up to date with the folder: what was not read when the server ended, and what was deleted by hand."""
        self._build(self.folder, job, prune=True)

    def _fetch(self, url: str, job: Job) -> None:
        client = Client(allow_private=self._allow_private, time_limit=PAGE_LIMIT)
        (outcome,) = Fetcher(self.folder, client).fetch([url])
        if outcome.is_finding or outcome.path is None:
            key = NOT_FETCHED.get(outcome.status, "add_not_fetched")
            raise Refusal(key, 502, outcome.why and names_only(outcome.why))
        if outcome.status == "unchanged":
            raise Refusal("add_there", 409, name=outcome.path.name)
        self._take(outcome.path, job)

    def _take(self, file: Path, job: Job) -> None:
        """Put a file into the index, or delete it if there is nothing in it to be put there."""
        try:
            report = self._build(file, job)
            taken = report.added + report.changed + report.unchanged
            if not taken:
                raise _unreadable(report)
        except _Stopped:
            raise
        except BaseException:
            self._undo(file)
            raise
        job.left_out, job.share, job.articles = len(report.bad), 1.0, taken

    def _undo(self, file: Path) -> None:
        """Delete a file that is not added, and what was committed of it."""
        try:
            drop(file, self._index, self._embedder)
        except KenesError:
            logging.getLogger("uvicorn.error").warning("parts of %s stay in the index until the next start", file.name)
        finally:
            _unlink(file)

    def _build(self, path: Path, job: Job, *, prune: bool = False) -> BuildReport:
        on_progress = partial(self._tell, job)
        return build([path], self._index, self._embedder, prune=prune, on_progress=on_progress, within=self.folder)

    def _tell(self, job: Job, progress: Progress) -> None:
        if self._stop.is_set():
            raise _Stopped
        job.share = progress.share

    # ---- the end

    def close(self) -> None:
        """End what is going on; files that wait stay in the folder, and are read at the next start."""
        self._stop.set()
        self._worker.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _refused(error: KenesError) -> Refusal:
    if isinstance(error, FullDisk):
        return Refusal("add_full", 507)
    if isinstance(error, BusyIndex):
        return Refusal("add_locked", 503)
    return Refusal("add_fault", 500, names_only(error.what))


def _unreadable(report: BuildReport) -> Refusal:
    if report.bad:
        first = report.bad[0]
        return Refusal(f"add_{first.fault}", 422, names_only(first.reason))
    return Refusal("add_nothing", 422)


def _unlink(file: Path) -> None:
    file.unlink(missing_ok=True)
    path_beside(file).unlink(missing_ok=True)
