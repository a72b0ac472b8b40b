{#- Engine differences of time arithmetic, by dispatch. Stamps are UTC without zone; spans are whole
    seconds. -#}

{#- A source's naive local stamp as UTC; `zone` is the contract's (a test compares them). -#}
{% macro to_utc(stamp, zone) %}{{ return(adapter.dispatch("to_utc")(stamp, zone)) }}{% endmacro %}
{% macro default__to_utc(stamp, zone) %}to_utc_timestamp({{ stamp }}, '{{ zone }}'){% endmacro %}
{% macro duckdb__to_utc(stamp, zone) %}
    {%- if zone == "UTC" -%}{{ stamp }}
    {%- else -%}timezone('UTC', timezone('{{ zone }}', {{ stamp }}))
    {%- endif -%}
{% endmacro %}

{#- The calendar date of a UTC stamp in the reporting zone; `zone` is a column, usually
    `reporting_time_zone`. -#}
{% macro local_date(stamp, zone) -%}
    {{ return(adapter.dispatch("local_date")(stamp, zone)) }}
{%- endmacro %}
{% macro default__local_date(stamp, zone) -%}
    cast(from_utc_timestamp({{ stamp }}, {{ zone }}) as date)
{%- endmacro %}
{% macro duckdb__local_date(stamp, zone) -%}
    cast(timezone({{ zone }}, timezone('UTC', {{ stamp }})) as date)
{%- endmacro %}

{#- Whole seconds from one stamp to a later one; negative when they are reversed. -#}
{% macro seconds_between(earlier, later) -%}
    {{ return(adapter.dispatch("seconds_between")(earlier, later)) }}
{%- endmacro %}
{% macro default__seconds_between(earlier, later) -%}
    (unix_timestamp({{ later }}) - unix_timestamp({{ earlier }}))
{%- endmacro %}
{% macro duckdb__seconds_between(earlier, later) -%}
    date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}
