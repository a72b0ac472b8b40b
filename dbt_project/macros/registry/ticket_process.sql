{#- Pillar 1, what a ticket goes through: aspects process and skill_and_solving. -#}
{% macro kpis_of_ticket_process() %}{{ return(fromyaml("""
- code: stage_minutes
  version: 1
  label_en: Time in a stage
  label_zh: 阶段停留时间
  definition: Entry into a stage of the process to entry into the next one in calendar time, mean over the stages left.
  source: handbook B 3.1
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_process_stages
  key: visit_key
  date: left_date
  cohort: left
  numerator: stage_seconds
  denominator: is_stage_measured
  divisor: 60
- code: stage_on_time
  version: 1
  label_en: Stages within their limit
  label_zh: 阶段按时完成率
  definition: Stages with an owner that were left within their time limit, of the stages with a limit that were left or are past due.
  source: handbook A
  owner: service operations
  unit: share
  direction: up
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_process_stages
  key: visit_key
  date: due_date
  cohort: stage due
  numerator: is_limit_kept
  denominator: is_limit_due
- code: process_conformance
  version: 1
  label_en: Standard sequence kept
  label_zh: 流程执行符合率
  definition: Closed tickets that entered every required stage once and in the standard sequence, of the counted tickets closed whose stages are told.
  source: handbooks A and B
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  maturity_days: 8
  numerator: is_process_conformant
  denominator: is_process_known
- &handover_time
  code: handover_minutes
  version: 1
  label_en: Hand-over between departments
  label_zh: 跨部门交接时间
  definition: Hand-over to another department to the first action of the receiver in calendar time, mean over the hand-overs acted on.
  source: handbooks A and E
  owner: service operations
  unit: minutes
  direction: down
  aspect: timeliness
  element: response_speed
  kind: objective
  fact: fct_ticket_handovers
  key: handover_key
  date: first_action_date
  cohort: first acted on
  numerator: handover_seconds
  denominator: is_handover_measured
  divisor: 60
- <<: *handover_time
  code: handover_minutes_p50
  label_en: Hand-over between departments, median
  label_zh: 跨部门交接时间（中位数）
  definition: Half of the hand-overs to another department were acted on no later than this.
  shape: percentile
  percentile: 0.5
- <<: *handover_time
  code: handover_minutes_p90
  label_en: Hand-over between departments, 90th percentile
  label_zh: 跨部门交接时间（90分位）
  definition: Nine in ten hand-overs to another department were acted on no later than this.
  shape: percentile
  percentile: 0.9
- code: registered_before_handled
  version: 1
  label_en: Registered before handled
  label_zh: 先登记后处理率
  definition: Tickets registered no later than the first act of an agent, of the counted tickets registered or handled.
  source: handbook B 2.2
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 1
  numerator: is_registered_before_handled
  denominator: is_registration_known
- code: record_complete_rate
  version: 1
  label_en: Complete records
  label_zh: 记录完整率
  definition: Tickets whose record has customer, contact, type, description, handler and time, of the counted tickets whose record is told.
  source: handbook B 2.2
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 1
  numerator: is_record_complete
  denominator: is_record_known
- code: dossier_complete_rate
  version: 1
  label_en: Complete dossiers
  label_zh: 档案完整率
  definition: Closed tickets whose dossier holds request, execution, confirmation, feedback and change records, of the counted tickets closed whose dossier is told.
  source: handbook B 4.3
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: follow_up_care
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  numerator: is_dossier_complete
  denominator: is_dossier_known
- code: first_owner_kept
  version: 1
  label_en: First owner kept
  label_zh: 首问负责率
  definition: Closed tickets for which the person first contacted stayed accountable until the close, of the counted tickets closed whose owners are told.
  source: handbook B 2.1
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: attitude
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  numerator: is_first_owner_kept
  denominator: is_owner_known
- code: fcr_no_repeat
  version: 2
  label_en: Solved without a repeat contact
  label_zh: 首次解决率（无重复联系）
  definition: Tickets after whose resolution the customer made no further contact on the topic within seven days, of the counted tickets resolved; a reply, a reopening, a call about a ticket and a new ticket are contacts.
  source: field standard (first contact resolution)
  owner: service operations
  unit: share
  direction: up
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: resolved_date
  cohort: resolved
  maturity_days: 7
  numerator: is_without_repeat
  denominator: is_repeat_known
- code: channel_switch_rate
  version: 1
  label_en: Asked again through another channel
  label_zh: 渠道切换率
  definition: Tickets after which the customer asked the same topic again through another channel within seven days without that being agreed, of the counted tickets.
  source: handbook D 3.2
  owner: service operations
  unit: share
  direction: down
  aspect: process
  element: customisation
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 7
  numerator: is_channel_switched
  denominator: is_switch_known
- code: completion_confirmed
  version: 1
  label_en: Completion confirmed
  label_zh: 完成确认率
  definition: Closed tickets whose solution the customer confirmed, of the counted tickets closed for which that is told.
  source: handbook B 4.2
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: follow_up_care
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  numerator: is_completion_confirmed
  denominator: is_confirmation_known
- code: follow_up_rate
  version: 1
  label_en: Followed up after closing
  label_zh: 回访率
  definition: Closed tickets that were verified with the customer within seven days after closing, of the counted tickets closed.
  source: handbooks A and D
  owner: service operations
  unit: share
  direction: up
  aspect: process
  element: follow_up_care
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: closed_date
  cohort: closed
  maturity_days: 7
  numerator: is_followed_up
  denominator: is_follow_up_known
- code: escalation_rate
  version: 1
  label_en: Escalated
  label_zh: 升级率
  definition: Tickets escalated at least once, of the counted tickets created.
  source: house
  owner: service operations
  unit: share
  direction: down
  aspect: skill_and_solving
  element: problem_solving
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 3
  numerator: is_escalated
  denominator: is_escalation_known
- code: service_error_rate_tickets
  version: 1
  label_en: Tickets with a confirmed error
  label_zh: 工单差错率
  definition: Tickets with a confirmed service error, of the counted tickets for which that is told.
  source: handbook B 7.2
  owner: service operations
  unit: share
  direction: down
  aspect: skill_and_solving
  element: professional_skill
  kind: objective
  fact: fct_tickets
  key: ticket_key
  date: created_date
  cohort: created
  maturity_days: 3
  numerator: is_error_confirmed
  denominator: is_error_known
""")) }}{% endmacro %}
