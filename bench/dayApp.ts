/**
 * The second yardstick: the same call as a good engineer writes it in a day. It keeps every answer, syncs the disk
 * before it acks, and shows the next screen in the ack. It has no thread, no manager, no playbooks and no second
 * workspace, so what Lostdeal costs beyond it is the price of those.
 */
import { randomUUID } from 'node:crypto';
import { App, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView, RichTextList } from '@slack/types';
import Sqlite from 'better-sqlite3';

interface Step {
  readonly title: string;
  readonly say: readonly string[];
  readonly prompts?: readonly string[];
  readonly cue: string;
  readonly dont: string;
  /** The label of the rep's answer; null: the rep only says the step. */
  readonly asks: string | null;
  /** True: the rep may also choose reasons. */
  readonly reasons?: true;
  /** Answers of one tap, beside *Next*. */
  readonly answers: readonly string[];
}

const STEPS: readonly Step[] = [
  {
    title: 'Thanks and good wishes',
    say: [
      'Thank you for letting us make our case. I know how much goes into a decision like this.',
      'I hope it works out really well.',
      "If we did right by you, I hope you'll give us another look next time.",
    ],
    cue: 'relief, nobody is arguing',
    dont: 'defend the proposal',
    asks: null,
    answers: ['Got voicemail', 'No decision'],
  },
  {
    title: 'What they liked most',
    say: [
      'We keep trying to get better, and you can help me there. What did you like most about the other offer?',
    ],
    cue: 'the first thing they name',
    dont: 'answer or compare',
    asks: 'What they liked most',
    answers: ['Rather not say', 'No decision'],
  },
  {
    title: 'The whole picture',
    say: ["Thanks, that helps. I want to be sure I've got all of it."],
    prompts: [
      'What else made a difference?',
      'What will that change for you, day to day?',
      'If the price had been the same, would you still have gone with them?',
      'Who else did it matter to?',
    ],
    cue: 'a second reason, bigger than the first',
    dont: 'suggest reasons',
    asks: 'What else they said',
    reasons: true,
    answers: ['Ask once more'],
  },
  {
    title: 'If we had offered that',
    say: ["Let's say we'd offered you that too. Would that have won your business?"],
    cue: 'a quick, plain yes',
    dont: 'fill the silence, or offer anything yet',
    asks: null,
    answers: ['Yes', 'No', 'Not sure'],
  },
];

const REASONS = [
  'Price',
  'Payment terms',
  'Timeline',
  'Service & support',
  'Features & quality',
  'Integration',
  'Contract terms',
  'Ease of switching',
  'Relationship',
  'Incumbent',
  'Risk',
  'Executive decision',
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

// Taps of one answer, *Back*, *They say…* and *Whole script*: this benchmark taps none of them.
app.action(/./u, ({ ack }) => ack());

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const note = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text)] });
const option = (text: string, value: string) => ({ text: plain(text), value });
const spoken = (text: string) => ({ type: 'text' as const, text, style: { bold: true } });

function startScreen(account: string): ModalView {
  const playbooks = [
    option('Checking for a heartbeat', 'heartbeat'),
    option('One last question', 'one_last_question'),
  ] as const;
  return {
    type: 'modal',
    callback_id: 'start',
    title: plain('They said no?'),
    submit: plain('Start'),
    close: plain('Cancel'),
    blocks: [
      note('Stay on the line. Two taps, then one question at a time.'),
      {
        type: 'input',
        block_id: 'account',
        label: plain('Account'),
        element: {
          type: 'plain_text_input',
          action_id: 'input',
          max_length: 80,
          placeholder: plain('Company name'),
          ...(account === '' ? {} : { initial_value: account.slice(0, 80) }),
        },
      },
      {
        type: 'input',
        block_id: 'business',
        label: plain('New business or a customer?'),
        element: {
          type: 'radio_buttons',
          action_id: 'input',
          options: [
            option("New business we didn't win", 'new'),
            option("A customer who's leaving", 'customer'),
          ],
        },
      },
      {
        type: 'input',
        block_id: 'playbook',
        label: plain('Playbook'),
        optional: true,
        element: {
          type: 'static_select',
          action_id: 'input',
          options: [...playbooks],
          initial_option: playbooks[0],
          placeholder: plain('Choose'),
        },
      },
      note('Everything else can wait until after the call.'),
    ],
  };
}

function stepScreen({ id, account, business, step: index }: Deal): ModalView {
  const step = STEPS[index];
  const head = { type: 'modal' as const, title: plain(step?.title ?? 'Done'), close: plain('Finish later') };
  if (step === undefined) return { ...head, blocks: [note(`${account}: that was the last question.`)] };
  const at = JSON.stringify({ deal: id, step: index });
  const buttons = (labels: readonly string[]): KnownBlock => ({
    type: 'actions',
    elements: labels.map((label) => ({
      type: 'button',
      action_id: label.toLowerCase().replaceAll(' ', '_'),
      text: plain(label),
      value: at,
    })),
  });
  return {
    ...head,
    callback_id: 'step',
    submit: plain('Next'),
    private_metadata: at,
    notify_on_close: true,
    blocks: [
      note(`${account}  ·  ${business}  ·  ${index + 1} of about 9`),
      {
        type: 'rich_text',
        elements: [
          ...step.say.map((text) => ({ type: 'rich_text_quote' as const, elements: [spoken(text)] })),
          ...(step.prompts === undefined ? [] : [prompts(step.prompts)]),
        ],
      },
      note(`Listen for: ${step.cue}\nDon't ${step.dont}`),
      ...(step.reasons === undefined ? [] : [REASONS_INPUT]),
      ...(step.asks === null ? [] : [answerInput(step.asks)]),
      buttons(step.answers),
      { type: 'divider' },
      buttons(index === 0 ? ['Whole script'] : ['Back', 'They say…', 'Whole script']),
    ],
  };
}

const prompts = (lines: readonly string[]): RichTextList => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: lines.map((text) => ({ type: 'rich_text_section', elements: [spoken(text)] })),
});

const REASONS_INPUT: KnownBlock = {
  type: 'input',
  block_id: 'reasons',
  label: plain('Reasons'),
  optional: true,
  dispatch_action: true,
  element: {
    type: 'multi_static_select',
    action_id: 'input',
    options: REASONS.map((reason) => option(reason, reason.toLowerCase())),
    placeholder: plain('Choose any that fit'),
  },
};

const answerInput = (label: string): KnownBlock => ({
  type: 'input',
  block_id: 'answer',
  label: plain(label),
  optional: true,
  dispatch_action: true,
  element: {
    type: 'plain_text_input',
    action_id: 'input',
    multiline: true,
    max_length: 3000,
    placeholder: plain('In their words, or after the call'),
    dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
  },
});

app.start(Number(process.env.PORT)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
