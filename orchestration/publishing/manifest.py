"""The manifest of a published build: every file's SHA-256 and size, every table's rows and hash."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestration.publishing.files import PublicationError, sha256_file, write_synced
from orchestration.publishing.tables import Table
from orchestration.quality.hashing import TableHash
from orchestration.quality.verdict import GateName

# Which gate judges the tables of which schema.
GATES: dict[GateName, tuple[str, ...]] = {"core": ("core",), "scorecards": ("kpis", "scorecards")}
SNAPSHOT = "warehouse.duckdb"
MANIFEST = "manifest.json"
EVIDENCE = "evidence.json"
PAGE = "index.html"


def version_directory(published: Path, build_id: str) -> Path:
    """Where a build lies once it is published. Raises PublicationError for a name that is no build id."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", build_id):
        raise PublicationError(f"{build_id!r} is no build id; give one that `list` shows.")
    return published / "versions" / build_id


def current_build(published: Path) -> str | None:
    """The build that readers see, or None before the first publication and while `current` leads nowhere."""
    link = published / "current"
    return link.resolve().name if link.is_symlink() and link.exists() else None


def files_in(directory: Path) -> dict[str, dict[str, Any]]:
    """SHA-256 and size of every file below a build's directory but the manifest itself, by relative path."""
    paths = sorted(path for path in directory.rglob("*") if path.is_file() or path.is_symlink())
    return {
        path.relative_to(directory).as_posix(): {"sha256": sha256_file(path), "bytes": path.stat().st_size}
        for path in paths
        if path != directory / MANIFEST
    }


def write_manifest(directory: Path, build_id: str, tables: Mapping[Table, TableHash]) -> None:
    """Describe a finished build's directory; the last file written into it."""
    content = {
        "build_id": build_id,
        "files": files_in(directory),
        "tables": {str(table): asdict(mark) for table, mark in tables.items()},
    }
    write_synced(directory / MANIFEST, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises PublicationError when the file is missing or is something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PublicationError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise PublicationError(f"{path} holds no JSON object.")
    return content


def problems_of_version(directory: Path) -> list[str]:
    """What is wrong with a published build's directory, a phrase per file; empty when it is as published."""
    if not directory.is_dir():
        return ["the build's directory is missing"]
    try:
        manifest, evidence = read_json(directory / MANIFEST), read_json(directory / EVIDENCE)
        expected = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    except PublicationError as error:
        return [str(error)]
    except (KeyError, AttributeError, TypeError):
        return [f"{MANIFEST} does not list files"]
    found = {name: entry["sha256"] for name, entry in files_in(directory).items()}
    problems = [f"{name} is missing" for name in expected if name not in found]
    problems += [f"{name} was added" for name in found if name not in expected]
    problems += [
        f"{name} was changed" for name in expected if found.get(name, expected[name]) != expected[name]
    ]
    if manifest.get("build_id") != directory.name or evidence.get("build_id") != directory.name:
        problems.append("manifest and evidence are of another build")
    return problems + problems_of_gates(evidence)


def problems_of_gates(evidence: Mapping[str, Any]) -> list[str]:
    """Gates whose passing verdict the evidence does not hold."""
    gates = evidence.get("gates")
    passed = {gate for gate in GATES if isinstance(gates, dict) and gates.get(gate, {}).get("passed") is True}
    return [f"the evidence has no passing verdict of gate {gate}" for gate in GATES if gate not in passed]


def hashes_of(directory: Path) -> dict[str, str]:
    """What an audit line says about a build: SHA-256 of its manifest and of its evidence."""
    return {
        "manifest_sha256": sha256_file(directory / MANIFEST),
        "evidence_sha256": sha256_file(directory / EVIDENCE),
    }
