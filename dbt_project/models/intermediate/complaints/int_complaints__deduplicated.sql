{{ config(materialized="table") }}

with delivered as (
    {{
        union_sources("complaints", [
            ref("stg_complaint__complaints"),
            ref("stg_cfpb__complaints"),
        ])
    }}
)

{{ newest_rows("complaints", ["complaint_id"], "delivered") }}
