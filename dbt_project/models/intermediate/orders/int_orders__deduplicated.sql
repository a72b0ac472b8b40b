{{ config(materialized="table") }}

with delivered as (
    {{
        union_sources("orders", [
            ref("stg_shop__orders"),
            ref("stg_olist__orders"),
        ])
    }}
)

{{ newest_rows("orders", ["order_id"], "delivered") }}
