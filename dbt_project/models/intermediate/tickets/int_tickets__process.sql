{{ config(
    materialized="by_key",
    keys="int_increments__touched_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

with tickets as (
    select * from {{ ref("int_tickets__recorded") }}
),

variants as (
    select * from {{ ref("int_process__variants") }}
    where process_code = 'ticket'
),

judged as (
    select * from {{ ref("int_process__judged_variants") }}
    where process_code = 'ticket'
),

reporting as (
    select * from {{ ref("int_process__reporting") }}
),

told as (
    select
        tickets.ticket_id,
        tickets.is_closed_counted and reporting.source_system is not null as is_process_known,
        variants.variant,
        concat_ws(
            '; ',
            'skipped: ' || judged.skipped_stages,
            'repeated: ' || judged.repeated_stages,
            'out of order: ' || judged.out_of_order_stages
        ) as deviations
    from tickets
    left join reporting
        on tickets.source_system = reporting.source_system
    left join variants
        on tickets.ticket_id = variants.case_id
    left join judged
        on
            variants.variant = judged.variant
            and variants.started_date = judged.started_date
),

final as (
    select
        ticket_id,
        replace(substr(variant, 2, length(variant) - 2), '><', ' > ') as process_variant,
        nullif(deviations, '') as process_deviations,
        is_process_known,
        is_process_known and variant is not null and deviations = '' as is_process_conformant
    from told
)

select * from final
