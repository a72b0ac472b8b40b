-- Mean review score, the latest review of each order.
-- expected: 3.262692
with latest as (
    select score
    from core.fct_survey_responses
    where source_system = 'olist' and order_key <> 'unknown'
    qualify
        row_number() over (
            partition by order_key
            order by responded_at desc, survey_id desc
        ) = 1
)

select round(avg(score), 6) as mean_score
from latest
