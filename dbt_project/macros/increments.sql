{#- An incremental build (decision 0053): `raw.increment` says whether this one is, and a model of
    `intermediate/increments` names the keys whose rows are made anew. Everything here is the plain,
    full thing where it is not: in a full build, in unit tests and while parsing. -#}

{% macro is_increment() -%}
    {%- set found = run_query("select is_incremental from raw.increment") -%}
    {{ return(found.rows[0][0]) }}
{%- endmacro %}

{#- What a model held in the last complete build, of those that are remembered when a build begins
    (`orchestration/warehouse/increment.py`). A full build has nothing to compare with: itself. -#}
{% macro previous(relation) -%}
    {%- if execute and is_increment() -%}
    {{ relation.database }}.previous.{{ relation.identifier }}
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- Where a model is stored. Not a `ref`: the model itself comes later in the build, or reads
    this. -#}
{% macro stored(model) -%}
    {%- if execute and is_increment() -%}
    {{ graph.nodes["model." ~ project_name ~ "." ~ model].relation_name }}
    {%- endif -%}
{%- endmacro %}

{#- What a model that is kept by key holds before its turn comes in this build: nothing in a full
    one. `columns` are those wanted, with their types. -#}
{% macro standing(model, columns) -%}
    {%- if execute and is_increment() -%}
    {{ stored(model) }}
    {%- else -%}
    (
        select {% for name, type in columns.items() %}
            cast(null as {{ type }}) as {{ name }}{{ "," if not loop.last }}{% endfor %}
        where false
    )
    {%- endif -%}
{%- endmacro %}

{#- The stages of tickets as they stand, in the words of their entity. -#}
{% macro standing_ticket_stages() -%}
    (
        select
            *,
            case_id as ticket_id
        from {{ stored("int_process__visits") }}
        where process_code = 'ticket'
    )
{%- endmacro %}

{#- The ids whose rows in a remembered model are not what they were; where a row was delivered is no
    part of what it says. -#}
{% macro changed_members(relation, id) -%}
    {%- if execute and is_increment() -%}
    {%- set says = "columns(name -> name not in ('batch_id', 'source_row'))" -%}
    select distinct {{ id }} as member_id
    from (
        (select {{ says }} from {{ relation }} except select {{ says }} from {{ previous(relation) }})
        union all
        (select {{ says }} from {{ previous(relation) }} except select {{ says }} from {{ relation }})
    ) as changed
    {%- else -%}
    select {{ id }} as member_id from {{ relation }} where false
    {%- endif -%}
{%- endmacro %}

{#- The rows of a relation that an increment makes anew: those whose `key` is named in `column` of
    `keys`, and `or_where`. Among the keys an id that is null stands as ''. Only `nullable` ones are
    coalesced here, which hides the column from the engine's filters. -#}
{% macro touched(
    relation,
    keys=none,
    key="ticket_id",
    column="ticket_id",
    nullable=false,
    or_where=none
) -%}
    {%- if execute and is_increment() -%}
    {%- set keys = keys or stored("int_increments__touched_tickets") -%}
    (
        select * from {{ relation }}
        where
            {{ "coalesce(" ~ key ~ ", '')" if nullable else key }} in (
                select {{ column }} from {{ keys }}
            )
            {% if or_where %}or {{ or_where }}{% endif %}
    )
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- Which keys of an entity may have another newest row than in the last build, with every owner
    that they have before or after: what was delivered since, and what stood in a delivery that is no
    longer current, or was deleted since. A loser's going changes nothing, so of those only what stands is asked for. -#}
{% macro changed_keys(id, owner, relation, kept) %}
    {%- if execute and is_increment() %}
    with delivered as (
        select distinct
            {{ conformed_id(id) }} as key_id,
            {{ conformed_id(owner) }} as owner_id
        from {{ relation }}
        where batch_id in (select batch_id from raw.batch_changes where change = 'new')
    ),

    gone as (
        select {{ id }} as key_id
        from {{ kept }}
        where batch_id in (select batch_id from raw.batch_changes where change = 'gone')
        union
        select kept.{{ id }} as key_id
        from {{ kept }} as kept
        inner join raw.removed_rows as removed
            on kept.batch_id = removed.batch_id and kept.source_row = removed.source_row
        inner join raw.batch_changes as marks
            on removed.removed_by = marks.batch_id and marks.change = 'new'
    ),

    changed as (
        select
            key_id,
            owner_id
        from delivered
        union
        select
            {{ id }} as key_id,
            {{ owner }} as owner_id
        from {{ kept }}
        where
            {{ id }} in (select key_id from delivered)
            or {{ id }} in (select key_id from gone)
        union
        select
            {{ conformed_id(id) }} as key_id,
            {{ conformed_id(owner) }} as owner_id
        from {{ relation }}
        where {{ conformed_id(id) }} in (select key_id from gone)
    )

    select
        key_id as {{ id }},
        coalesce(owner_id, '') as {{ owner }}
    from changed
    {%- else %}
    select
        cast(null as varchar) as {{ id }},
        cast(null as varchar) as {{ owner }}
    where false
    {%- endif %}
{% endmacro %}

{#- The members of an entity whose rows an increment makes anew: those that `changed`, and those
    of the `relation` that belong to a touched ticket; none in a full build, where nobody asks. -#}
{% macro touched_members(id, changed, relation, tickets, key="ticket_id", only="true") %}
    {%- if execute and is_increment() %}
    select {{ id }} from {{ changed }}
    union
    select {{ id }} from {{ touched(relation, tickets, key=key, nullable=true) }}
    where {{ only }}
    {%- else %}
    select cast(null as varchar) as {{ id }} where false
    {%- endif %}
{% endmacro %}

{#- The newest rows of the keys that changed, for a table that keeps those of all others. -#}
{% macro newest_of_changed(entity, id, relation, keys) %}
    {%- set changed -%}
        {%- if execute and is_increment() -%}
        (
            select * from {{ relation }}
            where {{ conformed_id(id) }} in (select {{ id }} from {{ keys }})
        )
        {%- else -%}
        {{ relation }}
        {%- endif -%}
    {%- endset -%}
    {{ newest_rows(entity, [id], changed) }}
{% endmacro %}

{#- The newest rows of all tickets that a changed row belongs to: changed ones from what was
    delivered, the others as they are `kept`, where nobody needs the source's clock any more. -#}
{% macro newest_of_changed_tickets(entity, id, relation, keys, kept) %}
    {%- if execute and is_increment() %}
    select * from ({{ newest_of_changed(entity, id, relation, keys) }}) as renewed
    union all
    select
        {% for name in entity_columns(entity) -%}
        {{ "cast(null as timestamp) as " if name == "source_updated_at" }}{{ name }},
        {% endfor -%}
        natural_id
    from {{ kept }}
    where
        coalesce(ticket_id, '') in (select ticket_id from {{ keys }})
        and {{ id }} not in (select {{ id }} from {{ keys }})
    {%- else %}
    {{ newest_rows(entity, [id], relation) }}
    {%- endif %}
{% endmacro %}
