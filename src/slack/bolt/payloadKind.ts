/** The kind of a delivery, by its body. */
export type PayloadKind = 'command' | 'submission' | 'click' | 'closed' | 'options' | 'event' | 'other';

const BY_TYPE: Readonly<Record<string, PayloadKind>> = {
  event_callback: 'event',
  view_submission: 'submission',
  view_closed: 'closed',
  block_actions: 'click',
  block_suggestion: 'options',
};

export function payloadKindOf(body: { readonly type?: unknown; readonly command?: unknown }): PayloadKind {
  if (typeof body.command === 'string') return 'command';
  return (typeof body.type === 'string' ? BY_TYPE[body.type] : undefined) ?? 'other';
}
