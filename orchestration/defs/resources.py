"""The one resource: where the warehouse lives and how a run is parametrised."""

import dagster as dg

from orchestration.settings import Settings, load_settings


class Warehouse(dg.ConfigurableResource):
    """Gives steps the settings of this process, read when the step runs."""

    def settings(self) -> Settings:
        """The settings, from the environment."""
        return load_settings()


@dg.definitions
def resources() -> dg.Definitions:
    """The resources of the code location."""
    return dg.Definitions(resources={"warehouse": Warehouse()})
