"""Delivered files to landed tables, one step per source system."""
