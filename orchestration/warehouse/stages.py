"""The two stages of a build: what dbt builds in one run, and the gate that judges it."""

from dataclasses import dataclass
from typing import Any

from orchestration.quality.verdict import GateName


@dataclass(frozen=True)
class Stage:
    """Folders that one dbt run builds, those built before, the schemas that the gate after it judges."""

    gate: GateName
    step: str
    producer: str
    folders: tuple[str, ...]
    earlier: tuple[str, ...]
    schemas: tuple[str, ...]
    gate_before: GateName | None

    def builds(self, node: dict[str, Any]) -> bool:
        """Whether a node of the manifest is a model or seed of this stage."""
        return node["resource_type"] in {"model", "seed"} and _is_below(node, self.folders)

    def tests(self, node: dict[str, Any], nodes: dict[str, Any]) -> bool:
        """Whether a test runs in this stage: it builds the last of the tables that the test reads."""
        if node["resource_type"] != "test":
            return False
        parents = [nodes[parent] for parent in node["depends_on"]["nodes"] if parent in nodes]
        known = all(_is_below(parent, (*self.folders, *self.earlier)) for parent in parents)
        return known and any(self.builds(parent) for parent in parents)

    @property
    def selection(self) -> list[str]:
        """dbt's selection of the folders. Seeds by type: their path would also select their tests."""
        return [
            "resource_type:seed" if folder == "seeds" else f"path:models/{folder}" for folder in self.folders
        ]


CORE_FOLDERS = ("staging", "intermediate", "marts/core", "seeds")
MART_FOLDERS = ("marts/kpis", "marts/scorecards")

STAGES: dict[GateName, Stage] = {
    "core": Stage("core", "build_core", "dbt_core", CORE_FOLDERS, (), ("core",), None),
    "scorecards": Stage(
        "scorecards", "build_marts", "dbt_marts", MART_FOLDERS, CORE_FOLDERS, ("kpis", "scorecards"), "core"
    ),
}


def _is_below(node: dict[str, Any], folders: tuple[str, ...]) -> bool:
    path: str = node["original_file_path"].removeprefix("models/")
    return path.startswith(tuple(f"{folder}/" for folder in folders))
