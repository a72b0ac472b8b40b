{{
    union_sources("teams", [
        ref("stg_crm__teams"),
        ref("stg_uci_incident__teams"),
        ref("stg_flipkart_csat__teams"),
    ])
}}
