"""Binding by name: the delivered header is compared with the contract before any value is read."""

import difflib
from dataclasses import dataclass

from orchestration.sources.contract import ColumnContract, TableContract
from orchestration.sources.rejection import FileRejectedError, printable

MAXIMUM_COLUMNS = 2000


@dataclass(frozen=True)
class Binding:
    """Where each contracted column stands in the file, and the columns that nobody declared.

    `positions` runs parallel to the contract's columns; `extra` holds (position, delivered name).
    """

    positions: tuple[int, ...]
    extra: tuple[tuple[int, str], ...]


def bind_header(contract: TableContract, header: list[str]) -> Binding:
    """Match a delivered header with the contract.

    Raises FileRejectedError naming what is missing, repeated and probably renamed.
    """
    if len(header) > MAXIMUM_COLUMNS:
        raise FileRejectedError(f"has {len(header):,} columns, more than {MAXIMUM_COLUMNS:,}")
    declared = [column.name for column in contract.columns]
    missing = [name for name in declared if name not in header]
    extra = [name for name in header if name not in declared]
    repeated = sorted({name for name in header if header.count(name) > 1})
    if len(missing) == len(declared):
        # The first row may be data: it is not repeated here.
        raise FileRejectedError(
            "none of the declared columns is in the first row; the header is missing or another file"
        )
    if missing or repeated:
        raise FileRejectedError(_difference(contract, missing, extra, repeated))
    return Binding(
        positions=tuple(header.index(name) for name in declared),
        extra=tuple((header.index(name), name) for name in extra),
    )


def _difference(contract: TableContract, missing: list[str], extra: list[str], repeated: list[str]) -> str:
    parts = []
    if missing:
        shown = ", ".join(_with_suggestion(contract, name, missing, extra) for name in missing[:10])
        parts.append(f"column missing: {shown}")
    if repeated:
        parts.append(f"column delivered twice: {', '.join(repr(printable(name)) for name in repeated[:10])}")
    return "header differs from the contract: " + "; ".join(parts)


def _with_suggestion(contract: TableContract, name: str, missing: list[str], extra: list[str]) -> str:
    candidates = {candidate.strip().casefold(): candidate for candidate in extra}
    column = next(column for column in contract.columns if column.name == name)
    close = [
        match
        for wanted in (name, column.landed_name)
        for match in difflib.get_close_matches(wanted.casefold(), candidates, n=1, cutoff=0.6)
    ]
    likely = candidates[close[0]] if close else extra[0] if len(missing) == len(extra) == 1 else None
    return f"{name!r} (renamed to {printable(likely)!r}?)" if likely is not None else repr(name)


def bound(contract: TableContract, binding: Binding) -> list[tuple[ColumnContract, str]]:
    """Each contracted column with the name of its text column (`c0`, `c1` ...) in the loaded table."""
    pairs = zip(contract.columns, binding.positions, strict=True)
    return [(column, f"c{position}") for column, position in pairs]
