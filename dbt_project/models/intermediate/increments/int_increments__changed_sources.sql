{{ config(materialized="table") }}

with final as (
    select member_id as source_system
    from ({{ changed_members(ref("int_tickets__reported"), "source_system") }}) as reported
    union
    select member_id as source_system
    from ({{ changed_members(ref("int_process__reporting"), "source_system") }}) as reporting
    union
    select member_id as source_system
    from ({{ changed_members(ref("int_calendars__assigned"), "source_system") }}) as calendars
)

select * from final
