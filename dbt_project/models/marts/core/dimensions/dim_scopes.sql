with delivered as (
    select * from {{ ref("int_scopes__delivered") }}
),

vocabularies as (
    select * from {{ ref("vocabularies") }}
),

named as (
    select
        'department' as scope_type,
        department_key as scope_key,
        department_name as label_en,
        department_name as label_zh
    from {{ ref("dim_departments") }}
    union all
    select
        'team' as scope_type,
        team_key as scope_key,
        team_name as label_en,
        team_name as label_zh
    from {{ ref("dim_teams") }}
    union all
    select
        'agent' as scope_type,
        agent_id as scope_key,
        coalesce(agent_name, agent_id) as label_en,
        coalesce(agent_name, agent_id) as label_zh
    from {{ ref("dim_agents") }}
    where is_current
    union all
    select
        'product' as scope_type,
        product_key as scope_key,
        product_name as label_en,
        product_name as label_zh
    from {{ ref("dim_products") }}
    union all
    select
        'channel' as scope_type,
        channel_key as scope_key,
        label_en,
        label_zh
    from {{ ref("dim_channels") }}
    union all
    select
        'request_type' as scope_type,
        request_type_key as scope_key,
        label_en,
        label_zh
    from {{ ref("dim_request_types") }}
    union all
    select
        'priority' as scope_type,
        priority_key as scope_key,
        label_en,
        label_zh
    from {{ ref("dim_priorities") }}
    union all
    select
        'source' as scope_type,
        source_system as scope_key,
        source_system as label_en,
        source_system as label_zh
    from {{ ref("dim_sources") }}
    union all
    select
        'complaint_type' as scope_type,
        complaint_type_key as scope_key,
        label_en,
        label_zh
    from {{ ref("dim_complaint_types") }}
    union all
    select
        'stage' as scope_type,
        stage_key as scope_key,
        label_en,
        label_zh
    from {{ ref("dim_stages") }}
),

-- Words of a vocabulary that is no dimension; delivered members that no vocabulary translates.
worded as (
    select
        vocabulary as scope_type,
        code as scope_key,
        label_en,
        label_zh
    from vocabularies
    union all
    select
        delivered.scope_type,
        delivered.scope_key,
        delivered.scope_key as label_en,
        delivered.scope_key as label_zh
    from delivered
    anti join vocabularies
        on
            delivered.scope_type = vocabularies.vocabulary
            and delivered.scope_key = vocabularies.code
),

unknown as (
    select
        'location' as scope_type,
        'unknown' as scope_key,
        'Unknown' as label_en,
        '未知' as label_zh
    union distinct
    select
        'root_cause' as scope_type,
        'unknown' as scope_key,
        'Unknown' as label_en,
        '未知' as label_zh
    union distinct
    select
        scope_type,
        'unknown' as scope_key,
        'Unknown' as label_en,
        '未知' as label_zh
    from worded
),

final as (
    select
        'organisation' as scope_type,
        'all' as scope_key,
        'Organisation' as label_en,
        '全组织' as label_zh
    union all
    select
        scope_type,
        scope_key,
        label_en,
        label_zh
    from named
    union all
    select
        scope_type,
        scope_key,
        label_en,
        label_zh
    from worded
    union all
    select
        scope_type,
        scope_key,
        label_en,
        label_zh
    from unknown
)

select * from final
