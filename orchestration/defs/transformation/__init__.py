"""dbt: everything between landing and publication, one step per gate."""
