-- Spoils a copy of a built demo so that every singular test of dbt_project/tests/core must fail;
-- each statement names the test that it turns red.

-- assert_no_row_of_tickets_is_lost_or_doubled
delete from core.fct_ticket_events
where event_key = (select min(event_key) from core.fct_ticket_events);

-- assert_no_row_of_surveys_is_lost_or_doubled
delete from core.fct_survey_responses
where survey_key = (select min(survey_key) from core.fct_survey_responses);

-- assert_no_row_of_complaints_is_lost_or_doubled
delete from core.fct_complaints
where complaint_key = (select min(complaint_key) from core.fct_complaints);

-- assert_no_row_of_orders_is_lost_or_doubled
delete from core.fct_orders
where order_key = (select min(order_key) from core.fct_orders);

-- assert_no_row_of_quality_reviews_is_lost_or_doubled
delete from core.fct_qa_reviews
where review_key = (select min(review_key) from core.fct_qa_reviews);

-- assert_no_row_of_management_is_lost_or_doubled
delete from core.fct_trainings
where training_key = (select min(training_key) from core.fct_trainings);

-- assert_no_dimension_member_is_lost
delete from core.dim_products
where product_key = (select min(product_key) from core.dim_products);

-- assert_every_dimension_has_its_unknown_member
delete from core.dim_channels
where channel_key = 'unknown';

-- assert_the_history_of_customers_has_no_gaps_and_no_overlaps
update core.dim_customers
set valid_to = valid_to - interval 1 day
where customer_key = (
    select min(customer_key) from core.dim_customers
    where not is_current
);

-- assert_the_history_of_agents_has_no_gaps_and_no_overlaps
update core.dim_agents
set valid_to = valid_to + interval 1 day
where agent_key = (
    select min(agent_key) from core.dim_agents
    where not is_current
);

-- assert_no_two_sla_policies_fit_equally, assert_every_sla_policy_is_approved_by_another_person
insert into core.sla_policies (
    policy_id, priority, first_response_minutes, resolution_minutes, valid_from, approved_by, author
)
values ('rival', 'urgent', 1, 1, date '2000-01-01', 'somebody', 'somebody');

-- assert_no_code_stands_twice_in_a_vocabulary
insert into core.vocabularies values ('ticket_status', 'open', 'Open', '处理中');

-- assert_every_ticket_has_a_service_level
update core.fct_tickets
set resolution_policy_id = null
where ticket_key = (select min(ticket_key) from core.fct_tickets);

-- assert_every_code_is_in_its_vocabulary
update core.fct_tickets
set status = 'misspelt'
where ticket_key = (select min(ticket_key) from core.fct_tickets);

-- assert_every_numerator_of_tickets_is_within_its_denominator
update core.fct_tickets
set is_one_touch = true, is_reply_count_known = false
where ticket_key = (select min(ticket_key) from core.fct_tickets);

-- assert_ticket_clocks_add_up, assert_a_measured_ticket_has_its_dates
update core.fct_tickets
set resolution_net_seconds = -1, resolved_date = null
where ticket_key = (
    select min(ticket_key) from core.fct_tickets
    where is_resolution_measured
);

-- assert_every_numerator_of_surveys_is_within_its_denominator
update core.fct_survey_responses
set is_top_box = true, is_csat_answer = false
where survey_key = (select min(survey_key) from core.fct_survey_responses);

-- assert_every_numerator_of_complaints_is_within_its_denominator
update core.fct_complaints
set is_answered_in_time = true, is_answer_due = false
where complaint_key = (select min(complaint_key) from core.fct_complaints);

-- assert_the_backlog_ends_with_the_open_tickets
update core.fct_backlog_daily
set open_tickets = open_tickets + 1
where backlog_date = (select max(backlog_date) from core.fct_backlog_daily);

-- assert_the_backlog_breaches_no_more_than_is_open
update core.fct_backlog_daily
set breached_tickets = open_tickets + 1
where backlog_key = (select min(backlog_key) from core.fct_backlog_daily);

-- assert_no_rule_of_governance_is_broken
insert into core.governance_findings
values ('kpi_targets', 'csat_top2 organisation all', 'the floor differs from the target', 'both are 0.9');

-- assert_every_stamp_lies_in_its_business_calendar
update work.intermediate.int_tickets__positions
set created_at_position = null
where ticket_id = (
    select min(ticket_key) from core.fct_tickets
    where calendar_code is not null
);
