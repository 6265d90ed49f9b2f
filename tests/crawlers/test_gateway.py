"""What a browser reaches through the crawl's proxy, and what it does not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from crawlers.addresses import AddressRule
from crawlers.platforms.prezi.gateway import Gateway
from tests.crawlers.server import Answer, ScriptedServer, scripted

WORD = b"what the page says"
PLENTY = 1 << 20


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted({"/a?b=1": [Answer(WORD)], "/big": [Answer(b"x" * PLENTY)]}) as found:
        yield found


def ask(
    rule: AddressRule, lines: list[str], names: dict[str, list[str]], most: int = PLENTY
) -> bytes:
    """What comes back for requests that are sent one after the other on one connection."""

    async def resolve(name: str) -> str:
        return names[name].pop(0)

    async def through() -> bytes:
        gateway = Gateway(rule, resolve)
        gateway.allowance = most
        await gateway.start()
        port = int(gateway.address.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        found = b""
        for line in lines:
            kept = "close" if found else "keep-alive"
            head = f"{line}\r\nHost: h\r\nProxy-Connection: keep-alive\r\nConnection: {kept}"
            writer.write(f"{head}\r\n\r\n".encode())
            found += await reader.read(PLENTY) if line.startswith("CONNECT") else b""
        found += await reader.read(-1)
        writer.close()
        await gateway.close()
        return found

    return asyncio.run(through())


FORMS = {
    "plain": ["GET http://{}/a?b=1 HTTP/1.1"],
    "a tunnel": ["CONNECT {} HTTP/1.1", "GET /a?b=1 HTTP/1.1"],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_source_at_home_is_reached(form: str, server: ScriptedServer) -> None:
    rule = AddressRule(homes=[f"{server.address}/"])
    place = server.address.removeprefix("http://")
    assert WORD in ask(rule, [line.format(place) for line in FORMS[form][:1]] + FORMS[form][1:], {})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "localhost", "inside.example"])
def test_nobody_else_is(host: str, form: str, server: ScriptedServer) -> None:
    port = server.address.rpartition(":")[2]
    lines = [line.format(f"{host}:{port}") for line in FORMS[form]][:1]
    assert ask(AddressRule(), lines, {host: ["127.0.0.1"]}) == b""
    assert server.visits == []


def test_a_name_is_looked_up_once_and_that_address_is_asked(server: ScriptedServer) -> None:
    port = server.address.rpartition(":")[2]
    names = {"home.example": ["127.0.0.1", "10.0.0.1"]}
    rule = AddressRule(allowed=[f"127.0.0.1:{port}"])
    assert WORD in ask(rule, [f"GET http://home.example:{port}/a?b=1 HTTP/1.1"], names)
    assert names == {"home.example": ["10.0.0.1"]}


@pytest.mark.parametrize(
    "line",
    [
        "GET / HTTP/1.1",
        "GET ftp://a.example/ HTTP/1.1",
        "CONNECT a HTTP/1.1",
        "x",
        "CONNECT [::1 x y",
    ],
)
def test_what_is_no_request_gets_no_answer(line: str) -> None:
    assert ask(AddressRule(), [line], {"a.example": ["127.0.0.1"], "a": ["127.0.0.1"]}) == b""


def test_no_more_is_passed_on_than_a_page_may_have(server: ScriptedServer) -> None:
    rule = AddressRule(homes=[f"{server.address}/"])
    assert len(ask(rule, [f"GET {server.address}/big HTTP/1.1"], {}, most=200_000)) <= 200_000
