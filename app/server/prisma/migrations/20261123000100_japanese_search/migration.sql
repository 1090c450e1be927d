-- Search in Japanese has no spaces to split at, so the index holds every character and every pair of neighbours.
-- Written in the RETURN form, whose names are resolved now: index maintenance runs with an empty search_path.

-- What two spellings of one word share: full and half width, upper and lower case.
CREATE FUNCTION search_text(document text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(normalize(document, NFKC));

-- The distinct runs of `shortest` to 2 characters without blanks: 1 for what is indexed, 2 for a longer question.
CREATE FUNCTION search_grams(document text, shortest integer) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 5000
  RETURN (
    SELECT coalesce(array_agg(DISTINCT gram), '{}')
    FROM (
      SELECT letter, lead(letter) OVER (ORDER BY position) AS following
      FROM string_to_table(search_text(document), NULL) WITH ORDINALITY AS letters (letter, position)
    ) AS pairs
    CROSS JOIN LATERAL (VALUES (letter), (letter || following)) AS grams (gram)
    WHERE length(gram) >= shortest AND gram !~ '\s'
  );

CREATE INDEX "Article_search_idx" ON "Article" USING gin (search_grams(title || E'\n' || body, 1));

-- "AWS" and "aws" are one tag.
CREATE UNIQUE INDEX "Tag_name_folded_key" ON "Tag" (lower(name));
