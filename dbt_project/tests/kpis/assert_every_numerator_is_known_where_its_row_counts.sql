-- A row in the denominator whose numerator is null would count as if it were 0.
{{ unknown_numerators() }}
