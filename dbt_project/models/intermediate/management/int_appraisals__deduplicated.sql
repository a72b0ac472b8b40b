{{ newest_rows("appraisals", ["appraisal_id"], ref("int_appraisals__unioned")) }}
