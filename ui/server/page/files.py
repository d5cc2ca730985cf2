"""The files of the page: its shell, its scripts and styles, its texts; sent in gzip where the browser takes it."""

import gzip
import json
import re
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import gradio
from starlette.requests import Request
from starlette.responses import Response

from index.analysis.languages import LANGUAGES
from ui.html.early_frame import early_frame
from ui.html.texts import preferred, texts

STATIC = Path(__file__).with_name("static")
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in KINDS}


def shell_for(abilities: Iterable[str]) -> Callable[[Request], Awaitable[Response]]:
    """A route that gives the page that `page.js` draws Gradio's into, which knows what people can do on it."""
    page = SHELL.replace("{can}", " ".join(sorted(abilities)))

    async def shell(request: Request) -> Response:
        """The page in the language of its address, else in the one that the browser prefers."""
        named = request.query_params.get("lang", "")
        language = named if named in LANGUAGES else preferred(request.headers.get("accept-language", ""))
        made = page.replace("{language}", language).replace("{frame}", early_frame(language))
        return _packed(request, made.encode(), "text/html")

    return shell


async def words(request: Request) -> Response:
    """Every text of the page."""
    return _packed(request, json.dumps(texts(), ensure_ascii=False).encode(), "application/json")


async def file(request: Request) -> Response:
    """A script, a style sheet or the icon."""
    path = FILES.get(request.path_params["name"])
    if path is None:
        return Response(status_code=404)
    return _packed(request, path.read_bytes(), KINDS[path.suffix])


def _packed(request: Request, content: bytes, media: str) -> Response:
    """A response in gzip where the browser takes it."""
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(content, media_type=media)
    headers = {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(gzip.compress(content, mtime=0), media_type=media, headers=headers)


def _shell() -> str:
    """Our page with the scripts and styles of Gradio's in it; the browser fetches all of our scripts at once."""
    index = Path(gradio.__file__).parent / "templates" / "frontend" / "index.html"
    assets = re.findall(r'<(?:script|link)[^>]*"\./assets/[^>]*>(?:</script>)?', index.read_text("utf-8"))
    scripts = (f'<link rel="modulepreload" href="/page/{name}">' for name in FILES if name.endswith(".js"))
    page = (STATIC / "shell.html").read_text("utf-8")
    return page.replace("<!-- gradio -->", "".join(assets)).replace("<!-- scripts -->", "".join(scripts))


SHELL = _shell()
