"""Configuration: settings, key, contracts, dbt project and installed packages are what a run expects."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

from orchestration.doctor.finding import Finding, fault, ok, warning
from orchestration.operations.layout import LAYOUT, RESTORING, LayoutError, layout_of
from orchestration.settings import PROJECT_ROOT, Settings, SettingsError
from orchestration.sources.contract import ContractError, load_contracts
from orchestration.sources.manifest import read_deliveries
from orchestration.sources.personal import key_fingerprint
from orchestration.sources.rejection import LandingError
from orchestration.warehouse.dbt_build import DbtError, ensure_manifest

LOCK_FILE = PROJECT_ROOT / "requirements.lock"
INSTALL = "install the locked environment: make install"


def check_variables(settings: Settings, unknown: Sequence[str]) -> list[Finding]:
    """Misspelt variables, and the key that only a demo may leave to the home."""
    findings = [
        warning("configuration", f"{name} is no setting and has no effect", "see the settings in README.md")
        for name in unknown
    ]
    if settings.key_from_environment is None:
        said = "WAREHOUSE_KEY is not set: pseudonyms and signatures use a key that lies in the home"
        mend = f"in production set it, and keep a copy elsewhere (now: the text in {settings.key_file})"
        findings.append(warning("configuration", said, mend))
    return findings or [ok("configuration", "the settings are known, and the key is set")]


def check_layout(settings: Settings) -> list[Finding]:
    """Whether this program can use the home as it is."""
    try:
        layout = layout_of(settings.home)
    except LayoutError as error:
        return [fault("layout", str(error), "restore the home from a backup")]
    if (settings.home / RESTORING).exists():
        return [fault("layout", "a restore did not finish", "empty the home and restore again")]
    if layout is not None and layout > LAYOUT:
        said = f"the home has layout {layout}, this program knows layouts up to {LAYOUT}"
        return [fault("layout", said, "use the newer program, or restore a backup from before the upgrade")]
    if layout is not None and layout < LAYOUT:
        said = f"the home has layout {layout}, the program {LAYOUT}"
        return [warning("layout", said, "back up, then: python -m orchestration prepare")]
    return [ok("layout", f"{layout}" if layout else "a new home")]


def check_key(settings: Settings) -> list[Finding]:
    """Whether the key is long enough, and the one with which the landed files were pseudonymised.

    It makes no key: a home without one gets it from its first run.
    """
    if settings.key_from_environment is None and not settings.key_file.exists():
        return [ok("key", "the first run makes it")]
    try:
        ours = key_fingerprint(settings.secret_key())
        used = {item.key_fingerprint for item in read_deliveries(settings.landing)} - {""}
    except SettingsError as error:
        return [fault("key", str(error), "set a longer WAREHOUSE_KEY")]
    except (OSError, LandingError) as error:
        return [fault("key", str(error), "restore what it names from a backup")]
    if used - {ours}:
        mend = "give WAREHOUSE_KEY its old value, or remove landing/ and land all files anew"
        return [fault("key", "the landed files were pseudonymised with another key", mend)]
    return [ok("key", f"fingerprint {ours}" + (", as in the landing" if used else ""))]


def check_contracts(settings: Settings) -> list[Finding]:
    """Whether every contract file keeps the rules, and the landing's records can be read."""
    try:
        contracts = load_contracts(settings.contracts_dir)
    except ContractError as error:
        return [fault("contracts", str(error), f"correct the file in {settings.contracts_dir}")]
    try:
        deliveries = len(read_deliveries(settings.landing))
    except LandingError as error:
        return [fault("contracts", str(error), "remove the file that it names; the next run lands it anew")]
    tables = sum(len(contract.tables) for contract in contracts.values())
    return [ok("contracts", f"{len(contracts)} sources, {tables} tables, {deliveries} files delivered")]


def check_dbt_project(settings: Settings) -> list[Finding]:
    """Whether the dbt project parses; seconds, but only when a file of it has changed."""
    mend = "correct the model, macro or YAML file that it names"
    try:
        ensure_manifest(settings)
    except DbtError as error:
        return [fault("dbt project", str(error), mend)]
    except OSError as error:
        place = settings.dbt_project_dir / "target"
        return [fault("dbt project", str(error), f"let the pipeline's user write {place}")]
    return [ok("dbt project", "parses")]


def check_packages(lock: str) -> list[Finding]:
    """Whether installed packages have the versions of the lock, whose text is given."""
    wrong = list(other_versions(lock))
    if not wrong:
        return [ok("packages", "as locked")]
    return [warning("packages", f"{len(wrong)} are not as locked: {', '.join(wrong[:5])}", INSTALL)]


def other_versions(lock: str) -> Iterator[str]:
    """`name 1.0 (locked 2.0)` of each; packages of other platforms and of development may be missing.

    The lock holds several versions of a package where they differ by the version of Python.
    """
    locked: dict[str, list[str]] = defaultdict(list)
    for name, number in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE):
        locked[name].append(number)
    for name, numbers in locked.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        if installed not in numbers:
            yield f"{name} {installed} (locked {' or '.join(numbers)})"
