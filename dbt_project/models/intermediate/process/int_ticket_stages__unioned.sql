{{
    union_sources("ticket_stages", [
        ref("stg_crm__ticket_stages"),
    ])
}}
