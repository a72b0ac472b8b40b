"""Measures the whole job against the engine alone, with sizes as arguments: `make bench`."""
