import type { Invitation } from '../../api/http-routes.ts';
import type { ApiCall, ApiContext } from './api-context.ts';
import { sendJson } from './send-json.ts';

export async function invite(context: ApiContext, { response }: ApiCall): Promise<void> {
  const invitation: Invitation = { ticket: context.tickets.issue() };
  sendJson(response, 201, invitation);
}
