-- Search in Japanese has no spaces to split at, so the index holds every character and every pair of neighbours.
-- Written in the RETURN form, whose names are resolved now: index maintenance runs with an empty search_path.

-- What two spellings of one word share: full and half width, upper and lower case.
CREATE FUNCTION search_text(document text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(normalize(document, NFKC));

-- The runs of 2 characters without blanks, and with shortest = 1 the single characters too; not distinct, since the
-- index drops doubles by itself, and faster.
CREATE FUNCTION search_grams(document text, shortest integer) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 5000
  RETURN (
    SELECT coalesce(array_agg(letter || following) FILTER (WHERE letter > ' ' AND following > ' '), '{}')
      || coalesce(array_agg(letter) FILTER (WHERE letter > ' ' AND shortest = 1), '{}')
    FROM (
      SELECT letter COLLATE "C" AS letter, lead(letter) OVER (ORDER BY position) COLLATE "C" AS following
      FROM string_to_table(search_text(document), NULL) WITH ORDINALITY AS letters (letter, position)
    ) AS pairs
  );

-- Compared byte by byte, which is fast and the same under every locale.
CREATE INDEX "Article_search_idx" ON "Article" USING gin (search_grams(title || E'\n' || body, 1) COLLATE "C");

-- "AWS" and "aws" are one tag.
CREATE UNIQUE INDEX "Tag_name_folded_key" ON "Tag" (lower(name));
