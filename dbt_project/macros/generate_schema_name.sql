{#- A schema is called by its layer, without the target's prefix: `core`, not `main_core`. -#}
{% macro generate_schema_name(custom_schema_name, node) %}
    {{ return((custom_schema_name or target.schema) | trim) }}
{% endmacro %}
