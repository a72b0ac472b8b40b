{{ config(materialized="table") }}

{{ newest_rows("products", ["product_id"], ref("int_products__unioned")) }}
