{#- Pillar 1, service quality: aspects process, attitude, timeliness, skill_and_solving. -#}
{% macro kpis_of_service_quality() %}{{ return(fromyaml("""
- &first_response
  code: first_response_minutes
  version: 1
  label_en: First response time
  label_zh: 首次响应时间
  definition: First public human reply minus creation in calendar time, mean over tickets that got one.
  source: handbook B 1.4
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: first_response_date
  cohort: first answered
  numerator: first_response_seconds
  denominator: is_first_response_measured
  divisor: 60
- <<: *first_response
  code: first_response_minutes_p50
  label_en: First response time, median
  label_zh: 首次响应时间（中位数）
  definition: Half of the tickets that got a first public human reply waited no longer than this.
  shape: percentile
  percentile: 0.5
- <<: *first_response
  code: first_response_minutes_p90
  label_en: First response time, 90th percentile
  label_zh: 首次响应时间（90分位）
  definition: Nine in ten tickets that got a first public human reply waited no longer than this.
  shape: percentile
  percentile: 0.9
- <<: *first_response
  code: first_response_minutes_bh
  label_en: First response time, business hours
  label_zh: 首次响应时间（工作时间）
  definition: First public human reply minus creation in working time of the business calendar, mean over tickets that have one.
  numerator: first_response_business_seconds
  denominator: is_first_response_business_measured
- <<: *first_response
  code: first_response_minutes_bh_p50
  label_en: First response time, business hours, median
  label_zh: 首次响应时间（工作时间，中位数）
  definition: Half of the tickets took no longer than this in working time of the business calendar.
  numerator: first_response_business_seconds
  denominator: is_first_response_business_measured
  shape: percentile
  percentile: 0.5
- <<: *first_response
  code: first_response_minutes_bh_p90
  label_en: First response time, business hours, 90th percentile
  label_zh: 首次响应时间（工作时间，90分位）
  definition: Nine in ten tickets took no longer than this in working time of the business calendar.
  numerator: first_response_business_seconds
  denominator: is_first_response_business_measured
  shape: percentile
  percentile: 0.9
- code: first_response_sla
  version: 2
  label_en: First responses within SLA
  label_zh: 首次响应SLA达成率
  definition: Tickets first answered within their target, on the target's clock, of those whose target applies and is answered or past due.
  source: handbook B 3.2
  owner: service operations
  unit: share
  direction: up
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: first_response_due_date
  cohort: first response due
  numerator: is_first_response_sla_met
  denominator: is_first_response_sla_applicable
- code: reply_minutes
  version: 1
  label_en: Reply time
  label_zh: 回复时间
  definition: From the first message of a customer's turn, the creation being the first, to the next agent's reply, mean over answered turns.
  source: handbook A
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  numerator: reply_seconds
  denominator: counted_reply_count
  divisor: 60
- code: acknowledged_on_time
  version: 1
  label_en: Acknowledged on time
  label_zh: 及时确认率
  definition: Tickets acknowledged by the close of the working days allowed (one, complex three), of those acknowledged or past due.
  source: handbook B 2.1
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: acknowledgement_due_date
  cohort: acknowledgement due
  numerator: is_acknowledged_on_time
  denominator: is_acknowledgement_applicable
- code: customer_wait_minutes
  version: 1
  label_en: Customer's waiting time
  label_zh: 客户等待时间
  definition: Time in which the ball was with us, resolution time less waiting for the customer and reopen gaps, mean per resolved ticket.
  source: handbooks B, D, E
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  numerator: customer_wait_seconds
  denominator: is_customer_wait_measured
  divisor: 60
- code: response_rate
  version: 1
  label_en: Response rate
  label_zh: 响应率
  definition: Tickets answered, of the counted tickets that need an answer.
  source: handbook A
  owner: service operations
  unit: share
  direction: up
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 1
  numerator: is_answered
  denominator: is_answer_due
- &resolution
  code: resolution_minutes
  version: 1
  label_en: Resolution time
  label_zh: 解决时间
  definition: Final resolution minus creation in calendar time, gross of pauses and reopen gaps, mean.
  source: handbook B 3.2
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  numerator: resolution_seconds
  denominator: is_resolution_measured
  divisor: 60
- <<: *resolution
  code: resolution_minutes_p50
  label_en: Resolution time, median
  label_zh: 解决时间（中位数）
  definition: Half of the resolved tickets took no longer than this, gross of pauses and reopen gaps.
  shape: percentile
  percentile: 0.5
- <<: *resolution
  code: resolution_minutes_p90
  label_en: Resolution time, 90th percentile
  label_zh: 解决时间（90分位）
  definition: Nine in ten resolved tickets took no longer than this, gross of pauses and reopen gaps.
  shape: percentile
  percentile: 0.9
- <<: *resolution
  code: resolution_minutes_bh
  label_en: Resolution time, business hours
  label_zh: 解决时间（工作时间）
  definition: Final resolution minus creation, gross of pauses and reopen gaps, in working time of the business calendar, mean over tickets that have one.
  numerator: resolution_business_seconds
  denominator: is_resolution_business_measured
- <<: *resolution
  code: resolution_minutes_bh_p50
  label_en: Resolution time, business hours, median
  label_zh: 解决时间（工作时间，中位数）
  definition: Half of the tickets took no longer than this in working time of the business calendar.
  numerator: resolution_business_seconds
  denominator: is_resolution_business_measured
  shape: percentile
  percentile: 0.5
- <<: *resolution
  code: resolution_minutes_bh_p90
  label_en: Resolution time, business hours, 90th percentile
  label_zh: 解决时间（工作时间，90分位）
  definition: Nine in ten tickets took no longer than this in working time of the business calendar.
  numerator: resolution_business_seconds
  denominator: is_resolution_business_measured
  shape: percentile
  percentile: 0.9
- code: resolution_rate
  version: 1
  label_en: Resolution rate
  label_zh: 解决率
  definition: Tickets resolved by now, of the counted tickets created whose outcome is known; mature after three days.
  source: handbook B 1.4
  owner: service operations
  unit: share
  direction: up
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 3
  numerator: is_resolved_counted
  denominator: is_outcome_known
- code: resolution_sla
  version: 2
  label_en: Resolutions within SLA
  label_zh: 解决SLA达成率
  definition: Tickets resolved within their target on its clock, net of pauses and reopen gaps, of those resolved or past due.
  source: handbook B 3.2
  owner: service operations
  unit: share
  direction: up
  aspect: timeliness
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolution_due_date
  cohort: resolution due
  numerator: is_resolution_sla_met
  denominator: is_resolution_sla_applicable
- code: fcr_one_touch
  version: 1
  label_en: Solved with one reply
  label_zh: 一次性解决率
  definition: Tickets solved with exactly one agent reply and no reopening, of the solved ones whose replies are known.
  source: field standard (first contact resolution)
  owner: service operations
  unit: share
  direction: up
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  numerator: is_one_touch
  denominator: is_reply_count_known
- code: reopen_rate
  version: 1
  label_en: Reopened
  label_zh: 重开率
  definition: Tickets reopened at least once, of the counted tickets resolved whose reopenings are known.
  source: house
  owner: service operations
  unit: share
  direction: down
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  numerator: is_reopened
  denominator: is_reopen_known
- code: transfers_per_ticket
  version: 1
  label_en: Transfers per ticket
  label_zh: 单均转派次数
  definition: Reassignments per counted ticket whose reassignments are known.
  source: house
  owner: service operations
  unit: count
  direction: down
  aspect: process
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  numerator: reassignment_count
  denominator: is_reassignment_known
- &backlog
  code: backlog_open
  version: 1
  label_en: Open tickets at the end
  label_zh: 期末未结工单数
  definition: Counted tickets open at the end of the period's last day, or of the last day with data.
  source: handbook B 2.4
  owner: service operations
  unit: count
  direction: down
  aspect: process
  element: problem_solving
  kind: objective
  shape: special
  model: kpi_backlog
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: open at period end
  additive: false
  reconciles: open_at_end
  evidence:
    - fact: fct_tickets
      key: ticket_key
      date: created_date
      until: coalesce(resolved_date, closed_date)
      denominator: (is_counted and (coalesce(resolved_at, closed_at) is not null or status in ('open', 'waiting')))
- <<: *backlog
  code: backlog_age_hours
  label_en: Age of open tickets
  label_zh: 未结工单平均账龄
  definition: Mean time since creation of the counted tickets open at the end of the period's last day, or of the last day with data.
  unit: hours
  divisor: 3600
- <<: *backlog
  code: backlog_breached
  label_en: Open tickets past due
  label_zh: 超期未结工单数
  definition: Of the tickets open at the end of the period's last day, or of the last day with data, those past their resolution target.
  evidence:
    - fact: fct_tickets
      key: ticket_key
      date: overdue_date
      until: coalesce(resolved_date, closed_date)
      denominator: (is_counted and overdue_date is not null and (coalesce(resolved_at, closed_at) is not null or status in ('open', 'waiting')))
- code: qa_score
  version: 1
  label_en: Inspection score
  label_zh: 质检得分
  definition: Sum of score times weight over sum of weights of the rated criteria; a failed critical criterion makes a review 0.
  source: handbooks B and C (criteria)
  owner: quality inspection
  unit: points
  direction: up
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  fact: fct_qa_reviews
  key: review_key
  date: reviewed_date
  cohort: reviewed
  numerator: weighted_score
  denominator: rated_weight
  split_model: kpi_qa_criteria
  evidence:
    - {fact: fct_qa_reviews, key: review_key, date: reviewed_date, numerator: weighted_score, denominator: rated_weight}
    - fact: fct_qa_review_items
      key: review_item_key
      date: reviewed_date
      numerator: (rated_weight * counted_score)
      denominator: rated_weight
      split: qa_criterion
""")) }}{% endmacro %}
