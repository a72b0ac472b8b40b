{{ config(materialized="view") }}

{{ kpi_evidence() }}
