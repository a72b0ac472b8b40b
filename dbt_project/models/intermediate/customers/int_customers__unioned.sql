{{
    union_sources("customers", [
        ref("stg_crm__customers"),
        ref("stg_uci_incident__customers"),
        ref("stg_olist__customers"),
    ])
}}
