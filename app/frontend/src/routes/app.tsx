import { type ComponentType, lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Skeleton } from '../shared/ui/skeleton.tsx';
import { Home } from './home.tsx';
import { Layout } from './layout.tsx';
import { preload } from './preload.ts';

/** A route whose code is downloaded when it is opened. */
const route = (load: () => Promise<{ Component: ComponentType }>) =>
  lazy(() => load().then(({ Component }) => ({ default: Component })));

const Article = route(() => {
  preload(location.pathname);
  return import('./article.tsx');
});
const EditArticle = route(() => import('./edit-article.tsx'));
const Author = route(() => import('./author.tsx'));
const Tags = route(() => import('./tags.tsx'));
const Tag = route(() => import('./tag.tsx'));
const Search = route(() => import('./search.tsx'));
const Write = route(() => import('./write.tsx'));
const Drafts = route(() => import('./drafts.tsx'));
const Profile = route(() => import('./profile.tsx'));
const SignIn = route(() => import('./sign-in.tsx'));
const SignUp = route(() => import('./sign-up.tsx'));
const SignOut = route(() => import('./sign-out.tsx'));
const NotFound = route(() => import('./not-found.tsx'));

/** Every address of the page. The list is in the first download, because most visits begin there. */
export function App() {
  return (
    <BrowserRouter>
      <Layout>
        <Suspense fallback={<Skeleton />}>
          <Routes>
            <Route index element={<Home />} />
            <Route path="articles/:id" element={<Article />} />
            <Route path="articles/:id/edit" element={<EditArticle />} />
            <Route path="authors/:id" element={<Author />} />
            <Route path="tags" element={<Tags />} />
            <Route path="tags/:name" element={<Tag />} />
            <Route path="search" element={<Search />} />
            <Route path="write" element={<Write />} />
            <Route path="drafts" element={<Drafts />} />
            <Route path="profile" element={<Profile />} />
            <Route path="sign-in" element={<SignIn />} />
            <Route path="sign-up" element={<SignUp />} />
            <Route path="sign-out" element={<SignOut />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </Layout>
    </BrowserRouter>
  );
}
