select
    vocabulary,
    code
from {{ ref("vocabularies") }}
group by vocabulary, code
having count(*) > 1
