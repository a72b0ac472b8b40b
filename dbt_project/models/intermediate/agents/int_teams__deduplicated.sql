{{ config(materialized="table") }}

{{ newest_rows("teams", ["team_id"], ref("int_teams__unioned")) }}
