{{
    union_sources("orders", [
        ref("stg_shop__orders"),
        ref("stg_olist__orders"),
    ])
}}
