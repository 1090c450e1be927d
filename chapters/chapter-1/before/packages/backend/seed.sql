-- 手元の D1 に入れる見本です。日付は SQL の既定値に任せるので「2026-11-23 17:47:33」の形で残ります。
-- アプリ（Prisma）が書く行は「2026-11-23T17:47:52.115+00:00」の形になり、同じ列に二つの書き方が混ざります。
INSERT INTO "User" ("sub", "email", "name", "updatedAt") VALUES
  ('11111111-1111-4111-8111-111111111111', 'hanako@example.com', '山田 花子', CURRENT_TIMESTAMP),
  ('22222222-2222-4222-8222-222222222222', 'taro@example.com', NULL, CURRENT_TIMESTAMP);

INSERT INTO "Tag" ("name") VALUES ('Cloudflare'), ('GraphQL'), ('暮らし');

INSERT INTO "Article" ("title", "content", "published", "authorId", "updatedAt") VALUES
  ('Workers でブログを始めました', '小さく始めて、少しずつ育てます。', true, 1, CURRENT_TIMESTAMP),
  ('D1 に日本語と絵文字を入れてみる', '寿司🍣も、家族の絵文字👨‍👩‍👧も、そのまま残りました。', true, 2, CURRENT_TIMESTAMP),
  ('書きかけの下書き', 'まだ公開していません。', false, 1, CURRENT_TIMESTAMP);

INSERT INTO "_ArticleToTag" ("A", "B") VALUES (1, 1), (1, 2), (2, 1), (2, 3);

INSERT INTO "Comment" ("content", "articleId", "authorId") VALUES ('楽しみにしています！', 1, 2);
