with activity as (
    select * from {{ ref("int_customers__activity") }}
),

-- A new version of a customer splits a span; the run goes on where one span touches the next.
marked as (
    select
        *,
        coalesce(
            active_from_on > lag(active_until_on) over (
                partition by customer_id order by active_from_on
            ),
            true
        ) as is_run_start,
        lead(active_from_on) over (partition by customer_id order by active_from_on) as next_from_on
    from activity
),

numbered as (
    select
        *,
        max(case when is_run_start then active_from_on end) over (
            partition by customer_id order by active_from_on rows unbounded preceding
        ) as run_from_on
    from marked
),

final as (
    select
        customer_key || '/' || cast(active_from_on as varchar) as customer_activity_key,
        source_system,
        customer_key,
        customer_id,
        coalesce(segment, 'unknown') as segment_key,
        coalesce(company_size, 'unknown') as company_size_key,
        coalesce(value_tier, 'unknown') as value_tier_key,
        coalesce(region, 'unknown') as region_key,
        coalesce(language, 'unknown') as language_key,
        active_from_on,
        active_until_on,
        run_from_on,
        coalesce(next_from_on > active_until_on, true) as is_run_end,
        next_from_on as next_active_from_on,
        base_begins_on,
        base_known_from_on
    from numbered
)

select * from final
