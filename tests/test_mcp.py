"""`kenes mcp`: every tool through the official client, what is refused, and messages that are none."""

import hashlib
import json
import random
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult

from index import IndexReader
from rag import Assistant, prove
from tests.conftest import PATIENCE, ROOT, Kenes
from tests.fakes import FakeEmbedder
from tests.test_cli import LAWS, SCHEMA
from ui.server.mcp_server import build_server
from ui.server.queue import AskQueue
from ui.server.tools import MOST_READ, TOOLS

Row = dict[str, Any]
MALFORMED = 2_000
NAMES = ["ask", "search", "read", "list_articles", "status", "themes", "timeline"]


def command_of(index: Path, tried: Path, *options: str) -> list[str]:
    """The real command, in a process that can reach nothing but loopback; TRIED names what it tried to reach besides."""
    return [sys.executable, "-m", "tests.offline", str(tried), "mcp", "--index", str(index), *options]


def over_stdio(index: Path, tmp_path: Path, mode: str, use: Callable[[Client], Awaitable[None]]) -> None:
    """Use a client that starts the real command."""
    tried = tmp_path / "tried.txt"
    program, *arguments = command_of(index, tried)
    server = StdioServerParameters(command=program, args=arguments, cwd=ROOT)

    async def run() -> None:
        with (tmp_path / "stderr.txt").open("w") as stderr:
            async with Client(stdio_client(server, stderr), mode=mode) as client:
                await use(client)

    anyio.run(run)
    assert not tried.exists(), tried.read_text("utf-8")
    assert (tmp_path / "stderr.txt").read_text("utf-8") == ""


@pytest.fixture
def queue(index_folder: Path) -> Iterator[AskQueue]:
    with IndexReader(index_folder) as reader, Assistant(IndexReader(index_folder), FakeEmbedder()) as assistant:
        yield AskQueue(assistant, reader)


def call(queue: AskQueue, name: str, arguments: Row) -> CallToolResult:
    """Call a tool of a server in this process."""

    async def run() -> CallToolResult:
        async with Client(build_server(queue)) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(run)


def row_of(result: CallToolResult) -> Row:
    """What a tool returned, the same as JSON and as text."""
    (content,) = result.content
    assert content.type == "text"
    row: Row = json.loads(content.text)
    assert row == result.structured_content
    return row


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_through_the_official_client(seeds_folder: Path, tmp_path: Path, kenes: Kenes, mode: str) -> None:
    found: dict[str, Row] = {}

    async def use(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == NAMES
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed)
        calls: list[tuple[str, Row]] = [
            ("ask", {"question": LAWS, "top": 2, "languages": ["en"]}),
            ("search", {"query": "single-chamber parliament", "top": 3}),
            ("list_articles", {"top": 2, "first": 1, "languages": ["kk"]}),
            ("status", {}),
            ("themes", {"language": "ru"}),
            ("timeline", {"question": LAWS, "languages": ["en"]}),
        ]
        for name, arguments in calls:
            (schema,) = [tool.input_schema for tool in listed if tool.name == name]
            jsonschema.Draft202012Validator(schema).validate(arguments)
            result = await client.call_tool(name, arguments)
            assert not result.is_error
            found[name] = row_of(result)
        cited = found["ask"]["citations"][0]
        place = {"document": cited["document_id"], "start": cited["start"], "end": cited["end"]}
        found["read"] = row_of(await client.call_tool("read", place))

    over_stdio(seeds_folder, tmp_path, mode, use)
    jsonschema.Draft202012Validator(SCHEMA).validate(found["ask"])
    told = json.loads(kenes("ask", LAWS, "--top", "2", "--lang", "en", "--json", KENES_INDEX=str(seeds_folder)).stdout)
    assert {name for name in told if told[name] != found["ask"][name]} <= {"timings", "citations", "passages"}
    with IndexReader(seeds_folder) as reader, reader.snapshot() as snapshot:
        places = len(found["ask"]["citations"]) + len(found["ask"]["passages"])
        assert prove(found["ask"], snapshot) == (places, [])
        assert prove(found["themes"], snapshot)[1] == []
        assert prove(found["timeline"], snapshot)[1] == []
        for passage in found["search"]["passages"]:
            document = snapshot.document(passage["document_id"])
            assert document
            assert document.text[passage["start"] : passage["end"]] == passage["text"]
            assert passage["document_sha256"] == hashlib.sha256(document.text.encode()).hexdigest()
        assert found["status"]["documents"] == snapshot.counts()[0]
    assert "/" not in "".join(passage["path"] for passage in found["search"]["passages"])
    cited = found["ask"]["citations"][0]
    assert {name: found["read"][name] for name in cited} == cited
    assert [article["language"] for article in found["list_articles"]["articles"]] == ["kk", "kk"]
    assert found["list_articles"]["total"] == 9


def test_articles_are_listed_newest_first_and_in_parts(queue: AskQueue) -> None:
    def ids(**arguments: Any) -> list[str]:
        return [article["title"] for article in row_of(call(queue, "list_articles", arguments))["articles"]]

    every = ids()
    assert every[0] == "Pears"  # the only one with a date
    assert [*ids(top=1), *ids(top=2, first=1)] == every
    assert ids(first=3) == ids(first=10**30) == []
    assert ids(after="2026") == ["Pears"]


def test_a_part_of_a_document_is_read_with_its_proof(queue: AskQueue) -> None:
    whole = row_of(call(queue, "read", {"document": "plums"}))
    assert (whole["quote"], whole["start"], whole["end"]) == ("Plums are blue and sweet.", 0, 25)
    assert whole["document_sha256"] == hashlib.sha256(whole["quote"].encode()).hexdigest()
    part = row_of(call(queue, "read", {"document": "plums", "start": 10, "end": 14}))
    assert (part["quote"], part["characters"]) == ("blue", 25)


def test_so_much_of_a_document_is_read_at_a_time_and_no_more(tmp_path: Path, embedder: FakeEmbedder) -> None:
    from index import build

    text = " ".join(f"Word{number}." for number in range(5_000))
    (tmp_path / "long.jsonl").write_text(json.dumps({"id": "long", "text": text}), "utf-8")
    build([tmp_path / "long.jsonl"], tmp_path / "index", embedder)
    with (
        IndexReader(tmp_path / "index") as reader,
        Assistant(IndexReader(tmp_path / "index"), embedder) as assistant,
    ):
        queue = AskQueue(assistant, reader)
        assert row_of(call(queue, "read", {"document": "long", "start": 5}))["quote"] == text[5 : 5 + MOST_READ]
        refused = call(queue, "read", {"document": "long", "start": 0, "end": MOST_READ + 1})
        assert refused.is_error
        assert "20,001 characters are too many" in row_of(refused)["error"]


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("ask", {}, '"question" is missing'),
        ("ask", {"question": ""}, "empty"),
        ("ask", {"question": "x" * 4001}, "4,001 characters"),
        ("ask", {"question": LAWS, "top": 0}, '"top"'),
        ("ask", {"question": LAWS, "caution": "bold"}, "strict, normal, lenient"),
        ("ask", {"question": LAWS, "document": "plums"}, 'unknown key "document"'),
        ("search", {"question": LAWS}, 'unknown key "question"'),
        ("search", {"query": LAWS, "after": "soon"}, "no date"),
        ("search", {"query": LAWS, "languages": "en"}, "must be a list of strings"),
        ("search", {"query": LAWS, "documents": ["nowhere"]}, "nowhere"),
        ("read", {"document": "nowhere"}, "no document of that id"),
        ("read", {"document": "plums", "start": 26}, "offsets from 0 to 25"),
        ("read", {"document": "plums", "start": -1}, "offsets from 0 to 25"),
        ("read", {"document": "plums", "start": True}, "offsets from 0 to 25"),
        ("list_articles", {"first": -1}, '"first"'),
        ("list_articles", {"top": 101}, '"top"'),
        ("status", {"all": True}, "unknown key"),
        ("themes", {"language": "xx"}, "en, ru, kk"),
        ("themes", {"language": []}, "en, ru, kk"),
        ("themes", {"like": 1}, '"like"'),
        ("delete", {}, "no tool of that name"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(queue: AskQueue, name: str, arguments: Row, says: str) -> None:
    refused = call(queue, name, arguments)
    assert refused.is_error
    assert says in row_of(refused)["error"]


def test_each_tool_says_what_it_takes_in_valid_schemas() -> None:
    assert [tool.name for tool in TOOLS] == NAMES
    for tool in TOOLS:
        jsonschema.Draft202012Validator.check_schema(tool.schema())
        assert tool.schema()["additionalProperties"] is False
        assert tool.schema()["required"] == list(tool.required)


def test_without_the_sdk_the_command_says_what_installs_it() -> None:
    code = "import sys; sys.modules['mcp'] = None; from ui.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "mcp"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 4
    assert done.stderr.replace("mcp.server", "mcp") == (  # what is None here goes by another name than what is absent
        "kenes: kenes mcp needs mcp, which is not installed here\n  fix: python3 -m ui.setup --mcp\n"
    )


@contextmanager
def started(index: Path, tmp_path: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """The real command with pipes; it must end by itself once stdin is closed, and print no traceback."""
    tried = tmp_path / "tried.txt"
    with (tmp_path / "stderr.txt").open("wb") as stderr:
        server = subprocess.Popen(
            command_of(index, tried, *options), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr
        )
        guard = threading.Timer(PATIENCE, server.kill)
        guard.start()
        try:
            yield server
            assert server.stdin
            server.stdin.close()
            assert server.wait() == 0
        finally:
            guard.cancel()
            server.kill()
            server.wait()
            if server.stdout:
                server.stdout.close()
    assert "Traceback" not in (tmp_path / "stderr.txt").read_text("utf-8")
    assert not tried.exists()


def request(id: int | str, method: str, params: Any) -> Row:
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


HELLO = request(
    "hello",
    "initialize",
    {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
)
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def any_value(dice: random.Random) -> Any:
    """A JSON value of any kind, odd ones among them."""
    odd = [
        None,
        True,
        -1,
        2**70,
        1e308,
        float("nan"),
        "",
        "\x00",
        "\u202eabc",
        "\ud800",
        "x" * 5000,
        [],
        {},
        [[]],
        {"": {}},
    ]
    return dice.choice([*odd, LAWS, ["en"], "2026", [1], {"$ref": "#"}, 10**400])


def malformed(dice: random.Random, id: int) -> bytes:
    """A line that is a request no more, or one that asks for what cannot be."""
    keys = [
        "question",
        "query",
        "top",
        "document",
        "start",
        "end",
        "first",
        "like",
        "language",
        "after",
        "sources",
        "wat",
    ]
    given = {dice.choice(keys): any_value(dice) for _ in range(dice.randrange(4))}
    line = request(id, "tools/call", {"name": dice.choice([*NAMES, "delete", ""]), "arguments": given})
    way = dice.randrange(6)
    if way == 0:  # a part is something else
        line[dice.choice(list(line))] = any_value(dice)
    elif way == 1:
        line["params"][dice.choice(["name", "arguments", "_meta"])] = any_value(dice)
    elif way == 2:
        line["method"] = dice.choice(["tools/list", "initialize", "resources/read", "prompts/get", "ping", "x" * 999])
    raw = json.dumps(line).encode()
    if way == 3:
        return raw[: dice.randrange(len(raw))]
    if way == 4:
        at = dice.randrange(len(raw))
        return (raw[:at] + dice.randbytes(dice.randrange(1, 9)) + raw[at + 1 :]).translate(None, b"\r\n")
    return b"[" * dice.randrange(100_000) if way == 5 and dice.random() < 0.05 else raw


def is_message(raw: bytes) -> bool:
    """Whether a line is a JSON object without half characters, and may be a message."""
    try:
        row = json.loads(raw.decode("utf-8", "replace"))
        json.dumps(row, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict)


def test_malformed_messages_get_clear_errors_and_end_nothing(seeds_folder: Path, tmp_path: Path) -> None:
    dice = random.Random(20)
    lines = [malformed(dice, id) for id in range(MALFORMED)]
    replies: list[Row] = []
    with started(seeds_folder, tmp_path) as server:
        assert server.stdin
        assert server.stdout
        stdin, stdout = server.stdin, server.stdout

        def write() -> None:
            for line in (json.dumps(HELLO).encode(), json.dumps(READY).encode(), *lines):
                stdin.write(line + b"\n")
            stdin.write(json.dumps(request("last", "tools/call", {"name": "status", "arguments": {}})).encode() + b"\n")
            stdin.flush()

        writer = threading.Thread(target=write)
        writer.start()
        waiting = {"hello", "last", *(id for id, line in enumerate(lines) if _is_whole(line, id))}
        while waiting:
            replies.append(json.loads(stdout.readline()))
            waiting.discard(replies[-1]["id"])
        writer.join()
    unread = sum(not is_message(line) for line in lines)
    assert unread > MALFORMED // 10
    assert sum(reply["id"] is None for reply in replies) >= unread
    for reply in replies:
        assert reply["jsonrpc"] == "2.0"
        if "error" in reply:
            assert reply["error"]["message"]
            assert reply["error"]["code"] in {-32700, -32600, -32601, -32602}, reply
        elif reply["result"].get("isError"):
            assert reply["result"]["structuredContent"]["error"]
    (last,) = [reply for reply in replies if reply["id"] == "last"]
    assert last["result"]["structuredContent"]["documents"] == 27


def _is_whole(raw: bytes, id: int) -> bool:
    """Whether a line is still a request of that id, which must be answered."""
    if not is_message(raw):
        return False
    row = json.loads(raw.decode("utf-8", "replace"))
    return (
        row.get("jsonrpc") == "2.0"
        and row.get("id") == id
        and isinstance(row.get("method"), str)
        and isinstance(row.get("params"), dict)
    )


def test_a_program_that_goes_while_it_waits_is_no_fault(seeds_folder: Path, tmp_path: Path) -> None:
    with started(seeds_folder, tmp_path) as server:
        assert server.stdin
        assert server.stdout
        asked = request("last", "tools/call", {"name": "search", "arguments": {"query": "laws"}})
        for line in (HELLO, READY, asked):
            server.stdin.write(json.dumps(line).encode() + b"\n")
        server.stdin.flush()
        server.stdout.close()
    assert (tmp_path / "stderr.txt").read_text("utf-8") == ""


def test_over_http_on_this_machine_alone(seeds_folder: Path, tmp_path: Path) -> None:
    import httpx

    command = command_of(seeds_folder, tmp_path / "tried.txt", "--http", "0")
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = server.stdout.readline().split()[3]
        assert address.startswith("http://127.0.0.1:")

        async def ask() -> Row:
            async with Client(address) as client:
                return row_of(await client.call_tool("ask", {"question": LAWS, "top": 1}))

        assert "ten constitutional laws" in anyio.run(ask)["sentence"]
        accept = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
        body = json.dumps(request(1, "tools/list", {}))
        for header, status in ({"host": "news.example"}, 421), ({"origin": "http://news.example"}, 403):
            assert httpx.post(address, headers=accept | header, content=body, timeout=PATIENCE).status_code == status
    finally:
        server.terminate()
        _, printed = server.communicate(timeout=PATIENCE)
    assert "Traceback" not in printed
