"""What every step can use: the settings of the warehouse, and the loggers of a run."""

import dagster as dg

from orchestration.operations.layout import ensure_layout
from orchestration.progress import progress_logger
from orchestration.settings import Settings, load_settings


class Warehouse(dg.ConfigurableResource["Warehouse"]):
    """Gives steps the settings of this process, read when the step runs."""

    def settings(self) -> Settings:
        """The settings, from the environment. Raises LayoutError for a home of another layout."""
        settings = load_settings()
        ensure_layout(settings)
        return settings


@dg.definitions
def resources() -> dg.Definitions:
    """The resource and the loggers of the code location."""
    return dg.Definitions(
        resources={"warehouse": Warehouse()},
        loggers={"console": dg.colored_console_logger, "progress": progress_logger},
    )
