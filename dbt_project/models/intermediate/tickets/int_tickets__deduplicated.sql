{{ config(materialized="table") }}

{{ newest_rows("tickets", ["ticket_id"], ref("int_tickets__unioned")) }}
