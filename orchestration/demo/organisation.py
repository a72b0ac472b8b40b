"""Delivers the CRM's agents with their history, its teams and its products."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from orchestration.demo import columns as col
from orchestration.demo.numbers import agent_ids, team_ids
from orchestration.demo.plan import HOUR, NEVER
from orchestration.demo.staff import Staff, agent_name
from orchestration.demo.vocabulary import DEPARTMENTS, PRODUCTS, SITE_OF_TEAM, SITES, TEAMS
from orchestration.demo.writers import Delivery

ROLE_LABELS = ["坐席", "组长"]


def deliver_organisation(staff: Staff, delivery: Delivery) -> None:
    """Write the three full files."""
    agents = staff.history_agent
    left = np.where(staff.history_is_leaving > 0, staff.history_effective, NEVER)
    delivery.csv(
        "crm_agents",
        "crm/agents.csv",
        {
            "agent_id": agent_ids(agents),
            "effective_from": col.local(staff.history_effective),
            "agent_name": pa.array([agent_name(agent) for agent in agents.tolist()]),
            "team_id": team_ids(staff.history_team),
            "role": col.labels(ROLE_LABELS, staff.history_is_lead),
            "skills": pa.array(staff.history_skills),
            "hired_on": col.local_days(staff.hired[agents]),
            "left_on": col.local_days(left),
            "updated_at": col.local(staff.history_effective + HOUR),
        },
    )
    sites = [SITES[site] for site in SITE_OF_TEAM]
    teams = [
        (code, name, *DEPARTMENTS[department], site)
        for (code, name, department), site in zip(TEAMS, sites, strict=False)
    ]
    header = ["team_id", "team_name", "department_id", "department_name", "site"]
    _deliver("teams", header, teams, delivery)
    _deliver("products", ["product_id", "product_name", "category"], PRODUCTS, delivery)


def _deliver(name: str, header: list[str], rows: Sequence[tuple[str, ...]], delivery: Delivery) -> None:
    columns = dict(zip(header, map(pa.array, zip(*rows, strict=True)), strict=True))
    delivery.csv(f"crm_{name}", f"crm/{name}.csv", columns)
