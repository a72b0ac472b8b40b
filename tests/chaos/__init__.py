"""Faults: whatever happens to a home, the next run mends it, and readers see nothing of it."""
