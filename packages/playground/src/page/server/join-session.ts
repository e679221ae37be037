import type { SessionOpened } from '../../api/http-routes.ts';
import { openSession } from './api-client.ts';
import { ApiFailure } from './api-failure.ts';

const CHANNEL = 'cloche-invitations';
const WAIT_MS = 2000;

type Message =
  | { readonly type: 'ask'; readonly from: string }
  | { readonly type: 'invitation'; readonly to: string; readonly ticket: string };

/**
 * With the ticket in the address; where that one is used up, since this tab is a copy of another, with one that another
 * tab of this page asks for. Null: there is none, and the address that `cloche ui` prints is needed.
 */
export async function joinSession(): Promise<SessionOpened | null> {
  const ticket = location.hash.slice(1);
  if (ticket !== '') {
    try {
      return enter(await openSession(ticket));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
    }
  }
  const invitation = await askOtherTabs();
  if (invitation === null) return null;
  try {
    return enter(await openSession(invitation));
  } catch (error) {
    if (error instanceof ApiFailure) return null;
    throw error;
  }
}

function enter(session: SessionOpened): SessionOpened {
  // In the address a ticket is good once, and is not sent anywhere: a reload finds its way with it.
  history.replaceState(null, '', `#${session.nextTicket}`);
  return session;
}

function askOtherTabs(): Promise<string | null> {
  const from = crypto.randomUUID();
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    const end = (ticket: string | null): void => {
      clearTimeout(timer);
      channel.close();
      resolve(ticket);
    };
    const timer = setTimeout(() => end(null), WAIT_MS);
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type === 'invitation' && data.to === from) end(data.ticket);
    });
    channel.postMessage({ type: 'ask', from } satisfies Message);
  });
}

/** Other tabs of this page may come in: what they see, this one sees too. */
export function inviteOtherTabs(invite: () => Promise<{ readonly ticket: string }>): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type !== 'ask') return;
    invite().then(
      ({ ticket }) => channel.postMessage({ type: 'invitation', to: data.from, ticket } satisfies Message),
      // Another tab may know one.
      () => {},
    );
  });
  return () => channel.close();
}
