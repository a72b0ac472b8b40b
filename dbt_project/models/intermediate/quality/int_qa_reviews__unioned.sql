{{
    union_sources("qa_reviews", [
        ref("stg_qa__qa_reviews"),
    ])
}}
