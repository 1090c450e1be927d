/** What the page of this repository asks for its list, and for an article. */
export const LIST = `query Articles($first: Int, $after: String) { articles(first: $first, after: $after) {
  nodes { id title excerpt publishedAt author { id name } tags { id name } } pageInfo { hasNextPage endCursor } } }`;

export const ARTICLE = `query Article($id: ID!) { article(id: $id) {
  id title body publishedAt author { id name } tags { id name } } }`;
