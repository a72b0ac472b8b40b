{{ config(materialized="table") }}

with delivered as (
    {{
        union_sources("qa_review_items", [
            ref("stg_qa__qa_review_items"),
        ])
    }}
)

{{ newest_rows("qa_review_items", ["review_id", "criterion"], "delivered") }}
