{{ config(materialized="table") }}

with delivered as (
    {{
        union_sources("qa_reviews", [
            ref("stg_qa__qa_reviews"),
        ])
    }}
)

{{ newest_rows("qa_reviews", ["review_id"], "delivered") }}
