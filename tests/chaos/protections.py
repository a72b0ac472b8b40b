"""Every fault with what protects against it: the text that does it, what stands there without, and its test.

`docs/reliability.md` is made of this list. `python -m tests.chaos.removals` takes each protection away in a
copy of the project and expects its test to turn red.
"""

from typing import NamedTuple

CRASH = "tests/chaos/test_crash_points.py::test_after_a_crash_the_next_run_is_whole"
REJECTED = "tests/sources/test_landing_files.py::test_a_bad_file_is_rejected_with_its_reason_and_kept"
FILES = "tests/chaos/test_files.py::test_"
LANDING_FILES = "tests/sources/test_landing_files.py::test_"
CHECKS = (
    "tests/expectations/test_every_check_is_seen_failing.py"
    "::test_a_check_passes_on_good_data_and_fails_on_each_kind_of_bad_data"
)
IF_FALSE = "if False:"
PASS = "pass"


class Protection(NamedTuple):
    """A fault, what the user gets, and which text of which file protects; `test` turns red without it."""

    fault: str
    gets: str
    file: str
    function: str
    text: str
    without: str
    test: str


KILLED = [
    Protection(
        "kill -9 while files are landed", "what was half-written is removed before anything is read",
        "orchestration/sources/files.py", "empty_folder", "    shutil.rmtree(path, ignore_errors=True)\n", "",
        f"{LANDING_FILES}what_a_killed_run_left_is_removed_before_anything_is_read",
    ),
    Protection(
        "kill -9 while a build is copied", "the old build is served; the half copy goes at the next start",
        "orchestration/publishing/serving.py", "recover", "        remove_temporary(directory)\n",
        "        pass\n", f"{CRASH}[publication: copied, in publish_next]",
    ),
    Protection(
        "kill -9 between the swap and its audit line", "the new build is served, and the next run logs it",
        "orchestration/publishing/serving.py", "recover",
        '        _log(settings, kind, served, now, {"recovered": True})', "        pass",
        "tests/publishing/test_crashes.py"
        "::test_the_next_publication_of_another_build_completes_the_line_of_the_dead_one",
    ),
    Protection(
        "kill -9 in the middle of an audit line", "the torn line is cut off before the next is written",
        "orchestration/publishing/audit.py", "repair_torn_line",
        '    if not content or content.endswith(b"\\n"):', "    if content:",
        "tests/publishing/test_audit.py::test_a_torn_last_line_is_recognised_and_repaired",
    ),
    Protection(
        "kill -9 while scorecards are put in place", "all of a run's scorecards are published, or none",
        "orchestration/publishing/batch.py", "recover_batches",
        "            _put_in_place(published, key, staging, now)\n", "            shutil.rmtree(staging)\n",
        f"{CRASH}[scorecards: one version in place, in scorecards]",
    ),
    Protection(
        "kill -9 while old builds are retired", "the next start retires the rest",
        "orchestration/publishing/serving.py", "recover",
        "    _archive(published, (name for name in retired", "    list((name for name in retired",
        f"{CRASH}[retirement: logged, nothing removed, in publish_next]",
    ),
    Protection(
        "kill -9 while a result or verdict is written", "the old one or the new one; no temporary file stays",
        "orchestration/operations/recovery.py", "recover_home", "        remove_unfinished(folder)\n",
        "        pass\n", f"{CRASH}[stored results: before the rename, in judge]",
    ),
    Protection(
        "kill -9 while the key is made", "a key is whole or not there",
        "orchestration/settings.py", "_make_key", 'path.with_name(f".{path.name}.{os.getpid()}.tmp")', "path",
        "tests/operations/test_recovery.py::test_a_key_is_whole_or_not_there",
    ),
    Protection(
        "kill -9 of a run, the daemon or the web server", "the dead run is closed at the next start",
        "orchestration/operations/dead_runs.py", "close_dead_runs",
        "                instance.report_run_failed(run, CLOSED)", "                pass",
        "tests/operations/test_dead_runs.py::test_a_dead_run_is_closed_at_the_next_start",
    ),
    Protection(
        "kill -9 of a run with processes beside it", "they end themselves and write nothing more",
        "orchestration/warehouse/processes.py", "_exit_without_parent", "        os._exit(1)", "        pass",
        "tests/warehouse/test_processes.py::test_a_process_ends_with_the_run_that_started_it",
    ),
]  # fmt: skip
SPACE = [
    Protection(
        "disk full or read-only in landing", "one message with the path; what has landed stays",
        "orchestration/sources/files.py", "telling_place",
        "    except OSError as error:\n        raise LandingError(",
        "    except ZeroDivisionError as error:\n        raise LandingError(",
        f"{LANDING_FILES}a_full_disk_is_an_error_and_not_a_bad_file",
    ),
    Protection(
        "disk full or read-only in warehouse", "one message with the path",
        "orchestration/warehouse/lock.py", "writer_lock", "            raise WarehouseNotWritableError(\n",
        "            raise OSError(\n",
        "tests/warehouse/test_lock.py::test_a_full_disk_is_told_with_its_place",
    ),
    Protection(
        "disk full or read-only in published", "one message with the path; what is served is not touched",
        "orchestration/publishing/files.py", "publishing_alone",
        "    except (OSError, duckdb.OperationalError) as error:", "    except ZeroDivisionError as error:",
        "tests/publishing/test_crashes.py::test_a_full_disk_is_one_clear_message_and_harms_nothing",
    ),
    Protection(
        "disk full or read-only in the Dagster home", "one message with the path",
        "orchestration/run.py", "run", "    except SQLAlchemyError as error:",
        "    except ZeroDivisionError as error:",
        "tests/operations/test_run_messages.py::test_the_place_and_the_way_out_are_said",
    ),
    Protection(
        "memory limit", "the process that died is named, the run fails, nothing is published",
        "orchestration/warehouse/processes.py", "wait_for",
        "        return future.result()\n    except BrokenProcessPool as error:",
        "        return future.result()\n    except ZeroDivisionError as error:",
        "tests/warehouse/test_processes.py::test_a_process_that_died_is_told_and_replaced",
    ),
]  # fmt: skip
DELIVERED = [
    Protection(
        "truncated at any length", "rejected, or cut at the end of a line: whole rows, counted",
        "orchestration/sources/read_delimited.py", "read_delimited", "    refuse_cut_off(scan, contract)\n",
        "",
        f"{FILES}a_csv_cut_at_any_length_is_rejected_or_ends_with_a_whole_row",
    ),
    Protection(
        "truncated at the end of a line, flipped bits, with a checksum beside", "rejected",
        "orchestration/sources/inbox.py", "refuse_other_checksum",
        "        if not stated or stated[0].lower() != file_sha256:", f"        {IF_FALSE}",
        f"{FILES}with_its_checksum_a_file_cut_at_any_length_is_rejected[csv]",
    ),
    Protection(
        "flipped bits in gzip, zip, XLSX and Parquet",
        "rejected, or nothing that counts has changed; the others land",
        "orchestration/sources/unpack.py", "is_damage", "    return error.errno in (None, errno.EINVAL)",
        "    return error.errno is None",
        f"{FILES}a_directory_that_leads_out_of_the_file_costs_that_file_only[zip",
    ),
    Protection(
        "still being written", "ignored, and taken whole by the next run",
        "orchestration/sources/landing.py", "_land_table",
        "    if not path.exists() or fingerprint(path) != before:", f"    {IF_FALSE}",
        f"{LANDING_FILES}a_file_that_changes_while_it_is_read_waits_for_the_next_run",
    ),
    Protection(
        "zero bytes", "rejected by its own reason; no file at all is none of this",
        "orchestration/sources/landing.py", "_read_and_write", "    if not delivery.file_bytes:",
        f"    {IF_FALSE}",
        f"{FILES}the_three_kinds_of_empty_are_told_apart",
    ),
    Protection(
        "header only", "rejected by its own reason",
        "orchestration/sources/read_delimited.py", "read_delimited", "    if not count.rows:",
        f"    {IF_FALSE}",
        f"{FILES}the_three_kinds_of_empty_are_told_apart",
    ),
    Protection(
        "UTF-16", "rejected, with what to ask for",
        "orchestration/sources/text_encoding.py", "refuse_other_encodings",
        "    if sample.startswith(UTF16_MARKS):", f"    {IF_FALSE}", f"{REJECTED}[utf-16]",
    ),
    Protection(
        "GBK in the place of UTF-8", "rejected, with the encoding that fits",
        "orchestration/sources/read_delimited.py", "read_delimited",
        "    refuse_other_encoding(path, contract, count)\n", "", f"{REJECTED}[gbk]",
    ),
    Protection(
        "mixed encodings, emoji", "the rows that cannot be decoded are in quarantine; emoji stay",
        "orchestration/sources/careful_csv.py", "_problem",
        '(not is_decoded(record.raw), "undecodable bytes")', '(False, "undecodable bytes")',
        f"{FILES}rows_of_another_encoding_among_good_ones_cost_themselves",
    ),
    Protection(
        "NUL", "the row is in quarantine",
        "orchestration/sources/careful_csv.py", "_problem", '("\\0" in record.raw, "NUL byte")',
        '(False, "NUL byte")', "tests/sources/test_landing_rows.py::test_broken_quoting_and_nul_cost_the_row",
    ),
    Protection(
        "quotes that are not closed", "rejected: they would swallow the rows after them",
        "orchestration/sources/careful_csv.py", "read_records",
        'if len(lines.used) > 1 or "unexpected end of data" in str(error):', IF_FALSE,
        f"{REJECTED}[unclosed quote]",
    ),
    Protection(
        "a field of 30 MB", "the row is in quarantine",
        "orchestration/sources/careful_csv.py", "_problem", "(len(record.raw) > MAXIMUM_RECORD, TOO_LONG)",
        "(False, TOO_LONG)", f"{FILES}a_field_of_30_megabytes_costs_its_row",
    ),
    Protection(
        "100,000 columns", "rejected",
        "orchestration/sources/header.py", "bind_header", "    if len(header) > MAXIMUM_COLUMNS:",
        f"    {IF_FALSE}",
        f"{FILES}100_000_columns_are_rejected",
    ),
]  # fmt: skip
CONTENT = [
    Protection(
        "same file twice", "a no-op, under any name",
        "orchestration/sources/landing.py", "_land_file",
        "elif known := _known(table, file_sha256, room.landing):", "elif known := None:",
        f"{LANDING_FILES}the_same_file_is_a_no_op_under_any_name_and_lands_anew_for_a_new_contract",
    ),
    Protection(
        "an older file after a newer one", "the date in the name decides, not the arrival",
        "orchestration/sources/manifest.py", "order", "return (self.file_date, self.sequence)",
        'return ("", self.sequence)',
        "tests/sources/test_raw_schema.py::test_newest_is_told_by_the_date_in_the_name_not_by_arrival",
    ),
    Protection(
        "late after sign-off", "a new version of the scorecard that says why, beside the old one",
        "orchestration/scorecards/stage.py", "_stage", "newest.version + 1 if newest else 1", "1",
        "tests/scorecards/test_publish_scorecards.py::test_a_restatement_is_a_new_version_that_says_why",
    ),
    Protection(
        "stamps of the year 1900 or of the future", "the row is in quarantine",
        "orchestration/sources/typing_rules.py", "checks",
        '            found.append((f"({outside})", f"{label}: outside the plausible range"))',
        "            pass",
        f"{FILES}stamps_of_1900_and_of_the_future_cost_their_rows",
    ),
    Protection(
        "closed before opened", "lands and is flagged; more than a few are a red check",
        "expectations/raw/complaint_complaints.py", "closed_at_is_not_before_resolved_at",
        '"closed_at_is_not_before_resolved_at",\n            "ExpectColumnPairValuesAToBeGreaterThanB"',
        '"closed_at_is_not_before_resolved_at",\n            "ExpectColumnPairValuesToBeEqual"',
        f"{CHECKS}[raw.complaint_complaints-closed_at_is_not_before_resolved_at]",
    ),
    Protection(
        "a column renamed or removed", "rejected, with the name that it seems to have now",
        "orchestration/sources/header.py", "bind_header", "    if missing or repeated:", f"    {IF_FALSE}",
        f"{REJECTED}[renamed]",
    ),
    Protection(
        "a column retyped or swapped", "rejected",
        "orchestration/sources/land_rows.py", "_refuse_retyped",
        "                raise FileRejectedError(_retyped(rules, failures, values))", "                pass",
        f"{REJECTED}[retyped]",
    ),
    Protection(
        "a scale of 1-5 becoming 1-10", "a failed check: a warning on the scorecards, with the share",
        "expectations/raw/survey_surveys.py", "score_lies_on_its_scale", "max_value=0.01", "max_value=1",
        "tests/chaos/test_scales.py::test_a_scale_of_5_answered_up_to_10_is_a_failed_check",
    ),
]  # fmt: skip
TIME = [
    Protection(
        "days of summer time, their gap and their fold", "exact business minutes: 23 and 25 hours",
        "dbt_project/macros/time.sql", "duckdb__local_to_utc",
        "timezone('UTC', timezone({{ zone }}, {{ stamp }}))", "({{ stamp }} - interval 1 hour)",
        "tests/clocks/test_against_minutes.py::test_every_clock_of_every_ticket_equals_the_reference",
    ),
    Protection(
        "midnight in UTC+8", "the day is that of the reporting zone",
        "dbt_project/macros/time.sql", "duckdb__local_date",
        "cast(timezone({{ zone }}, timezone('UTC', {{ stamp }})) as date)", "cast({{ stamp }} as date)",
        "tests/dbt_project/test_empty_inbox.py::test_every_unit_test_of_the_manifest_has_run_and_passed",
    ),
    Protection(
        "leap day", "29 February lands in a leap year, and costs the row in another",
        "orchestration/sources/typing_rules.py", "checks",
        '            found.append((self.unparsed, f"{label}: {NOUNS[self.column.type]}"))',
        "            pass",
        f"{FILES}a_leap_day_is_a_day_of_leap_years_only",
    ),
    Protection(
        "week 53, change of the year", "the ISO year and week",
        "orchestration/scorecards/model.py", "label", "        year, week, _ = start.isocalendar()",
        "        year, week = start.year, start.isocalendar().week",
        "tests/scorecards/test_model.py::test_periods_have_their_iso_names",
    ),
    Protection(
        "data in a year that the calendar does not have",
        "an error, never zero minutes; the doctor says it too",
        "orchestration/doctor/calendars.py", "_without_data_years", "            if last >= ends:\n",
        "            if False:\n",
        "tests/doctor/test_configuration.py::test_data_outside_their_calendar_are_found",
    ),
    Protection(
        "clock set back", "order is the log's, not the clock's",
        "orchestration/publishing/serving.py", "retire_old_builds",
        "for line in reversed(audit.read(published))",
        "for line in sorted(audit.read(published), key=lambda line: line.time, reverse=True)",
        "tests/chaos/test_clock.py",
    ),
]  # fmt: skip
