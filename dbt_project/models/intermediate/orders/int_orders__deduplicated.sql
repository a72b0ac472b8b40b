{{ config(materialized="table") }}

{{ newest_rows("orders", ["order_id"], ref("int_orders__unioned")) }}
