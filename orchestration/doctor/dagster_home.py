"""The Dagster instance: its file is understood, its storage answers, and its tables are of this version."""

import re

import dagster as dg
from dagster_postgres.utils import DagsterPostgresException
from sqlalchemy.exc import SQLAlchemyError

from orchestration.doctor.finding import Finding, fault, ok
from orchestration.settings import Settings


def check_dagster_home(settings: Settings) -> list[Finding]:
    """Open the instance that the home's `dagster.yaml` describes, PostgreSQL included, and ask it."""
    instance_file = settings.dagster_home / "dagster.yaml"
    if not instance_file.exists():
        return [ok("dagster", "no instance yet; the first run makes it")]
    try:
        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            runs = instance.get_runs_count()
            storages = (instance.run_storage, instance.event_log_storage, instance.schedule_storage)
            versions = [storage.alembic_version() for storage in storages if storage]
    except (SQLAlchemyError, DagsterPostgresException, OSError) as error:
        mend = "start the database, and look at the variables that dagster.yaml names"
        return [
            fault("dagster", f"the storage of {instance_file} does not answer: {_first_line(error)}", mend)
        ]
    except (dg.DagsterError, ImportError, ValueError) as error:
        if missing := sorted(set(re.findall(r'environment variable "(\w+)" which is not set', str(error)))):
            mend = "set them in the services' environment; deploy/warehouse.env.example lists them"
            return [fault("dagster", f"{instance_file} needs {', '.join(missing)}", mend)]
        mend = "correct it, or remove it: the next run puts the default in its place"
        return [fault("dagster", f"{instance_file} is not understood: {_first_line(error)}", mend)]
    if any(found and found[0] != found[1] for found in versions):
        mend = "stop the services, then: dagster instance migrate"
        return [fault("dagster", "its tables are of another version of Dagster", mend)]
    return [ok("dagster", f"{type(storages[0]).__name__} answers, {runs} runs")]


def _first_line(error: Exception) -> str:
    """What went wrong, without advice and traces; a retried connection's own error is its cause."""
    cause = error.__cause__ or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]
