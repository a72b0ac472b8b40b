with codes_in_use as (
    {{ governed_code_uses() }}
),

judged as (
    select
        table_id || ' ' || row_code || '/' || column_code as row_key,
        row_code,
        column_code
    from {{ ref("ahp_judgements") }}
),

nodes as (
    select distinct parent_code
    from {{ ref("ahp_tables") }}
),

final as (
    select
        seed,
        row_key,
        vocabulary,
        code,
        valid_to
    from codes_in_use
    union all
    select
        'ahp_judgements' as seed,
        judged.row_key,
        'kpi' as vocabulary,
        judged.row_code as code,
        cast(null as date) as valid_to
    from judged
    where judged.row_code not in (select nodes.parent_code from nodes)
    union all
    select
        'ahp_judgements' as seed,
        judged.row_key,
        'kpi' as vocabulary,
        judged.column_code as code,
        cast(null as date) as valid_to
    from judged
    where judged.column_code not in (select nodes.parent_code from nodes)
)

select * from final
