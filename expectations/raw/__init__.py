"""Suites of the delivered tables: volumes, formats and plausibility of what the sources sent."""
