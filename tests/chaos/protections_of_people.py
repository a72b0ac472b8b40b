"""Protections against what people do: hostile input, two at once, gates that are passed by, tampering."""

from tests.chaos.protections import FILES, IF_FALSE, LANDING_FILES, Protection

HOSTILE = [
    Protection(
        "SQL in names and values", "plain text; identifiers only from the contract",
        "orchestration/sources/loaded.py", "sql_text", """text.replace("'", "''")""", "text",
        f"{FILES}hostile_file_names_are_names",
    ),
    Protection(
        "HTML and template code in text", "shown as plain text",
        "orchestration/scorecards/render.py", "environment", "autoescape=True", "autoescape=False",
        "tests/scorecards/test_pages.py::test_hostile_text_is_shown_as_text",
    ),
    Protection(
        "`../` in a member's key", "a folder of its own below the scorecards",
        "orchestration/scorecards/model.py", "slug", '[^A-Za-z0-9_]+", "-", key)',
        '[^A-Za-z0-9_./]+", "-", key)',
        "tests/scorecards/test_publish_scorecards.py::test_hostile_member_keys_stay_inside_their_folder",
    ),
    Protection(
        "`../` as a build's name", "refused",
        "orchestration/publishing/manifest.py", "version_directory",
        '    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", build_id):', f"    {IF_FALSE}",
        "tests/publishing/test_snapshot.py::test_an_unsafe_build_id_is_refused",
    ),
    Protection(
        "symlinks and FIFOs", "never opened",
        "orchestration/sources/inbox.py", "_judge", "    if not stat.S_ISREG(os.lstat(path).st_mode):",
        f"    {IF_FALSE}", f"{LANDING_FILES}what_is_no_regular_file_is_never_opened",
    ),
    Protection(
        "zip bombs", "refused before they fill the disk",
        "orchestration/sources/unpack.py", "_copy",
        "        if written > ExpansionLimits.total or is_too_dense:", f"        {IF_FALSE}",
        f"{LANDING_FILES}a_bomb_is_refused_before_it_is_unpacked_whole",
    ),
]  # fmt: skip
TOGETHER = [
    Protection(
        "two refreshes at once", "one waits or refuses naming the holder",
        "orchestration/warehouse/lock.py", "claim_refresh",
        '        _wait_for(file, f"The warehouse is being refreshed',
        '        (file, f"The warehouse is being refreshed',
        "tests/warehouse/test_lock.py::test_a_second_refresh_refuses_at_once_and_names_the_first",
    ),
    Protection(
        "two publications at once", "one waits or refuses",
        "orchestration/publishing/files.py", "publishing_alone",
        "                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "                pass",
        "tests/publishing/test_serving.py::test_a_second_publisher_is_told_so",
    ),
    Protection(
        "a BI client that holds or opens the snapshot", "publication succeeds, every read is of one build",
        "orchestration/publishing/files.py", "point_link", "    temporary.replace(link)\n",
        "    link.unlink(missing_ok=True)\n    time.sleep(0.5)\n    temporary.replace(link)\n",
        "tests/publishing/test_readers.py",
    ),
    Protection(
        "processes that spill at once, beside each other", "each reads what it wrote",
        "orchestration/publishing/tables.py", "own_spill",
        '    return str(folder / f"spill-{engine or uuid4().hex}")', '    return str(folder / "spill")',
        "tests/publishing/test_spill.py::test_readers_of_one_file_that_spill_at_once_read_what_they_wrote",
    ),
]  # fmt: skip
GATES = [
    Protection(
        "failing check", "refused, with the reason",
        "orchestration/quality/gate.py", "judge", "        *_failures(checks, judged_waivers),\n", "",
        "tests/quality/test_gate.py::test_a_failed_critical_check_refuses",
    ),
    Protection(
        "crashing check", "refused: it found nothing, so nobody can waive it",
        "orchestration/quality/gate.py", "_SILENT", '_SILENT = ("crashed", "skipped")', "_SILENT = ()",
        "tests/quality/test_gate.py::test_a_check_that_found_nothing_refuses_whatever_its_severity",
    ),
    Protection(
        "missing check", "refused",
        "orchestration/quality/gate.py", "_unanswered", "in sorted(set(expected) - known):", "in []:",
        "tests/quality/test_gate.py::test_a_missing_check_refuses_even_a_warning",
    ),
    Protection(
        "manual publication after a red gate", "refused, with the gate's reason",
        "orchestration/quality/verdict.py", "require", "    if not verdict.passed:", f"    {IF_FALSE}",
        "tests/quality/test_verdict.py::test_a_red_verdict_refuses_with_its_reason",
    ),
    Protection(
        "tables changed after the gate", "refused, with the table",
        "orchestration/quality/verdict.py", "require", "        _require_unchanged(connection, gate, judged)",
        "        pass", "tests/quality/test_verdict.py::test_a_table_changed_since_it_was_judged_refuses",
    ),
    Protection(
        "expired waiver", "does not hold, and is named",
        "orchestration/quality/waivers.py", "flaw", '"expired" if self.valid_until < as_of else None', "None",
        "tests/quality/test_gate.py::test_a_waiver_that_does_not_hold_is_named",
    ),
    Protection(
        "self-approved waiver", "does not hold, and is named",
        "orchestration/quality/waivers.py", "flaw", "        if approver == asker:", f"        {IF_FALSE}",
        "tests/quality/test_gate.py::test_a_waiver_that_does_not_hold_is_named",
    ),
]  # fmt: skip
TAMPERING = [
    Protection(
        "changed audit line", "verification names the line",
        "orchestration/publishing/verification.py", "_chain",
        "        if line.signature != audit.sign(key, fields):", f"        {IF_FALSE}",
        "tests/publishing/test_audit.py::test_a_changed_line_is_named",
    ),
    Protection(
        "removed audit line", "verification names the place",
        "orchestration/publishing/verification.py", "_chain",
        "        if line.sequence != number or line.previous != previous:", f"        {IF_FALSE}",
        "tests/publishing/test_audit.py::test_a_removed_line_is_noticed",
    ),
    Protection(
        "changed snapshot or Parquet file", "verification names the file",
        "orchestration/publishing/manifest.py", "problems_of_version",
        "if found.get(name, expected[name]) != expected[name]", "if False",
        "tests/publishing/test_audit.py::test_a_changed_file_is_named",
    ),
    Protection(
        "changed landed file", "the build stops and names the file",
        "orchestration/sources/raw_schema.py", "_verified",
        " or sha256_of(path) != delivery.parquet_sha256:", ":",
        "tests/sources/test_raw_schema.py::test_a_damaged_or_lost_parquet_file_stops_the_build",
    ),
]  # fmt: skip
