with final as (
    select
        batch_id,
        source_system,
        table_name,
        file_name,
        file_sha256,
        file_bytes,
        status,
        reason,
        cast(contract_version as bigint) as contract_version,
        delivered_rows,
        landed_rows,
        quarantined_rows
    from {{ ref("stg_control__deliveries") }}
    union all
    select
        'unknown' as batch_id,
        'unknown' as source_system,
        'unknown' as table_name,
        'unknown' as file_name,
        null as file_sha256,
        null as file_bytes,
        'unknown' as status,
        null as reason,
        null as contract_version,
        null as delivered_rows,
        null as landed_rows,
        null as quarantined_rows
)

select * from final
