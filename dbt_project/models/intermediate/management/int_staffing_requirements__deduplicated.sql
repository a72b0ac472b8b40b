with delivered as (
    {{
        union_sources("staffing_requirements", [
            ref("stg_workforce__staffing_requirements"),
        ])
    }}
)

{{ newest_rows("staffing_requirements", ["requirement_id"], "delivered") }}
