{{
    union_sources("standard_reviews", [
        ref("stg_workforce__standard_reviews"),
    ])
}}
