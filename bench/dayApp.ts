/**
 * The second yardstick: the same call as a good engineer writes it in a day. It keeps every answer, syncs the disk
 * before it acks, and shows the next screen in the ack. It has no thread, no manager, no playbooks and no second
 * workspace, so what Lostdeal costs beyond it is the price of those.
 */
import { randomUUID } from 'node:crypto';
import { App, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import Sqlite from 'better-sqlite3';

interface Step {
  readonly title: string;
  readonly say: readonly string[];
  readonly listenFor: string;
  readonly avoid: string;
  /** The label of the rep's answer; null: the rep only says the step. */
  readonly asks: string | null;
}

const STEPS: readonly Step[] = [
  {
    title: 'Thank them',
    say: [
      'Thank you for letting us present to you, and for the time that it took all of you.',
      'I wish you every success with what you have decided, and I mean that.',
      'I hope that you will hear us again when this next comes up.',
    ],
    listenFor: 'Relief that nobody argues · Whether it is final',
    avoid: 'Do not defend the proposal, and do not sound let down.',
    asks: null,
  },
  {
    title: 'Ask what attracted them',
    say: [
      'We always try to get better. May I ask you one thing before you go?',
      'What did the other company offer that attracted you most?',
    ],
    listenFor: 'Price, terms, dates, people · The word that comes first',
    avoid: 'Do not answer it. Let them finish.',
    asks: 'What attracted them',
  },
  {
    title: 'Ask for the whole picture',
    say: ['Thank you, that helps.', 'Was there anything else that made the difference?'],
    listenFor: 'Somebody else who decided · A reason behind the reason',
    avoid: 'Do not offer anything yet.',
    asks: 'What else there was',
  },
  {
    title: 'Ask whether it would have counted',
    say: ['If we could have offered that, would you have chosen us?'],
    listenFor: 'How fast they answer',
    avoid: 'Do not promise it.',
    asks: 'What they said',
  },
];

const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
  logLevel: LogLevel.WARN,
});

const database = new Sqlite(process.env.DATABASE_FILE ?? '');
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`
  create table if not exists deals (
    id text primary key, rep text not null, account text not null, business text not null,
    step integer not null, started_at integer not null, updated_at integer not null
  );
  create index if not exists deals_by_rep on deals (rep, updated_at);
  create table if not exists answers (
    deal_id text not null references deals, step integer not null, text text not null, at integer not null,
    primary key (deal_id, step)
  );`);

const addDeal = database.prepare(
  'insert into deals (id, rep, account, business, step, started_at, updated_at) values (?, ?, ?, ?, 0, ?, ?)',
);
const readDeal = database.prepare('select account, business, step from deals where id = ? and rep = ?');
const moveDeal = database.prepare('update deals set step = ?, updated_at = ? where id = ?');
const saveAnswer = database.prepare(
  `insert into answers (deal_id, step, text, at) values (?, ?, ?, ?)
    on conflict (deal_id, step) do update set text = excluded.text, at = excluded.at`,
);

interface Deal {
  readonly id: string;
  readonly account: string;
  readonly business: string;
  readonly step: number;
}

const startDeal = database.transaction((rep: string, account: string, business: string): Deal => {
  const [id, now] = [randomUUID(), Date.now()];
  addDeal.run(id, rep, account, business, now, now);
  return { id, account, business, step: 0 };
});

const answerStep = database.transaction((id: string, rep: string, step: number, text: string): Deal => {
  const deal = readDeal.get(id, rep) as Omit<Deal, 'id'> | undefined;
  if (deal === undefined) throw new Error(`${rep} has no deal ${id}`);
  // A repeated request finds the deal at a later step, and its answer in place.
  const next = Math.max(deal.step, step + 1);
  const now = Date.now();
  saveAnswer.run(id, step, text, now);
  moveDeal.run(next, now, id);
  return { ...deal, id, step: next };
});

app.command('/lostdeal', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: startScreen(body.text) });
});

app.view('start', async ({ ack, body, view }) => {
  const { account, business } = view.state.values;
  const name = account?.input?.value ?? '';
  const kind = business?.input?.selected_option?.value ?? 'new';
  await ack({ response_action: 'update', view: stepScreen(startDeal.immediate(body.user.id, name, kind)) });
});

app.view('step', async ({ ack, body, view }) => {
  const { deal: id, step } = JSON.parse(view.private_metadata) as { deal: string; step: number };
  const text = view.state.values.answer?.input?.value ?? '';
  const deal = answerStep.immediate(id, body.user.id, step, text);
  await ack({ response_action: 'update', view: stepScreen(deal) });
});

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const note = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text)] });

function startScreen(account: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'start',
    title: plain('Ask before you go'),
    submit: plain('Start'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: 'account',
        label: plain('Account'),
        element: {
          type: 'plain_text_input',
          action_id: 'input',
          max_length: 80,
          ...(account === '' ? {} : { initial_value: account.slice(0, 80) }),
        },
      },
      {
        type: 'input',
        block_id: 'business',
        label: plain('Who is it?'),
        element: {
          type: 'radio_buttons',
          action_id: 'input',
          options: [
            { text: plain('A prospect we did not win'), value: 'new' },
            { text: plain('Our customer'), value: 'customer' },
          ],
        },
      },
      note('The manager is asked after the call.'),
    ],
  };
}

function stepScreen({ id, account, business, step: index }: Deal): ModalView {
  const step = STEPS[index];
  const head = { type: 'modal' as const, title: plain('Ask before you go'), close: plain('Finish later') };
  if (step === undefined) return { ...head, blocks: [note(`${account}: that was the last question.`)] };
  return {
    ...head,
    callback_id: 'step',
    submit: plain('Next'),
    private_metadata: JSON.stringify({ deal: id, step: index }),
    blocks: [
      note(`${account}  ·  ${business}  ·  Step ${index + 1}: ${step.title}`),
      {
        type: 'rich_text',
        elements: step.say.map((text) => ({
          type: 'rich_text_quote',
          elements: [{ type: 'text', text, style: { bold: true } }],
        })),
      },
      note(`Listen for: ${step.listenFor}`),
      note(`Avoid: ${step.avoid}`),
      ...(step.asks === null ? [] : [answerInput(step.asks)]),
    ],
  };
}

const answerInput = (label: string): KnownBlock => ({
  type: 'input',
  block_id: 'answer',
  label: plain(label),
  element: { type: 'plain_text_input', action_id: 'input', multiline: true, max_length: 1000 },
});

app.start(Number(process.env.PORT)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
