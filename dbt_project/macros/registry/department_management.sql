{#- Pillar 3, department management: aspects staffing, training, assignment, appraisal, tools, improvement, emergencies. -#}
{% macro kpis_of_department_management() %}{{ return(fromyaml("""
[]
""")) }}{% endmacro %}
