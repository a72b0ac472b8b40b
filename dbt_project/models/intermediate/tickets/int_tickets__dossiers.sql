with tickets as (
    select * from {{ touched(ref("int_tickets__deduplicated")) }}
),

milestones as (
    select * from {{ touched(ref("int_tickets__milestones")) }}
),

parts as (
    select * from {{ ref("dossier_parts") }}
    where is_required
),

dossiers as (
    select
        tickets.dossier_parts,
        milestones.closed_date
    from tickets
    inner join milestones
        on tickets.ticket_id = milestones.ticket_id
    where tickets.dossier_parts is not null and milestones.closed_date is not null
    group by tickets.dossier_parts, milestones.closed_date
),

final as (
    select
        dossiers.dossier_parts,
        dossiers.closed_date,
        string_agg(parts.part_code, ', ' order by parts.part_code) filter (
            where '|' || dossiers.dossier_parts || '|' not like '%|' || parts.part_code || '|%'
        ) as missing_parts
    from dossiers
    left join parts
        on
            dossiers.closed_date >= parts.valid_from
            and (parts.valid_to is null or dossiers.closed_date < parts.valid_to)
    group by dossiers.dossier_parts, dossiers.closed_date
)

select * from final
