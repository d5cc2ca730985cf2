"""Fetches pages and feeds into a folder, where `kenes index` reads them: the client, the readers and the folder, wired."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.articles.metadata.beside import fields_beside
from index.articles.process.child import Child
from index.articles.source_file import SourceFile
from index.errors import InputError, KenesError
from index.types import Article, BadArticle
from index.web.client import Client, Download, Validators
from index.web.errors import Failed, Gone, Refused
from index.web.feeds import Entry, read_feed
from index.web.saved import Known, State, file_of, read_state, save, write_file, write_state

Status = Literal["saved", "unchanged", "followed", "gone", "refused", "failed"]
_FEED = ".xml"
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*+>")  # names the encoding that it had
_BOM = b"\xef\xbb\xbf"
# Those that pages are written in. Python knows others, which are no encodings of text or take time without end to decode.
_CHARSETS = re.compile(
    r"utf-?(?:8|16)|(?:us-)?ascii|(?:windows-|cp)\d+|iso-?8859.*|koi8-\w|gb\w+|big5|shift_jis|euc-\w\w"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page. `path` is its file, perhaps of an earlier run. `why` says it in a few words, and `fix` what to do, where there is something to say."""

    url: str
    status: Status
    path: Path | None = None
    why: str | None = None
    fix: str | None = None

    @property
    def is_finding(self) -> bool:
        """Whether it is not as it should be."""
        return self.status in ("gone", "refused", "failed")


class Fetcher:
    """Fetches into one folder. What was fetched is written down after every page, so that a run may be interrupted.

    Args:
        folder: is made if there is none.
        client: asks the servers.
        follow_feed: fetch the page of each new entry of a feed, rather than save the feed.

    `problem` says what was wrong with what the last run had written down, if anything.
    """

    def __init__(self, folder: Path, client: Client, *, follow_feed: bool = False) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder} cannot be made: {error.strerror}", "name another folder with --to") from None
        self._folder = folder
        self._client = client
        self._follow_feed = follow_feed
        self.problem: InputError | None = None
        try:
            self._state = read_state(folder)
        except InputError as error:
            self._state, self.problem = State(), error

    def fetch(self, urls: Iterable[str]) -> Iterator[Outcome]:
        """Fetch pages, one after the other; `urls` are as `normal_url` gives them."""
        with Child() as reader:
            for url in dict.fromkeys(urls):
                for outcome in self._fetch(url, reader):
                    write_state(self._folder, self._state)
                    yield outcome

    def _fetch(self, url: str, reader: Child) -> Iterator[Outcome]:
        try:
            page = self._client.get(url, self._versions(url))
            if page is None:
                yield Outcome(url, "unchanged", self._file(url))
                return
            entries = read_feed(_as_utf8(page), page.url) if self._follow_feed and page.suffix == _FEED else None
            if entries is None:
                yield self._save(url, page, reader)
                return
        except KenesError as error:
            yield self._failure(url, error)
            return
        yield from self._follow(url, page, entries, reader)

    def _follow(self, url: str, feed: Download, entries: list[Entry], reader: Child) -> Iterator[Outcome]:
        """Fetch the pages of a feed that were not fetched yet."""
        new = [entry for entry in entries if entry.url not in self._state.pages]
        is_complete = True
        for entry in new:
            outcome = self._fetch_entry(entry, reader)
            is_complete &= not outcome.is_finding
            yield outcome
        # Without its version it is read again next time, and so are the entries that failed.
        self._state.feeds[url] = Known(feed.url, feed.validators if is_complete else Validators())
        yield Outcome(url, "followed", why=f"{len(entries)} entries, {len(new)} new")

    def _fetch_entry(self, entry: Entry, reader: Child) -> Outcome:
        try:
            page = self._client.get(entry.url)
            assert page is not None  # that is said of a known version only
            return self._save(entry.url, page, reader, entry)
        except KenesError as error:
            return self._failure(entry.url, error)

    def _versions(self, url: str) -> dict[str, Validators]:
        """The version that we have of a page, by where it was found; none if its file is gone."""
        if self._follow_feed and (feed := self._state.feeds.get(url)):
            return {feed.url: feed.validators}
        file = self._file(url)
        if file is None or (self._follow_feed and file.suffix == _FEED):  # saved before, to be followed now
            return {}
        page = self._state.pages[url]
        return {page.url: page.validators}

    def _file(self, url: str) -> Path | None:
        """The file that a page was saved in before, if it is still there."""
        page = self._state.pages.get(url)
        return file_of(self._folder, page.url) if page else None

    def _failure(self, url: str, error: KenesError) -> Outcome:
        status: Status = "gone" if isinstance(error, Gone) else "failed" if isinstance(error, Failed) else "refused"
        return Outcome(url, status, self._file(url), error.what, error.fix)

    def _save(self, url: str, page: Download, reader: Child, entry: Entry | None = None) -> Outcome:
        """Save a page that `kenes index` can read.

        Raises:
            Refused: there is nothing to read in it.
        """
        content = _as_utf8(page)
        before = file_of(self._folder, page.url)
        if before and before.read_bytes() == content:
            self._state.pages[url] = Known(page.url, page.validators)
            return Outcome(url, "unchanged", before)
        article = self._read(content, page.suffix, reader)
        fields: dict[str, str] = {}
        if page.suffix == _FEED:
            name = article.source or "feed"
        else:
            fields = _missing(article, page.url, entry or _entry_before(before))
            name = f"{article.published or fields.get('date', '')} {article.title or fields.get('title', '')}"
        path = save(self._folder, page.url, page.suffix, content, fields, name)
        self._state.pages[url] = Known(page.url, page.validators)
        return Outcome(url, "saved", path)

    def _read(self, content: bytes, suffix: str, reader: Child) -> Article:
        """The first article of a page, as `kenes index` will read it."""
        with tempfile.TemporaryDirectory(prefix=".kenes-fetch-", dir=self._folder) as folder:
            path = Path(folder, f"page{suffix}")
            write_file(path, content)
            items = list(reader.read(SourceFile(path, str(path))))
        for item in items:
            if isinstance(item, Article):
                return item
        bad = next((item.reason for item in items if isinstance(item, BadArticle)), "no text in it")
        if suffix == _FEED:
            raise Refused(bad, "--follow-feed fetches the pages that a feed lists")
        raise Refused(bad)


def _missing(article: Article, url: str, entry: Entry | None) -> dict[str, str]:
    """What to put beside a page: its true address always; what it does not say itself only if the feed says it."""
    fields = {"url": url}
    if entry:
        told = {"title": (article.title, entry.title), "date": (article.published, entry.published)}
        told["source"] = (article.source, entry.source)
        fields |= {name: there for name, (here, there) in told.items() if there and not here}
    return fields


def _entry_before(file: Path | None) -> Entry | None:
    """What a feed said of a page when it was fetched before."""
    fields = fields_beside(file) if file else None
    return Entry("", fields.title, fields.published, fields.source) if fields else None


def _as_utf8(page: Download) -> bytes:
    """A page as it was sent; where only the server says its encoding, in UTF-8 with a mark that says so.

    The mark counts more than what the page says itself, as the word of the server does on the web.
    """
    if page.suffix == ".pdf" or page.body.startswith(_BOM) or not page.charset or not _CHARSETS.fullmatch(page.charset):
        return page.body
    try:
        text = page.body.decode(page.charset)
    except (LookupError, UnicodeError):
        return page.body  # the server is wrong
    return _BOM + _XML_DECLARATION.sub("", text).encode()
