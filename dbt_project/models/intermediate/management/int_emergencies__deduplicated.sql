{{ newest_rows("emergencies", ["emergency_id"], ref("int_emergencies__unioned")) }}
