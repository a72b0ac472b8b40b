{{ config(materialized="table") }}

{{
    newest_rows(
        "qa_review_items", ["review_id", "criterion"], ref("int_qa_review_items__unioned")
    )
}}
