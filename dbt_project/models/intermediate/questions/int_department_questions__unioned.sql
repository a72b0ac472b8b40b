{{
    union_sources("department_questions", [
        ref("stg_crm__department_questions"),
    ])
}}
