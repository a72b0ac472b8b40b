{#- DuckDB only: a build begins with an empty file that nobody else opens, so a relation is made in place. dbt's own
    table and view make a copy beside it, rename it and look for what to drop: ten statements instead of two. -#}
{% materialization table, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% do make_table(relation, sql) %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{% macro make_table(relation, sql) %}
    {% call statement("drop") %}drop table if exists {{ relation }}{% endcall %}
    {% call statement("main") %}{{ create_table_as(False, relation, sql) }}{% endcall %}
    {% do persist_docs(relation, model) %}
{% endmacro %}

{% materialization view, adapter="duckdb" %}
    {% set relation = this.incorporate(type="view") %}
    {% call statement("main") %}create or replace view {{ relation }} as ({{ sql }}){% endcall %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{#- A table whose rows an increment makes anew by key: those whose `key` is named by `keys`, a model of
    `intermediate/increments`, in its column `column`, and `or_where`. The new rows are worked out first:
    a model may read what it is about to replace. Otherwise a table. -#}
{% materialization by_key, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% if is_increment() %}
        {% call statement("renewed") %}create or replace temp table renewed as ({{ sql }}){% endcall %}
        {% call statement("delete") %}
            delete from {{ relation }}
            where
                coalesce({{ config.require("key") }}, '') in (
                    select {{ config.require("column") }} from {{ stored(config.require("keys")) }}
                )
                {% if config.get("or_where") %}or {{ config.get("or_where") }}{% endif %}
        {% endcall %}
        {% call statement("main") %}insert into {{ relation }} by name select * from renewed{% endcall %}
    {% else %}
        {% do make_table(relation, sql) %}
    {% endif %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{#- A table that is made piece by piece, so that the engine holds the groups of one piece in memory and
    not all: once for each of the `slices`, values of the column that the model limits by `slice`. -#}
{% materialization by_slice, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% set column = config.require("column") %}
    {% for value in config.require("slices") %}
        {% set piece = sql | replace(slice(column), column ~ " = '" ~ value ~ "'") %}
        {% if loop.first %}
            {% do make_table(relation, piece) %}
        {% else %}
            {% call statement("piece") %}insert into {{ relation }} by name ({{ piece }}){% endcall %}
        {% endif %}
    {% endfor %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}
