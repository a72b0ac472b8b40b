{{
    newest_rows(
        "department_questions", ["question_id"], ref("int_department_questions__unioned")
    )
}}
