"""The house style of the dbt project, read from its manifest and its files: every stated rule is a test."""

import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import CONTRACTS_DIR, DBT_PROJECT_DIR
from orchestration.sources.contract import load_contracts
from tests.kpis.macros import call

Node = dict[str, Any]
MODELS = DBT_PROJECT_DIR / "models"
MAY_READ = {
    "staging": {"raw", "staging"},
    "intermediate": {"staging", "intermediate", "seed"},
    "core": {"staging", "intermediate", "core", "seed"},
    "kpis": {"core", "kpis", "seed"},
    "scorecards": {"core", "kpis", "scorecards", "seed"},
}
NAMES = {
    "staging": r"stg_{folder}__[a-z0-9_]+",
    "intermediate": r"int_[a-z0-9_]+__[a-z0-9_]+",
    # Governed figures and findings are named like the governed seeds that they lie beside.
    "core": r"(dim|fct|kpi|governance)_[a-z0-9_]+",
    "kpis": r"(dim|fct|kpi)_[a-z0-9_]+",
    "scorecards": r"(rpt|scorecard)_[a-z0-9_]+",
}
# The member of a scope, whose type stands beside it; the row of a seed.
KEYS_OF_NO_TABLE = {"scope_key", "row_key"}
MARTS = ("core", "kpis", "scorecards")
CLOCKS = re.compile(
    r"\b(now\(\)|current_date|current_timestamp|today\(\)|getdate|localtimestamp)", re.IGNORECASE
)
FLOATS = re.compile(r"(::\s*(double|float|real)\b|as\s+(double|float|real)\b)", re.IGNORECASE)
MODEL_FILES = sorted(MODELS.rglob("*.sql"))
MART_FILES = [path for path in MODEL_FILES if {"core", "kpis"} & set(path.parts)]
# About 60 by the style. The longest is fct_tickets: a list of columns, one line each, no logic of its own.
MODEL_LINES = 213
MODELS_READ = 5
KEYS = "int_increments__"
READS_MORE = {
    "int_increments__touched_tickets",  # the union of all reasons to make a ticket anew
    "int_calendar__bounds",  # the first and last date of every fact
    "int_surveys__scopes",  # a survey stands where its ticket or complaint stands: both, agents and teams
    "fct_tickets",  # joins what each intermediate model knows of a ticket; no logic of its own
    "fct_unknown_members",  # counts what every dimension did not know
    "int_complaints__scopes",  # the same of a complaint, with its product
    "dim_scopes",  # names the members of every dimension
    "rpt_scorecard_lines",  # puts together what is known of a value; no logic of its own
}
CONTROL_FLOW = re.compile(r"\{%-?\s*(if|for|macro|call)\b")


def layer(node: Node) -> str:
    if node["resource_type"] in {"source", "seed"}:
        return "raw" if node["resource_type"] == "source" else "seed"
    folders = node["fqn"][1:]
    return str(folders[1] if folders[0] == "marts" else folders[0])


def in_marts(models: list[Node]) -> list[Node]:
    return [model for model in models if layer(model) in MARTS]


def test_every_model_reads_only_the_layers_below_it(manifest: dict[str, Any], models: list[Node]) -> None:
    known = {**manifest["nodes"], **manifest["sources"]}
    wrong = [
        f"{model['name']} reads {known[parent]['name']}"
        for model in models
        for parent in model["depends_on"]["nodes"]
        if layer(known[parent]) not in MAY_READ[layer(model)]
    ]
    assert wrong == []


def test_every_model_is_named_after_its_layer(models: list[Node]) -> None:
    wrong = [
        model["name"]
        for model in models
        if not re.fullmatch(NAMES[layer(model)].format(folder=model["fqn"][2]), model["name"])
    ]
    assert wrong == []


def test_every_model_and_column_is_described(models: list[Node]) -> None:
    undescribed = [model["name"] for model in models if not model["description"].strip()]
    columns = [
        f"{model['name']}.{name}"
        for model in in_marts(models)
        for name, column in model["columns"].items()
        if not column["description"].strip()
    ]
    assert undescribed == []
    assert columns == []


def test_every_mart_says_its_grain_first(models: list[Node]) -> None:
    wrong = [model["name"] for model in in_marts(models) if not model["description"].startswith("One row")]
    assert wrong == []


def test_every_mart_has_an_enforced_contract_and_an_owner(models: list[Node]) -> None:
    for model in in_marts(models):
        assert model["config"]["contract"]["enforced"], model["name"]
        assert model["config"]["meta"].get("owner"), model["name"]


def test_every_mart_has_a_tested_primary_key(models: list[Node], data_tests: list[Node]) -> None:
    keyed = {node for node, _ in columns_tested_by(data_tests, "primary_key")}
    keyed |= {node for node, _ in columns_tested_by(data_tests, "unique_together")}
    # A view over keyed rows: assert_the_evidence_adds_up_to_every_value finds a doubled one; so with trends.
    views = {model["name"] for model in in_marts(models) if model["config"]["materialized"] == "view"}
    assert views >= {"kpi_evidence", "kpi_trends"}
    tables = [model for model in in_marts(models) if model["name"] not in views]
    assert [model["name"] for model in tables if model["unique_id"] not in keyed] == []


def test_every_foreign_key_of_a_fact_is_tested(models: list[Node], data_tests: list[Node]) -> None:
    tested = columns_tested_by(data_tests, "foreign_keys") | columns_tested_by(data_tests, "primary_key")
    tested |= columns_tested_by(data_tests, "scope_members_are_known")
    untested = [
        f"{model['name']}.{column}"
        for model in models
        if layer(model) == "core"
        for column in model["columns"]
        if column.endswith("_key") and (model["unique_id"], column) not in tested
        if column not in KEYS_OF_NO_TABLE
    ]
    assert untested == []


def columns_tested_by(data_tests: list[Node], kind: str) -> set[tuple[str, str]]:
    """(model, column) of every column that a generic test of this kind looks at."""
    found = set()
    for test in data_tests:
        metadata = test.get("test_metadata", {})
        if metadata.get("name") == kind:
            arguments = metadata["kwargs"]
            several = [key["column"] for key in arguments.get("keys", ())] + arguments.get("columns", [])
            scopes = call("kpi_scopes", arguments["fact"]) if kind == "scope_members_are_known" else []
            several += [call("kpi_scope_column", scope) for scope in scopes]
            found |= {(test["attached_node"], column) for column in several or [test["column_name"]]}
    return found


def code_of(path: Path) -> str:
    """The SQL of a model without its comments."""
    sql = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"--.*", "", sql).strip()


@pytest.mark.parametrize("path", MODEL_FILES, ids=lambda path: path.stem)
def test_a_model_reads_no_clock_uses_no_float_and_ends_with_its_final_cte(path: Path) -> None:
    code = code_of(path)
    assert not CLOCKS.search(code)
    assert not FLOATS.search(code)
    assert not CONTROL_FLOW.search(code), "no Jinja control flow in models"
    is_macro_call = code.startswith("{{") and code.endswith("}}")
    assert is_macro_call or re.search(r"select \* from [a-z_0-9]+$", code), "ends: select * from <final cte>"


@pytest.mark.parametrize("path", MODEL_FILES, ids=lambda path: path.stem)
def test_a_model_is_small_and_reads_few_others(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODEL_LINES
    named = set(re.findall(r"""ref\(["'](\w+)["']\)""", code_of(path)))
    # The keys of an increment say which rows a build makes anew; a model of them has its reasons, not inputs.
    read = named if path.parent.name == "increments" else {name for name in named if KEYS not in name}
    assert len(read) <= MODELS_READ or path.stem in READS_MORE
    assert path.stem not in READS_MORE or len(read) > MODELS_READ, "no longer an exception"


@pytest.mark.parametrize("path", MART_FILES, ids=lambda path: path.stem)
def test_a_mart_lists_its_columns(path: Path) -> None:
    """`select *` imports a model on top, and gives the final CTE below; nothing else."""
    *others, _ = re.findall(r"select \*(?: from|\s+from)\s+(\S+)", code_of(path)) or [""]
    assert [name for name in others if name != "{{"] == []


def test_one_yaml_file_per_folder() -> None:
    for folder in {path.parent for path in MODELS.rglob("*.sql")} | {DBT_PROJECT_DIR / "seeds"}:
        assert len(list(folder.glob("*.yml"))) == 1, folder.relative_to(DBT_PROJECT_DIR)


def test_staging_converts_stamps_with_the_zone_of_the_contract() -> None:
    contracts = load_contracts(CONTRACTS_DIR)
    for source, contract in contracts.items():
        used = {
            zone
            for path in (MODELS / "staging" / source).glob("*.sql")
            for zone in re.findall(r"to_utc\([^,]+, *'([^']+)'\)", path.read_text(encoding="utf-8"))
        }
        assert used <= {contract.time_zone, "UTC"}, source
        naive = [
            column
            for table in contract.tables.values()
            for column in table.columns
            if column.type == "timestamp" and column.zone != "UTC"
        ]
        assert not naive or used - {"UTC"}, (
            f"{source} has stamps in {contract.time_zone} that are never converted"
        )


def test_there_are_few_macros(manifest: dict[str, Any]) -> None:
    own = {
        macro["original_file_path"]
        for macro in manifest["macros"].values()
        if macro["package_name"] == "service_quality"
        and macro["original_file_path"].startswith("macros/")
        and "registry" not in macro["original_file_path"]
    }
    assert len(own) <= 12
