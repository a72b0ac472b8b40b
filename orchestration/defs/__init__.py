"""Dagster objects only, thin: the wiring of the plain Python in the rooms beside it."""
