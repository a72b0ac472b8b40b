{{ config(materialized="table") }}

{{
    changed_keys(
        "review_id",
        "ticket_id",
        ref("int_qa_reviews__unioned"),
        previous(ref("int_qa_reviews__deduplicated"))
    )
}}
