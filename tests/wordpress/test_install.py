"""The installer does nothing where nothing is absent, and says who may run it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from . import install

ABSENT = ["wordpress", "php-xml"]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the installer would have installed, on a machine that has dpkg and apt."""
    installed: list[list[str]] = []
    monkeypatch.setattr(install, "install", installed.append)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return installed


@pytest.mark.parametrize(
    ("absent", "user", "code", "installed"),
    [
        pytest.param([], 0, 0, [], id="nothing-absent"),
        pytest.param([], 1000, 0, [], id="nothing-absent-not-root"),
        pytest.param(ABSENT, 0, 0, [ABSENT], id="root"),
        pytest.param(ABSENT, 1000, 2, [], id="not-root"),
    ],
)
def test_exit_code_and_what_is_installed(
    monkeypatch: pytest.MonkeyPatch,
    calls: list[list[str]],
    absent: list[str],
    user: int,
    code: int,
    installed: list[list[str]],
) -> None:
    monkeypatch.setattr(install, "absent_packages", lambda _: absent)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert install.main() == code
    assert calls == installed


def test_without_root_it_names_what_is_absent(
    monkeypatch: pytest.MonkeyPatch, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "absent_packages", lambda _: ABSENT)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    install.main()
    assert "wordpress php-xml. Run this as root" in capsys.readouterr().err


@pytest.mark.parametrize("has_policy", [True, False])
def test_services_are_kept_down_only_meanwhile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has_policy: bool
) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(install, "POLICY", policy)
    if has_policy:
        policy.write_text("#!/bin/sh\nexit 0\n")
    with install.services_kept_down():
        meanwhile = policy.read_text()
    assert meanwhile.endswith("exit 0\n" if has_policy else "exit 101\n")
    assert policy.exists() is has_policy
