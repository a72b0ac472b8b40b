with complaints as (
    select * from {{ ref("int_complaints__timed") }}
),

calendars as (
    select
        calendar_code,
        time_zone
    from {{ ref("business_calendars") }}
),

working_days as (
    select * from {{ ref("int_calendars__working_days") }}
),

rules as (
    select
        cast(amount as integer) as days_allowed,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref("service_rules") }}
    where rule_code = 'complaint_acknowledgement_working_days'
),

received as (
    select
        complaints.complaint_id,
        complaints.calendar_code,
        {{ local_date("complaints.received_at", "calendars.time_zone") }} as local_date
    from complaints
    inner join calendars
        on complaints.calendar_code = calendars.calendar_code
    where coalesce(complaints.are_stages_reported, false)
),

-- Days on which nobody works have the number of the working day before them. Materialised: planned
-- as one, the joins of days become each complaint with each day of its calendar.
numbered as materialized (
    select
        received.complaint_id,
        received.calendar_code,
        working_days.working_day_number + rules.days_allowed as due_day_number
    from received
    inner join rules
        on
            received.local_date >= rules.valid_from
            and received.local_date < rules.valid_to
    inner join working_days
        on
            received.calendar_code = working_days.calendar_code
            and received.local_date = working_days.local_date
),

final as (
    select
        numbered.complaint_id,
        working_days.closes_at as acknowledgement_due_at
    from numbered
    inner join working_days
        on
            numbered.calendar_code = working_days.calendar_code
            and numbered.due_day_number = working_days.working_day_number
            and working_days.closes_at is not null
)

select * from final
