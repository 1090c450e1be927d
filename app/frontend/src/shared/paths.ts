/** The page's addresses, each written once. */
export const paths = {
  home: '/',
  article: (id: string) => `/articles/${id}`,
  editArticle: (id: string) => `/articles/${id}/edit`,
  author: (id: string) => `/authors/${id}`,
  tags: '/tags',
  tag: (name: string) => `/tags/${encodeURIComponent(name)}`,
  search: (words?: string) => (words ? `/search?q=${encodeURIComponent(words)}` : '/search'),
  write: '/write',
  drafts: '/drafts',
  profile: '/profile',
  signIn: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  signOut: '/sign-out',
  signUp: (next?: string) => (next && next !== '/' ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up'),
};
