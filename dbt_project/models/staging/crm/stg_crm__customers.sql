with delivered as (
    select * from {{ source('raw', 'crm_customers') }}
),

customers as (
    select
        customer_id,
        {{ to_utc('effective_from', 'Asia/Shanghai') }} as effective_at,
        case industry
            when '零售' then 'retail'
            when '制造' then 'manufacturing'
            when '金融' then 'finance'
            when '教育' then 'education'
            when '物流' then 'logistics'
            when '个人' then 'private'
        end as segment,
        case size when 'L' then 'large' when 'M' then 'medium' when 'S' then 'small' end
            as company_size,
        case tier when 'A' then 'high' when 'B' then 'medium' when 'C' then 'low' end
            as value_tier,
        region,
        case language when 'zh-CN' then 'zh' when 'en-US' then 'en' end as language,
        case active when 'Y' then true when 'N' then false end as is_active,
        contract_from as contract_from_on,
        contract_until as contract_until_on,
        'crm' as source_system,
        _batch_id as batch_id,
        _row_number as source_row,
        {{ to_utc('updated_at', 'Asia/Shanghai') }} as source_updated_at
    from delivered
)

select * from customers
