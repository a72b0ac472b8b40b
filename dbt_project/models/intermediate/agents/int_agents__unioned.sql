{{
    union_sources("agents", [
        ref("stg_crm__agents"),
        ref("stg_uci_incident__agents"),
        ref("stg_flipkart_csat__agents"),
    ])
}}
