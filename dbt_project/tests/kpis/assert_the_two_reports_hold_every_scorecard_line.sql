select
    'executive and team' as reports,
    (select count(*) as line_count from {{ ref("scorecard_lines") }}) as line_count,
    (select count(*) as line_count from {{ ref("rpt_scorecard_executive") }}) as executive_count,
    (select count(*) as line_count from {{ ref("rpt_scorecard_team") }}) as team_count
where line_count <> executive_count + team_count
