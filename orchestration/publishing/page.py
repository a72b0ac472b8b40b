"""The page of a build: what was published, from what, and what the gates said."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from orchestration.publishing.gates import waivers_of, warnings_of


def render_build_page(evidence: Mapping[str, Any]) -> str:
    """HTML of a build; its links start at `published/`, where the fixed name `index.html` lies."""
    return _template().render(evidence=evidence, warnings=warnings_of(evidence), waivers=waivers_of(evidence))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment.get_template("build.html")
