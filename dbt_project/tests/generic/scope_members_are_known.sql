{% test scope_members_are_known(model, fact) %}
    {#- Members of the fact's scopes that `dim_scopes` does not know; a null is no member. -#}
    with used as (
        {% for scope in kpi_scopes(fact) %}
        select distinct '{{ scope }}' as scope_type, {{ kpi_scope_column(scope) }} as scope_key
        from {{ model }}
        {{ "union all" if not loop.last }}
        {% endfor %}
    )

    select used.scope_type, used.scope_key
    from used
    left join {{ ref("dim_scopes") }} as scopes
        on used.scope_type = scopes.scope_type and used.scope_key = scopes.scope_key
    where used.scope_key is not null and scopes.scope_key is null
{% endtest %}
