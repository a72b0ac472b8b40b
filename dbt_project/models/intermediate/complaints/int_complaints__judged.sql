with complaints as (
    select * from {{ ref("int_complaints__deduplicated") }}
),

timed as (
    select * from {{ ref("int_complaints__timed") }}
),

acknowledgements as (
    select * from {{ ref("int_complaints__acknowledgement_due") }}
),

sources as (
    select * from {{ ref("int_sources__reach") }}
),

parameters as (
    select * from {{ ref("stg_control__run_parameters") }}
),

measured as (
    select
        complaints.*,
        sources.data_until,
        acknowledgements.acknowledgement_due_at,
        {{
            local_date(
                "acknowledgements.acknowledgement_due_at", "parameters.reporting_time_zone"
            )
        }} as acknowledgement_due_date,
        coalesce(
            complaints.received_on,
            {{ local_date("complaints.received_at", "parameters.reporting_time_zone") }}
        ) as received_date,
        {{ local_date("complaints.resolved_at", "parameters.reporting_time_zone") }}
            as resolved_date,
        {{ local_date("complaints.closed_at", "parameters.reporting_time_zone") }} as closed_date,
        {{ local_date("complaints.promised_at", "parameters.reporting_time_zone") }}
            as promised_date,
        case
            when complaints.resolved_at >= complaints.received_at
                then {{ seconds_between("complaints.received_at", "complaints.resolved_at") }}
        end as handling_seconds,
        case
            when complaints.resolved_at >= complaints.received_at
                then timed.resolved_at_position - timed.received_at_position
        end as business_handling_seconds
    from complaints
    left join timed
        on complaints.complaint_id = timed.complaint_id
    left join acknowledgements
        on complaints.complaint_id = acknowledgements.complaint_id
    left join sources
        on complaints.source_system = sources.source_system
    cross join parameters
),

final as (
    select
        complaint_id,
        received_date,
        resolved_date,
        closed_date,
        promised_date,
        coalesce(promised_date, received_date) as answer_due_date,
        handling_seconds,
        business_handling_seconds,
        acknowledgement_due_at,
        acknowledgement_due_date,
        nullif(
            concat_ws(
                '; ',
                case when acknowledged_at < received_at then 'acknowledgement before receipt' end,
                case when responded_at < received_at then 'answer before receipt' end,
                case when resolved_at < received_at then 'resolution before receipt' end,
                case when closed_at < resolved_at then 'close before resolution' end
            ),
            ''
        ) as stamp_issue,
        handling_seconds is not null as is_handling_measured,
        business_handling_seconds is not null as is_business_handling_measured,
        acknowledgement_due_at is not null
        and (acknowledged_at is not null or acknowledgement_due_at <= data_until)
            as is_acknowledgement_due,
        coalesce(acknowledged_at <= acknowledgement_due_at, false) as is_acknowledged_in_time,
        received_at is not null and coalesce(resolved_at >= received_at, true) as is_handling_timed,
        coalesce(handling_seconds <= 86400, false) as is_resolved_within_24h,
        coalesce(handling_seconds <= 259200, false) as is_resolved_within_72h,
        closed_at is not null and is_closed_agreed is not null as is_agreement_known,
        closed_at is not null and coalesce(is_closed_agreed, false) as is_closed_with_agreement,
        case
            when promised_at is not null
                then responded_at is not null or coalesce(promised_at <= data_until, false)
            else coalesce(is_outcome_known, false) and is_timely_reported is not null
        end as is_answer_due,
        case
            when promised_at is not null then coalesce(responded_at <= promised_at, false)
            else coalesce(is_outcome_known and is_timely_reported, false)
        end as is_answered_in_time
    from measured
)

select * from final
