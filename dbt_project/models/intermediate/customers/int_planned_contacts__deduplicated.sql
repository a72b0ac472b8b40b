with delivered as (
    {{
        union_sources("planned_contacts", [
            ref("stg_crm__planned_contacts"),
        ])
    }}
)

{{ newest_rows("planned_contacts", ["contact_id"], "delivered") }}
