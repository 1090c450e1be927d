/** Where supabase-js keeps the session in `localStorage`. */
export const SESSION_KEY = 'blog-session';
