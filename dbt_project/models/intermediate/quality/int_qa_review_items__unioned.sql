{{
    union_sources("qa_review_items", [
        ref("stg_qa__qa_review_items"),
    ])
}}
