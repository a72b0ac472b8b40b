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
    select cast(amount as integer) as days_allowed
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

-- Days on which nobody works have the number of the working day before them.
final as (
    select
        received.complaint_id,
        due_days.closes_at as acknowledgement_due_at
    from received
    cross join rules
    inner join working_days as receipt_days
        on
            received.calendar_code = receipt_days.calendar_code
            and received.local_date = receipt_days.local_date
    inner join working_days as due_days
        on
            receipt_days.calendar_code = due_days.calendar_code
            and receipt_days.working_day_number + rules.days_allowed = due_days.working_day_number
            and due_days.closes_at is not null
)

select * from final
