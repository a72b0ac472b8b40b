{{ config(materialized="table") }}

{{
    changed_keys(
        "event_id",
        "ticket_id",
        ref("int_ticket_events__unioned"),
        stored("int_ticket_events__ordered")
    )
}}
