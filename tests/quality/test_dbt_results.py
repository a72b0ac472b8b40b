"""dbt's artifacts become results of checks: nothing that dbt did not pass passes here."""

from typing import Any

import pytest

from orchestration.quality.dbt_results import expected_tests, from_run_results, relations
from orchestration.quality.results import CheckResult

FCT, DIM, STG, KPI, SEED = "model.p.fct", "model.p.dim", "model.p.stg", "model.p.kpi", "seed.p.words"


def model(unique_id: str, schema: str, folder: str, materialized: str = "table") -> dict[str, Any]:
    name = unique_id.rpartition(".")[2]
    return {
        "unique_id": unique_id,
        "resource_type": unique_id.partition(".")[0],
        "name": name,
        "alias": name,
        "schema": schema,
        "original_file_path": f"{folder}/{name}.sql",
        "config": {"materialized": materialized},
        "depends_on": {"nodes": []},
    }


def check(
    name: str, parents: list[str], attached: str | None = None, severity: str = "ERROR"
) -> dict[str, Any]:
    return {
        "unique_id": f"test.p.{name}",
        "resource_type": "test",
        "name": name,
        "schema": "dbt_test__audit",
        "original_file_path": "tests/x.sql",
        "attached_node": attached,
        "config": {"severity": severity},
        "depends_on": {"nodes": parents},
    }


NODES = [
    model(STG, "staging", "models/staging/crm", "view"),
    model(FCT, "core", "models/marts/core"),
    model(DIM, "core", "models/marts/core"),
    model(KPI, "kpis", "models/marts/kpis"),
    model(SEED, "core", "seeds", "seed"),
    check("unique_fct", [FCT], FCT),
    check("related_fct_dim", [DIM, FCT], FCT),
    check("warned_fct", [FCT], FCT, "warn"),
    check("assert_rows_survive", [STG, FCT]),
    check("known_words", [SEED, FCT], FCT),
    check("kpi_of_fct", [FCT, KPI], KPI),
    check("source_is_filled", ["source.p.raw.t"]),
]
UNIT = {
    "unique_id": "unit_test.p.fct.counts",
    "resource_type": "unit_test",
    "name": "counts",
    "depends_on": {"nodes": [FCT]},
    "config": {},
}
MANIFEST = {"nodes": {node["unique_id"]: node for node in NODES}, "unit_tests": {UNIT["unique_id"]: UNIT}}


def results_of(status: str, unique_id: str = "test.p.unique_fct", **more: Any) -> list[CheckResult]:
    return from_run_results({"results": [{"unique_id": unique_id, "status": status, **more}]}, MANIFEST)


@pytest.mark.parametrize(
    ("dbt_status", "status", "severity"),
    [
        ("pass", "passed", "critical"),
        ("fail", "failed", "critical"),
        ("warn", "failed", "warning"),
        ("error", "crashed", "critical"),
        ("skipped", "skipped", "critical"),
        ("partial success", "crashed", "critical"),
        ("a state of a later dbt", "crashed", "critical"),
    ],
)
def test_every_state_of_a_test_has_its_meaning(dbt_status: str, status: str, severity: str) -> None:
    (result,) = results_of(dbt_status)
    assert (result.table, result.check) == ("core.fct", "unique_fct")
    assert (result.status, result.severity) == (status, severity)


def test_the_severity_is_the_declared_one_unless_dbt_decided() -> None:
    assert results_of("pass", "test.p.warned_fct")[0].severity == "warning"
    assert results_of("error", "test.p.warned_fct")[0].severity == "warning"
    assert results_of("fail", "test.p.warned_fct")[0].severity == "critical"


def test_a_built_model_says_nothing_and_a_model_that_was_not_built_does() -> None:
    assert results_of("success", FCT) == []
    (errored,) = results_of("error", FCT, message="Runtime Error in model fct\n  Binder Error: no 'x'")
    assert errored == CheckResult("core.fct", "fct", "critical", "crashed", "Binder Error while dbt ran it")
    assert results_of("skipped", FCT)[0].status == "skipped"


def test_messages_of_dbt_stay_behind_because_they_quote_values() -> None:
    message = 'Runtime Error in test\n  Conversion Error: Could not convert string "13800001111" to INT32'
    (result,) = results_of("error", message=message)
    assert result.detail == "Conversion Error while dbt ran it"
    assert results_of("fail", failures=3, message="Got 3 results")[0].detail == "3 failing rows"


def test_a_unit_test_is_a_check_of_its_model() -> None:
    (result,) = results_of("fail", "unit_test.p.fct.counts")
    assert (result.table, result.check, result.status) == ("core.fct", "counts", "failed")


def test_a_test_without_a_model_of_its_own_belongs_to_the_first_it_reads() -> None:
    assert results_of("pass", "test.p.assert_rows_survive")[0].table == "core.fct"


def test_a_step_expects_the_tests_whose_tables_exist_after_it() -> None:
    core = expected_tests(MANIFEST, ["staging", "marts/core", "seeds"])
    assert core == {
        ("core.fct", name)
        for name in ("unique_fct", "related_fct_dim", "warned_fct", "assert_rows_survive", "known_words")
    }
    marts = expected_tests(MANIFEST, ["marts/kpis"], earlier=["staging", "marts/core", "seeds"])
    assert marts == {("kpis.kpi", "kpi_of_fct")}


def test_unique_ids_select_too_and_unit_tests_are_asked_for() -> None:
    assert expected_tests(MANIFEST, [FCT]) == {("core.fct", "unique_fct"), ("core.fct", "warned_fct")}
    assert ("core.fct", "counts") in expected_tests(MANIFEST, [FCT], unit_tests=True)


def test_a_folder_is_matched_by_whole_names() -> None:
    assert expected_tests(MANIFEST, ["marts/co"]) == set()
    assert list(relations(MANIFEST, ["core", "staging", "seeds"])) == ["core.dim", "core.fct", "core.words"]


def test_what_a_run_answers_is_what_the_gate_expects() -> None:
    ran = [node["unique_id"] for node in NODES if node["resource_type"] == "test"]
    run_results = {"results": [{"unique_id": unique_id, "status": "pass"} for unique_id in ran]}
    answered = {(result.table, result.check) for result in from_run_results(run_results, MANIFEST)}
    assert expected_tests(MANIFEST, ["staging", "marts", "seeds"]) <= answered
