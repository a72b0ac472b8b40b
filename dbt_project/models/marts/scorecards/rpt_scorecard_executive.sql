with final as (
    select
        period_grain,
        period_start,
        period_end,
        member_key,
        kpi_code,
        display_order,
        label_en,
        label_zh,
        unit,
        pillar,
        aspect,
        element,
        kind,
        direction,
        value,
        numerator,
        denominator,
        n,
        low,
        high,
        is_suppressed,
        previous_value,
        change,
        target,
        warning,
        floor,
        status,
        score,
        share_at_target_last_12,
        is_complete,
        formula_version
    from {{ ref("scorecard_lines") }}
    where audience = 'executive'
)

select * from final
