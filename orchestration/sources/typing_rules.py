"""Typing in bulk: how delivered text becomes typed columns, and what makes a row unreadable, as SQL."""

from dataclasses import dataclass

from orchestration.sources.contract import ColumnContract
from orchestration.sources.loaded import Loaded, sql_text
from orchestration.sources.personal import masked_sql, pseudonym_sql

NAIVE = r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?"
OFFSET = r" ?[+-]\d{2}(?::?\d{2})?"
WHOLE = r"[+-]?\d+"
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
WORDS = {"true": ("true", "t", "yes", "y", "1"), "false": ("false", "f", "no", "n", "0")}
NOUNS = {
    "integer": "not a whole number",
    "decimal": "not a number",
    "boolean": "not a yes or no",
    "date": "not a date",
    "timestamp": "not a timestamp",
}


@dataclass(frozen=True)
class ColumnRules:
    """SQL of one column by stage: `raw` over the delivered table, `typed` over raw, the checks over both.

    `raw_name` and `typed_name` are the aliases of the first two stages.
    """

    column: ColumnContract
    raw_name: str
    typed_name: str
    raw: str
    typed: str

    @property
    def unparsed(self) -> str:
        """Condition: there is a value and it is not of the declared type."""
        return f"({self.raw_name} is not null and {self.typed_name} is null)"

    @property
    def checks(self) -> list[tuple[str, str]]:
        """(condition, reason) for everything that quarantines a row, in the order of reporting."""
        label = self.column.landed_name
        found = []
        if self.column.required:
            found.append(
                (f"nullif(trim({self.raw_name}), '') is null", f"{label}: required value is missing")
            )
        if self.column.type != "text":
            found.append((self.unparsed, f"{label}: {NOUNS[self.column.type]}"))
        if self.column.type in ("date", "timestamp"):
            first, until = self.column.plausible_from, self.column.plausible_until
            outside = f"{self.typed_name} < date '{first}' or {self.typed_name} >= date '{until}'"
            found.append((f"({outside})", f"{label}: outside the plausible range"))
        return found

    @property
    def landed(self) -> str:
        """SQL of the landed value over the typed stage."""
        if self.column.personal == "direct":
            return pseudonym_sql(self.typed_name)
        return masked_sql(self.typed_name) if self.column.personal == "free_text" else self.typed_name


def column_rules(column: ColumnContract, delivered: str, loaded: Loaded) -> ColumnRules:
    """The rules of one column whose text stands in `delivered` (c0, c1 ...)."""
    raw_name, typed_name = f"r_{delivered}", f"t_{delivered}"
    if column.type == "text":
        return ColumnRules(column, raw_name, typed_name, f"nullif({delivered}, '')", raw_name)
    tokens = ", ".join(sql_text(token) for token in ("", *column.missing))
    raw = f"case when trim({delivered}) in ({tokens}) then null else trim({delivered}) end"
    return ColumnRules(column, raw_name, typed_name, raw, _typed(column, raw_name, loaded))


def _typed(column: ColumnContract, raw: str, loaded: Loaded) -> str:
    match column.type:
        case "integer":
            return _cast_if(raw, WHOLE, "bigint")
        case "decimal":
            return _cast_if(raw, NUMBER, column.sql_type)
        case "boolean":
            cases = " ".join(
                f"when lower({raw}) in ({', '.join(map(sql_text, words))}) then {value}"
                for value, words in WORDS.items()
            )
            return f"case {cases} end"
    own = _by_formats(column, raw) if column.formats else None
    iso = _iso(column, raw) if own is None or loaded.has_iso_stamps else None
    stamp = f"coalesce({own}, {iso})" if own and iso else own or iso
    return f"cast({stamp} as date)" if column.type == "date" else f"{stamp}"


def _cast_if(raw: str, pattern: str, sql_type: str) -> str:
    """A guarded cast: DuckDB by itself reads '1.5' and '0x1F' as integers and drops the offset of a stamp."""
    return f"try_cast(case when regexp_full_match({raw}, {sql_text(pattern)}) then {raw} end as {sql_type})"


def _by_formats(column: ColumnContract, raw: str) -> str:
    formats = ", ".join(sql_text(item) for item in column.formats)
    parsed = f"try_strptime({raw}, [{formats}])"
    return f"timezone('UTC', {parsed})" if any("%z" in item for item in column.formats) else parsed


def _iso(column: ColumnContract, raw: str) -> str:
    """ISO 8601; an offset is understood where the column is in UTC, and unreadable where it is not."""
    if column.type == "date":
        return _cast_if(raw, r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]00:00(?::00(?:\.0+)?)?)?", "timestamp")
    if column.zone != "UTC":
        return _cast_if(raw, NAIVE, "timestamp")
    naive = _cast_if(raw, NAIVE + "Z?", "timestamp")
    return f"coalesce({naive}, timezone('UTC', {_cast_if(raw, NAIVE + OFFSET, 'timestamptz')}))"
