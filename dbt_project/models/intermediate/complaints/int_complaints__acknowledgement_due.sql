with complaints as (
    select * from {{ ref("int_complaints__timed") }}
),

calendars as (
    select
        calendar_code,
        time_zone
    from {{ ref("business_calendars") }}
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

allowed as (
    select
        received.*,
        rules.days_allowed
    from received
    inner join rules
        on
            received.local_date >= rules.valid_from
            and received.local_date < rules.valid_to
),

due as (
    {{ working_day_closes("allowed", "local_date", "days_allowed") }}
),

final as (
    select
        complaint_id,
        closes_at as acknowledgement_due_at
    from due
)

select * from final
