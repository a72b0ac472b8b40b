-- Mean review score, one vote per review.
-- expected: 3.271611
select round(avg(score), 6) as mean_score
from core.fct_survey_responses
where source_system = 'olist'
