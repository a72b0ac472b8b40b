{% test foreign_keys(model, keys) %}
    {#- Values of each of `keys` ({column, to, field}) that the table it points to does not hold;
        `or_unknown: true` lets the word `unknown` pass where that table has no such member. One test
        per table: dbt's own `relationships` costs a statement for every column. -#}
    with missing_keys as (
        {% for key in keys -%}
        select distinct
            '{{ key.column }}' as column_name,
            cast(rows_of_model.{{ key.column }} as varchar) as missing_key
        from {{ model }} as rows_of_model
        left join {{ key.to }} as parents on rows_of_model.{{ key.column }} = parents.{{ key.field }}
        where
            rows_of_model.{{ key.column }} is not null
            and parents.{{ key.field }} is null
            {% if key.or_unknown %}and rows_of_model.{{ key.column }} <> 'unknown'{% endif %}
        {{ "union all" if not loop.last }}
        {% endfor %}
    )

    select * from missing_keys
{% endtest %}
