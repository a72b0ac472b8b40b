{{ newest_rows("standard_reviews", ["review_id"], ref("int_standard_reviews__unioned")) }}
