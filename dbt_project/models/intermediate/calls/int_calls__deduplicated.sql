{{ config(materialized="table") }}

{{ newest_rows("calls", ["call_id"], ref("int_calls__unioned")) }}
