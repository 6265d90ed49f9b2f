"""Install the Debian packages that the real WordPress of the tests needs.

Run as root: ``python -m tests.wordpress.install [MORE ...]``; the names of more packages that other
tests want can follow. It does nothing where everything is there, asks
nothing, and starts no service: the tests run their own database and web server.

Exit codes: 0 all packages are there; 1 apt failed; 2 not root, or not a Debian system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PACKAGES = (
    "wordpress",
    "wordpress-theme-twentytwentythree",  # blocks
    "wordpress-theme-twentytwentyone",  # classic
    "mariadb-server",
    "php-cli",
    "php-mysql",
    # WordPress answers its sitemaps with 501 without SimpleXML.
    "php-xml",
    "php-mbstring",
)

# Asked by invoke-rc.d before it starts a service; 101 means "not allowed" (Debian policy 9.3.3).
POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\nexit 101\n"


def absent_packages(more: Sequence[str] = ()) -> list[str]:
    """What of `PACKAGES` and `more` dpkg does not list as installed, in their order."""
    wanted = [*PACKAGES, *more]
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *wanted]
    # A package that dpkg has never heard of makes the command fail, the others are printed still.
    listed = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[1] for line in listed.splitlines() if line.startswith("installed ")}
    return [package for package in wanted if package not in installed]


@contextmanager
def services_kept_down() -> Iterator[None]:
    """Forbid package scripts to start services; a policy that stands already is left alone."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text(POLICY_TEXT)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def install(packages: list[str]) -> None:
    """Install `packages` without a question. Raises CalledProcessError where apt fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(["apt-get", "update"], env=environment, check=True)
    with services_kept_down():
        subprocess.run(command, env=environment, check=True)


def main(more: Sequence[str] = ()) -> int:
    """Install what is absent, and tell on stderr what stands in the way."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        sys.stderr.write("The test WordPress needs a Debian system: apt-get was not found.\n")
        return 2
    packages = absent_packages(more)
    if not packages:
        return 0
    if os.geteuid() != 0:
        names = " ".join(packages)
        sys.stderr.write(f"Not installed: {names}. Run this as root to install them.\n")
        return 2
    try:
        install(packages)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
