{{
    union_sources("calls", [
        ref("stg_telephony__calls"),
    ])
}}
