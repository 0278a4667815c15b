/**
 * Each connection repeats the first minute of a coached call: `/lostdeal`, the first screen, and the steps that a rep
 * submits. Each submission answers with the next screen, which the benchmark fills in as shown.
 */
import { type Connection, connect } from './connection';
import { commandForm, type Rep, submissionForm } from './payloads';
import type { ShownView, SlackStub } from './slackStub';

export const KINDS = ['command', 'submission'] as const;
export type Kind = (typeof KINDS)[number];

export interface Recorded {
  readonly kind: Kind;
  readonly form: string;
}

/** Called for each answered request. */
export type Seen = (kind: Kind, ms: number) => void;

/** The steps of a call that a rep submits instead of tapping: thanks, what attracted them, the whole picture. */
const STEPS = 3;

let triggers = 0;
const nextTrigger = () => `${Date.now()}.${++triggers}`;

/** Plays one call against Lostdeal. @returns the requests, for an app that shows no screens */
export async function playCall(
  rep: Rep,
  connection: Connection,
  slack: SlackStub,
  seen: Seen,
): Promise<Recorded[]> {
  const sent: Recorded[] = [];
  const trigger = nextTrigger();
  const shown = slack.opened(trigger);
  const words = await send('command', commandForm(rep, trigger, 'Contoso Ltd'));
  if (words !== '') throw new Error(`the command was answered with ${words}`);
  let view = await shown;
  for (let screen = 0; screen <= STEPS; screen++) {
    const body = await send('submission', submissionForm(rep, nextTrigger(), view));
    const answer = JSON.parse(body) as { response_action?: string; view?: ShownView };
    if (answer.response_action !== 'update' || answer.view?.callback_id !== 'step') {
      throw new Error(`screen ${screen} was answered with ${body.slice(0, 300)}`);
    }
    view = answer.view;
  }
  return sent;

  async function send(kind: Kind, form: string): Promise<string> {
    const answer = await connection.send(form);
    if (answer.status !== 200) throw new Error(`a ${kind} was answered with ${answer.status}`);
    seen(kind, answer.ms);
    sent.push({ kind, form });
    return answer.body;
  }
}

/** Sends the requests of one call once more, as they are. */
export async function replayCall(
  call: readonly Recorded[],
  connection: Connection,
  seen: Seen,
): Promise<void> {
  for (const { kind, form } of call) {
    const answer = await connection.send(form);
    if (answer.status !== 200) throw new Error(`a ${kind} was answered with ${answer.status}`);
    seen(kind, answer.ms);
  }
}

/** Plays one call against Lostdeal, for an app that shows no screens. */
export async function recordCall(port: number, slack: SlackStub): Promise<Recorded[]> {
  const connection = connect(port);
  try {
    return await playCall({ userId: 'U000REC', name: 'rec' }, connection, slack, () => undefined);
  } finally {
    connection.close();
  }
}
