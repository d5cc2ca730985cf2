"""The chat page's server: the page, our own routes and the JSON interface in one application behind the guard."""

from pathlib import Path

from fastapi import FastAPI

from ui.server.api import ApiRoutes, manual
from ui.server.doorkeeper import Doorkeeper
from ui.server.guard import Guard
from ui.server.intake import Intake
from ui.server.login import LoginRoutes
from ui.server.page.adding import FILE, AddingRoutes
from ui.server.page.examples import Examples, warm_up
from ui.server.page.first import FirstScreen
from ui.server.page.layout import mount
from ui.server.page.routes import PageRoutes
from ui.server.queue import AskQueue
from ui.server.shelf import Shelf


def build_app(
    queue: AskQueue,
    votes: Path | None,
    hosts: frozenset[str],
    users: dict[str, str] | None,
    *,
    any_address: bool,
    origins: frozenset[str] = frozenset(),
    intake: Intake | None = None,
) -> Guard:
    """The application behind its guard.

    Args:
        queue: answers the questions.
        votes: where thumbs are kept; None shows no thumbs.
        hosts: names under which people may come.
        users: passwords by name; None asks for none.
        any_address: whether people may come under any IP address.
        origins: other sites whose pages may use the JSON interface.
        intake: takes what people add; None lets nobody add anything.
    """
    warm_up(queue)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    shelf = Shelf()
    door = Doorkeeper(users) if users is not None else None
    if door:
        app.include_router(LoginRoutes(door).router())
    app.add_route("/api", manual)
    app.mount("/api", ApiRoutes(queue, shelf).application())
    if intake:
        app.include_router(AddingRoutes(intake, queue, shelf).router())
    can = {"add": intake is not None, "log-out": door is not None}
    abilities = frozenset(name for name, is_so in can.items() if is_so)
    app.include_router(PageRoutes(queue, votes, FirstScreen(queue), Examples(queue), shelf, abilities).router())
    streamed = frozenset((FILE,)) if intake else frozenset()
    return Guard(mount(app), hosts, any_address, door, origins, streamed)
