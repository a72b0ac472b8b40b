{{
    union_sources("appraisals", [
        ref("stg_workforce__appraisals"),
    ])
}}
