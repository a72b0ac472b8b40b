{{ newest_rows("improvement_actions", ["action_id"], ref("int_improvement_actions__unioned")) }}
