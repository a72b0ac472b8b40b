{{ newest_rows("equipment_events", ["event_id"], ref("int_equipment_events__unioned")) }}
