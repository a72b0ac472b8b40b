"""The pipeline's private build: its identity, its lock and its dbt runs."""
