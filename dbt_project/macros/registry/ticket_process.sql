{#- Pillar 1, what a ticket goes through: aspects process, attitude, timeliness, skill_and_solving. -#}
{% macro kpis_of_ticket_process() %}{{ return(fromyaml("""
[]
""")) }}{% endmacro %}
