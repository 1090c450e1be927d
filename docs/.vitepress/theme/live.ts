import { computed, ref } from 'vue';
import type { Session, Target } from '../../live/messages.ts';

const session = ref<Session | null>(null);
const chosen = ref<Target | null>(null);
let fetching: Promise<void> | undefined;

/** What the page looks at: as the reader chose, else the rehearsal when it runs. */
const target = computed<Target>({
  get: () => chosen.value ?? (session.value?.rehearsal === false ? 'aws' : 'rehearsal'),
  set: (value) => {
    chosen.value = value;
  },
});

/** The connection to the checks of this machine, the same for all parts of the page. */
export function useLive() {
  return { session, target, ask, start };
}

async function start(): Promise<void> {
  fetching ??= fetch('/_live/session')
    .then(async (response) => {
      if (response.ok) session.value = await response.json();
    })
    .finally(() => {
      if (!session.value) fetching = undefined;
    });
  await fetching;
}

/**
 * Asks for one look.
 * @throws Error with a Japanese sentence, where it was refused or nobody answers
 */
async function ask<Answer>(path: 'progress' | 'check' | 'map', body: object): Promise<Answer> {
  await start();
  let response: Response;
  try {
    response = await fetch(`/_live/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-workbook-token': session.value?.token ?? '' },
      body: JSON.stringify({ target: target.value, ...body }),
    });
  } catch {
    throw new Error('ワークブックのサーバーにつながりません。npm start が動いているか確かめてください。');
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
