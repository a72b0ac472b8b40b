with codes_in_use as (
    select
        seed,
        row_key,
        vocabulary,
        code,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref("int_governance__codes") }}
),

closed as (
    select
        vocabulary,
        code,
        max(coalesce(valid_to, date '9999-12-31')) as ends_on
    from {{ ref("vocabulary_approvals") }}
    where code is not null
    group by vocabulary, code
),

approved as (
    select vocabulary
    from {{ ref("vocabulary_approvals") }}
    where code is null and valid_to is null
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
    union all
    select
        codes_in_use.seed,
        codes_in_use.row_key,
        'a code is not used after its end' as rule,
        codes_in_use.code || ' ended on ' || closed.ends_on as detail
    from codes_in_use
    inner join closed
        on
            codes_in_use.vocabulary = closed.vocabulary
            and codes_in_use.code = closed.code
            and codes_in_use.valid_to > closed.ends_on
    union all
    -- The registry and the calendars have an approval of their own for every version and row.
    select distinct
        'vocabularies' as seed,
        known.vocabulary as row_key,
        'a vocabulary is approved' as rule,
        'no row of vocabulary_approvals holds for it' as detail
    from known
    left join approved on known.vocabulary = approved.vocabulary
    where approved.vocabulary is null and known.vocabulary not in ('kpi', 'calendar')
)

select * from final
