"""The asset specs of the code location as a page that can be read and compared, one line per asset.

`python -m tests.defs.asset_specs` writes tests/data/asset_specs.json anew; read the diff.
"""

import json
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.definitions import definitions

PAGE = Path(__file__).parent.parent / "data" / "asset_specs.json"


def asset_specs() -> dict[str, dict[str, Any]]:
    """Group, kinds, owners, dependencies and checks of every asset, by its key."""
    loaded = definitions()
    checks = loaded.resolve_asset_graph().asset_check_keys
    return {
        spec.key.to_user_string(): {
            "group": spec.group_name,
            "kinds": sorted(spec.kinds),
            "owners": list(spec.owners),
            "deps": sorted({dependency.asset_key.to_user_string() for dependency in spec.deps}),
            "checks": sorted(check.name for check in checks if check.asset_key == spec.key),
        }
        for spec in sorted(loaded.resolve_all_asset_specs(), key=_order)
    }


def page(specs: dict[str, dict[str, Any]]) -> str:
    """The specs as JSON, one asset per line."""
    lines = [f"{json.dumps(key)}: {json.dumps(spec)}" for key, spec in specs.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _order(spec: dg.AssetSpec) -> tuple[str, ...]:
    return tuple(spec.key.path)


if __name__ == "__main__":
    PAGE.write_text(page(asset_specs()), encoding="utf-8")
