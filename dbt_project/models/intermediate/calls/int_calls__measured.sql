with calls as (
    select * from {{ ref("int_calls__deduplicated") }}
),

rules as (
    select * from {{ ref("contact_rules") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

-- The stamps tell the wait where the switch does not; a wait below zero is not known.
waits as (
    select
        calls.*,
        {{ local_date("calls.offered_at", "parameters.reporting_time_zone") }} as offered_date,
        calls.answered_at is not null as is_answered,
        calls.answered_at is null and calls.abandoned_at is not null as is_abandoned,
        coalesce(
            calls.queue_seconds,
            {{ seconds_between(
                "calls.offered_at", "coalesce(calls.answered_at, calls.abandoned_at)"
            ) }}
        ) as waited_seconds
    from calls
    cross join parameters
),

judged as (
    select
        waits.*,
        waits.is_answered or waits.is_abandoned as is_queue_left,
        case when waits.waited_seconds >= 0 then waits.waited_seconds end as wait_seconds,
        case
            when waits.is_answered
                then waits.talk_seconds + waits.hold_seconds + waits.wrap_seconds
        end as handle_seconds,
        cast(rules.amount as bigint) as answer_within_seconds
    from waits
    left join rules
        on
            rules.rule_code = 'phone_answer_within_seconds'
            and waits.offered_date >= rules.valid_from
            and waits.offered_date < coalesce(rules.valid_to, date '9999-12-31')
),

final as (
    select
        call_id,
        natural_id,
        source_system,
        batch_id,
        source_row,
        offered_at,
        offered_date,
        answered_at,
        abandoned_at,
        ended_at,
        wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_seconds,
        handle_seconds,
        answer_within_seconds,
        is_answered,
        is_abandoned,
        is_queue_left,
        is_answered and wait_seconds is not null as is_wait_measured,
        coalesce(handle_seconds >= 0, false) as is_handling_measured,
        coalesce(is_answered or (is_abandoned and wait_seconds > answer_within_seconds), false)
        and wait_seconds is not null
        and answer_within_seconds is not null as is_service_level_counted,
        coalesce(is_answered and wait_seconds <= answer_within_seconds, false)
            as is_answered_in_target
    from judged
)

select * from final
