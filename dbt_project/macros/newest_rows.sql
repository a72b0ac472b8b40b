{#- The id that names a thing in the whole warehouse, `<source system>:<id>`. An id that has a `:`
    was already qualified by staging with the system that owns it. -#}
{% macro conformed_id(id) -%}
    case when {{ id }} like '%:%' then {{ id }} else source_system || ':' || {{ id }} end
{%- endmacro %}

{#- One row per key of an entity, its ids conformed, the source's own id kept as `natural_id`. Of
    several deliveries of a key the newest by the source's clock wins, then the content hash:
    never the order of arrival. Only keys that were delivered more than once are sorted. -#}
{% macro newest_rows(entity, key, relation) %}
    {% set lineage = ["batch_id", "source_row"] %}
    {% set columns = entity_columns(entity) %}
    with repeated_keys as (
        select source_system{% for name in key %}, {{ name }}{% endfor %}
        from {{ relation }} as counted
        group by source_system{% for name in key %}, {{ name }}{% endfor %}
        having count(*) > 1
    ),

    delivered as (
        select
            delivered_rows.*,
            repeated_keys.source_system is not null as is_repeated
        from {{ relation }} as delivered_rows
        left join repeated_keys
            on
                delivered_rows.source_system = repeated_keys.source_system
                {%- for name in key %}
                and delivered_rows.{{ name }} is not distinct from repeated_keys.{{ name }}
                {%- endfor %}
    ),

    newest as (
        select *
        from delivered
        where not is_repeated
        union all
        select *
        from delivered
        where is_repeated
        qualify row_number() over (
            partition by source_system{% for name in key %}, {{ name }}{% endfor %}
            order by
                source_updated_at desc nulls last,
                md5(concat_ws('|'
                {%- for name in columns if name not in lineage -%}
                    , coalesce(cast({{ name }} as varchar), '<null>')
                {%- endfor -%}
                )) desc,
                batch_id asc,
                source_row asc
        ) = 1
    )

    select
        {% for name in columns %}
        {% if name.endswith("_id") and name not in ["batch_id", "scope_id"] -%}
            {{ conformed_id(name) }} as {{ name }},
        {%- else -%}
            {{ name }},
        {%- endif %}
        {% endfor %}
        {{ key[0] }} as natural_id
    from newest
{% endmacro %}
