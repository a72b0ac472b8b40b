"""Suites of the star: plausibility, unknown members and drift of what every figure is made of."""
