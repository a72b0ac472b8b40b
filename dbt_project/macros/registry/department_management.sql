{#- Pillar 3, department management: aspects staffing, training, assignment, appraisal, tools,
    improvement, emergencies. -#}
{% macro kpis_of_department_management() %}{{ return(fromyaml("""
- code: staffing_coverage
  version: 1
  label_en: Staffing coverage
  label_zh: 人员到岗覆盖率
  definition: Hours on duty per hour required, on the days and teams for which staff was required; by skill.
  source: handbook C
  owner: workforce management
  unit: share
  direction: up
  aspect: staffing
  element: management
  kind: objective
  shape: special
  fact: fct_staffing_requirements
  key: requirement_key
  date: required_date
  cohort: required
  reconciles: sums
  evidence:
    - {fact: fct_staffing_requirements, key: requirement_key, date: required_date, denominator: compared_minutes}
    - {fact: fct_staffing_shifts, key: shift_key, date: shift_date, numerator: compared_minutes}
- code: tickets_per_agent_hour
  version: 1
  label_en: Tickets per agent hour
  label_zh: 人均小时处理量
  definition: Counted tickets resolved by an agent on the days on which they were on duty, per hour on duty.
  source: handbook C
  owner: workforce management
  unit: count
  direction: up
  aspect: staffing
  element: management
  kind: objective
  fact: fct_agent_days
  key: agent_day_key
  date: work_date
  cohort: on duty
  numerator: handled_tickets
  denominator: productive_minutes
  multiplier: 60
  model: kpi_values_management
- code: workload_balance
  version: 1
  label_en: Balance of the workload
  label_zh: 工作量均衡度
  definition: >-
    Coefficient of variation (population) of the tickets resolved per agent, over the agents of the scope who were
    on duty or resolved one; 0 is even.
  source: handbook C
  owner: workforce management
  unit: count
  direction: down
  aspect: assignment
  element: management
  kind: objective
  shape: special
  fact: fct_agent_days
  key: agent_day_key
  date: work_date
  cohort: resolved
  model: kpi_agents
  additive: false
  reconciles: units
  evidence:
    - fact: fct_agent_days
      key: agent_day_key
      unit: agent_id
      date: work_date
      numerator: handled_tickets
      denominator: (productive_minutes is not null or handled_tickets > 0)
- code: onboarding_months
  version: 1
  label_en: Onboarding
  label_zh: 上岗培养周期
  definition: >-
    Months of 30.4375 days from the hire to the first resolved ticket that was never passed on, mean over new
    agents.
  source: handbook B 1.1
  owner: training
  unit: count
  direction: down
  aspect: staffing
  element: management
  kind: objective
  fact: fct_onboardings
  key: onboarding_key
  date: first_solo_date
  cohort: began
  numerator: onboarding_days
  denominator: is_on_duty
  multiplier: 16
  divisor: 487
  model: kpi_values_management
- code: certified_before_duty
  version: 1
  label_en: Certified before duty
  label_zh: 持证上岗率
  definition: New agents who passed the theory and the practical test before their first solo ticket.
  source: handbook B 1.1
  owner: training
  unit: share
  direction: up
  aspect: training
  element: management
  kind: objective
  fact: fct_onboardings
  key: onboarding_key
  date: first_solo_date
  cohort: began
  numerator: is_certified_before_duty
  denominator: is_certification_due
  model: kpi_values_management
- code: training_hours_per_agent
  version: 1
  label_en: Training per agent
  label_zh: 人均培训时长
  definition: Hours of courses per agent and month of 30.4375 days employed.
  source: house
  owner: training
  unit: hours
  direction: up
  aspect: training
  element: management
  kind: objective
  fact: fct_agent_days
  key: agent_day_key
  date: work_date
  cohort: employed
  numerator: training_minutes
  denominator: is_employed
  multiplier: 487
  divisor: 960
  model: kpi_values_management
- code: training_pass_rate
  version: 1
  label_en: Tests passed
  label_zh: 培训考核通过率
  definition: Tests passed, of the trainings and tests with a result.
  source: house
  owner: training
  unit: share
  direction: up
  aspect: training
  element: management
  kind: objective
  fact: fct_trainings
  key: training_key
  date: held_date
  cohort: held
  numerator: is_passed
  denominator: is_tested
  model: kpi_values_management
- code: training_coverage
  version: 1
  label_en: Agents trained
  label_zh: 培训覆盖率
  definition: Agents in a course in the period, of the agents employed in it; each counted once.
  source: house
  owner: training
  unit: share
  direction: up
  aspect: training
  element: management
  kind: objective
  shape: special
  fact: fct_agent_days
  key: agent_day_key
  date: work_date
  cohort: employed
  model: kpi_agents
  additive: false
  reconciles: distinct
  evidence:
    - fact: fct_agent_days
      key: agent_day_key
      unit: agent_id
      date: work_date
      numerator: (training_minutes > 0)
      denominator: is_employed
- code: sla_target_hit_by_agent
  version: 1
  label_en: Agents at their target
  label_zh: 坐席目标达成率
  definition: >-
    Agents whose first responses within SLA reach the target in force for them, of the agents with such responses
    due.
  source: handbook B 5.2
  owner: service management
  unit: share
  direction: up
  aspect: appraisal
  element: management
  kind: objective
  shape: special
  fact: fct_tickets
  key: ticket_key
  date: first_response_due_date
  cohort: first response due
  model: kpi_agent_targets
  additive: false
  reconciles: units
  evidence:
    - fact: fct_tickets
      key: ticket_key
      unit: agent_id
      scopes: [agent]
      date: first_response_due_date
      numerator: is_first_response_sla_met
      denominator: (is_first_response_sla_applicable and agent_id <> 'unknown')
- code: appraisal_on_time
  version: 1
  label_en: Appraisals on time
  label_zh: 考核按时完成率
  definition: Appraisals done by their due day, of those due.
  source: handbook C
  owner: service management
  unit: share
  direction: up
  aspect: appraisal
  element: management
  kind: objective
  fact: fct_appraisals
  key: appraisal_key
  date: due_date
  cohort: due
  numerator: is_done_on_time
  denominator: is_due
  model: kpi_values_management
- code: coaching_started_rate
  version: 1
  label_en: Coaching started
  label_zh: 辅导启动率
  definition: >-
    Agents below the warning of the inspection score in two months running, for whom coaching was opened from the
    first of the two to 30 days after; by the second month.
  source: handbook D
  owner: service management
  unit: share
  direction: up
  aspect: appraisal
  element: management
  kind: objective
  shape: special
  fact: fct_coaching_cases
  key: coaching_case_key
  date: second_month_end
  cohort: second month below warning
  maturity_days: 30
  model: kpi_agent_targets
  additive: false
  reconciles: sums
  evidence:
    - fact: fct_coaching_cases
      key: coaching_case_key
      date: second_month_end
      numerator: is_coached
      denominator: is_coaching_known
- code: equipment_failure_rate
  version: 1
  label_en: Devices that failed
  label_zh: 设备故障率
  definition: Devices that failed while in service in the period, of the devices in service in it; each counted once.
  source: handbook B 1.2
  owner: service facilities
  unit: share
  direction: down
  aspect: tools
  element: management
  kind: objective
  shape: special
  fact: fct_equipment_events
  key: event_key
  date: event_date
  cohort: in service
  model: kpi_stocks
  additive: false
  reconciles: during
  evidence:
    - fact: fct_equipment_events
      key: event_key
      unit: device_id
      date: event_date
      until: (case when is_failure_in_service then event_date + 1 else state_until_date end)
      numerator: is_failure_in_service
      denominator: (event_kind = 'in_service' or is_failure_in_service)
- code: equipment_spare_rate
  version: 1
  label_en: Spare devices
  label_zh: 设备备用率
  definition: Spare devices per device in service, at the end of the period.
  source: handbook B 1.2
  owner: service facilities
  unit: share
  direction: up
  aspect: tools
  element: management
  kind: objective
  shape: special
  fact: fct_equipment_events
  key: event_key
  date: event_date
  cohort: at period end
  model: kpi_stocks
  additive: false
  reconciles: at_end
  evidence:
    - fact: fct_equipment_events
      key: event_key
      unit: device_id
      date: event_date
      until: state_until_date
      denominator: (event_kind = 'in_service')
    - fact: fct_equipment_events
      key: event_key
      unit: device_id
      date: event_date
      until: state_until_date
      numerator: (event_kind = 'spare')
- code: equipment_checks_on_time
  version: 1
  label_en: Equipment checks on time
  label_zh: 设备按时检查率
  definition: Checks of devices done by their due day, of those due.
  source: handbook B 1.2
  owner: service facilities
  unit: share
  direction: up
  aspect: tools
  element: management
  kind: objective
  fact: fct_equipment_events
  key: event_key
  date: due_date
  cohort: due
  numerator: is_check_on_time
  denominator: is_check_due
  model: kpi_values_management
- code: reviews_due_on_time
  version: 1
  label_en: Reviews on time
  label_zh: 制度评审按时率
  definition: Reviews of standards, targets, plans and mechanisms done by their due day, of those due; by kind.
  source: handbooks A and B 1.4, 6.1
  owner: service management
  unit: share
  direction: up
  aspect: improvement
  element: management
  kind: objective
  fact: fct_standard_reviews
  key: standard_review_key
  date: due_date
  cohort: due
  numerator: is_done_on_time
  denominator: is_due
  model: kpi_values_management
- code: emergency_response_on_time
  version: 1
  label_en: Emergencies handled in time
  label_zh: 应急响应及时率
  definition: >-
    Emergencies handled within the minutes of their response level, of those handled or past that time; by grade.
  source: handbook B 6
  owner: emergency desk
  unit: share
  direction: up
  aspect: emergencies
  element: management
  kind: objective
  fact: fct_emergencies
  key: emergency_key
  date: started_date
  cohort: began
  numerator: is_response_on_time
  denominator: is_response_due
  model: kpi_values_management
- code: emergency_closed_with_review
  version: 1
  label_en: Emergencies closed with a review
  label_zh: 应急闭环总结率
  definition: Emergencies with every step from grading to summary, of those begun; mature after 30 days.
  source: handbook B 6
  owner: emergency desk
  unit: share
  direction: up
  aspect: emergencies
  element: management
  kind: objective
  fact: fct_emergencies
  key: emergency_key
  date: started_date
  cohort: began
  maturity_days: 30
  numerator: is_closed_with_review
  denominator: is_emergency
  model: kpi_values_management
- code: drills_done
  version: 1
  label_en: Drills held
  label_zh: 应急演练完成率
  definition: Emergency drills held, of those due; by kind and post.
  source: handbook B 6
  owner: emergency desk
  unit: share
  direction: up
  aspect: emergencies
  element: management
  kind: objective
  fact: fct_emergencies
  key: emergency_key
  date: due_date
  cohort: due
  numerator: is_drill_done
  denominator: is_drill_due
  model: kpi_values_management
- code: actions_overdue
  version: 1
  label_en: Improvement actions overdue
  label_zh: 改进措施逾期率
  definition: Open improvement actions past their due day, of the open ones, at the end of the period.
  source: handbook B 5
  owner: service management
  unit: share
  direction: down
  aspect: improvement
  element: management
  kind: objective
  shape: special
  fact: fct_improvement_actions
  key: action_key
  date: due_date
  cohort: open at period end
  model: kpi_stocks
  additive: false
  reconciles: at_end
  evidence:
    - {fact: fct_improvement_actions, key: action_key, date: opened_date, until: closed_date, denominator: 1}
    - {fact: fct_improvement_actions, key: action_key, date: overdue_date, until: closed_date, numerator: 1}
- code: actions_effective
  version: 1
  label_en: Improvement actions effective
  label_zh: 改进措施有效率
  definition: Improvement actions whose KPI is verified to have improved, of those checked.
  source: handbook B 5
  owner: service management
  unit: share
  direction: up
  aspect: improvement
  element: management
  kind: objective
  shape: special
  due: later
  fact: fct_improvement_actions
  key: action_key
  date: closed_date
  cohort: checked
  additive: false
- code: dpmo
  version: 1
  label_en: Defects per million opportunities
  label_zh: 百万机会缺陷数
  definition: Defects per unit and opportunity, times a million.
  source: handbook D
  owner: service management
  unit: count
  direction: down
  aspect: improvement
  element: management
  kind: objective
  shape: special
  due: later
  fact: fct_qa_reviews
  date: reviewed_date
  cohort: reviewed
  additive: false
- code: sigma_level
  version: 1
  label_en: Sigma level
  label_zh: 西格玛水平
  definition: Sigma level of the defects per million opportunities, with the shift of 1.5.
  source: handbook D
  owner: service management
  unit: score
  direction: up
  aspect: improvement
  element: management
  kind: objective
  shape: special
  due: later
  fact: fct_qa_reviews
  date: reviewed_date
  cohort: reviewed
  additive: false
- code: data_freshness_minutes
  version: 1
  label_en: Age of the newest data
  label_zh: 数据新鲜度
  definition: >-
    Age of the newest event in the marts at the build's date of view, in all and by source; in the periods that hold
    that date.
  source: handbooks A, B and E
  owner: data platform
  unit: minutes
  direction: down
  aspect: tools
  element: management
  kind: objective
  shape: special
  fact: dim_sources
  key: source_system
  date: viewed_date
  cohort: at the date of view
  divisor: 60
  model: kpi_data_freshness
  additive: false
  reconciles: least
  evidence:
    - fact: dim_sources
      key: source_system
      date: viewed_date
      numerator: age_seconds
      denominator: (age_seconds is not null)
""")) }}{% endmacro %}
