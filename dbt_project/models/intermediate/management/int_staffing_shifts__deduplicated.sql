with delivered as (
    {{
        union_sources("staffing_shifts", [
            ref("stg_workforce__staffing_shifts"),
        ])
    }}
)

{{ newest_rows("staffing_shifts", ["shift_id"], "delivered") }}
