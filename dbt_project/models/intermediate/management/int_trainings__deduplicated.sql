with delivered as (
    {{
        union_sources("trainings", [
            ref("stg_workforce__trainings"),
        ])
    }}
)

{{ newest_rows("trainings", ["training_id"], "delivered") }}
