{{ newest_rows("complaint_events", ["event_id"], ref("int_complaint_events__unioned")) }}
