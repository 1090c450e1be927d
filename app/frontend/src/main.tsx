// oxlint-disable-next-line import/no-unassigned-import -- a style sheet has nothing to assign
import './shared/design/base.css';
import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './routes/app.tsx';
import { preload } from './routes/preload.ts';
import { apollo } from './shared/api/client.ts';
import { startSession } from './shared/session/session.ts';

startSession();
preload(location.pathname);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ApolloProvider client={apollo}>
      <App />
    </ApolloProvider>
  </StrictMode>,
);
