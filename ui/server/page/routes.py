"""The routes of the page: its files and texts, the first screen, turns, articles, downloads and votes."""

import asyncio
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from index import Filters, InputError, KenesError
from index.analysis.detect import detect
from index.analysis.languages import LANGUAGES
from rag import Answer, Code
from rag.understanding.question import QUESTION_LIMIT
from rag.understanding.said import Said, topic_after
from rag.understanding.small_talk import asks_for_more
from ui.html.answer import failed, turn
from ui.html.article import Place, evidence
from ui.html.element import Html, element
from ui.html.first_screen import examples
from ui.html.overview import further
from ui.html.saved_answer import KINDS
from ui.html.shelf import articles_found
from ui.html.texts import label
from ui.html.theme_report import as_page
from ui.html.timeline import as_section
from ui.requests import SHOWN, Row, caution_of, filters_of, parse_object, request_of, said_of, span_of, verbatim_of
from ui.requests import Request as Asked
from ui.server.api import missing_document, refusing
from ui.server.page.examples import Examples, after
from ui.server.page.files import file, shell_for, words
from ui.server.page.first import FirstScreen
from ui.server.page.votes import keep, vote_of
from ui.server.queue import AskQueue, Busy
from ui.server.shelf import Shelf

SHOWN_SOURCES = 300  # to choose from, those with most articles
MOST_SAVED = 60  # questions of a conversation in one file


@dataclass(frozen=True, slots=True)
class PageRoutes:
    """Answers the requests of `page.js`.

    Args:
        queue: answers the questions.
        votes: where thumbs are kept; None shows no thumbs.
        first_screen: what people see first.
        examples: its questions.
        shelf: lists the articles.
        abilities: what people can do besides: "add" articles, "log-out".
    """

    queue: AskQueue
    votes: Path | None
    first_screen: FirstScreen
    examples: Examples
    shelf: Shelf
    abilities: frozenset[str] = frozenset()

    def router(self) -> APIRouter:
        """Every route with its handler."""
        routes = APIRouter()
        routes.add_route("/", shell_for(self.abilities))
        routes.add_route("/page/alive", self.alive)
        routes.add_route("/page/texts.json", words)
        routes.add_route("/page/first", self.first)
        routes.add_route("/page/largest", refusing(self.largest))
        routes.add_route("/page/examples", refusing(self.found_examples))
        routes.add_route("/page/articles", refusing(self.articles))
        routes.add_route("/page/choices", refusing(self.choices))
        routes.add_route("/page/themes", refusing(self.themes))
        for path, handler in (
            ("/page/ask", self.ask),
            ("/page/evidence", self.evidence),
            ("/page/after", self.after),
            ("/page/download/{kind}", self.download),
            ("/page/timeline", self.timeline),
            ("/page/vote", self.vote),
        ):
            routes.add_route(path, refusing(handler), methods=["POST"])
        routes.add_route("/page/{name}", file)
        return routes

    async def alive(self, _: Request) -> Response:
        """Nothing: the page asks whether the server is there."""
        return Response(status_code=204)

    async def first(self, request: Request) -> Response:
        """The first screen."""
        return HTMLResponse(await self.first_screen.shown(_language(dict(request.query_params))))

    async def largest(self, request: Request) -> Response:
        """The largest themes, for a first screen that came before they were found."""
        return HTMLResponse(await self.first_screen.themes(_language(dict(request.query_params))))

    async def found_examples(self, request: Request) -> Response:
        """Questions for the first screen, which comes without waiting for them."""
        language = _language(dict(request.query_params))
        return HTMLResponse(examples(await self.examples.find(language), language))

    async def after(self, request: Request) -> Response:
        """Questions to ask after an answer, made of the paragraphs that it quotes."""
        row = parse_object(await request.body())
        document = await self.queue.document(str(row.get("document")))
        if document is None:
            return missing_document()
        start, end = span_of(row, "start", "end", len(document.text))
        given = row.get("filters")
        filters = filters_of(given if isinstance(given, dict) else {}, Filters())
        found = await after(self.queue, document, start, end, filters)
        return HTMLResponse(further(found, _language(row)))

    async def themes(self, request: Request) -> Response:
        """What the articles that pass the filters are about, as a page of its own."""
        given = request.query_params
        language = _language(dict(given))
        lists = {name: given.getlist(name) for name in ("sources", "languages") if name in given}
        filters = filters_of(
            {**lists, **{name: given[name] for name in ("after", "before") if name in given}}, Filters()
        )
        return HTMLResponse(as_page(await self.queue.themes(filters, language), language))

    async def articles(self, request: Request) -> Response:
        """A part of the shelf."""
        query = dict(request.query_params)
        language, first = _language(query), query.get("first", "0")
        if not re.fullmatch(r"\d{1,9}", first):
            raise InputError('"first" must be a number')
        found = await self.queue.look(lambda snapshot: self.shelf.find(snapshot, query.get("search", ""), int(first)))
        return HTMLResponse(articles_found(found.articles, found.first, found.total, language))

    async def choices(self, _: Request) -> Response:
        """The names of sources and the codes of languages that articles can be filtered by now."""
        sources = await self.queue.look(self.shelf.sources)
        languages = await self.queue.look(lambda snapshot: list(snapshot.languages()))
        return JSONResponse({"sources": sources[:SHOWN_SOURCES], "languages": languages})

    async def ask(self, request: Request) -> Response:
        """A turn of the conversation as HTML, what the next question may lean on, and whether this one was asked."""
        row = parse_object(await request.body())
        written, language = _text(row, "question"), _language(row)
        try:
            shown, said = await self._turn(row, written, language)
        except _NotAsked as error:
            shown = failed(written, error.key, language, error.detail, **error.values)
            return JSONResponse({"turn": shown, "said": None, "asked": False})
        return JSONResponse({"turn": shown, "said": said and said._asdict(), "asked": True})

    async def _turn(self, row: Row, written: str, language: str) -> tuple[Html, Said | None]:
        said = said_of(row.get("earlier"))
        asked = Asked(written, SHOWN, _filters(row), caution_of(row), verbatim_of(row), said, language)
        article = await self._only_article(asked.filters)
        answer = await self._asked(asked)
        again = None
        if said and asks_for_more(written, detect(written)):
            again = _repeatable(asked)
        elif answer.reason.code is not Code.UNCLEAR:
            again = _repeatable(replace(asked, text=answer.question, earlier=None))
        shown = turn(answer, written, again, language, feedback=self.votes is not None, article=article)
        return shown, _said(answer, said)

    async def _only_article(self, filters: Filters) -> str | None:
        """The title of the article that filters leave alone; None if they leave others."""
        found = [await self.queue.document(id) for id in (filters.documents or ())[:MOST_SAVED]]
        if None in found:
            raise _NotAsked("article_gone")
        return found[0].title if len(found) == 1 and found[0] else None

    async def _asked(self, asked: Asked) -> Answer:
        if len(asked.text) > QUESTION_LIMIT:
            raise _NotAsked("too_long", limit=QUESTION_LIMIT)
        try:
            return await self.queue.ask(asked)
        except Busy:
            raise _NotAsked("busy") from None
        except InputError:
            raise _NotAsked("no_words") from None
        except KenesError as error:
            raise _NotAsked("fault", error.what) from None

    async def evidence(self, request: Request) -> Response:
        """An article, open at a place."""
        row = parse_object(await request.body())
        document = await self.queue.document(str(row.get("document")))
        language = _language(row)
        if document is None:
            return missing_document()
        if row.get("sha256", document.sha256) != document.sha256:
            return HTMLResponse(element("p", label(language, "changed"), class_="hint"))
        length = len(document.text)
        shown = span_of(row, "first", "last", length) if "first" in row else None
        return HTMLResponse(evidence(document, _place(row, length), shown, language))

    async def download(self, request: Request) -> Response:
        """Answers as a file: each is asked once more, so that it holds what the index holds."""
        if request.path_params["kind"] not in KINDS:
            return Response(status_code=404)
        make, ending, media = KINDS[request.path_params["kind"]]
        row = parse_object(await request.body())
        answers = [await self.queue.ask(asked) for asked in _requests(row)]
        cited = {citation.document_id for answer in answers for citation in answer.citations}
        found = [await self.queue.document(id) for id in cited]
        documents = {document.id: document for document in found if document}
        name = "answer" if len(answers) == 1 else "conversation"
        disposition = f'attachment; filename="kenes-{name}.{ending}"'
        made = make(answers, documents, _language(row))
        return Response(made, media_type=media, headers={"content-disposition": disposition})

    async def timeline(self, request: Request) -> Response:
        """What the articles said to a question over time, to be put below its answer."""
        row = parse_object(await request.body())
        asked = request_of(row.get("request"), "question")
        return HTMLResponse(as_section(await self.queue.timeline(asked.text, asked.filters), _language(row)))

    async def vote(self, request: Request) -> Response:
        """Keep what a person thinks of an answer."""
        if self.votes is None:
            return Response(status_code=404)
        row = parse_object(await request.body())
        document = await self.queue.document(str(row.get("document")))
        await asyncio.to_thread(keep, self.votes, vote_of(row, document))
        return Response(status_code=204)


class _NotAsked(Exception):
    """A question could not be asked; `key` names the text that says why, `values` fill its gaps."""

    def __init__(self, key: str, detail: str | None = None, **values: int) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.values = values


def _said(answer: Answer, before: Said | None) -> Said | None:
    """What the next question may lean on; after small talk, or what was not asked, what it leaned on before."""
    if answer.reason.code in (Code.SMALL_TALK, Code.UNCLEAR):
        return before
    text = ", ".join(point.text for point in answer.points) if answer.kind == "person" and answer.text else answer.text
    said = Said(answer.understood, text, topic=topic_after(before))
    if not answer.citations:
        return said
    first = answer.citations[0]
    return said._replace(document=first.document_id, end=first.end)


def _filters(row: Row) -> Filters:
    given = row.get("filters")
    if not isinstance(given, dict):
        return Filters()
    try:
        return filters_of(given, Filters())
    except InputError:
        raise _NotAsked("bad_dates") from None


def _place(row: Row, length: int) -> Place:
    """The place in a text of that length that a request names."""
    start, end = span_of(row, "start", "end", length)
    words = None
    if "words_start" in row:
        words = span_of(row, "words_start", "words_end", length)
        if not start <= words[0] <= words[1] <= end:
            raise InputError("the words that answer must lie in their sentence")
    number = row.get("number")
    return Place(start, end, words, bool(row.get("passage")), number if type(number) is int else None)


def _repeatable(asked: Asked) -> Row:
    """What asks the same again through `/api/ask`."""
    earlier = asked.earlier and asked.earlier._asdict()
    given = {"question": asked.text, "caution": asked.caution, "verbatim": asked.verbatim, "earlier": earlier}
    given["spoken"] = asked.spoken
    given |= asdict(asked.filters)
    return {name: value for name, value in given.items() if value}


def _requests(row: Row) -> list[Asked]:
    """What a file is to hold the answers of."""
    given = row.get("requests")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_SAVED:
        raise InputError(f'"requests" must be a list of 1 to {MOST_SAVED} questions')
    return [request_of(each, "question") for each in given]


def _text(row: Row, key: str) -> str:
    if not isinstance(row.get(key), str):
        raise InputError(f'"{key}" must be a text')
    return str(row[key])


def _language(row: Row) -> str:
    language = row.get("language")
    return language if language in LANGUAGES else "en"
