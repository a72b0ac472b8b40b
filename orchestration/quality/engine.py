"""The one place that touches Great Expectations: builds an expectation and validates a frame with it.

GX is imported only when a check runs: it takes several seconds, and the definitions load without it.
"""

import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from orchestration.quality.suite import Expect

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.validator.v1_validator import Validator

# Aggregates that are statistics of many rows; a minimum, a maximum or a mode would be a value of the data.
_SHOWN_AGGREGATES = ("mean", "stdev", "proportion", "unique_value_count", "row_count")
_EXCEPTION_LINE = re.compile(r"^(?:\w+\.)*(\w+(?:Error|Exception))\b", re.MULTILINE)


class CheckCrashError(RuntimeError):
    """An expectation could not be evaluated; the message says why, without a value of the data."""


@dataclass(frozen=True)
class Outcome:
    """Whether the expectation holds, and the counts behind it."""

    passed: bool
    detail: str


def preload() -> threading.Thread:
    """Import GX (several seconds) in the background while something else runs; returns the thread."""
    thread = threading.Thread(target=_frame_definition, name="preload-great-expectations", daemon=True)
    thread.start()
    return thread


def build(spec: Expect) -> "Expectation":
    """The GX expectation of a spec, with its native severity.

    Raises CheckCrashError for a class or an argument that GX does not know: nothing is dropped silently.
    """
    expectation_class = getattr(_gx(".expectations"), spec.kind, None)
    if expectation_class is None:
        raise CheckCrashError(f"GX has no expectation {spec.kind}")
    try:
        expectation: Expectation = expectation_class(severity=spec.severity, **spec.arguments)
    except (TypeError, ValueError) as error:  # pydantic's ValidationError is a ValueError
        raise CheckCrashError(f"{spec.kind} refuses its arguments: {' '.join(str(error).split())}") from error
    return expectation


class FrameValidator:
    """Validates one frame with many expectations, so that GX sets itself up once per frame."""

    def __init__(self, frame: "pd.DataFrame") -> None:
        self._frame = frame

    def validate(self, spec: Expect) -> Outcome:
        """Evaluate one expectation; raises CheckCrashError, naming the exception's class, if it cannot."""
        try:
            result = self._validator.validate_expectation(build(spec))
        except CheckCrashError:
            raise
        except Exception as error:  # boundary: whatever GX or pandas raises is this check's crash
            raise CheckCrashError(f"{type(error).__name__} in {spec.kind}") from error
        if crash := _exception_name(result.exception_info or {}):
            raise CheckCrashError(f"{crash} in {spec.kind}")
        return Outcome(bool(result.success), _counts(spec.kind, result.result))

    @cached_property
    def _validator(self) -> "Validator":
        module = _gx(".validator.v1_validator")
        return module.Validator(
            _frame_definition(), result_format="BASIC", batch_parameters={"dataframe": self._frame}
        )


@lru_cache(maxsize=1)
def _frame_definition() -> "BatchDefinition[None]":
    """A batch of whatever frame is given, in an ephemeral context: no files, telemetry or progress bars."""
    gx, types = _gx(""), _gx(".data_context.types.base")
    configuration = types.DataContextConfig(
        store_backend_defaults=types.InMemoryStoreBackendDefaults(),
        progress_bars=types.ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=configuration)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("whole")


def _gx(module: str) -> Any:
    """A module of GX with its logger silenced: a log of a crashed metric can quote a value of the data."""
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL + 1)
    return import_module(f"great_expectations{module}")


def _exception_name(exception_info: Mapping[str, Any]) -> str | None:
    """The class of the first exception that GX caught; its message may quote a value and stays behind."""
    entries = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            found = _EXCEPTION_LINE.search(str(entry.get("exception_traceback")))
            return found[1] if found else "an exception"
    return None


def _counts(kind: str, result: Mapping[str, Any]) -> str:
    if "element_count" in result:
        missing = result.get("missing_count") or 0
        text = f"{result['unexpected_count']} of {result['element_count']} values unexpected"
        return f"{text}, {missing} missing" if missing else text
    observed = result.get("observed_value")
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind)
    if isinstance(observed, int | float) and any(name in snake for name in _SHOWN_AGGREGATES):
        return f"observed {observed:.6g}"
    return ""
