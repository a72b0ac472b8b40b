{{
    union_sources("complaints", [
        ref("stg_complaint__complaints"),
        ref("stg_cfpb__complaints"),
    ])
}}
