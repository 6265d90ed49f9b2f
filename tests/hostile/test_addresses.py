"""Which addresses may be connected to, by the rule alone and without trust in any look-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.addresses import AddressRule
from tests.hostile.cases import CASES
from tests.hostile.harvest import run, served

PUBLIC = [
    pytest.param("93.184.215.14", id="public"),
    pytest.param("2606:2800:21f:cb07:6820:80da:af6b:8b2c", id="public-v6"),
    pytest.param("64:ff9b::5db8:d70e", id="public-through-nat64"),
]
REFUSED = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:5db8:d70e:8000:63bf:807f:fffe",  # Teredo for 127.128.0.1
    "fec0::1",
    "feff::1",
    "5f00::1",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1::5db8:d70e",
    "::127.0.0.1",
    "::10.0.0.1",
    "::93.184.215.14",
    "::ffff:0:127.0.0.1",
    "::ffff:0:93.184.215.14",
    "100::1",
    "1000::1",
    "3fff::1",
    "4000::1",
    "fc00::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_permitted(address: str) -> None:
    assert AddressRule().permits(address, 443)


@pytest.mark.parametrize("address", REFUSED)
def test_other_addresses_are_not(address: str) -> None:
    assert not AddressRule().permits(address, 80)


@pytest.mark.parametrize(
    ("allowed", "address", "port", "permitted"),
    [
        pytest.param("10.1.0.0/16", "10.1.2.3", 80, True, id="network"),
        pytest.param("10.1.0.0/16", "10.2.0.1", 80, False, id="other-network"),
        pytest.param("10.1.0.7", "10.1.0.7", 8080, True, id="address"),
        pytest.param("127.0.0.1:8000", "127.0.0.1", 8000, True, id="port"),
        pytest.param("127.0.0.1:8000", "127.0.0.1", 8001, False, id="other-port"),
        pytest.param("[::1]:8000", "::1", 8000, True, id="port-v6"),
        pytest.param("[::1]:8000", "::1", 80, False, id="other-port-v6"),
        pytest.param("::1", "::1", 80, True, id="address-v6"),
        pytest.param("fd00::/8", "fd00::7", 80, True, id="network-v6"),
    ],
)
def test_what_is_allowed(allowed: str, address: str, port: int, permitted: bool) -> None:
    assert AddressRule([allowed]).permits(address, port) is permitted


@pytest.mark.parametrize(
    ("home", "address", "port", "permitted"),
    [
        pytest.param("http://127.0.0.1:8000/", "127.0.0.1", 8000, True, id="its-own"),
        pytest.param("http://127.0.0.1:8000/", "127.0.0.1", 8001, False, id="other-port"),
        pytest.param("http://10.0.0.7/", "10.0.0.7", 80, True, id="default-port"),
        pytest.param("https://10.0.0.7/", "10.0.0.7", 80, False, id="https-only"),
        pytest.param("http://localhost:8000/", "127.0.0.1", 8000, True, id="localhost"),
        pytest.param("http://[::1]:8000/", "::1", 8000, True, id="v6"),
        pytest.param("http://intranet.example/", "10.0.0.7", 80, False, id="a-name-allows-nothing"),
    ],
)
def test_a_source_may_live_at_a_private_address(
    home: str, address: str, port: int, permitted: bool
) -> None:
    assert AddressRule(homes=[home]).permits(address, port) is permitted


@pytest.mark.parametrize("text", ["intranet.example", "10.0.0.0/99", "10.0.0.1:http", ""])
def test_what_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        AddressRule([text])


def test_the_peer_is_checked_whatever_the_look_up_said(tmp_path: Path) -> None:
    """With Scrapy's own resolver, as in a program that does not install ours."""
    cases = [c for c in CASES if c.name in {"redirect_to_name", "lives_inside", "rebinding"}]
    for folder in ("data", "certificates"):
        (tmp_path / folder).mkdir()
    with served(cases, tmp_path / "certificates") as (servers, environment):
        resolver = "TWISTED_DNS_RESOLVER=scrapy.resolver.CachingThreadedResolver"
        arguments = ["--crawl-only", "-s", resolver, *(case.name for case in cases)]
        done = run(arguments, tmp_path / "data", environment)
        assert servers["secret"].asked == servers["lives_inside"].asked == []
        assert len(servers["rebinding"].asked) == 2
    assert "redirect_to_name: truncated: requests without an answer: 1 × private address" in (
        done.output
    )
    assert "lives_inside: failed: private address" in done.output
