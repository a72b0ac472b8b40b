{{ newest_rows("staffing_shifts", ["shift_id"], ref("int_staffing_shifts__unioned")) }}
