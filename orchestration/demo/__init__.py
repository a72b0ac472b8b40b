"""The demo company: a seeded generator that delivers as eight source systems do, and its ground truth."""
