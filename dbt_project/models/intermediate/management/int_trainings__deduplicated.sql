{{ newest_rows("trainings", ["training_id"], ref("int_trainings__unioned")) }}
