-- CSAT of a 1-5 scale: mean, share of 4 and 5, n.
-- expected: 4.247585, 0.827086, 17182
select
    round(sum(csat_points) / count(*), 6) as mean_points,
    round(avg(case when is_top_box then 1 else 0 end), 6) as top_two_share,
    count(*) as answers
from core.fct_survey_responses
where source_system = 'flipkart_csat' and is_csat_answer
