with pairs as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        comparison,
        kpi_code,
        composite_change,
        case
            when weight_before is null then 'appeared'
            when weight_now is null then 'vanished'
            else 'compared'
        end as presence,
        cast(weight_before as hugeint) as weight_before,
        cast(score_before as hugeint) as score_before,
        cast(weight_now as hugeint) as weight_now,
        cast(score_now as hugeint) as score_now
    from {{ ref("kpi_score_pairs") }}
),

-- Weight and points (weight x score) of a side: of all its KPIs, and of those that both sides have.
summed as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        comparison,
        sum(weight_before) as all_before,
        sum(weight_now) as all_now,
        sum(weight_before * score_before) as all_points_before,
        sum(weight_now * score_now) as all_points_now,
        sum(weight_before) filter (where presence = 'compared') as common_before,
        sum(weight_now) filter (where presence = 'compared') as common_now,
        sum(weight_before * score_before) filter (where presence = 'compared')
            as common_points_before,
        sum(weight_now * score_now) filter (where presence = 'compared') as common_points_now
    from pairs
    group by audience_code, scope_type, scope_key, period_grain, period_start, comparison
),

-- A side that comes or goes is measured against the KPIs that stay; where none stays, against the
-- middle of the two composites, as points over weight like the others.
bases as (
    select
        audience_code,
        scope_type,
        scope_key,
        period_grain,
        period_start,
        comparison,
        cast(all_before as hugeint) as all_before,
        cast(all_now as hugeint) as all_now,
        cast(coalesce(common_before, 2 * all_before * all_now) as hugeint) as base_before,
        cast(coalesce(common_now, 2 * all_before * all_now) as hugeint) as base_now,
        cast(coalesce(
            common_points_before, all_points_before * all_now + all_points_now * all_before
        ) as hugeint) as points_before,
        cast(coalesce(
            common_points_now, all_points_before * all_now + all_points_now * all_before
        ) as hugeint) as points_now
    from summed
),

final as (
    select
        pairs.audience_code,
        pairs.scope_type,
        pairs.scope_key,
        pairs.period_grain,
        pairs.period_start,
        pairs.comparison,
        pairs.kpi_code,
        pairs.composite_change,
        pairs.presence,
        cast(pairs.score_before as bigint) as score_before,
        cast(pairs.score_now as bigint) as score_now,
        {{ exact_ratio("pairs.weight_before", "bases.all_before") }} as weight_before,
        {{ exact_ratio("pairs.weight_now", "bases.all_now") }} as weight_now,
        case pairs.presence
            when 'compared'
                then {{ whole_ratio(
                    "(pairs.weight_before * bases.base_now + pairs.weight_now * bases.base_before)"
                    ~ " * (pairs.score_now - pairs.score_before)",
                    "2 * bases.base_before * bases.base_now",
                ) }}
            else 0
        end as score_effect,
        case pairs.presence
            when 'compared'
                then {{ whole_ratio(
                    "(pairs.weight_now * bases.base_before - pairs.weight_before * bases.base_now)"
                    ~ " * ((pairs.score_before + pairs.score_now) * bases.base_before * bases.base_now"
                    ~ " - bases.points_before * bases.base_now"
                    ~ " - bases.points_now * bases.base_before)",
                    "2 * bases.base_before * bases.base_now * bases.base_before * bases.base_now",
                ) }}
            when 'vanished'
                then {{ whole_ratio(
                    "pairs.weight_before"
                    ~ " * (bases.points_before - pairs.score_before * bases.base_before)",
                    "bases.all_before * bases.base_before",
                ) }}
            else {{ whole_ratio(
                "pairs.weight_now"
                ~ " * (pairs.score_now * bases.base_now - bases.points_now)",
                "bases.all_now * bases.base_now",
            ) }}
        end as weight_effect
    from pairs
    inner join bases
        on
            pairs.audience_code = bases.audience_code
            and pairs.scope_type = bases.scope_type
            and pairs.scope_key = bases.scope_key
            and pairs.period_grain = bases.period_grain
            and pairs.comparison = bases.comparison
            and pairs.period_start = bases.period_start
)

select * from final
