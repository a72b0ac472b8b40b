"""The shape of the models that increments keep, read from the manifest: what no random case would show."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from orchestration.settings import CONTRACTS_DIR, load_settings
from orchestration.sources.manifest import all_tables
from orchestration.warehouse.dbt_build import read_manifest
from orchestration.warehouse.increment import REMEMBERED
from orchestration.warehouse.prepare import contracts_in

Node = dict[str, Any]
RESTRICTS = re.compile(r"\b(touched|newest_of_changed_tickets)\(")
COMPARED = re.compile(r"\b(?:previous\(|changed_members\()\s*ref\(\"(\w+)\"\)")


@pytest.fixture(scope="module")
def models() -> dict[str, Node]:
    nodes = read_manifest(load_settings())["nodes"]
    return {node["name"]: node for node in nodes.values() if node["resource_type"] == "model"}


def is_kept(node: Node) -> bool:
    return bool(node["config"]["materialized"] == "by_key")


def reads(node: Node) -> list[str]:
    return [key.rpartition(".")[2] for key in node["depends_on"]["nodes"] if key.startswith("model.")]


def ancestors(models: dict[str, Node], name: str) -> Iterator[str]:
    for parent in reads(models[name]):
        yield parent
        yield from ancestors(models, parent)


def test_keys_are_known_before_the_tables_that_are_kept_by_them(models: dict[str, Node]) -> None:
    kept = {name: node["config"]["keys"] for name, node in models.items() if is_kept(node)}
    assert len(kept) >= 15
    assert [name for name, keys in kept.items() if keys not in set(ancestors(models, name))] == []


def test_a_relation_that_holds_touched_rows_only_leads_to_kept_tables_alone(models: dict[str, Node]) -> None:
    """What is made in full of such a relation would lose every row that was not touched."""
    partial = {
        name
        for name, node in models.items()
        if RESTRICTS.search(node["raw_code"]) and not is_kept(node) and "increments" not in node["fqn"]
    }
    below = set(partial)
    while (
        more := {name for name, node in models.items() if not is_kept(node) and below & set(reads(node))}
        - below
    ):
        below |= more
    assert len(partial) >= 15
    assert {models[name]["schema"] for name in below} == {"intermediate"}
    assert not below & set(REMEMBERED)


def test_no_test_reads_a_relation_that_holds_touched_rows_only(models: dict[str, Node]) -> None:
    partial = {
        node["unique_id"]
        for node in models.values()
        if RESTRICTS.search(node["raw_code"]) and not is_kept(node) and "increments" not in node["fqn"]
    }
    nodes = read_manifest(load_settings())["nodes"].values()
    tests = [node for node in nodes if node["resource_type"] == "test"]
    assert [test["name"] for test in tests if partial & set(test["depends_on"]["nodes"])] == []


def test_exactly_what_increments_compare_is_remembered(models: dict[str, Node]) -> None:
    compared = {name for node in models.values() for name in COMPARED.findall(node["raw_code"])}
    assert compared == set(REMEMBERED)


def test_no_feed_of_calls_marks_deletions() -> None:
    """A call that is removed would have to touch its ticket; only calls that come do."""
    tables = all_tables(contracts_in(CONTRACTS_DIR))
    assert [table.raw_name for table in tables if "calls" in table.table and table.deleted_when] == []
