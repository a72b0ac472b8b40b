{#- DuckDB only: a build begins with an empty file that nobody else opens, so a relation is made in place. dbt's own
    table and view make a copy beside it, rename it and look for what to drop: ten statements instead of one.
    Every statement costs dbt more than a small table costs the engine, so what belongs together is one: the
    profile disables dbt's transactions, and a table brings its own. Each node has a connection of its own, which
    takes with it what a failed statement began. -#}
{% materialization table, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% do make_table(relation, sql) %}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{% macro make_table(relation, sql) %}
    {% call statement("main") %}
        begin;
        drop table if exists {{ relation }};
        {{ create_table_as(False, relation, sql) }}
        {{ comments_on(relation) }}
        commit;
    {% endcall %}
{% endmacro %}

{#- The descriptions of a table and its columns, which its contract has found to be those of the query. -#}
{% macro comments_on(relation) %}
    {% if config.persist_relation_docs() %}{{ alter_relation_comment(relation, model.description) }}{% endif %}
    {% for column in model.columns.values() if config.persist_column_docs() %}
    comment on column {{ relation }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
    {% endfor %}
{% endmacro %}

{% materialization view, adapter="duckdb" %}
    {% set relation = this.incorporate(type="view") %}
    {% call statement("main") %}create or replace view {{ relation }} as ({{ sql }}){% endcall %}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{#- A table whose rows an increment makes anew by key: those whose `key` is named by `keys`, a model of
    `intermediate/increments`, in its column `column`, and `or_where`. The new rows are worked out first:
    a model may read what it is about to replace. Otherwise a table. -#}
{% materialization by_key, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% if is_increment() %}
        {% call statement("main") %}
            begin;
            create or replace temp table renewed as ({{ sql }});
            delete from {{ relation }}
            where
                coalesce({{ config.require("key") }}, '') in (
                    select {{ config.require("column") }} from {{ stored(config.require("keys")) }}
                )
                {% if config.get("or_where") %}or {{ config.get("or_where") }}{% endif %};
            insert into {{ relation }} by name select * from renewed;
            commit;
        {% endcall %}
    {% else %}
        {% do make_table(relation, sql) %}
    {% endif %}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{#- A table that is made piece by piece, so that the engine holds the groups of one piece in memory and
    not all: once for each combination of the `slices`, values by column that the model limits by `slice`. -#}
{% materialization by_slice, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% set sliced = namespace(pieces=[sql]) %}
    {% for column, values in config.require("slices").items() %}
        {% set pieces = [] %}
        {% for piece in sliced.pieces %}{% for value in values %}
            {% do pieces.append(piece | replace(slice(column), column ~ " = '" ~ value ~ "'")) %}
        {% endfor %}{% endfor %}
        {% set sliced.pieces = pieces %}
    {% endfor %}
    {% for piece in sliced.pieces %}
        {% if loop.first %}
            {% do make_table(relation, piece) %}
        {% else %}
            {% call statement("piece") %}insert into {{ relation }} by name ({{ piece }}){% endcall %}
        {% endif %}
    {% endfor %}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}
