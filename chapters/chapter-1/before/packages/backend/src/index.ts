import { ApolloServer } from '@apollo/server';
import { startServerAndCreateCloudflareWorkersHandler } from '@as-integrations/cloudflare-workers';
import { PrismaD1 } from '@prisma/adapter-d1';
import { authenticate } from './auth.ts';
import type { Context } from './context.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import { resolvers } from './resolvers.ts';
import { typeDefs } from './schema.ts';

/** The Worker's bindings and variables, as wrangler.toml and .env give them. */
interface Env {
  DB: ConstructorParameters<typeof PrismaD1>[0];
  SUPABASE_URL: string;
  CORS_ORIGIN: string;
}

const server = new ApolloServer<Context>({ typeDefs, resolvers });

const graphql = startServerAndCreateCloudflareWorkersHandler<Env, Context>(server, {
  context: async ({ request, env }) => {
    const prisma = new PrismaClient({ adapter: new PrismaD1(env.DB) });
    return { prisma, user: await authenticate(request, env.SUPABASE_URL, prisma) };
  },
});

export default {
  async fetch(request: Request, env: Env, ctx: Parameters<typeof graphql>[2]): Promise<Response> {
    const cors = {
      'access-control-allow-origin': env.CORS_ORIGIN,
      'access-control-allow-headers': 'authorization, content-type',
      vary: 'origin',
    };
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    const response = await graphql(request, env, ctx);
    const answer = new Response(response.body, response);
    for (const [name, value] of Object.entries(cors)) answer.headers.set(name, value);
    return answer;
  },
};
