{{ newest_rows("planned_contacts", ["contact_id"], ref("int_planned_contacts__unioned")) }}
