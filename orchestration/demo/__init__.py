"""The demo company: a seeded generator that delivers files as seven source systems do, and its ground truth."""
