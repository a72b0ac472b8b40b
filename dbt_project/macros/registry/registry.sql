{#- The registry: every KPI of every pillar, in display order. An entry that is no ratio of sums
    names its shape: `percentile` is exact from the rows; `special` has a model of its own, named
    by `model` (several KPIs may share it), else `kpi_<code>`. `due: later` says that its values come
    with an analysis that is not built: a KPI with label and target, no model and no value.
    `split_model` adds values in a scope type whose rows are finer than the fact's. `activity: false`
    says that a value is no sign of service in the period: alone it makes no scores. So it is with
    department management, whose records (hires, trainings, devices) go back long before the rest. -#}
{% macro kpi_registry() %}
    {% set defaults = {
        "shape": "ratio", "maturity_days": 0, "multiplier": 1, "divisor": 1, "interval": "none",
        "key": none, "numerator": none, "denominator": none, "percentile": none,
        "due": "now", "evidence": none, "split_model": none,
    } %}
    {% set subjects = [
        ("service_quality", kpis_of_service_quality()),
        ("service_quality", kpis_of_ticket_process()),
        ("service_quality", kpis_of_inspection_and_contact()),
        ("service_effect", kpis_of_service_effect()),
        ("department_management", kpis_of_department_management()),
    ] %}
    {% set registry = [] %}
    {% for pillar, kpis in subjects %}
        {% for kpi in kpis %}
            {% set entry = dict(defaults, pillar=pillar) %}
            {% do entry.update(kpi) %}
            {% set is_special = entry["shape"] == "special" %}
            {% do entry.setdefault("reconciles", "none" if is_special else "sums") %}
            {% do entry.setdefault("activity", pillar != "department_management") %}
            {% do entry.setdefault("additive", entry["shape"] != "percentile") %}
            {% do entry.setdefault(
                "model",
                none if entry["due"] == "later"
                else "kpi_" ~ entry["code"] if entry["shape"] == "special"
                else "kpi_percentiles" if entry["shape"] == "percentile"
                else "kpi_values_" ~ entry["fact"].removeprefix("fct_"),
            ) %}
            {% do registry.append(entry) %}
        {% endfor %}
    {% endfor %}
    {{ return(registry) }}
{% endmacro %}
