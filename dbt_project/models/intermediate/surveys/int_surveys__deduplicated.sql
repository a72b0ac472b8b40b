{{ config(materialized="table") }}

{{ newest_rows("surveys", ["survey_id"], ref("int_surveys__unioned")) }}
