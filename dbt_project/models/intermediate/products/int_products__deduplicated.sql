{{ config(materialized="table") }}

with delivered as (
    {{
        union_sources("products", [
            ref("stg_crm__products"),
            ref("stg_cfpb__products"),
            ref("stg_olist__products"),
        ])
    }}
)

{{ newest_rows("products", ["product_id"], "delivered") }}
