{{ config(materialized="table") }}

{{
    touched_members(
        "event_id",
        ref("int_increments__changed_events"),
        ref("int_ticket_events__ordered"),
        ref("int_increments__touched_tickets")
    )
}}
