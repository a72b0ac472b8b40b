{#- The registry: every KPI of every pillar, in display order. An entry that is no ratio of sums
    names its shape: `percentile` is exact from the rows; `special` has a model `kpi_<code>` of
    its own. -#}
{% macro kpi_registry() %}
    {% set defaults = {
        "shape": "ratio", "maturity_days": 0, "multiplier": 1, "divisor": 1, "interval": "none",
        "key": none, "numerator": none, "denominator": none, "percentile": none,
    } %}
    {% set pillars = {
        "service_quality": kpis_of_service_quality(),
        "service_effect": kpis_of_service_effect(),
    } %}
    {% set registry = [] %}
    {% for pillar, kpis in pillars.items() %}
        {% for kpi in kpis %}
            {% set entry = dict(defaults, pillar=pillar) %}
            {% do entry.update(kpi) %}
            {% do entry.setdefault("additive", entry["shape"] != "percentile") %}
            {% do registry.append(entry) %}
        {% endfor %}
    {% endfor %}
    {{ return(registry) }}
{% endmacro %}
