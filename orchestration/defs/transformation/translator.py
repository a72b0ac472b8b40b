"""How a dbt model appears in Dagster: grouped by layer, owned, and held back by the gate before it."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject

GATE_BEFORE = {"kpis": dg.AssetKey("core_verdict")}


def layer_of(properties: Mapping[str, Any]) -> str:
    """The layer of a dbt model: the folder that holds it. Sources and governed seeds are where it starts."""
    if properties["resource_type"] in {"source", "seed"}:
        return "raw"
    folders = properties["fqn"][1:]
    return str(folders[1] if folders[0] == "marts" else folders[0])


class LayerTranslator(DagsterDbtTranslator):
    """Keys stay dbt's own, so raw assets, sources and models meet by themselves."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """The spec of one dbt resource: its layer is its group, the gate before its layer a dependency."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        properties = self.get_resource_props(manifest, unique_id)
        layer = layer_of(properties)
        spec = spec.replace_attributes(group_name=layer, owners=spec.owners or ["team:analytics-engineering"])
        gate = GATE_BEFORE.get(layer)
        return spec.replace_attributes(deps=[*spec.deps, gate]) if gate else spec
