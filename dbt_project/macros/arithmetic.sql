{#- A quotient of two decimals of at most six places, exact and rounded once (half away from zero);
    null over zero. DuckDB's DECIMAL / DECIMAL is a DOUBLE, so there whole numbers are divided: of 64
    bits where they suffice, which is a hundred times faster than of 128. -#}
{% macro exact_ratio(numerator, denominator, digits=6) %}
    {{- adapter.dispatch("exact_ratio")(numerator, denominator, digits) -}}
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
    {%- set dividend = small_millionths(numerator, 18) -%}
    {#- The remainder is multiplied by 2 x 10^digits: the divisor leaves that room in 64 bits. -#}
    {%- set divisor = "nullif(" ~ small_millionths(denominator, 12) ~ ", 0)" -%}
    {%- set wide = "cast(abs(cast(%s as decimal(38, 6))) * 1000000 as hugeint)" -%}
    {%- set wide_dividend = wide | format(numerator) -%}
    {%- set wide_divisor = "nullif(" ~ wide | format(denominator) ~ ", 0)" -%}
    {#- `greatest` skips the null one; a `coalesce` would work out every repeated part again. -#}
    cast(
        sign({{ numerator }}) * sign({{ denominator }}) * greatest(
            cast(
                {{ dividend }} // {{ divisor }} * {{ 10 ** digits }}
                + (2 * {{ 10 ** digits }} * ({{ dividend }} % {{ divisor }}) + {{ divisor }})
                // (2 * {{ divisor }})
                as decimal(30, 0)
            ),
            case
                when abs({{ numerator }}) >= 1000000000000 or abs({{ denominator }}) >= 1000000
                    then
                        cast(
                            (2 * {{ 10 ** digits }} * {{ wide_dividend }} + {{ wide_divisor }})
                            // (2 * {{ wide_divisor }}) as decimal(30, 0)
                        )
            end
        ) * {{ "%.*f" | format(digits, 10 ** -digits) }} as decimal(18, {{ digits }})
    )
{%- endmacro %}

{#- A quotient of whole numbers as the nearest whole number, half away from zero; the denominator
    is positive, both are hugeint in DuckDB. For products beyond the digits of `exact_ratio`. -#}
{% macro whole_ratio(numerator, denominator) %}
    {{- adapter.dispatch("whole_ratio")(numerator, denominator) -}}
{% endmacro %}

{% macro default__whole_ratio(numerator, denominator) -%}
    cast(round(cast({{ numerator }} as decimal(38, 0)) / ({{ denominator }}), 0) as bigint)
{%- endmacro %}

{% macro duckdb__whole_ratio(numerator, denominator) -%}
    {%- set n, d = "(" ~ numerator ~ ")", "(" ~ denominator ~ ")" -%}
    cast(sign{{ n }} * ((2 * abs{{ n }} + {{ d }}) // (2 * {{ d }})) as bigint)
{%- endmacro %}

{#- The absolute value in millionths as a BIGINT; null where it does not fit a decimal of `width`
    digits. -#}
{% macro small_millionths(amount, width) -%}
    {%- set small = "abs(try_cast(" ~ amount ~ " as decimal(" ~ width ~ ", 6)))" -%}
    (
        cast(floor({{ small }}) as bigint) * 1000000
        + cast(cast({{ small }} - floor({{ small }}) as decimal(7, 6)) * 1000000 as bigint)
    )
{%- endmacro %}

{#- The square root of a quotient of two whole numbers, rounded once to six places: what floating
    point finds is corrected where the next whole number of millionths is nearer. Null over zero. -#}
{% macro exact_root(numerator, denominator) -%}
    {%- set quotient = "cast(%s as double) / nullif(%s, 0)" | format(numerator, denominator) -%}
    {%- set millionths = "cast(round(1000000 * sqrt(" ~ quotient ~ ")) as hugeint)" -%}
    {%- set above = "(2 * " ~ millionths ~ " + 1)" -%}
    {%- set below = "(2 * " ~ millionths ~ " - 1)" -%}
    {%- set wanted = "(4000000000000 * cast(" ~ numerator ~ " as hugeint))" -%}
    cast(
        cast({{ millionths }} + case
            when {{ above }} * {{ above }} * {{ denominator }} <= {{ wanted }} then 1
            when
                {{ millionths }} > 0
                and {{ below }} * {{ below }} * {{ denominator }} > {{ wanted }}
                then -1
            else 0
        end as decimal(30, 0)) * 0.000001 as decimal(18, 6)
    )
{%- endmacro %}

{#- One of several exact percentiles (linear interpolation). They are asked for as one list, because
    an engine then keeps the rows of a group once and not once for each. -#}
{% macro percentile(amount, fractions, position) %}
    {{- adapter.dispatch("percentile")(amount, fractions, position) -}}
{% endmacro %}
{% macro default__percentile(amount, fractions, position) -%}
    percentile({{ amount }}, array({{ fractions | join(", ") }}))[{{ position - 1 }}]
{%- endmacro %}
{% macro duckdb__percentile(amount, fractions, position) -%}
    quantile_cont({{ amount }}, [{{ fractions | join(", ") }}])[{{ position }}]
{%- endmacro %}

{#- The middle and half the width of a 95 % interval, in floating point from exact sums: Wilson
    for shares, 1.96 standard errors for NPS, Student's t for means. `parts` is an alias with
    numerator, n, squares, interval_method and scale (value = numerator / n x scale). -#}
{% macro interval_centre(parts) -%}
    {%- set p = "(cast(" ~ parts ~ ".numerator as double) / " ~ parts ~ ".n)" -%}
    case {{ parts }}.interval_method
        when 'wilson' then
            ({{ p }} + {{ 1.96 ** 2 / 2 }} / {{ parts }}.n) / (1 + {{ 1.96 ** 2 }} / {{ parts }}.n)
        when 'nps' then {{ p }} * {{ parts }}.scale
        when 'mean' then {{ p }} * {{ parts }}.scale
    end
{%- endmacro %}

{#- The variance is exact until it is divided: a sum of squares minus a square cancels digits. -#}
{% macro interval_margin(parts, t_quantile) -%}
    {%- set n = parts ~ ".n" -%}
    {%- set p = "(cast(" ~ parts ~ ".numerator as double) / " ~ n ~ ")" -%}
    {%- set total = parts ~ ".numerator" -%}
    {%- set spread = n ~ " * " ~ parts ~ ".squares - " ~ total ~ " * " ~ total -%}
    {%- set variance = "(cast(" ~ spread ~ " as double) / power(" ~ n ~ ", 2))" -%}
    case {{ parts }}.interval_method
        when 'wilson' then
            1.96 * sqrt({{ p }} * (1 - {{ p }}) / {{ n }} + {{ 1.96 ** 2 / 4 }} / power({{ n }}, 2))
            / (1 + {{ 1.96 ** 2 }} / {{ n }})
        when 'nps' then 1.96 * sqrt({{ variance }} / {{ n }}) * {{ parts }}.scale
        when 'mean' then
            {{ t_quantile }} * sqrt({{ variance }} / nullif({{ n }} - 1, 0)) * {{ parts }}.scale
    end
{%- endmacro %}

{#- Student's two-sided 95 % quantile beyond the table: the Cornish-Fisher expansion, off by less
    than 3e-8 there. -#}
{% macro t_quantile_beyond_table(df) -%}
    (
        1.959963984540054 + 2.3722712303 / {{ df }} + 2.8224986157 / power({{ df }}, 2)
        + 2.5558496795 / power({{ df }}, 3) + 1.5895340534 / power({{ df }}, 4)
    )
{%- endmacro %}

{#- The square root of a quotient of two whole numbers, in floating point and rounded once, to two
    places; 0 where the quotient is negative. -#}
{% macro root_of_ratio(numerator, denominator) -%}
    cast(
        round(
            sqrt(
                cast(greatest({{ numerator }}, 0) as double)
                / cast({{ denominator }} as double)
            ),
            2
        ) as decimal(18, 2)
    )
{%- endmacro %}
