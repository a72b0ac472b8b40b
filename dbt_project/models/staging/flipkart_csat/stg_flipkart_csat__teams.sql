with contacts as (
    select * from {{ ref('stg_flipkart_csat__contacts') }}
),

teams as (
    select
        team_id,
        team_id as team_name,
        manager as department_id,
        manager as department_name,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from contacts
    where team_id is not null
    qualify row_number() over (partition by team_id order by reported_at desc, contact_id desc) = 1
)

select * from teams
