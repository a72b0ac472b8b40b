{#- A quotient of two decimals of at most six places, exact and rounded once (half away from zero); null over zero.
    DuckDB's DECIMAL / DECIMAL is a DOUBLE, so there the division is done in whole numbers. -#}
{% macro exact_ratio(numerator, denominator, digits=6) %}
    {{- return(adapter.dispatch("exact_ratio")(numerator, denominator, digits)) -}}
{% endmacro %}

{% macro default__exact_ratio(numerator, denominator, digits) -%}
    cast(
        round(
            cast({{ numerator }} as decimal(38, 6)) / nullif(cast({{ denominator }} as decimal(38, 6)), 0),
            {{ digits }}
        ) as decimal(18, {{ digits }})
    )
{%- endmacro %}

{% macro duckdb__exact_ratio(numerator, denominator, digits) -%}
    {%- set dividend = "cast(abs(" ~ numerator ~ ") * 1000000 as hugeint)" -%}
    {%- set divisor = "nullif(cast(abs(" ~ denominator ~ ") * 1000000 as hugeint), 0)" -%}
    cast(
        cast(
            sign({{ numerator }}) * sign({{ denominator }})
            * ((2 * {{ 10 ** digits }} * {{ dividend }} + {{ divisor }}) // (2 * {{ divisor }}))
            as decimal(30, 0)
        ) * {{ "%.*f" | format(digits, 10 ** -digits) }} as decimal(18, {{ digits }})
    )
{%- endmacro %}
