/** Views: triggers, the stack of modals, updates, submissions. */
import type { KnownBlock, ModalView } from '@slack/types';
import { actionsBlock, button, modalView, plainText } from './support/blockKit';
import {
  codeOf,
  deliveries,
  type Harness,
  newestPayload,
  newTriggerId,
  startHarness,
} from './support/harness';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.stop());

const input = (label: string, initial?: string, id = label): KnownBlock => ({
  type: 'input',
  block_id: id,
  optional: true,
  label: plainText(label),
  element: {
    type: 'plain_text_input',
    action_id: 'a',
    ...(initial === undefined ? {} : { initial_value: initial }),
  },
});
const modal = (blocks: KnownBlock[] = [], more: Partial<ModalView> = {}): ModalView =>
  modalView('Title', { callback_id: 'cb', blocks, ...more });
const open = async (view: ModalView) =>
  (await harness.web.views.open({ trigger_id: await newTriggerId(harness), view })).view;

describe('a trigger', () => {
  it('opens one view', async () => {
    const trigger = await newTriggerId(harness);
    await harness.web.views.open({ trigger_id: trigger, view: modal() });
    expect(await codeOf(harness.web.views.open({ trigger_id: trigger, view: modal() }))).toBe(
      'exchanged_trigger_id',
    );
  });

  it('expires after three seconds', async () => {
    const [early, late] = [await newTriggerId(harness), await newTriggerId(harness)];
    await harness.client.clock.advance(3000);
    expect(await codeOf(harness.web.views.open({ trigger_id: early, view: modal() }))).toBe('no error');
    await harness.client.clock.advance(1);
    expect(await codeOf(harness.web.views.open({ trigger_id: late, view: modal() }))).toBe(
      'expired_trigger_id',
    );
    expect(await codeOf(harness.web.views.open({ trigger_id: '1.2.3', view: modal() }))).toBe(
      'invalid_trigger_id',
    );
  });

  it('stays usable after a broken view', async () => {
    const trigger = await newTriggerId(harness);
    const broken = modal([], { title: plainText('x'.repeat(25)) });
    await expect(harness.web.views.open({ trigger_id: trigger, view: broken })).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: [
            '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
            '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
          ],
        },
      },
    });
    expect(await codeOf(harness.web.views.open({ trigger_id: trigger, view: modal() }))).toBe('no error');
  });
});

describe('the stack of modals', () => {
  it('holds three views', async () => {
    await open(modal([actionsBlock(button('More'))]));
    const robin = harness.client.as('robin');
    for (const expected of ['no error', 'no error', 'push_limit_reached']) {
      await (await robin.modal()).click('More');
      const trigger_id = String((await newestPayload(harness)).trigger_id);
      expect(
        await codeOf(harness.web.views.push({ trigger_id, view: modal([actionsBlock(button('More'))]) })),
      ).toBe(expected);
    }
    await (await robin.modal()).close();
    expect((await robin.view()).modals).toHaveLength(2);
    await (await robin.modal()).closeAll();
    await robin.noModal();
  });

  it('accepts a push only after an action in one of its views', async () => {
    await open(modal());
    expect(
      await codeOf(harness.web.views.push({ trigger_id: await newTriggerId(harness), view: modal() })),
    ).toBe('not_found');
  });

  it('sends view_closed on request: of the view for Cancel, of the root for X', async () => {
    await open(modal([actionsBlock(button('More'))], { notify_on_close: true, private_metadata: 'root' }));
    const robin = harness.client.as('robin');
    await (await robin.modal()).click('More');
    const trigger_id = String((await newestPayload(harness)).trigger_id);
    await harness.web.views.push({
      trigger_id,
      view: modal([], { notify_on_close: true, private_metadata: 'top' }),
    });
    await (await robin.modal()).close();
    expect(await newestPayload(harness)).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { private_metadata: 'top' },
    });
    await (await robin.modal()).closeAll();
    expect(await newestPayload(harness)).toMatchObject({
      type: 'view_closed',
      is_cleared: true,
      view: { private_metadata: 'root' },
    });
    await open(modal());
    const before = await deliveries(harness);
    await (await robin.modal()).close();
    expect(await deliveries(harness)).toEqual(before);
  });

  it('sends no typed values with view_closed, as Slack does', async () => {
    await open(modal([input('Words')], { notify_on_close: true }));
    const screen = await harness.client.as('robin').modal();
    await screen.fill({ Words: 'typed words' });
    await screen.close();
    expect(await newestPayload(harness)).toMatchObject({
      type: 'view_closed',
      view: { state: { values: {} } },
    });
    expect(JSON.stringify(await newestPayload(harness))).not.toContain('typed words');
  });

  it('closes as a whole when a view with clear_on_close is cancelled', async () => {
    const robin = harness.client.as('robin');
    const openTwo = async () => {
      await open(modal([actionsBlock(button('More'))], { notify_on_close: true, private_metadata: 'root' }));
      await (await robin.modal()).click('More');
      const trigger_id = String((await newestPayload(harness)).trigger_id);
      const top = modal([], { clear_on_close: true, notify_on_close: true, private_metadata: 'top' });
      await harness.web.views.push({ trigger_id, view: top });
      return robin.modal();
    };
    await (await openTwo()).close();
    await robin.noModal();
    expect(await newestPayload(harness)).toMatchObject({
      type: 'view_closed',
      view: { private_metadata: 'top' },
    });
    await (await openTwo()).closeAll();
    const closed = (await deliveries(harness)).filter(({ name }) => name === 'view_closed cb');
    expect(closed).toHaveLength(2);
    expect(await newestPayload(harness)).toMatchObject({
      is_cleared: true,
      view: { private_metadata: 'root' },
    });
  });

  it('sends no view_closed when a submission closes it', async () => {
    await open(modal([], { notify_on_close: true }));
    await harness.startApp((app) => {
      app.view('cb', async ({ ack }) => ack({ response_action: 'clear' }));
    });
    expect((await (await harness.client.as('robin').modal()).submit()).delivery).toBe('acked');
    await harness.client.as('robin').noModal();
    expect(await newestPayload(harness)).toMatchObject({ type: 'view_submission' });
  });
});

describe('an update', () => {
  it('keeps typed text whose block and action ids stay, against a new initial value', async () => {
    const view = await open(modal([input('Kept', 'first'), input('Dropped', 'first')]));
    const shown = await harness.client.as('robin').modal();
    expect([shown.value('Kept'), shown.value('Dropped')]).toEqual(['first', 'first']);
    await shown.fill({ Kept: 'typed', Dropped: 'typed' });
    await harness.web.views.update({
      view_id: view?.id ?? '',
      view: modal([input('Kept', 'second'), input('Dropped', 'second', 'another_id')]),
    });
    await shown.look();
    expect([shown.value('Kept'), shown.value('Dropped')]).toEqual(['typed', 'second']);
  });

  it('is refused with an old hash, an unknown view or an external id in use', async () => {
    const view = await open(modal([], { external_id: 'one' }));
    const view_id = view?.id ?? '';
    const hash = view?.hash ?? '';
    await harness.web.views.update({ view_id, hash, view: modal() });
    expect(await codeOf(harness.web.views.update({ view_id, hash, view: modal() }))).toBe('hash_conflict');
    expect(await codeOf(harness.web.views.update({ view_id: 'V404', view: modal() }))).toBe('not_found');
    await harness.web.views.update({ view_id, view: modal([], { external_id: 'mine' }) });
    const trigger_id = await newTriggerId(harness, 'maya');
    expect(
      await codeOf(harness.web.views.open({ trigger_id, view: modal([], { external_id: 'mine' }) })),
    ).toBe('duplicate_external_id');
  });

  it('publishes a Home tab, and no modal as one', async () => {
    const view = { type: 'home' as const, blocks: [] };
    expect((await harness.web.views.publish({ user_id: 'U0000ROBIN', view })).ok).toBe(true);
    expect(await codeOf(harness.web.views.publish({ user_id: 'U404', view }))).toBe('user_not_found');
    expect(await codeOf(harness.web.views.publish({ user_id: 'U0000ROBIN', view: modal() as never }))).toBe(
      'invalid_arguments',
    );
  });
});

describe('a submission', () => {
  /** Starts an app that opens a modal on `/probe` and acks its submissions with the answer. */
  async function answerWith(answer: () => unknown): Promise<void> {
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: modal([input('Name'), actionsBlock(button('More'))]),
        });
      });
      app.view('cb', async ({ ack }) => (ack as (body?: unknown) => Promise<void>)(answer()));
    });
  }

  it.each([
    ['errors for a block without input', { response_action: 'errors', errors: { nowhere: 'Bad' } }],
    ['a broken view', { response_action: 'update', view: modal([], { title: plainText('x'.repeat(25)) }) }],
    ['an unknown response_action', { response_action: 'explode' }],
  ])('answered with %s shows a failure and keeps the modal open', async (_, answer) => {
    await answerWith(() => answer);
    const robin = harness.client.as('robin');
    await robin.slash('/probe');
    const shown = await robin.modal();
    await shown.submit();
    expect(shown.failure).toContain('We had some trouble connecting');
    expect((await robin.view()).modals).toHaveLength(1);
  });

  it('with an empty answer closes its view only', async () => {
    let answer: unknown = { response_action: 'push', view: modal([], { title: plainText('Second') }) };
    await answerWith(() => answer);
    const robin = harness.client.as('robin');
    await robin.slash('/probe');
    await (await robin.modal()).submit();
    const second = await robin.modal('Second');
    answer = undefined;
    await second.submit();
    expect((await robin.modal()).title).toBe('Title');
  });

  it('without an ack shows a failure', async () => {
    const slow = await startHarness({ ackTimeoutMs: 50 });
    await slow.startApp((app) => {
      app.command('/probe', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal() });
      });
      app.view('cb', async () => undefined);
    });
    const robin = slow.client.as('robin');
    await robin.slash('/probe');
    const shown = await robin.modal();
    expect((await shown.submit()).delivery).toBe('timeout');
    expect(shown.failure).toContain('Try again?');
    await slow.stop();
  });

  it('reaches the app only if lengths, numbers and addresses are valid', async () => {
    const inputOf = (label: string, more: object) => ({
      type: 'input',
      block_id: label,
      label: plainText(label),
      element: { action_id: 'a', ...more },
    });
    const blocks = [
      inputOf('Short', { type: 'plain_text_input', min_length: 3 }),
      inputOf('Long', { type: 'plain_text_input', max_length: 3 }),
      inputOf('Count', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }),
      inputOf('Mail', { type: 'email_text_input' }),
      inputOf('Link', { type: 'url_text_input' }),
    ] as KnownBlock[];
    await open(modal(blocks));
    const shown = await harness.client.as('robin').modal();
    await shown.fill({ Short: 'ab', Long: 'abcd', Count: '10', Mail: 'robin', Link: 'nowhere' });
    expect((await shown.submit()).delivery).toBe('none');
    expect(Object.keys(shown.errors())).toEqual(['Short', 'Long', 'Count', 'Mail', 'Link']);
    await shown.fill({
      Short: 'abc',
      Long: 'abc',
      Count: 9,
      Mail: 'r@example.com',
      Link: 'https://example.com',
    });
    expect((await shown.submit()).delivery).toBe('not_connected');
    expect(await newestPayload(harness)).toMatchObject({
      view: { state: { values: { Count: { a: { type: 'number_input', value: '9' } } } } },
    });
  });
});
