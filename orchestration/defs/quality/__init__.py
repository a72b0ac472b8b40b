"""Checks and gates: suites of expectations as asset checks, verdicts as assets."""
