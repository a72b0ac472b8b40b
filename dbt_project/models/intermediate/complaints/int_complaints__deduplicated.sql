{{ config(materialized="table") }}

{{ newest_rows("complaints", ["complaint_id"], ref("int_complaints__unioned")) }}
