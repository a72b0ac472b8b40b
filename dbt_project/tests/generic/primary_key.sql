{% test primary_key(model, column_name) %}
    {#- Keys that several rows share, and rows without one. -#}
    select
        {{ column_name }},
        count(*) as row_count
    from {{ model }}
    group by {{ column_name }}
    having count(*) > 1 or {{ column_name }} is null
{% endtest %}
