/** The client that tests drive: what it reads, fills, clicks, and says when it fails. */
import { connectSandbox, type PersonView, type Reader, renderBlocks, renderMrkdwn } from '../src';
import { readManifest } from '../src/config/manifest';
import { parseSeed } from '../src/config/seed';
import { actionsBlock, button, modalView, option, plainText } from './support/blockKit';
import { deliveries, type Harness, newestPayload, newTriggerId, startHarness } from './support/harness';

const person = {
  id: 'U0000ROBIN',
  name: 'robin',
  realName: 'Robin',
  title: '',
  tz: 'Europe/Berlin',
  isAdmin: false,
  isBot: false,
  deleted: false,
  isStranger: false,
  color: '',
};
const reader: Reader = {
  tz: 'Europe/Berlin',
  now: Date.UTC(2026, 10, 22, 12),
  people: new Map([[person.id, person]]),
  channels: new Map([['C0REQUESTS', 'requests']]),
};

describe('rendered text', () => {
  it.each([
    ['*bold* and _slanted_ and ~gone~ and `code`', 'bold and slanted and gone and code'],
    ['<@U0000ROBIN> in <#C0REQUESTS>, <!here>', '@robin in #requests, @here'],
    ['<https://example.com|the offer> &amp; <https://example.com>', 'the offer & https://example.com'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['due <!date^1795348800^{date_short_pretty} at {time}|later>', 'due tomorrow at 1:00 PM'],
    ['<!date^1795348800^{date_num}|later>', '2026-11-23'],
    ['<!date^1795348800^{date_long}|later>', 'Monday, November 23rd, 2026'],
  ])('of %s', (mrkdwn, expected) => {
    expect(
      renderMrkdwn(reader, mrkdwn.replaceAll('1795348800', String(Date.UTC(2026, 10, 23, 12) / 1000))),
    ).toBe(expected);
  });

  it('of blocks', () => {
    const blocks = [
      { type: 'header', text: plainText('Acme') },
      {
        type: 'section',
        fields: [{ type: 'mrkdwn', text: '*Amount*' }, plainText('€ 5')],
        accessory: { type: 'button', text: plainText('More') },
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'ordered',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'too *dear*' }] },
        ],
      },
      {
        type: 'input',
        optional: true,
        label: plainText('Why'),
        element: { type: 'radio_buttons', options: [{ text: plainText('Price'), value: 'p' }] },
      },
    ];
    expect(renderBlocks(reader, blocks)).toBe(
      'Acme\nAmount\n€ 5\n[More]\n1. first\n> too *dear*\nWhy (optional)\n( ) Price',
    );
  });
});

describe('the client', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  const options = [option('Price'), option('Trust')];

  it('fills inputs of every kind by their labels', async () => {
    const input = (label: string, more: Readonly<Record<string, unknown>>) => ({
      type: 'input' as const,
      label: plainText(label),
      element: { action_id: 'a', ...more } as never,
    });
    await harness.web.views.open({
      trigger_id: await newTriggerId(harness),
      view: modalView('All', {
        blocks: [
          input('Why', { type: 'static_select', options }),
          input('Whys', { type: 'checkboxes', options }),
          input('One', { type: 'radio_buttons', options }),
          input('Who', { type: 'users_select' }),
          input('Where', { type: 'conversations_select' }),
          input('Day', { type: 'datepicker' }),
          input('Moment', { type: 'datetimepicker' }),
          input('Count', { type: 'number_input', is_decimal_allowed: true }),
        ],
      }),
    });
    const modal = await harness.client.as('robin').modal();
    const values = {
      Why: 'Price',
      Whys: ['Price', 'Trust'],
      One: 'Trust',
      Who: 'maya',
      Where: 'requests',
      Day: '2026-11-30',
      Moment: 1_800_000_000,
    };
    await modal.fill({ ...values, Where: '#requests', Count: 2.5 });
    for (const [label, value] of Object.entries(values)) expect(modal.value(label)).toEqual(value);
    expect(modal.value('Count')).toBe('2.5');
    expect(modal.text()).toContain('Whys\n[x] Price\n[x] Trust');
    await expect(modal.fill({ Why: 'Weather' })).rejects.toThrow('offers no "Weather", only: Price, Trust');
    await expect(modal.fill({ Nothing: 'x' })).rejects.toThrow(
      'no input is called "Nothing" (there are: Why, Whys',
    );
  });

  it('reads a data table and clicks a button in one of its cells', async () => {
    const raw = (words: string) => ({ type: 'raw_text', text: words });
    const element = button('Open', { value: 'acme' });
    const rows = [
      ['Deal', 'Weeks', 'Next'].map(raw),
      [
        raw('Acme'),
        { type: 'raw_number', value: 3 },
        { type: 'action_cell', element, fallback: raw('Open it in the app') },
      ],
    ];
    await harness.web.apiCall('chat.postMessage', {
      channel: 'C0REQUESTS',
      text: 'Deals',
      blocks: [{ type: 'data_table', block_id: 'deals', caption: 'Deals', rows }],
    });
    const message = await harness.client.as('robin').channel('#requests').waitFor('Acme');
    expect(message.text()).toContain('Deals\nDeal | Weeks | Next\nAcme | 3 | [Open]');
    await message.click('Open');
    expect(await newestPayload(harness)).toMatchObject({
      type: 'block_actions',
      actions: [{ block_id: 'deals', action_id: 'open', value: 'acme' }],
    });
  });

  it('clicks one of two feedback buttons', async () => {
    const element = {
      type: 'feedback_buttons' as const,
      action_id: 'helped',
      positive_button: option('Good'),
      negative_button: option('Bad'),
    };
    await harness.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Was this of use?',
      blocks: [{ type: 'context_actions', block_id: 'feedback', elements: [element] }],
    });
    const message = await harness.client.as('robin').channel('#requests').waitFor('[Good] [Bad]');
    await message.click('Bad');
    const action = { type: 'feedback_buttons', action_id: 'helped', block_id: 'feedback', value: 'bad' };
    expect(await newestPayload(harness)).toMatchObject({
      actions: [{ ...action, text: plainText('Bad') }],
    });
  });

  it('clicks menu entries, and refuses a click when several controls have one name', async () => {
    const section = (name: string) => ({
      type: 'section' as const,
      block_id: name,
      text: plainText(name),
      accessory: button('Open'),
    });
    await harness.web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Two deals',
      blocks: [
        section('Acme'),
        section('Globex'),
        actionsBlock({ type: 'overflow', action_id: 'more', options }),
      ],
    });
    const message = await harness.client.as('robin').channel('#requests').waitFor('Globex');
    expect(() => message.click('Open')).toThrow('2 things are called Open');
    await message.click('Open', { near: 'Globex' });
    await message.click('Trust');
    const clicks = (await deliveries(harness)).filter(({ type }) => type === 'interactive');
    expect(clicks.map(({ payload }) => payload)).toMatchObject([
      {
        actions: [{ block_id: 'Globex', action_id: 'open', type: 'button' }],
        container: { type: 'message' },
      },
      { actions: [{ action_id: 'more', selected_option: { value: 'trust' } }] },
    ]);
  });

  it('says what was visible instead when a wait fails', async () => {
    const shortTimeout = connectSandbox(harness.sandbox.url, { timeoutMs: 20 });
    await harness.web.chat.postMessage({ channel: 'C0REQUESTS', text: 'something else' });
    await expect(shortTimeout.as('robin').channel('#requests').waitFor('Acme')).rejects.toThrow(
      'probe: something else',
    );
    await expect(shortTimeout.as('robin').modal()).rejects.toThrow('(no modal is open)');
  });

  it('sees only the conversations of the person', async () => {
    const names = async (name: string) =>
      (await harness.client.as(name).view()).conversations.map((conversation) => conversation.name);
    expect(await names('kim')).toEqual(['northlight-partners']);
    await expect(harness.client.as('kim').post('hi', { in: '#requests' })).rejects.toThrow(
      'channel_not_found',
    );
    await expect(harness.client.as('nobody').view()).rejects.toThrow('user_not_found');
    await harness.client.admin({ do: 'deactivate', user: 'sam' });
    await expect(harness.client.as('sam').post('hi', { in: '#sales' })).rejects.toThrow('user_deactivated');
  });

  it('reads single conversations, and messages after a given one', async () => {
    const { ts = '' } = await harness.client.as('maya').post('before', { in: '#requests' });
    await harness.client.as('maya').post('after', { in: '#requests' });
    await harness.client.as('maya').post('elsewhere', { in: '#sales' });
    const read = async (query: string) => {
      const response = await fetch(`${harness.sandbox.url}/control/view?as=robin&${query}`);
      const { messages } = (await response.json()) as PersonView;
      return Object.entries(messages).map(([channel, list]) => [channel, list.map(({ text }) => text)]);
    };
    expect(await read(`in=C0REQUESTS&after=${ts}`)).toEqual([['C0REQUESTS', ['after']]]);
    expect(await read('in=C0REQUESTS')).toEqual([['C0REQUESTS', ['before', 'after']]]);
    expect(await read('in=')).toEqual([]);
  });

  it('writes to another person, counts unread messages, and resets the workspace', async () => {
    await (await harness.client.as('robin').dm('maya')).post('Ask <@U0000ROBIN> about #sales');
    const dm = await harness.client.as('maya').dm('robin');
    expect((await dm.waitFor('Ask')).text()).toBe('Ask <@U0000ROBIN> about #sales');
    expect(await dm.unread()).toBe(1);
    await dm.read();
    expect(await dm.unread()).toBe(0);
    await harness.client.admin({ do: 'reset' });
    expect(
      (await harness.client.as('maya').view()).conversations.filter(({ kind }) => kind === 'im'),
    ).toEqual([]);
  });
});

describe('a configuration', () => {
  it('is refused with every fault of a seed and its line', () => {
    const broken =
      'people:\n  - { id: U0000ROBIN, name: robin, tz: Mars, guest: often }\nchannels:\n  - { id: C0000SALES, name: sales, members: [zoe], colour: red }\n';
    expect(() => parseSeed(broken)).toThrow(
      /line 2, people\[0\]\.tz: "Mars"[\s\S]*guest: must be multi_channel or single_channel[\s\S]*line 4, .*colour: unknown key[\s\S]*nobody is called "zoe"/,
    );
  });

  it('is refused with every fault that Slack finds in a manifest', () => {
    const broken =
      'display_information: { name: X }\nfeatures: { slash_commands: [{ command: x }] }\noauth_config: { scopes: { bot: [chat:write] } }\nsettings: { event_subscriptions: { bot_events: [message.im] } }\n';
    expect(() => readManifest(broken)).toThrow(/slash command "x"[\s\S]*scope "commands"[\s\S]*"im:history"/);
  });
});
