{{ newest_rows("ticket_events", ["event_id"], ref("int_ticket_events__unioned")) }}
