import { codeOf, type Harness, startHarness, webClient } from './support/harness';
import { MANIFEST } from './support/manifest';

const STEP = `${MANIFEST.replace('tokens_revoked]', 'tokens_revoked, function_executed]')}
functions:
  approve:
    title: Approve
    description: Asks for approval
    input_parameters:
      amount: { type: number, title: Amount, description: How much, is_required: true }
    output_parameters:
      approved: { type: boolean, title: Approved, description: Was it, is_required: true }
      note: { type: string, title: Note, description: Why, is_required: false }
`;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ manifest: STEP });
});
afterEach(() => harness.stop());

const run = async () =>
  (await harness.client.admin({ do: 'run_step', callbackId: 'approve', inputs: { amount: 5 } })) as {
    readonly executionId: string;
    readonly delivery: string;
  };
const status = (executionId: string) => harness.client.admin({ do: 'step', executionId });
/** The token of the last execution, from its event. */
async function stepToken(): Promise<string> {
  const entry = await harness.client.waitForTraffic(
    'function_executed',
    (candidate) => candidate.kind === 'delivery' && candidate.name === 'function_executed',
  );
  const payload = (entry.kind === 'delivery' ? entry.payload : {}) as {
    readonly event?: { readonly bot_access_token?: string };
  };
  return payload.event?.bot_access_token ?? '';
}

it('a custom step runs in Bolt, and its outputs come back', async () => {
  await harness.startApp((app) => {
    app.function('approve', async ({ inputs, complete }) => {
      await complete({ outputs: { approved: Number(inputs.amount) < 10, note: 'small' } });
    });
  });
  const { executionId, delivery } = await run();
  expect(delivery).toBe('acked');
  await harness.client.waitForTraffic(
    'functions.completeSuccess',
    (entry) => entry.kind === 'call' && entry.method === 'functions.completeSuccess',
  );
  expect(await status(executionId)).toMatchObject({
    status: 'completed',
    outputs: { approved: true, note: 'small' },
  });
});

it('a custom step fails in Bolt, with words', async () => {
  await harness.startApp((app) => {
    app.function('approve', async ({ fail }) => {
      await fail({ error: 'nobody there' });
    });
  });
  const { executionId } = await run();
  await harness.client.waitForTraffic(
    'functions.completeError',
    (entry) => entry.kind === 'call' && entry.method === 'functions.completeError',
  );
  expect(await status(executionId)).toMatchObject({ status: 'failed', failure: 'nobody there' });
});

it('a step ends once, with the outputs the manifest promises', async () => {
  const { executionId: function_execution_id } = await run();
  const complete = (outputs: Readonly<Record<string, unknown>>) =>
    harness.web.apiCall('functions.completeSuccess', { function_execution_id, outputs });
  await expect(complete({ note: 5, extra: 1 })).rejects.toMatchObject({
    data: {
      error: 'parameter_validation_failed',
      response_metadata: {
        messages: [
          '[ERROR] missing required field: approved [json-pointer:/outputs]',
          '[ERROR] must provide a string [json-pointer:/outputs/note]',
          '[ERROR] invalid additional property: extra [json-pointer:/outputs]',
        ],
      },
    },
  });
  await complete({ approved: true });
  expect(await codeOf(complete({ approved: true }))).toBe('execution_not_in_running_state');
  const unknown = harness.web.functions.completeError({ function_execution_id: 'Fx404', error: 'x' });
  expect(await codeOf(unknown)).toBe('function_execution_not_found');
});

it('its token is the bot’s for a quarter of an hour', async () => {
  await harness.startApp((app) => {
    app.function('approve', async () => undefined);
  });
  await run();
  const web = webClient(harness.sandbox, await stepToken());
  expect(await web.auth.test()).toMatchObject({ user_id: harness.sandbox.botUserId });
  await harness.client.clock.advance(15 * 60_000 + 1000);
  expect(await codeOf(web.auth.test())).toBe('token_expired');
});
