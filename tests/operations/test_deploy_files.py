"""What lies in `deploy/` fits together and fits the program; the long test runs the units' own commands."""

import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml

from orchestration.__main__ import parser
from orchestration.settings import KNOWN_VARIABLES, PROJECT_ROOT

DEPLOY = PROJECT_ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PROGRAMS = "/opt/service-quality/.venv/bin/"


def unit(path: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None, strict=True)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(path, encoding="utf-8")
    return parsed


def variables() -> set[str]:
    """The variables of the example environment."""
    text = (DEPLOY / "warehouse.env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^(\w+)=", text, flags=re.MULTILINE))


def test_the_example_environment_has_what_the_instance_asks_for() -> None:
    asked = re.findall(r"\{env: (\w+)\}", (DEPLOY / "dagster.yaml").read_text(encoding="utf-8"))
    assert len(asked) == 5
    assert set(asked) <= variables()


def test_the_example_environment_has_no_setting_that_is_none() -> None:
    assert {name for name in variables() if name.startswith("WAREHOUSE_")} <= KNOWN_VARIABLES


@pytest.mark.parametrize(
    "path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name
)
def test_every_service_runs_as_the_pipelines_user_with_its_environment(path: Path) -> None:
    service = unit(path)["Service"]
    assert service["User"] == "service-quality"
    assert service["EnvironmentFile"] == "/etc/service-quality/warehouse.env"
    assert "/srv/service-quality" in service["ReadWritePaths"].split()
    assert PROGRAMS in service["ExecStart"]


@pytest.mark.parametrize("name", ["retention", "backup"])
def test_every_timer_has_its_service(name: str) -> None:
    timer = unit(DEPLOY / "systemd" / f"service-quality-{name}.timer")
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert (DEPLOY / "systemd" / f"service-quality-{name}.service").exists()


def test_the_commands_of_units_are_commands_of_the_program() -> None:
    found = []
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        for arguments in re.findall(r"python -m orchestration ([^\n']+)", text):
            found.append(parser().parse_args(shlex.split(arguments)).command)
    assert sorted(found) == ["backup", "prepare", "recover", "retention"]


def test_web_server_and_daemon_look_where_the_code_listens() -> None:
    workspace = yaml.safe_load((DEPLOY / "workspace.yaml").read_text(encoding="utf-8"))
    (location,) = workspace["load_from"]
    port = location["grpc_server"]["port"]
    listens = f"code-server start --host 127.0.0.1 --port {port} "
    assert listens in unit(DEPLOY / "systemd" / "service-quality-code.service")["Service"]["ExecStart"]
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert listens in compose["services"]["code"]["command"]


def test_containers_share_one_network_and_rotate_their_logs() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for name in ("daemon", "webserver"):
        assert services[name]["network_mode"] == "service:code"
    assert [services[name]["logging"]["options"]["max-size"] for name in ("code", "daemon", "webserver")] == [
        "10m", "10m", "10m",
    ]  # fmt: skip


def test_the_image_holds_every_room_of_the_program() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {
        name for line in re.findall(r"^COPY (.+) \S+$", text, flags=re.MULTILINE) for name in line.split()
    }
    assert {"orchestration", "expectations", "dbt_project", "deploy", "requirements.lock"} <= copied
    assert all((PROJECT_ROOT / name).exists() for name in copied)
