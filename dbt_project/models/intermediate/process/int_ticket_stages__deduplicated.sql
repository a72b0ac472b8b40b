{{ newest_rows("ticket_stages", ["visit_id"], ref("int_ticket_stages__unioned")) }}
