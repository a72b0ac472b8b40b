"""Checks and gates in plain Python: run suites, keep results, hash tables, judge builds."""
