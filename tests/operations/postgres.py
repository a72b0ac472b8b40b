"""A private PostgreSQL: in a temporary folder, on a free port, by a user who is not root, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = "15"
PASSWORD = "only for this test"


@dataclass(frozen=True)
class Database:
    """Where a PostgreSQL answers, and how to stop and start it."""

    port: int
    folder: Path
    programs: Path

    @property
    def variables(self) -> dict[str, str]:
        """What `deploy/dagster.yaml` asks of the environment."""
        return {
            "DAGSTER_PG_USERNAME": "service_quality",
            "DAGSTER_PG_PASSWORD": PASSWORD,
            "DAGSTER_PG_HOST": "127.0.0.1",
            "DAGSTER_PG_PORT": str(self.port),
            "DAGSTER_PG_DB": "postgres",
        }

    def control(self, *arguments: str) -> None:
        """Run `pg_ctl`."""
        execute([str(self.programs / "pg_ctl"), "-w", "-D", str(self.folder / "data"), *arguments])

    def start(self) -> None:
        """Start it, listening on the loopback address alone."""
        settings = ("listen_addresses=127.0.0.1", f"unix_socket_directories='{self.folder}'", "fsync=off")
        options = " ".join([f"-p {self.port}", *(f"-c {setting}" for setting in settings)])
        self.control("-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self.control("-m", "immediate", "stop")


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs: Debian's, or the one of a `pg_ctl` on the path."""
    debian = Path("/usr/lib/postgresql") / VERSION / "bin"
    found = shutil.which("pg_ctl")
    return debian if (debian / "initdb").exists() else Path(found).parent if found else None


def execute(command: list[str]) -> None:
    """Run a program of PostgreSQL; as somebody else when we are root, for it refuses to run as root."""
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = {"user": other_user(), "group": pwd.getpwnam(other_user()).pw_gid, "extra_groups": []}
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=120, **user)
    assert done.returncode == 0, done.stdout + done.stderr


def other_user() -> str:
    """Debian's own user for it, or nobody."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def database() -> Iterator[Database]:
    """A running database. Its folder lies outside of pytest's, which only we may enter."""
    where = programs()
    assert where is not None, "PostgreSQL's server programs are not here: apt-get install postgresql-15"
    with (
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name,
        socket.socket() as probe,
    ):
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, other_user())
        probe.bind(("127.0.0.1", 0))
        running = Database(probe.getsockname()[1], folder, where)
        probe.close()
        command = [str(where / "initdb"), "-D", str(folder / "data"), "-U", "service_quality", "-E", "UTF8"]
        execute([*command, "--no-sync", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}"])
        running.start()
        try:
            yield running
        finally:
            running.stop()
