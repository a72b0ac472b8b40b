{{ config(materialized="table") }}

{{
    changed_keys(
        "visit_id", "ticket_id", ref("int_ticket_stages__unioned"), standing_ticket_stages()
    )
}}
