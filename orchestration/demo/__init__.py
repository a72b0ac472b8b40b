"""The demo company: a seeded generator that delivers files as seven source systems do, and knows the truth."""
