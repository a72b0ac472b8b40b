{{ config(materialized="table") }}

{{
    changed_keys(
        "ticket_id",
        "customer_id",
        ref("int_tickets__unioned"),
        stored("int_tickets__deduplicated")
    )
}}
