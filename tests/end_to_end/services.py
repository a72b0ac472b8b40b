"""The services of `deploy/systemd`, run by their units' own commands, on ports and a home of the test."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.settings import PROJECT_ROOT
from tests.end_to_end.project import OURS, Project
from tests.operations.postgres import Database

UNITS = PROJECT_ROOT / "deploy" / "systemd"
PROGRAMS = "/opt/service-quality/.venv/bin/"
NAMES = ("code", "daemon", "webserver")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Services:
    """The three services; each is a group of processes, so that a kill takes its children with it."""

    project: Project
    database: Database
    ports: dict[str, str] = field(
        default_factory=lambda: {"4000": str(free_port()), "3000": str(free_port())}
    )
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """A service's environment: this home, this database, a key, nothing of ours beside."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {
            **inherited,
            **self.database.variables,
            **self.project.environment,
            "WAREHOUSE_HOME": str(self.project.home),
            "DAGSTER_HOME": str(self.project.home / "dagster_home"),
        }

    def install(self) -> None:
        """What docs/operations.md does: the instance into the home, the workspace with the code's port."""
        home = self.project.home / "dagster_home"
        home.mkdir(parents=True)
        shutil.copyfile(PROJECT_ROOT / "deploy" / "dagster.yaml", home / "dagster.yaml")
        text = (PROJECT_ROOT / "deploy" / "workspace.yaml").read_text(encoding="utf-8")
        self.project.write("deploy/workspace.yaml", text.replace("4000", self.ports["4000"]))

    def commands(self, name: str, key: str) -> list[list[str]]:
        """The commands of a unit under a key (`ExecStart` and its like), with our programs and ports."""
        text = (UNITS / f"service-quality-{name}.service").read_text(encoding="utf-8")
        here = Path(sys.executable).parent
        found = re.findall(rf"^{key}=(.+)$", text, flags=re.MULTILINE)
        return [
            [self.ports.get(word, word.replace(PROGRAMS, f"{here}/")) for word in shlex.split(command)]
            for command in found
        ]

    def start(self, *names: str) -> str:
        """Start services; returns what the commands before and after the code server said."""
        said = ""
        for name in names:
            said += self._done(self.commands(name, "ExecStartPre"))
            (command,) = self.commands(name, "ExecStart")
            with (self.project.root / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    command, cwd=self.project.root, env=self.environment, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip
            # As in systemd, what is ordered after a service waits for this too.
            said += self._done(self.commands(name, "ExecStartPost"))
        return said

    def _done(self, commands: list[list[str]]) -> str:
        said = ""
        for command in commands:
            done = subprocess.run(
                command, cwd=self.project.root, env=self.environment, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
            said += done.stdout
        return said

    def kill(self, *names: str) -> None:
        """`kill -9` to services and all their children, as a power cut would."""
        for name in names:
            process = self.running.pop(name, None)
            if process is not None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
