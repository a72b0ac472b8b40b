{{
    union_sources("tickets", [
        ref("stg_crm__tickets"),
        ref("stg_uci_incident__tickets"),
        ref("stg_flipkart_csat__tickets"),
    ])
}}
