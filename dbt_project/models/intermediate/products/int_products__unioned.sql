{{
    union_sources("products", [
        ref("stg_crm__products"),
        ref("stg_cfpb__products"),
        ref("stg_olist__products"),
    ])
}}
