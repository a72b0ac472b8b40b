{#- The interface between staging and intermediate: what each entity is made of. A source system's
    staging models deliver any subset of these columns; `union_sources` fills the rest with typed
    nulls. `*_at` are UTC timestamps, `*_on` are calendar dates, ids are the source system's own.
    -#}
{% macro entity_columns(entity) %}
    {% set entities = fromyaml("""
lineage: &lineage
    source_system: varchar
    batch_id: varchar
    source_row: bigint
    source_updated_at: timestamp
customers:
    customer_id: varchar
    effective_at: timestamp
    segment: varchar
    company_size: varchar
    value_tier: varchar
    region: varchar
    language: varchar
    is_active: boolean
    contract_from_on: date
    contract_until_on: date
agents:
    agent_id: varchar
    effective_at: timestamp
    agent_name: varchar
    team_id: varchar
    agent_role: varchar
    skills: varchar
    hired_on: date
    left_on: date
teams:
    team_id: varchar
    team_name: varchar
    department_id: varchar
    department_name: varchar
    location_name: varchar
products:
    product_id: varchar
    product_name: varchar
    product_category: varchar
tickets:
    ticket_id: varchar
    customer_id: varchar
    agent_id: varchar
    team_id: varchar
    product_id: varchar
    channel_code: varchar
    request_type_code: varchar
    priority_code: varchar
    complexity: varchar
    topic: varchar
    language: varchar
    status: varchar
    created_at: timestamp
    first_response_at: timestamp
    resolved_at: timestamp
    closed_at: timestamp
    reopen_count: bigint
    reassignment_count: bigint
    agent_reply_count: bigint
    needs_answer: boolean
    is_confirmed_by_customer: boolean
    is_sla_met_reported: boolean
    exclusion_reason: varchar
    parent_ticket_id: varchar
    registered_at: timestamp
    followed_up_at: timestamp
    first_owner_id: varchar
    owner_id: varchar
    has_contact: boolean
    has_description: boolean
    has_confirmed_error: boolean
    is_agreed_switch: boolean
    dossier_parts: varchar
ticket_events:
    ticket_id: varchar
    event_id: varchar
    event_sequence: bigint
    event_at: timestamp
    event_type: varchar
    actor_type: varchar
    agent_id: varchar
    team_id: varchar
    channel_code: varchar
    from_value: varchar
    to_value: varchar
ticket_stages:
    ticket_id: varchar
    visit_id: varchar
    visit_sequence: bigint
    stage_code: varchar
    entered_at: timestamp
    agent_id: varchar
surveys:
    survey_id: varchar
    survey_type: varchar
    ticket_id: varchar
    order_id: varchar
    complaint_id: varchar
    customer_id: varchar
    agent_id: varchar
    channel_code: varchar
    sent_at: timestamp
    responded_at: timestamp
    responded_on: date
    score: bigint
    scale_min: bigint
    scale_max: bigint
    items_asked: bigint
    items_answered: bigint
    comment: varchar
    comment_language: varchar
    hygiene_reason: varchar
    answer_due_at: timestamp
    answered_at: timestamp
survey_answers:
    survey_id: varchar
    item_code: varchar
    score: bigint
    scale_min: bigint
    scale_max: bigint
servqual_items:
    survey_id: varchar
    item_number: bigint
    expectation_score: bigint
    perception_score: bigint
    scale_min: bigint
    scale_max: bigint
complaints:
    complaint_id: varchar
    ticket_id: varchar
    customer_id: varchar
    agent_id: varchar
    team_id: varchar
    department_id: varchar
    product_id: varchar
    channel_code: varchar
    complaint_type_code: varchar
    category: varchar
    root_cause: varchar
    status: varchar
    received_at: timestamp
    received_on: date
    forwarded_on: date
    acknowledged_at: timestamp
    promised_at: timestamp
    responded_at: timestamp
    resolved_at: timestamp
    closed_at: timestamp
    is_timely_reported: boolean
    is_outcome_known: boolean
    is_closed_agreed: boolean
    are_stages_reported: boolean
    is_disputed: boolean
complaint_events:
    complaint_id: varchar
    event_id: varchar
    stage: varchar
    entered_at: timestamp
    agent_id: varchar
    note: varchar
orders:
    order_id: varchar
    customer_id: varchar
    product_id: varchar
    channel_code: varchar
    status: varchar
    ordered_at: timestamp
    delivered_at: timestamp
    estimated_delivery_on: date
    amount: decimal(18, 2)
qa_reviews:
    review_id: varchar
    ticket_id: varchar
    agent_id: varchar
    inspector_id: varchar
    inspector_kind: varchar
    inspection_kind: varchar
    reviewed_at: timestamp
qa_review_items:
    review_id: varchar
    criterion: varchar
    weight: decimal(9, 4)
    score: decimal(9, 2)
    is_critical: boolean
    is_critical_failed: boolean
planned_contacts:
    contact_id: varchar
    customer_id: varchar
    agent_id: varchar
    contact_kind: varchar
    due_on: date
    done_at: timestamp
department_questions:
    question_id: varchar
    ticket_id: varchar
    agent_id: varchar
    from_department_id: varchar
    to_department_id: varchar
    asked_at: timestamp
    due_at: timestamp
    answered_at: timestamp
bot_sessions:
    session_id: varchar
    customer_id: varchar
    channel_code: varchar
    ticket_id: varchar
    topic: varchar
    started_at: timestamp
    ended_at: timestamp
    is_handed_over: boolean
calls:
    call_id: varchar
    customer_id: varchar
    ticket_id: varchar
    agent_id: varchar
    team_id: varchar
    channel_code: varchar
    offered_at: timestamp
    answered_at: timestamp
    abandoned_at: timestamp
    ended_at: timestamp
    queue_seconds: bigint
    talk_seconds: bigint
    hold_seconds: bigint
    wrap_seconds: bigint
staffing_shifts:
    shift_id: varchar
    agent_id: varchar
    team_id: varchar
    skill: varchar
    shift_date: date
    staffed_minutes: bigint
staffing_requirements:
    requirement_id: varchar
    team_id: varchar
    skill: varchar
    required_date: date
    required_minutes: bigint
trainings:
    training_id: varchar
    agent_id: varchar
    training_kind: varchar
    topic: varchar
    held_on: date
    training_minutes: bigint
    is_passed: boolean
appraisals:
    appraisal_id: varchar
    agent_id: varchar
    due_on: date
    done_on: date
    rating: varchar
equipment_events:
    event_id: varchar
    device_id: varchar
    device_kind: varchar
    team_id: varchar
    event_kind: varchar
    due_on: date
    event_on: date
emergencies:
    emergency_id: varchar
    grade: varchar
    response_level: bigint
    is_drill: boolean
    drill_kind: varchar
    post: varchar
    due_on: date
    started_at: timestamp
    graded_at: timestamp
    handled_at: timestamp
    noticed_at: timestamp
    aftermath_at: timestamp
    summarised_at: timestamp
standard_reviews:
    review_id: varchar
    review_kind: varchar
    due_on: date
    done_on: date
improvement_actions:
    action_id: varchar
    kpi_code: varchar
    scope_type: varchar
    scope_id: varchar
    owner_id: varchar
    action_kind: varchar
    action_stage: varchar
    description: varchar
    opened_on: date
    due_on: date
    closed_on: date
    is_verified_effective: boolean
""") %}
    {% set columns = {} %}
    {% do columns.update(entities[entity]) %}
    {% do columns.update(entities["lineage"]) %}
    {{ return(columns) }}
{% endmacro %}
