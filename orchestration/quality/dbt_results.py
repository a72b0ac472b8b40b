"""dbt's artifacts as check results: what its tests found, and which of them a gate must find."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from orchestration.quality.results import CheckResult, Status
from orchestration.quality.suite import Severity

_RELATIONS = ("model", "seed", "snapshot")
_TESTS = ("test", "unit_test")
_STATUS: Mapping[str, Status] = {
    "pass": "passed",
    "fail": "failed",
    "warn": "failed",
    "error": "crashed",
    "runtime error": "crashed",
    "skipped": "skipped",
}
_SEVERITY: Mapping[str, Severity] = {"fail": "critical", "warn": "warning"}

Artifact = Mapping[str, Any]


def from_run_results(run_results: Artifact, manifest: Artifact) -> list[CheckResult]:
    """The tests and unit tests of a dbt run, and its models that were not built.

    A test is named as in the manifest, its table is the one that it is attached to. An errored test or model
    is `crashed`, a skipped one `skipped`; a state that this does not know is `crashed`. Messages of dbt can
    quote values of the data, so only counts and error classes are kept.
    """
    nodes = {**manifest["nodes"], **manifest.get("unit_tests", {})}
    results = (_result(nodes[item["unique_id"]], item, manifest) for item in run_results["results"])
    return [result for result in results if result is not None]


def expected_tests(
    manifest: Artifact,
    selection: Collection[str],
    earlier: Collection[str] = (),
    *,
    unit_tests: bool = False,
) -> set[tuple[str, str]]:
    """(table, check) of the tests that a dbt step over `selection` must have run.

    `selection` and `earlier` hold unique ids or folders (`staging`, `marts/core`, `seeds`). A test belongs to
    the step that builds the last of the tables it reads: one of them is selected, the others are selected or
    were built `earlier`.
    """
    nodes, expected = manifest["nodes"], set()
    tests = [node for node in nodes.values() if node["resource_type"] == "test"]
    tests += manifest.get("unit_tests", {}).values() if unit_tests else []
    for test in tests:
        parents = [nodes[parent] for parent in test["depends_on"]["nodes"] if parent in nodes]
        selected = [_is_in(parent, selection) for parent in parents]
        within = [_is_in(parent, [*selection, *earlier]) for parent in parents]
        if any(selected) and all(within):
            expected.add((_table_of(test, manifest), test["name"]))
    return expected


def _result(node: Artifact, item: Artifact, manifest: Artifact) -> CheckResult | None:
    status = _STATUS.get(item["status"], "crashed")
    if node["resource_type"] not in _TESTS:
        if item["status"] == "success":
            return None
        return CheckResult(_relation(node), node["name"], "critical", status, _reason(item, status))
    declared: Severity = (
        "warning" if str(node["config"].get("severity", "error")).lower() == "warn" else "critical"
    )
    severity = _SEVERITY.get(item["status"], declared)
    return CheckResult(_table_of(node, manifest), node["name"], severity, status, _reason(item, status))


def _reason(item: Artifact, status: Status) -> str:
    if status == "failed":
        return f"{item.get('failures') or 0} failing rows"
    if status == "crashed":
        errors = re.findall(r"\b[A-Z]\w+ Error\b", item.get("message") or "")
        return f"{errors[-1] if errors else 'error'} while dbt ran it"
    return "dbt skipped it" if status == "skipped" else ""


def _table_of(test: Artifact, manifest: Artifact) -> str:
    """The table that a test is attached to; for a test of several tables the first of them by name."""
    nodes = manifest["nodes"]
    parents = [parent for parent in test["depends_on"]["nodes"] if parent in nodes]
    attached = test.get("attached_node") or min(parents, default=None)
    return _relation(nodes[attached]) if attached in nodes else "sources"


def _relation(node: Artifact) -> str:
    return f"{node['schema']}.{node.get('alias') or node['name']}"


def _is_in(node: Artifact, selection: Collection[str]) -> bool:
    return any(item == node["unique_id"] or _has_folder(node, item) for item in selection)


def _has_folder(node: Artifact, folder: str) -> bool:
    path = PurePosixPath(node["original_file_path"].replace("\\", "/")).parent
    return f"/{folder.strip('/')}/" in f"/{path}/"


def relations(manifest: Artifact, selection: Collection[str]) -> Iterator[str]:
    """`<schema>.<table>` of the selected models and seeds that are tables, sorted: what a gate judges."""
    chosen = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] in _RELATIONS and _is_in(node, selection)
    ]
    yield from sorted(_relation(node) for node in chosen if node["config"].get("materialized") != "view")
