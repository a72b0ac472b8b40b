with incident_events as (
    select * from {{ ref('stg_uci_incident__incident_events') }}
),

teams as (
    select
        team_id,
        team_id as team_name,
        source_system,
        batch_id,
        source_row,
        source_updated_at
    from incident_events
    where team_id is not null
    qualify
        row_number() over (
            partition by team_id
            order by updated_at desc, ticket_id desc, event_sequence desc
        ) = 1
)

select * from teams
