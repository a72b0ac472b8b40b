{#- A schema is called by its layer, without the target's prefix: `core`, not `main_core`. -#}
{% macro generate_schema_name(custom_schema_name, node) %}
    {{ return((custom_schema_name or target.schema) | trim) }}
{% endmacro %}

{#- On DuckDB the layers below the marts lie in a file of their own: the other is published. -#}
{% macro generate_database_name(custom_database_name, node) %}
    {% set below = node.config.schema in ["staging", "intermediate"] %}
    {{ return("work" if below and target.type == "duckdb" else target.database) }}
{% endmacro %}
