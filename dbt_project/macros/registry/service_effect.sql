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
- code: csat_index
  version: 1
  label_en: Customer satisfaction index
  label_zh: 客户满意度指数
  definition: >-
    Attribute scores (response time, efficiency, attitude, professionalism, quality, product, after-sales) on 0 to 100,
    averaged with the weights of the AHP judgements.
  source: handbooks A and E
  owner: voice of customer
  unit: points
  direction: up
  aspect: satisfaction
  element: attitude
  kind: subjective
  shape: special
  due: later
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  additive: false
- code: followup_csat
  version: 1
  label_en: Satisfaction at call-back
  label_zh: 回访满意率
  definition: Answers in the top box (4 and 5 of 5), of the satisfaction answers at call-backs, counted where the original ticket stands.
  source: handbook A
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: follow_up_care
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_callback_top_box
  denominator: is_callback_answer
  interval: wilson
- code: complaint_csat
  version: 1
  label_en: Satisfaction with complaint handling
  label_zh: 投诉处理满意率
  definition: Answers in the top box (4 and 5 of 5), of the answers on how a complaint was handled.
  source: handbook A
  owner: complaint desk
  unit: share
  direction: up
  aspect: satisfaction
  element: problem_solving
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_complaint_top_box
  denominator: is_complaint_csat_answer
  interval: wilson
- code: resolved_disagreement
  version: 1
  label_en: Resolution disputed at call-back
  label_zh: 回访未解决率
  definition: Call-backs in which the customer says that it is not solved while the agent had said resolved, of the call-backs that asked.
  source: handbook B 4.2
  owner: voice of customer
  unit: share
  direction: down
  aspect: satisfaction
  element: problem_solving
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_resolution_disputed
  denominator: is_resolution_compared
  interval: wilson
- &nps
  code: nps
  version: 1
  label_en: Net promoter score
  label_zh: 净推荐值
  definition: Promoters (9-10) minus detractors (6 and less), per 100 answers; scales 0-10 and 1-10.
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
- &nps_group
  <<: *nps
  code: nps_promoters
  label_en: Promoters
  label_zh: 推荐者占比
  definition: Answers 9 and 10, of the recommendation answers.
  unit: share
  numerator: is_promoter
  multiplier: 1
  interval: wilson
- <<: *nps_group
  code: nps_passives
  label_en: Passives
  label_zh: 中立者占比
  definition: Answers 7 and 8, of the recommendation answers; they enter the net score as 0.
  numerator: is_passive
- <<: *nps_group
  code: nps_detractors
  label_en: Detractors
  label_zh: 贬损者占比
  definition: Answers of 6 and less, of the recommendation answers.
  direction: down
  numerator: is_detractor
- code: ces
  version: 1
  label_en: Customer effort
  label_zh: 客户费力度
  definition: Answers that call it easy (5-7 of 7; two thirds of other scales and above), of the effort answers.
  source: standard
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: customisation
  kind: subjective
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  numerator: is_easy
  denominator: is_ces_answer
  interval: wilson
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
- code: feedback_completeness
  version: 1
  label_en: Completeness of feedback
  label_zh: 反馈完整率
  definition: Items answered, of the items asked of valid feedback.
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
  numerator: valid_items_answered
  denominator: valid_items_asked
- code: feedback_answered_rate
  version: 1
  label_en: Feedback answered in time
  label_zh: 反馈按时回应率
  definition: Low scores and comments that somebody answered by their due time, of those due.
  source: handbook E
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: follow_up_care
  kind: objective
  fact: fct_survey_responses
  key: survey_key
  date: answer_due_date
  cohort: answer due
  numerator: is_feedback_answered_in_time
  denominator: is_feedback_answer_due
- code: servqual_gap
  version: 1
  label_en: SERVQUAL gap
  label_zh: 服务质量差距
  definition: Perception minus expectation on the scale of the items, mean over respondents, overall and by dimension.
  source: handbook E
  owner: voice of customer
  unit: score
  direction: up
  aspect: satisfaction
  element: attitude
  kind: subjective
  shape: special
  due: later
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  additive: false
- code: sentiment_net
  version: 1
  label_en: Net sentiment of comments
  label_zh: 评论净情感
  definition: Positive minus negative comments, of the comments scored, in all and by topic.
  source: handbook E
  owner: voice of customer
  unit: share
  direction: up
  aspect: satisfaction
  element: attitude
  kind: subjective
  shape: special
  due: later
  fact: fct_survey_responses
  key: survey_key
  date: responded_date
  cohort: responded
  additive: false
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
  reconciles: sums
  evidence:
    - {fact: fct_complaints, key: complaint_key, date: received_date, numerator: 1}
    - {fact: fct_tickets, key: ticket_key, date: created_date, denominator: is_counted}
- code: complaint_ack_on_time
  version: 1
  label_en: Complaints acknowledged in time
  label_zh: 投诉按时确认率
  definition: Complaints acknowledged by the end of the working day after the day of receipt, of those acknowledged or past due.
  source: handbook B 2.1
  owner: complaint desk
  unit: share
  direction: up
  aspect: complaints
  element: response_speed
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: acknowledgement_due_date
  cohort: acknowledgement due
  numerator: is_acknowledged_in_time
  denominator: is_acknowledgement_due
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
- &complaint_handling_bh
  <<: *complaint_handling
  code: complaint_handling_hours_bh
  label_en: Complaint handling time, business hours
  label_zh: 投诉处理时长（工作时间）
  definition: Receipt to resolution in working time of the complaint's calendar, mean over the complaints resolved.
  numerator: business_handling_seconds
  denominator: is_business_handling_measured
- <<: *complaint_handling_bh
  code: complaint_handling_hours_bh_p50
  label_en: Complaint handling time, business hours, median
  label_zh: 投诉处理时长（工作时间，中位数）
  definition: Half of the complaints resolved took no more working time than this.
  shape: percentile
  percentile: 0.5
- <<: *complaint_handling_bh
  code: complaint_handling_hours_bh_p90
  label_en: Complaint handling time, business hours, 90th percentile
  label_zh: 投诉处理时长（工作时间，90分位）
  definition: Nine in ten complaints resolved took no more working time than this.
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
  denominator: is_handling_timed
- code: complaint_within_72h
  version: 1
  label_en: Complaints resolved within 72 hours
  label_zh: 投诉72小时解决率
  definition: Complaints resolved within 72 hours of receipt, of those received; mature after three days.
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
  maturity_days: 3
  numerator: is_resolved_within_72h
  denominator: is_handling_timed
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
- code: complaint_closed_agreed
  version: 1
  label_en: Complaints closed with agreement
  label_zh: 投诉同意关闭率
  definition: Complaints closed with the customer's agreement, of those closed whose agreement is known.
  source: handbook B 5.4
  owner: complaint desk
  unit: share
  direction: up
  aspect: complaints
  element: problem_solving
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: closed_date
  cohort: closed
  numerator: is_closed_with_agreement
  denominator: is_agreement_known
- code: complaint_repeat_rate
  version: 1
  label_en: Repeated complaints
  label_zh: 重复投诉率
  definition: Complaints of a customer who had complained about the same category in the 90 days before, of those whose past is known.
  source: standard
  owner: complaint desk
  unit: share
  direction: down
  aspect: complaints
  element: problem_solving
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: received_date
  cohort: received
  numerator: is_repeat
  denominator: is_repeat_known
- code: complaint_loop_closed
  version: 1
  label_en: Complaints with a closed loop
  label_zh: 投诉闭环率
  definition: Closed complaints that went through every stage, from receipt to feedback into an improvement, of those closed; mature after 14 days.
  source: handbook B 5.4
  owner: complaint desk
  unit: share
  direction: up
  aspect: complaints
  element: follow_up_care
  kind: objective
  fact: fct_complaints
  key: complaint_key
  date: closed_date
  cohort: closed
  maturity_days: 14
  numerator: is_loop_closed
  denominator: is_loop_due
- code: contact_plan_done
  version: 1
  label_en: Planned customer contacts done
  label_zh: 客户维护计划完成率
  definition: Planned contacts with customers that were made, of those due.
  source: handbooks C and D
  owner: customer relations
  unit: share
  direction: up
  aspect: maintenance
  element: follow_up_care
  kind: objective
  fact: fct_planned_contacts
  key: contact_key
  date: due_date
  cohort: due
  numerator: is_done
  denominator: is_due
- &retention
  code: retention_rate
  version: 1
  label_en: Customers kept
  label_zh: 客户保留率
  definition: Customers active at the period's end, of those active at its start; active is what the customer activity rules say.
  source: handbook C
  owner: customer relations
  unit: share
  direction: up
  aspect: retention
  element: follow_up_care
  kind: objective
  shape: special
  model: kpi_retention
  activity: false
  fact: fct_customer_activity
  key: customer_id
  date: active_from_on
  cohort: active at the start
  additive: false
  reconciles: at_start
  evidence:
    - fact: fct_customer_activity
      key: customer_activity_key
      unit: customer_id
      date: active_from_on
      until: active_until_on
      denominator: 1
- <<: *retention
  code: churn_rate
  label_en: Customers lost
  label_zh: 客户流失率
  definition: Customers no longer active at the period's end, of those active at its start.
  direction: down
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
  reconciles: units
  evidence:
    - fact: fct_orders
      key: order_key
      unit: customer_id
      date: ordered_date
      denominator: (is_purchase and customer_id <> 'unknown')
- &per_customer
  code: orders_per_active_customer
  version: 1
  label_en: Orders per active customer
  label_zh: 活跃客户人均订单数
  definition: Purchases of the period per customer active at its start.
  source: handbook A
  owner: customer relations
  unit: count
  direction: up
  aspect: retention
  element: customisation
  kind: objective
  shape: special
  model: kpi_per_active_customer
  activity: false
  fact: fct_orders
  key: order_key
  date: ordered_date
  cohort: ordered, active at the start
  additive: false
  reconciles: per_active
  evidence:
    - {fact: fct_orders, key: order_key, date: ordered_date, numerator: is_purchase}
    - &active
      fact: fct_customer_activity
      key: customer_activity_key
      unit: customer_id
      date: active_from_on
      until: active_until_on
      denominator: 1
- <<: *per_customer
  code: complaint_rate_customers
  label_en: Complaints per 1,000 active customers
  label_zh: 每千活跃客户投诉数
  definition: Complaints received in the period per 1,000 customers active at its start.
  source: handbook B 7.2
  owner: complaint desk
  direction: down
  aspect: complaints
  element: follow_up_care
  fact: fct_complaints
  key: complaint_key
  date: received_date
  cohort: received, active at the start
  multiplier: 1000
  evidence:
    - {fact: fct_complaints, key: complaint_key, date: received_date, numerator: 1}
    - *active
- code: complaint_share
  version: 1
  label_en: Share of complaints
  label_zh: 投诉构成
  definition: Complaints of a type, responsible department or root cause, of all complaints received in the period.
  source: handbook B 5.4
  owner: complaint desk
  unit: share
  direction: down
  aspect: complaints
  element: problem_solving
  kind: objective
  shape: special
  fact: fct_complaints
  key: complaint_key
  date: received_date
  cohort: received
  additive: false
  reconciles: shares
  evidence: [{fact: fct_complaints, key: complaint_key, date: received_date, numerator: 1, denominator: 1}]
- code: department_reply_on_time
  version: 1
  label_en: Questions to departments answered in time
  label_zh: 跨部门按时答复率
  definition: Questions to another department answered by the time asked for, of those answered or past due.
  source: handbooks A and E
  owner: service operations
  unit: share
  direction: up
  aspect: complaints
  element: response_speed
  kind: objective
  fact: fct_department_questions
  key: question_key
  date: due_date
  cohort: answer due
  numerator: is_answered_in_time
  denominator: is_answer_due
""")) }}{% endmacro %}
