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
        contract_version,
        delivered_rows,
        landed_rows,
        quarantined_rows
    from {{ source("raw", "deliveries") }}
)

select * from final
