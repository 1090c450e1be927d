-- D1 を書き出す直前に、D1 の中で実行します。書き込みを止めてから実行してください。
--   wrangler d1 execute <データベース名> --remote --file before-export.sql
--
-- 1. _export_counts: 行数と文字数。移したあとに突き合わせて、欠けがないことを確かめます。
-- 2. _export_exact: 改行と「\n」という 2 文字の両方を含む文章。wrangler d1 export はこの 2 つを
--    どちらも '\n' と書くので、書き出しからは区別できなくなります。そこで 16 進数でも残しておきます。
-- どちらもブログの動きには影響しません。何度実行しても同じです。

DROP TABLE IF EXISTS "_export_counts";
DROP TABLE IF EXISTS "_export_exact";

CREATE TABLE "_export_counts" AS
  SELECT 'User' AS "table", count(*) AS "rows",
         coalesce(sum(length("sub") + length("email") + coalesce(length("name"), 0)), 0) AS "characters" FROM "User"
  UNION ALL SELECT 'Tag', count(*), coalesce(sum(length("name")), 0) FROM "Tag"
  UNION ALL SELECT 'Article', count(*), coalesce(sum(length("title") + length("content")), 0) FROM "Article"
  UNION ALL SELECT '_ArticleToTag', count(*), 0 FROM "_ArticleToTag"
  UNION ALL SELECT 'Comment', count(*), coalesce(sum(length("content")), 0) FROM "Comment";

CREATE TABLE "_export_exact" AS
  SELECT * FROM (
    SELECT 'User' AS "table", "id" AS "id", 'name' AS "column", "name" AS "text" FROM "User"
    UNION ALL SELECT 'Tag', "id", 'name', "name" FROM "Tag"
    UNION ALL SELECT 'Article', "id", 'title', "title" FROM "Article"
    UNION ALL SELECT 'Article', "id", 'content', "content" FROM "Article"
    UNION ALL SELECT 'Comment', "id", 'content', "content" FROM "Comment"
  )
  WHERE (instr("text", '\n') AND instr("text", char(10))) OR (instr("text", '\r') AND instr("text", char(13)));

UPDATE "_export_exact" SET "text" = hex("text");
