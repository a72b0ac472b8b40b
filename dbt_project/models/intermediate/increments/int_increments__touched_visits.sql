{{ config(materialized="table") }}

{{
    touched_members(
        "visit_id",
        ref("int_increments__changed_stages"),
        ref("int_process__visits"),
        ref("int_increments__touched_tickets"),
        key="case_id",
        only="process_code = 'ticket'"
    )
}}
