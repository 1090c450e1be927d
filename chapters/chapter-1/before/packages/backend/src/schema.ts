export const typeDefs = `#graphql
  type User {
    id: Int!
    name: String
  }

  type Tag {
    id: Int!
    name: String!
  }

  type Comment {
    id: Int!
    content: String!
    author: User!
    createdAt: String!
  }

  type Article {
    id: Int!
    title: String!
    content: String!
    published: Boolean!
    author: User!
    tags: [Tag!]!
    comments: [Comment!]!
    createdAt: String!
  }

  type Query {
    "公開されている記事を新しい順に"
    articles: [Article!]!
    article(id: Int!): Article
    me: User
  }

  type Mutation {
    createArticle(title: String!, content: String!, tags: [String!], published: Boolean): Article!
    addComment(articleId: Int!, content: String!): Comment!
  }
`;
