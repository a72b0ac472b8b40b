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
    `reporting_time_zone`. DuckDB looks a zone that is a column up once per row, 2.6 microseconds: not for
    the usual one. -#}
{% macro local_date(stamp, zone) -%}
    {{ return(adapter.dispatch("local_date")(stamp, zone)) }}
{%- endmacro %}
{% macro default__local_date(stamp, zone) -%}
    cast(from_utc_timestamp({{ stamp }}, {{ zone }}) as date)
{%- endmacro %}
{% macro duckdb__local_date(stamp, zone) -%}
    case
        when {{ zone }} = 'UTC' then cast({{ stamp }} as date)
        else cast(timezone({{ zone }}, timezone('UTC', {{ stamp }})) as date)
    end
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

{#- A local wall-clock stamp as UTC; `zone` is a column. A reading that summer time skips moves on
    by the hour skipped; of a reading that occurs twice the later one is meant. -#}
{% macro local_to_utc(stamp, zone) -%}
    {{ return(adapter.dispatch("local_to_utc")(stamp, zone)) }}
{%- endmacro %}
{% macro default__local_to_utc(stamp, zone) -%}
    to_utc_timestamp({{ stamp }}, {{ zone }})
{%- endmacro %}
{% macro duckdb__local_to_utc(stamp, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ stamp }}))
{%- endmacro %}

{#- A row per day of a span, both ends included; stands alone in a select list. -#}
{% macro each_day(first, last) -%}
    {{ return(adapter.dispatch("each_day")(first, last)) }}
{%- endmacro %}
{% macro default__each_day(first, last) %}explode(sequence({{ first }}, {{ last }})){% endmacro %}
{% macro duckdb__each_day(first, last) -%}
    unnest(generate_series({{ first }}, {{ last }}, interval 1 day))
{%- endmacro %}

{#- `09:30` as whole minutes since midnight; `24:00` is the end of the day. -#}
{% macro minutes_of_day(clock) -%}
    (
        try_cast(left({{ clock }}, 2) as integer) * 60
        + try_cast(right({{ clock }}, 2) as integer)
    )
{%- endmacro %}

{#- The rows of `relation` with `<stamp>_position` for each of its UTC `stamps`: the working seconds
    of the row's calendar before it; business time is the difference of two positions. Null without
    stamp or calendar, and outside the calendar's years: a test calls that an error. -#}
{% macro business_positions(relation, stamps, calendar="calendar_code") -%}
    select
        stamped.*
        {%- for stamp in stamps %},
        {{ business_position("interval_" ~ loop.index, "stamped." ~ stamp) }} as {{ stamp }}_position
        {%- endfor %}
    from {{ relation }} as stamped
    {%- for stamp in stamps %}
    {%- set interval = "interval_" ~ loop.index %}
    left join {{ ref("int_calendars__intervals") }} as {{ interval }}
        on
            stamped.{{ calendar }} = {{ interval }}.calendar_code
            and cast(stamped.{{ stamp }} as date) = {{ interval }}.utc_day
            and stamped.{{ stamp }} >= {{ interval }}.from_at
            and stamped.{{ stamp }} < {{ interval }}.until_at
    {%- endfor %}
{%- endmacro %}

{#- Dispatched here, not in `seconds_between`: to sqlfluff, `return` ends every macro around it. -#}
{% macro business_position(interval, stamp) -%}
    {{ interval }}.seconds_before + case
            when {{ interval }}.is_working
                then {{ adapter.dispatch("seconds_between")(interval ~ ".from_at", stamp) }}
            else 0
        end
{%- endmacro %}

{#- The rows of `relation` with `<position>_at`: the UTC stamp at which the row's calendar reaches
    each position, the inverse of `business_positions`. At the end of a shift it is that end, not the
    beginning of the next; null beyond the calendar's last shift. -#}
{% macro business_stamps(relation, positions, calendar="calendar_code") -%}
    select
        positioned.*
        {%- for position in positions %},
        {{ business_stamp("interval_" ~ loop.index, "positioned." ~ position) }}
            as {{ position }}_at
        {%- endfor %}
    from {{ relation }} as positioned
    {%- for position in positions %}
    {%- set interval = "interval_" ~ loop.index %}
    asof left join (
        select
            calendar_code,
            seconds_before,
            from_at,
            until_at
        from {{ ref("int_calendars__intervals") }}
        where is_working
    ) as {{ interval }}
        on
            positioned.{{ calendar }} = {{ interval }}.calendar_code
            and positioned.{{ position }} > {{ interval }}.seconds_before
    {%- endfor %}
{%- endmacro %}

{% macro business_stamp(interval, position) -%}
    {%- set beyond = position ~ " - " ~ interval ~ ".seconds_before" -%}
    case
            when
                {{ beyond }}
                <= {{ adapter.dispatch("seconds_between")(
                    interval ~ ".from_at", interval ~ ".until_at"
                ) }}
                then {{ dbt.dateadd("second", beyond, interval ~ ".from_at") }}
        end
{%- endmacro %}

{#- The rows of `relation` with `closes_at`: the end of the working day that is `working_days` after
    the row's local date `day`; rows of which it is not known are left out. That day itself does not
    count, and days on which nobody works have the number of the working day before them.
    Materialised: planned as one, the two joins become each row with each day of its calendar. -#}
{% macro working_day_closes(relation, day, working_days) -%}
    with numbered as materialized (
        select
            dated.*,
            days.working_day_number + dated.{{ working_days }} as due_day_number
        from {{ relation }} as dated
        inner join {{ ref("int_calendars__working_days") }} as days
            on
                dated.calendar_code = days.calendar_code
                and dated.{{ day }} = days.local_date
    )

    select
        numbered.*,
        days.closes_at
    from numbered
    inner join {{ ref("int_calendars__working_days") }} as days
        on
            numbered.calendar_code = days.calendar_code
            and numbered.due_day_number = days.working_day_number
            and days.closes_at is not null
{%- endmacro %}
