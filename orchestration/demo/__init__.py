"""The demo company: a seeded generator that delivers as seven source systems do, and its ground truth."""
