{{
    union_sources("planned_contacts", [
        ref("stg_crm__planned_contacts"),
    ])
}}
