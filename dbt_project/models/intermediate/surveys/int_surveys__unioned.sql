{{
    union_sources("surveys", [
        ref("stg_survey__surveys"),
        ref("stg_flipkart_csat__surveys"),
        ref("stg_olist__surveys"),
    ])
}}
