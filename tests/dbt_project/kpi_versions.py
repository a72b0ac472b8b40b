"""What each KPI's figures rest on, as one fingerprint: its entry and the SQL of the columns that it names.

`python -m tests.dbt_project.kpi_versions` records new KPIs and new versions in tests/data/kpi_versions.json;
it refuses while a KPI says something else under its old version. `--same-figures` records nevertheless, for
SQL that was rewritten and whose values, compared between two builds, are all the same (decision 0042).
"""

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp

from orchestration.progress import say
from orchestration.settings import DBT_PROJECT_DIR, PROJECT_ROOT
from orchestration.warehouse.dbt_build import read_manifest
from tests.dbt_project.builds import landed
from tests.kpis.macros import call

Entry = Mapping[str, Any]
Records = dict[str, dict[str, Any]]
RECORDED = PROJECT_ROOT / "tests" / "data" / "kpi_versions.json"
# What a figure means; labels, owner and place in the tree may change without a new figure.
DEFINING = (
    *(
        "definition",
        "unit",
        "direction",
        "shape",
        "fact",
        "key",
        "date",
        "cohort",
        "maturity_days",
        "numerator",
    ),
    *("denominator", "multiplier", "divisor", "interval", "percentile", "additive", "model"),
)
COLUMNS = ("key", "date", "numerator", "denominator")
# Below the union of the sources lies the translation of each source's own words, which is no definition.
SOURCES_BEGIN = re.compile(r"__unioned$")
Part = tuple[str, str]
Expression = tuple[str, frozenset[str]]
CHOOSING = ("where", "qualify", "having")


@dataclass(frozen=True)
class Model:
    """A built model: its SQL without Jinja, and the models that it reads."""

    sql: str
    parents: tuple[str, ...]

    @cached_property
    def selects(self) -> list[tuple[dict[str, Expression], list[Expression]]]:
        """Of every select: what stands behind each column, and what chooses its rows."""
        found = []
        for select in sqlglot.parse_one(self.sql, dialect="duckdb").find_all(exp.Select):
            columns = {item.alias_or_name: read(item.unalias()) for item in select.expressions}
            chosen = [select.args[name].this for name in CHOOSING if select.args.get(name)]
            found.append((columns, [read(condition) for condition in chosen]))
        return found


def parts_of(model: Model, names: set[str]) -> tuple[set[Part], set[str]]:
    """The expressions behind columns of a model, and every column name that they use."""
    known, parts, grown = set(names), set[Part](), True
    while grown:
        before = len(known)
        for columns, chosen in model.selects:
            used = {name: expression for name, expression in columns.items() if name in known}
            for name, (text, read_names) in used.items():
                known |= read_names
                if text != name:
                    parts.add((name, text))
            for text, read_names in chosen if used else ():
                known |= read_names
                parts.add(("where", text))
        grown = len(known) > before
    return parts, known


def read(expression: exp.Expression) -> Expression:
    """The SQL of an expression, whatever its layout and whichever model its columns stand in; its columns."""
    bare = expression.copy()
    columns = list(bare.find_all(exp.Column))
    for column in columns:
        column.set("table", None)
    return bare.sql(dialect="duckdb", comments=False), frozenset(column.name for column in columns)


def behind(start: str, names: Iterable[str], models: Mapping[str, Model]) -> set[Part]:
    """Every expression that columns of a model come from, down to the union of the sources."""
    parts: set[Part] = set()
    wanted: dict[str, set[str]] = {start: set(names)}
    due = [start]
    while due:
        name = due.pop()
        found, used = parts_of(models[name], wanted[name])
        parts |= found
        for parent in models[name].parents:
            if (
                parent in models
                and not SOURCES_BEGIN.search(parent)
                and not used <= wanted.get(parent, set())
            ):
                wanted[parent] = wanted.get(parent, set()) | used
                due.append(parent)
    return parts


def fingerprint(entry: Entry, models: Mapping[str, Model], special: str = "") -> str:
    """SHA-256, 16 digits, of what the KPI's figures rest on; `special` is the text of a model of its own."""
    text = re.sub(r"\{#.*?#\}|--[^\n]*", " ", special, flags=re.DOTALL)
    names = {entry[field] for field in COLUMNS if entry.get(field)} | set(re.findall(r"\w+", text))
    facts = {entry["fact"], *re.findall(r"""ref\(["'](\w+)["']\)""", text)} & set(models)
    parts = {part for fact in facts for part in behind(fact, names, models)}
    said = {field: entry.get(field) for field in DEFINING}
    whole = json.dumps([said, " ".join(text.split()), sorted(parts)], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def records(registry: Iterable[Entry], models: Mapping[str, Model]) -> Records:
    """Version and fingerprint of every KPI."""
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (DBT_PROJECT_DIR / "models" / "marts" / "kpis" / "parts").glob("*.sql")
    }
    found: Records = {}
    for entry in registry:
        special = texts.get(entry.get("model") or "", "") if entry["shape"] == "special" else ""
        found[entry["code"]] = {
            "version": entry["version"],
            "fingerprint": fingerprint(entry, models, special),
        }
    return dict(sorted(found.items()))


def models_of(manifest: Mapping[str, Any], compiled: Mapping[str, str]) -> dict[str, Model]:
    """The models of a build by name, with the SQL that was run."""
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    return {
        node["name"]: Model(
            compiled[key],
            tuple(nodes[parent]["name"] for parent in node["depends_on"]["nodes"] if parent in nodes),
        )
        for key, node in nodes.items()
        if key in compiled
    }


def changed_under_their_version(recorded: Records, now: Records) -> list[str]:
    """KPIs that say something else than recorded, without a higher version."""
    return [
        code
        for code, old in recorded.items()
        if code in now
        and now[code]["fingerprint"] != old["fingerprint"]
        and now[code]["version"] <= old["version"]
    ]


def recorded() -> Records:
    """What was recorded last."""
    found: Records = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    return found


def main(arguments: list[str]) -> int:
    """Record, or refuse; the exit code."""
    with tempfile.TemporaryDirectory() as home:
        build = landed(Path(home))
        build.dbt("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
        now = records(call("kpi_registry"), models_of(read_manifest(build.settings), build.compiled))
    changed = changed_under_their_version(recorded(), now)
    if changed and arguments != ["--same-figures"]:
        say(f"Their definition has changed, so give them a new version in the registry: {', '.join(changed)}")
        return 1
    RECORDED.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
