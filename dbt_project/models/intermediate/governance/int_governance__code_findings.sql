with codes_in_use as (
    select
        seed,
        row_key,
        vocabulary,
        code
    from {{ ref("int_governance__codes") }}
),

known as (
    select
        'kpi' as vocabulary,
        kpi_code as code
    from {{ ref("int_governance__kpis") }}
    union all
    {{ governed_vocabularies() }}
),

final as (
    select
        codes_in_use.seed,
        codes_in_use.row_key,
        case codes_in_use.vocabulary
            when 'kpi' then 'a KPI is in the registry'
            else 'a code is in its vocabulary'
        end as rule,
        codes_in_use.code || ' is no ' || codes_in_use.vocabulary as detail
    from codes_in_use
    left join known
        on
            codes_in_use.vocabulary = known.vocabulary
            and codes_in_use.code = known.code
    where known.code is null
)

select * from final
