{#- Pillar 2, service effect: aspects satisfaction, maintenance, retention, complaints. -#}
{% macro kpis_of_service_effect() %}{{ return(fromyaml("""
- code: csat_top2
  version: 1
  label_en: Satisfied customers
  label_zh: 客户满意率
  definition: Answers in the top box (4 and 5 of 5; 0.75 and above on other scales), of the satisfaction answers.
  source: handbooks A and C
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: attitude
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_top_box
  denominator: is_csat_answer
  interval: wilson
- code: csat_mean
  version: 1
  label_en: Satisfaction, mean answer
  label_zh: 满意度均值
  definition: Mean satisfaction answer on the points 1 to 5; other scales are mapped linearly.
  source: handbooks A and C
  owner: voice of customer
  unit: score
  direction: up
  aspect: satisfaction
  element: attitude
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: csat_points
  denominator: is_csat_answer
  interval: mean
- code: nps
  version: 1
  label_en: Net promoter score
  label_zh: 净推荐值
  definition: Promoters (9-10) minus detractors (0-6), per 100 answers.
  source: handbook A
  owner: voice of customer
  unit: points
  direction: up
  aspect: satisfaction
  element: follow_up_care
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: nps_vote
  denominator: is_nps_answer
  multiplier: 100
  interval: nps
- code: survey_response_rate
  version: 1
  label_en: Survey response rate
  label_zh: 调查回收率
  definition: Surveys with a valid response, of the surveys sent; mature after seven days.
  source: handbook E
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: follow_up_care
  kind: objective
  fact: fct_survey_responses
  key: survey_key
  date: sent_date
  cohort: sent
  maturity_days: 7
  numerator: is_sent_answered
  denominator: is_sent
- code: valid_feedback_rate
  version: 1
  label_en: Valid feedback
  label_zh: 有效反馈率
  definition: Responses that passed hygiene (not empty, duplicate, spam or written by an agent), of those received.
  source: handbook E
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: follow_up_care
  kind: objective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_valid_feedback
  denominator: is_received
- code: complaint_rate
  version: 1
  label_en: Complaint rate
  label_zh: 投诉率
  definition: Complaints received in the period per counted ticket created in it.
  source: handbook B 7.2
  owner: complaint desk
  unit: share
  direction: down
  aspect: complaints
  element: follow_up_care
  kind: objective
  shape: special
  fact: fct_complaints
  key: complaint_key
  date: received_date
  cohort: complaints received, tickets created
- &complaint_handling
  code: complaint_handling_hours
  version: 1
  label_en: Complaint handling time
  label_zh: 投诉处理时长
  definition: Receipt to resolution in calendar time, mean over the complaints resolved.
  source: handbook B 7.1
  owner: complaint desk
  unit: hours
  direction: down
  aspect: complaints
  element: problem_solving
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: resolved_date
  cohort: resolved
  numerator: handling_seconds
  denominator: is_handling_measured
  divisor: 3600
- <<: *complaint_handling
  code: complaint_handling_hours_p50
  label_en: Complaint handling time, median
  label_zh: 投诉处理时长（中位数）
  definition: Half of the complaints resolved took no longer than this.
  shape: percentile
  percentile: 0.5
- <<: *complaint_handling
  code: complaint_handling_hours_p90
  label_en: Complaint handling time, 90th percentile
  label_zh: 投诉处理时长（90分位）
  definition: Nine in ten complaints resolved took no longer than this.
  shape: percentile
  percentile: 0.9
- code: complaint_within_24h
  version: 1
  label_en: Complaints resolved within 24 hours
  label_zh: 投诉24小时解决率
  definition: Complaints resolved within 24 hours of receipt, of those received; mature after one day.
  source: handbook B 7.1
  owner: complaint desk
  unit: share
  direction: up
  aspect: complaints
  element: response_speed
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: received_date
  cohort: received
  maturity_days: 1
  numerator: is_resolved_within_24h
  denominator: is_within_24h_due
- code: complaint_timely
  version: 1
  label_en: Complaints answered in time
  label_zh: 投诉按时答复率
  definition: Complaints answered inside the promised time, of those due.
  source: handbook B 5.4
  owner: complaint desk
  unit: share
  direction: up
  aspect: complaints
  element: response_speed
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: answer_due_date
  cohort: answer due
  numerator: is_answered_in_time
  denominator: is_answer_due
- code: repurchase_rate
  version: 1
  label_en: Repurchase rate
  label_zh: 复购率
  definition: Persons with two or more purchases in the period, of the persons with at least one; by person, not by order.
  source: handbook A
  owner: customer relations
  unit: share
  direction: up
  aspect: retention
  element: customisation
  kind: objective
  shape: special
  fact: fct_orders
  key: customer_id
  date: ordered_date
  cohort: purchased
  additive: false
""")) }}{% endmacro %}
