"""The code location is valid, and the webserver shows the runs, checks and lineage of what was published."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from orchestration.settings import load_settings
from orchestration.warehouse.dbt_build import read_manifest
from tests.end_to_end.project import Project

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("demo")]
STARTS_WITHIN_SECONDS = 120
RUNS = "{ runsOrError { ... on Runs { results { jobName status } } } }"
ASSETS = """{ assetNodes {
    assetKey { path } groupName description owners { ... on TeamAssetOwner { team } } kinds
    dependencyKeys { path }
    assetMaterializations(limit: 1) { metadataEntries { label ... on IntMetadataEntry { intValue } } }
    assetChecksOrError { ... on AssetChecks { checks { name executionForLatestMaterialization { status } } } }
} }"""


class Server:
    """A running webserver that answers GraphQL."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/graphql"

    def ask(self, query: str) -> Any:
        request = urllib.request.Request(  # noqa: S310 - our own address on the loopback
            self.address, json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - as above
            document = json.load(answer)
        assert "errors" not in document, document["errors"]
        return document["data"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(demo: Project) -> Iterator[Server]:
    port = free_port()
    command = ("-m", "dagster_webserver", "-w", "workspace.yaml", "-h", "127.0.0.1", "-p", str(port))
    with (demo.root / "webserver.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=demo.root, env=demo.process_environment, stdout=log, stderr=log
        )
        try:
            running = Server(port)
            deadline = time.monotonic() + STARTS_WITHIN_SECONDS
            while True:
                try:
                    running.ask("{ version }")
                    break
                except OSError:
                    assert process.poll() is None, (demo.root / "webserver.log").read_text(encoding="utf-8")
                    assert time.monotonic() < deadline, "the webserver does not answer"
                    time.sleep(0.5)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def assets(server: Server) -> dict[str, Any]:
    """Asset nodes by key, `raw/crm_tickets`."""
    return {"/".join(node["assetKey"]["path"]): node for node in server.ask(ASSETS)["assetNodes"]}


def test_the_definitions_are_valid(demo: Project) -> None:
    done = demo.execute("-m", "dagster", "definitions", "validate", "-w", "workspace.yaml")
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    assert "Validation successful for code location service_quality" in printed
    assert "WARNING" not in printed, printed


def test_the_runs_of_the_command_line_are_shown(server: Server) -> None:
    runs = server.ask(RUNS)["runsOrError"]["results"]
    assert {(run["jobName"], run["status"]) for run in runs} >= {
        ("refresh_warehouse", "SUCCESS"),
        ("publish_scorecards_monthly", "SUCCESS"),
        ("publish_scorecards_weekly", "SUCCESS"),
    }


@pytest.mark.parametrize("start", ["published/warehouse", "published/scorecards_monthly"])
def test_an_auditor_can_walk_from_a_publication_to_a_delivered_table(
    assets: dict[str, Any], start: str
) -> None:
    reached, waiting = set(), [start]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += ["/".join(parent["path"]) for parent in assets[key]["dependencyKeys"]]
    assert "raw/crm_tickets" in reached
    groups = {assets[key]["groupName"] for key in reached}
    assert groups == {"raw", "staging", "intermediate", "core", "kpis", "scorecards", "published"}


def test_every_asset_is_described_and_owned_and_all_but_views_have_a_row_count(
    assets: dict[str, Any],
) -> None:
    bare = [
        key for key, node in assets.items() if not (node["description"] and node["owners"] and node["kinds"])
    ]
    assert bare == []
    counted = {
        key
        for key, node in assets.items()
        for materialization in node["assetMaterializations"]
        if "dagster/row_count" in {entry["label"] for entry in materialization["metadataEntries"]}
    }
    of_their_own_jobs = {
        f"published/scorecards_{cadence}" for cadence in ("quarterly", "half_yearly", "yearly")
    }
    views = {
        f"{node['schema']}/{node['alias']}"
        for node in read_manifest(load_settings())["nodes"].values()
        if node["config"]["materialized"] == "view" and node["schema"] != "staging"
    }
    assert "intermediate/int_tickets__repeats" in views
    assert set(assets) - counted == views | of_their_own_jobs  # `make run` publishes weekly and monthly


def test_the_checks_of_the_run_are_shown_beside_their_tables(assets: dict[str, Any]) -> None:
    checks = assets["raw/crm_tickets"]["assetChecksOrError"]["checks"]
    shown = {check["name"]: check["executionForLatestMaterialization"] for check in checks}
    assert shown["delivery_is_sound"]["status"] == "SUCCEEDED"
    assert shown["has_rows"]["status"] == "SUCCEEDED"
    tickets = assets["core/fct_tickets"]["assetChecksOrError"]["checks"]
    assert {"dbt_tests", "has_rows", "resolution_seconds_are_not_negative"} <= {
        item["name"] for item in tickets
    }
    assert [check["name"] for check in tickets if not check["executionForLatestMaterialization"]] == []
