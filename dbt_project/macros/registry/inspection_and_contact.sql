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
""")) }}{% endmacro %}
