{#- DuckDB only: a build begins with an empty file that nobody else opens, so a relation is made in place. dbt's own
    table and view make a copy beside it, rename it and look for what to drop: ten statements instead of two. -#}
{% materialization table, adapter="duckdb" %}
    {% set relation = this.incorporate(type="table") %}
    {% call statement("drop") %}drop table if exists {{ relation }}{% endcall %}
    {% call statement("main") %}{{ create_table_as(False, relation, sql) }}{% endcall %}
    {% do persist_docs(relation, model) %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {% set relation = this.incorporate(type="view") %}
    {% call statement("main") %}create or replace view {{ relation }} as ({{ sql }}){% endcall %}
    {{ adapter.commit() }}
    {{ return({"relations": [relation]}) }}
{% endmaterialization %}
