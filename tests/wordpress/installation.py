"""The files and the database of one WordPress, and the script that fills and changes them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from .processes import Server, database_socket, free_port, is_listening, run

WORDPRESS = Path("/usr/share/wordpress")

# Requests that are answered at the same time.
_WORKERS = 4

_PHP = Path(__file__).parent / "php"
_PHP_SETTINGS = ("-d", "memory_limit=256M", "-d", "opcache.enable_cli=1")


class Installation:
    """A copy of Debian's WordPress in `folder`, which holds a running database already.

    It is a copy because Debian's files look for their configuration in /etc, where links to them
    would look as well.
    """

    def __init__(self, folder: Path) -> None:
        """Copy the files and create an empty database. Raises ServerError where that fails."""
        self.base_url = f"http://127.0.0.1:{free_port()}"
        self._folder = folder
        self._site = folder / "site"
        self._environment = {
            **os.environ,
            "WORDPRESS_HOME": self.base_url,
            "WORDPRESS_SOCKET": str(database_socket(folder)),
            "PHP_CLI_SERVER_WORKERS": str(_WORKERS),
        }
        # A third of the package is translations, and .htaccess links into /etc.
        ignore = shutil.ignore_patterns("languages", ".htaccess")
        shutil.copytree(WORDPRESS, self._site, ignore=ignore)
        shutil.copy(_PHP / "wp-config.php", self._site)
        plugins = self._site / "wp-content" / "mu-plugins"
        plugins.mkdir()
        shutil.copy(_PHP / "test-bed.php", plugins)
        self._database("mariadb", "--execute=CREATE DATABASE wordpress CHARACTER SET utf8mb4")

    def ask(self, action: str, **values: object) -> dict[str, Any]:
        """What fill.php answers to `action`. Raises ServerError where WordPress refuses."""
        text = json.dumps({"action": action, **values})
        command = ["php", *_PHP_SETTINGS, str(_PHP / "fill.php")]
        answer = run(command, text=text, folder=self._site, environment=self._environment)
        decoded: dict[str, Any] = json.loads(answer)
        return decoded

    def serve(self) -> Server:
        """Start the web server. Raises ServerError where it does not come up."""
        port = int(self.base_url.rpartition(":")[2])
        address = ["-S", f"127.0.0.1:{port}", "-t", str(self._site), str(_PHP / "router.php")]
        log = self._folder / "web.log"
        server = Server(["php", *_PHP_SETTINGS, *address], log, self._environment)
        server.wait_until(lambda: is_listening(port))
        return server

    def save(self) -> None:
        """Keep the content as it is now, for `restore`."""
        self._dump.write_text(self._database("mariadb-dump", "wordpress"), encoding="utf-8")

    def restore(self) -> None:
        """Bring back what `save` kept."""
        self._database("mariadb", "wordpress", text=self._dump.read_text(encoding="utf-8"))

    @property
    def _dump(self) -> Path:
        return self._folder / "filled.sql"

    def _database(self, program: str, *arguments: str, text: str = "") -> str:
        options = ["--no-defaults", "--user=root", f"--socket={database_socket(self._folder)}"]
        character_set = "--default-character-set=utf8mb4"
        return run([program, *options, character_set, *arguments], text=text)
