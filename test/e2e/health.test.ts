/**
 * The pages that an operator sees on ADMIN_PORT, and anybody on PORT, while people work and when something is wrong.
 */
import { beginCall, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { METRICS } from '../../src/http/metricNames';
import { saveNaming } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, type World } from './support/world';

const answerOf = async (port: number, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
};
const get = (world: World, path: string) => answerOf(world.lostdeal.adminPort, path);

describe.each(['socket', 'http'] as const)('over %s, after a call that ended with a pulse', (delivery) => {
  let world: World;
  let page: string;
  beforeAll(async () => {
    world = await startWorld({ delivery });
    const rep = world.slack.as('robin');
    await beginCall(rep, 'Zanzibar Freight');
    const fresh = await tapThrough(rep, TO_A_PULSE);
    await fresh.fill({ 'Who can say yes?': 'maya', 'What is it worth?': '48k' });
    await saveNaming(rep, fresh);
    await world.slack.as('maya').channel('#lost-deals').waitFor('would have');
    await world.settled();
    page = (await get(world, '/metrics')).text;
  });
  afterAll(() => world.stop());

  const value = (series: string): number =>
    Number(
      page
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );

  it('it is alive and ready', async () => {
    expect((await get(world, '/healthz')).status).toBe(200);
    const ready = await get(world, '/readyz');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text)).toEqual({
      ready: true,
      parts: { database: 'ok', slack: 'ok', reconciler: 'ok' },
    });
  });

  it('strangers learn no more than that: no words of readiness and no figures, only where those are', async () => {
    const { port } = world.lostdeal;
    expect(await answerOf(port, '/readyz')).toEqual({ status: 200, text: '' });
    const figures = await answerOf(port, '/metrics');
    expect(figures.status).toBe(404);
    expect(figures.text).toContain('ADMIN_HOST:ADMIN_PORT');
    expect(figures.text).not.toMatch(/lostdeal_|process_/u);
  });

  it('every metric is on the page', () => {
    for (const name of Object.keys(METRICS)) expect(page).toContain(`# HELP ${name} `);
    expect(page).toContain('process_resident_memory_bytes');
  });

  it('the metrics count people’s actions where they acted', () => {
    expect(value('lostdeal_ack_seconds_count{surface="command",outcome="acked"}')).toBe(1);
    expect(value('lostdeal_ack_seconds_count{surface="submission",outcome="acked"}')).toBe(5);
    // Six taps, the choice of who decides, and the draft of what was typed.
    expect(value('lostdeal_ack_seconds_count{surface="click",outcome="acked"}')).toBe(8);
    expect(page).not.toContain('outcome="unacked"');
  });

  it('the metrics count the messages that stand in Slack', async () => {
    const traffic = await world.slack.traffic();
    const posts = traffic.filter((entry) => entry.kind === 'call' && entry.method === 'chat.postMessage');
    expect(value('lostdeal_slot_writes_total{kind="post",result="ok"}')).toBe(posts.length);
    expect(value('lostdeal_slack_calls_total{method="chat.postMessage",result="ok"}')).toBe(posts.length);
    expect(value('lostdeal_deals{stage="awaiting_decision"}')).toBe(1);
    expect(value('lostdeal_deals_waiting')).toBe(0);
    expect(value('lostdeal_reconciler_lag_seconds')).toBe(0);
    expect(value('lostdeal_database_seconds_count{kind="insert"}')).toBeGreaterThan(5);
  });

  it('nothing on it names a person, a workspace, a deal or a customer', () => {
    expect(page).not.toMatch(/Zanzibar|robin|maya|T000BRIGHT|U0000ROBIN|C000LOSTDL|xox|\bd[0-9a-f]{20}\b/u);
  });
});

describe('when something is wrong', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it('the socket dropped and cannot be opened again: not ready, and it says which part', async () => {
    await world.slack.faults({ method: 'apps.connections.open', times: 100, effect: { do: 'http_500' } });
    await world.slack.admin({ do: 'drop_sockets' });
    const said = await until(world.sandbox, 'word of the lost connection', async () => {
      const { status, text } = await get(world, '/readyz');
      return status === 503 ? text : undefined;
    });
    expect(JSON.parse(said)).toMatchObject({
      ready: false,
      parts: { slack: 'not connected', database: 'ok' },
    });
    expect((await get(world, '/healthz')).status).toBe(200);
    expect((await get(world, '/metrics')).text).toContain('lostdeal_ready{part="slack"} 0');
    expect(await answerOf(world.lostdeal.port, '/readyz')).toEqual({ status: 503, text: '' });

    await world.slack.faults();
    await until(world.sandbox, 'readiness', async () =>
      (await get(world, '/readyz')).status === 200 ? true : undefined,
    );
  });

  it('Slack refuses the token for every screen: not ready until one opens', async () => {
    const refuse = {
      method: 'views.open',
      times: 3,
      effect: { do: 'error', error: 'invalid_auth' },
    } as const;
    await world.slack.faults(refuse);
    const rep = world.slack.as('robin');
    for (const company of ['One', 'Two']) await rep.slash(`/lostdeal ${company}`);
    expect((await get(world, '/readyz')).status).toBe(200);
    await rep.slash('/lostdeal Three');
    const said = await until(world.sandbox, 'word of the screens', async () => {
      const { status, text } = await get(world, '/readyz');
      return status === 503 ? text : undefined;
    });
    expect(JSON.parse(said).parts.slack).toBe('screens cannot be opened (invalid_auth)');
    await rep.slash('/lostdeal Four');
    await until(world.sandbox, 'readiness', async () =>
      (await get(world, '/readyz')).status === 200 ? true : undefined,
    );
  });

  it('the database does not answer: not ready, alive, and the page is still there', async () => {
    const { store } = world.lostdeal.coach;
    const lost = jest.spyOn(store, 'ping').mockRejectedValue(new Error('gone'));
    const ready = await get(world, '/readyz');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({ parts: { database: 'not answering' } });
    expect((await get(world, '/healthz')).status).toBe(200);
    expect((await get(world, '/metrics')).text).toContain('lostdeal_ready{part="database"} 0');
    lost.mockRestore();
  });
});
