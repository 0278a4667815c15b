/** Custom steps of workflows, which Slack calls functions. */
import { codeOf, type Harness, startHarness, waitForDelivery, webClient } from './support/harness';
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

const runStep = async () =>
  (await harness.client.admin({ do: 'run_step', callbackId: 'approve', inputs: { amount: 5 } })) as {
    readonly executionId: string;
    readonly delivery: string;
  };
const stepOf = (executionId: string) => harness.client.admin({ do: 'step', executionId });
/** The token that the event of the execution carries. */
async function stepToken(): Promise<string> {
  const { payload } = await waitForDelivery(harness, { name: 'function_executed' });
  return (payload as { readonly event: { readonly bot_access_token: string } }).event.bot_access_token;
}

describe('a custom step', () => {
  it('completes in Bolt with outputs', async () => {
    await harness.startApp((app) => {
      app.function('approve', async ({ inputs, complete }) => {
        await complete({ outputs: { approved: Number(inputs.amount) < 10, note: 'small' } });
      });
    });
    const { executionId, delivery } = await runStep();
    expect(delivery).toBe('acked');
    await harness.client.waitForTraffic(
      'functions.completeSuccess',
      (entry) => entry.kind === 'call' && entry.method === 'functions.completeSuccess',
    );
    expect(await stepOf(executionId)).toMatchObject({
      status: 'completed',
      outputs: { approved: true, note: 'small' },
    });
  });

  it('fails in Bolt with a reason', async () => {
    await harness.startApp((app) => {
      app.function('approve', async ({ fail }) => {
        await fail({ error: 'nobody there' });
      });
    });
    const { executionId } = await runStep();
    await harness.client.waitForTraffic(
      'functions.completeError',
      (entry) => entry.kind === 'call' && entry.method === 'functions.completeError',
    );
    expect(await stepOf(executionId)).toMatchObject({ status: 'failed', failure: 'nobody there' });
  });

  it('ends once, with the outputs of the manifest', async () => {
    const { executionId: function_execution_id } = await runStep();
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

  it('has a token of the bot for 15 minutes', async () => {
    await harness.startApp((app) => {
      app.function('approve', async () => undefined);
    });
    await runStep();
    const web = webClient(harness.sandbox, await stepToken());
    expect(await web.auth.test()).toMatchObject({ user_id: harness.sandbox.botUserId });
    await harness.client.clock.advance(15 * 60_000 + 1000);
    expect(await codeOf(web.auth.test())).toBe('token_expired');
  });
});
