{% test unique_together(model, columns) %}
    {#- Rows that share a compound key, or lack a part of it. -#}
    select
        {{ columns | join(", ") }},
        count(*) as row_count
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1 or not ({{ columns | join(" is not null and ") }} is not null)
{% endtest %}
