with delivered as (
    {{
        union_sources("standard_reviews", [
            ref("stg_workforce__standard_reviews"),
        ])
    }}
)

{{ newest_rows("standard_reviews", ["review_id"], "delivered") }}
