{{
    union_sources("ticket_events", [
        ref("stg_crm__ticket_events"),
        ref("stg_uci_incident__ticket_events"),
    ])
}}
