import { PUBLISHED_EVENTS } from '../../src/coverage/events';
import { actionsBlock, button, modalView, option } from './blockKit';
import { deliveries, type Harness, startHarness } from './harness';

const EVENTS = Object.keys(PUBLISHED_EVENTS);
const SCOPES = [...new Set(Object.values(PUBLISHED_EVENTS).flatMap((row) => row.scopes))];

/** Subscribes to every event of the coverage table. */
const MANIFEST = `
display_information: { name: Probe }
features:
  app_home: { home_tab_enabled: true, messages_tab_enabled: true }
  shortcuts:
    - { name: Start, type: global, callback_id: start, description: Starts }
    - { name: Keep, type: message, callback_id: keep, description: Keeps }
  slash_commands: [{ command: /probe, description: Probes }]
oauth_config:
  scopes: { bot: [commands, chat:write, channels:join, reactions:write, mpim:write, ${SCOPES.join(', ')}] }
settings:
  event_subscriptions: { bot_events: [${EVENTS.join(', ')}] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
functions:
  check: { title: Check, description: Checks, input_parameters: {}, output_parameters: {} }
`;

/** Does everything that an app receives an event or an interaction for. @returns the names of those that it received */
export async function triggerEverything(): Promise<{
  readonly events: ReadonlySet<string>;
  readonly interactions: ReadonlySet<string>;
}> {
  const harness = await startHarness({ manifest: MANIFEST });
  try {
    await harness.startApp((app) => {
      app.command('/probe', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: modalView('Asked', { callback_id: 'asked', notify_on_close: true }),
        });
      });
      app.view('asked', async ({ ack }) => ack());
      app.view({ callback_id: 'asked', type: 'view_closed' }, async ({ ack }) => ack());
      app.action('press', async ({ ack }) => ack());
      app.options('pick', async ({ ack }) => ack({ options: [option('One')] }));
      app.action('pick', async ({ ack }) => ack());
      app.function('check', async ({ complete }) => {
        await complete({ outputs: {} });
      });
      app.shortcut('start', async ({ ack }) => ack());
      app.shortcut('keep', async ({ ack }) => ack());
    });
    const { client, web } = harness;
    const robin = client.as('robin');

    await robin.slash('/probe', { in: '#sales' });
    await (await robin.modal()).submit();
    await robin.slash('/probe', { in: '#sales' });
    await (await robin.modal()).close();
    await robin.home().open();
    await robin.shortcut('Start');
    const dm = await robin.dm('Probe');
    await dm.post('hello');
    await robin.post('hello', { in: '#announcements' });
    await robin.shortcut('Keep', { on: await robin.channel('#announcements').waitFor('hello') });
    await web.chat.postMessage({
      channel: 'C0REQUESTS',
      text: 'Press',
      blocks: [
        actionsBlock(button('Press'), { type: 'external_select', action_id: 'pick', min_query_length: 0 }),
      ],
    });
    const message = await robin.channel('#requests').waitFor('[Press]');
    await message.click('Press');
    await message.fill({ pick: 'One' });
    await web.reactions.add({ channel: 'C0REQUESTS', timestamp: message.ts, name: 'eyes' });
    const { channel: group } = await web.conversations.open({ users: 'U0000ROBIN,U00000MAYA' });
    await robin.post('hello', { in: group?.id ?? '' });
    await client.admin({ do: 'run_step', callbackId: 'check', inputs: {} });
    for (const channel of ['#announcements', '#requests']) {
      await client.admin({ do: 'remove_member', channel, user: 'sam' });
      await client.admin({ do: 'add_member', channel, user: 'sam' });
      await client.admin({ do: 'share_channel', channel, sharing: 'shared' });
      await client.admin({ do: 'share_channel', channel, sharing: 'none' });
      await client.admin({ do: 'archive_channel', channel, archived: true });
      await client.admin({ do: 'archive_channel', channel, archived: false });
      await client.admin({ do: 'delete_channel', channel });
    }
    await client.admin({ do: 'deactivate', user: 'sam' });
    await client.admin({ do: 'uninstall' });
    return await receivedIn(harness);
  } finally {
    await harness.stop();
  }
}

async function receivedIn(harness: Harness) {
  const events = new Set<string>();
  const interactions = new Set<string>();
  for (const { type, payload } of await deliveries(harness)) {
    const { type: interaction = '', event } = payload as {
      readonly type?: string;
      readonly event?: { readonly type: string; readonly channel_type?: string };
    };
    if (type === 'slash_commands') interactions.add('slash_command');
    else if (event === undefined) interactions.add(interaction);
    else events.add(subscriptionOf(event));
  }
  return { events, interactions };
}

const SUBSCRIPTION_NAMES: Readonly<Record<string, string>> = {
  channel: 'channels',
  group: 'groups',
  im: 'im',
  mpim: 'mpim',
};

/** The name under which an app subscribes to an event. */
function subscriptionOf(event: { readonly type: string; readonly channel_type?: string }): string {
  if (event.type !== 'message') return event.type;
  return `message.${SUBSCRIPTION_NAMES[event.channel_type ?? '']}`;
}
