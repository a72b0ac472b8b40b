{#- Pillar 1, quality inspection, calls, bot, skills: aspects process, attitude, timeliness, skill_and_solving. -#}
{% macro kpis_of_inspection_and_contact() %}{{ return(fromyaml("""
[]
""")) }}{% endmacro %}
