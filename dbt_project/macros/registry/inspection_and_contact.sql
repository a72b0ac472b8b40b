{#- Pillar 1, inspection and contact: aspects process, attitude, timeliness, skill_and_solving. -#}
{% macro kpis_of_inspection_and_contact() %}{{ return(fromyaml("""
- code: phone_service_level
  version: 1
  label_en: Calls answered in time
  label_zh: 电话服务水平
  definition: Calls answered within the answer time (20 s), of those answered or given up after it.
  source: field standard (contact centre service level)
  owner: telephone services
  unit: share
  direction: up
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_calls
  key: call_key
  date: offered_date
  cohort: offered
  numerator: is_answered_in_target
  denominator: is_service_level_counted
- code: phone_abandon_rate
  version: 1
  label_en: Calls given up
  label_zh: 电话放弃率
  definition: Calls that the caller gave up in the queue, of those answered or given up.
  source: field standard (abandonment rate)
  owner: telephone services
  unit: share
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_calls
  key: call_key
  date: offered_date
  cohort: offered
  numerator: is_abandoned
  denominator: is_queue_left
- code: phone_asa_seconds
  version: 1
  label_en: Speed of answer
  label_zh: 电话平均应答时间
  definition: Wait in the queue, mean over the calls answered.
  source: field standard (average speed of answer)
  owner: telephone services
  unit: seconds
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_calls
  key: call_key
  date: offered_date
  cohort: offered
  numerator: wait_seconds
  denominator: is_wait_measured
- code: phone_aht_seconds
  version: 1
  label_en: Handling time of a call
  label_zh: 电话平均处理时长
  definition: Talk, hold and wrap, mean over the calls answered whose three times are known.
  source: field standard (average handling time)
  owner: telephone services
  unit: seconds
  direction: down
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_calls
  key: call_key
  date: offered_date
  cohort: offered
  numerator: handle_seconds
  denominator: is_handling_measured
- code: service_error_rate
  version: 1
  label_en: Inspections with a critical error
  label_zh: 服务差错率
  definition: Reviews in which a critical criterion failed, of the reviews that say whether one did.
  source: handbook B 7.2
  owner: quality inspection
  unit: share
  direction: down
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  fact: fct_qa_reviews
  key: review_key
  date: reviewed_date
  cohort: reviewed
  numerator: has_critical_error
  denominator: is_error_known
- code: qa_score_gap
  version: 1
  label_en: Inspection score against the other kinds
  label_zh: 质检得分差距
  definition: Inspection score of a kind of inspection, or of inspector, minus the score of all the other kinds.
  source: handbook C
  owner: quality inspection
  unit: points
  direction: up
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  shape: special
  fact: fct_qa_reviews
  key: review_key
  date: reviewed_date
  cohort: reviewed
  additive: false
  reconciles: gaps
  evidence:
    - {fact: fct_qa_reviews, key: review_key, date: reviewed_date, numerator: weighted_score, denominator: rated_weight}
- code: qa_coverage
  version: 1
  label_en: Inspection coverage
  label_zh: 质检覆盖率
  definition: Closed tickets that were inspected, of those closed while tickets of their source were; mature after ten days.
  source: house
  owner: quality inspection
  unit: share
  direction: up
  aspect: process
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  maturity_days: 10
  numerator: is_inspected
  denominator: is_inspection_due
- code: qa_agreement
  version: 1
  label_en: Agreement of inspectors
  label_zh: 质检一致性
  definition: Cohen's kappa with quadratic weights of two inspectors' bands of one criterion of one ticket, over all pairs.
  source: house
  owner: quality inspection
  unit: score
  direction: up
  aspect: process
  element: professional_skill
  kind: objective
  shape: special
  fact: fct_qa_rating_pairs
  key: rating_pair_key
  date: reviewed_date
  cohort: reviewed a second time
  additive: false
  reconciles: rows
  evidence:
    - fact: fct_qa_rating_pairs
      key: rating_pair_key
      date: reviewed_date
      numerator: product_of_bands
      denominator: sum_of_squares
- code: skill_match_rate
  version: 1
  label_en: Assignee has the skill
  label_zh: 技能匹配率
  definition: Tickets whose assignee held the skill of the topic at the time, of the counted ones where both are known.
  source: handbook C
  owner: service operations
  unit: share
  direction: up
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  numerator: is_skill_matched
  denominator: is_skill_known
- &consistency
  code: service_consistency
  version: 1
  label_en: Spread of satisfaction
  label_zh: 服务一致性（满意度离散）
  definition: >-
    Standard deviation of satisfaction (points 1 to 5) between agents, corrected for the number of answers; also between channels,
    locations and weekdays.
  source: handbook E
  owner: service quality analytics
  unit: score
  direction: down
  aspect: attitude
  element: attitude
  kind: subjective
  shape: special
  model: kpi_service_consistency
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  divisor: 10000
  additive: false
  reconciles: members
  evidence:
    - fact: fct_survey_responses
      key: survey_key
      date: responded_date
      numerator: csat_points
      denominator: is_csat_answer
- <<: *consistency
  code: service_consistency_qa
  label_en: Spread of inspection scores
  label_zh: 服务一致性（质检离散）
  definition: >-
    Standard deviation of inspection scores (points 0 to 100) between agents, corrected for the number of reviews; also between
    channels, locations and weekdays.
  unit: points
  kind: objective
  fact: fct_qa_reviews
  key: review_key
  date: reviewed_date
  cohort: reviewed
  evidence:
    - {fact: fct_qa_reviews, key: review_key, date: reviewed_date, numerator: weighted_score, denominator: rated_weight}
- code: bot_containment_rate
  version: 1
  label_en: Solved by the bot
  label_zh: 机器人独立解决率
  definition: >-
    Sessions of known customers neither handed over nor followed by a ticket on the topic within three days, of those sessions;
    mature after three days.
  source: handbooks A and E
  owner: digital channels
  unit: share
  direction: up
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_bot_sessions
  key: session_key
  date: started_date
  cohort: started
  maturity_days: 3
  numerator: is_contained
  denominator: is_containment_known
- code: bot_handover_rate
  version: 1
  label_en: Handed over by the bot
  label_zh: 机器人转人工率
  definition: Sessions that a human took over, of the sessions.
  source: handbooks A and E
  owner: digital channels
  unit: share
  direction: down
  aspect: process
  element: problem_solving
  kind: objective
  fact: fct_bot_sessions
  key: session_key
  date: started_date
  cohort: started
  numerator: is_handed_over
  denominator: is_hand_over_known
""")) }}{% endmacro %}
