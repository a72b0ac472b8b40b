{{ config(materialized="table") }}

{{ newest_rows("qa_reviews", ["review_id"], ref("int_qa_reviews__unioned")) }}
