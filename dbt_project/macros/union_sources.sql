{#- The union of the source systems that feed one entity: every column of `entity_columns`, typed;
    what a source does not deliver is null. With no row delivered the result is empty and typed.
    -#}
{% macro union_sources(entity, relations) %}
    {% set columns = entity_columns(entity) %}
    select {% for name, type in columns.items() %}
        cast(null as {{ type }}) as {{ name }}{{ "," if not loop.last }}{% endfor %}
    where false
    {% for relation in relations %}
        {% set found = adapter.get_columns_in_relation(relation) if execute else [] %}
        {% set delivered = found | map(attribute="name") | list %}
    union all
    select {% for name, type in columns.items() %}
        {%- set given = name if name in delivered or not execute else "null" %}
        cast({{ given }} as {{ type }}) as {{ name }}{{ "," if not loop.last }}{% endfor %}
    from {{ relation }}
    {% endfor %}
{% endmacro %}
