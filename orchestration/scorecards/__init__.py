"""Scorecards: read from the published snapshot, rendered as pages for people and data for programs."""
