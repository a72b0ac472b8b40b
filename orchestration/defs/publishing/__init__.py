"""What readers get: the snapshot, and the scorecards of each cadence."""
