{#- The id that names a thing in the whole warehouse, `<source system>:<id>`. An id that has a `:` was already
    qualified by staging with the system that owns it. -#}
{% macro conformed_id(id) -%}
    case when {{ id }} like '%:%' then {{ id }} else source_system || ':' || {{ id }} end
{%- endmacro %}
