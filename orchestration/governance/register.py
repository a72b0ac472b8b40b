"""The weights and the findings about them as tables of schema `raw`, where staging reads them."""

from dataclasses import astuple
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb

from orchestration.governance.tables import Finding, read_seed, read_tables, refuse_broken_seeds, span
from orchestration.governance.weights import FixedWeight, Weight, weights_of

WEIGHTS = "audience_code varchar, kpi_code varchar, weight decimal(9, 6), valid_from date, valid_to date"
FINDINGS = "seed varchar, row_key varchar, rule varchar, detail varchar"


def register_weights(connection: duckdb.DuckDBPyConnection, seeds: Path) -> None:
    """Create `raw.kpi_weights` and `raw.weight_findings` from the seeds in the folder.

    Raises GateRefused for a seed that nobody can read.
    """
    refuse_broken_seeds(seeds)
    weights, findings = weights_and_findings(seeds)
    connection.execute(f"create table raw.kpi_weights ({WEIGHTS})")
    connection.execute(f"create table raw.weight_findings ({FINDINGS})")
    _insert(connection, "raw.kpi_weights", [astuple(item) for item in weights])
    _insert(connection, "raw.weight_findings", [astuple(item) for item in findings])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    """All rows in one statement, a list per column: a statement per row costs a millisecond each."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"insert into {table} select {unnested}", columns)


def weights_and_findings(seeds: Path) -> tuple[list[Weight], list[Finding]]:
    """The weights of every audience; a seed that gives none for an audience has a finding that says why."""
    tables, findings = read_tables(read_seed(seeds, "ahp_tables"), read_seed(seeds, "ahp_judgements"))
    fixed = _fixed(read_seed(seeds, "kpi_targets"))
    weights: list[Weight] = []
    for audience in read_seed(seeds, "audiences"):
        by_hand = fixed if audience["takes_fixed_weights"].lower() == "true" else []
        own, found = weights_of(audience["audience_code"], tables, by_hand)
        weights += own
        findings += [finding for finding in found if finding not in findings]
    return weights, findings


def _fixed(targets: list[dict[str, str]]) -> list[FixedWeight]:
    """Weights by hand. What cannot be read is left to the rules of the seed and to dbt, which types it."""
    found = []
    for row in targets:
        try:
            weight, (begins, ends) = Decimal(row.get("weight", "")), span(row)
        except (InvalidOperation, ValueError):
            continue
        if 0 <= weight <= 1 and row.get("scope_type") == "organisation":
            found.append(FixedWeight(row["kpi_code"], weight, begins, ends))
    return found
