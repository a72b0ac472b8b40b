{{
    union_sources("servqual_items", [
        ref("stg_survey__servqual_items"),
    ])
}}
