{#- The id that names a thing in the whole warehouse, `<source system>:<id>`. An id that has a `:`
    was already qualified by staging with the system that owns it. -#}
{% macro conformed_id(id) -%}
    case when {{ id }} like '%:%' then {{ id }} else source_system || ':' || {{ id }} end
{%- endmacro %}

{#- One row per key of an entity, its ids conformed, the source's own id kept as `natural_id`. Of
    several deliveries of a key the newest by the source's clock wins, then the content hash:
    never the order of arrival. -#}
{% macro newest_rows(entity, key, relation) %}
    {% set lineage = ["batch_id", "source_row"] %}
    {% set columns = entity_columns(entity) %}
    select
        {% for name in columns %}
        {% if name.endswith("_id") and name not in ["batch_id", "scope_id"] -%}
            {{ conformed_id("delivered." ~ name) }} as {{ name }},
        {%- else -%}
            delivered.{{ name }},
        {%- endif %}
        {% endfor %}
        delivered.{{ key[0] }} as natural_id
    from {{ relation }} as delivered
    qualify row_number() over (
        partition by delivered.source_system{% for name in key %}, delivered.{{ name }}{% endfor %}
        order by
            delivered.source_updated_at desc nulls last,
            md5(concat_ws('|'
            {%- for name in columns if name not in lineage -%}
                , coalesce(cast(delivered.{{ name }} as varchar), '<null>')
            {%- endfor -%}
            )) desc,
            delivered.batch_id asc,
            delivered.source_row asc
    ) = 1
{% endmacro %}
