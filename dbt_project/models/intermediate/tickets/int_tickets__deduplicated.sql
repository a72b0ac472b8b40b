{{ config(
    materialized="by_key",
    keys="int_increments__changed_tickets",
    key="ticket_id",
    column="ticket_id"
) }}

{{
    newest_of_changed(
        "tickets", "ticket_id", ref("int_tickets__unioned"), ref("int_increments__changed_tickets")
    )
}}
