/**
 * Tests when connections open and close, and how long attempts wait, with fake connections and a clock that the test
 * moves.
 */
import { createLogger } from '../../../src/log';
import { TokenRefusedError } from '../../../src/slack/install/tokenErrors';
import { type Connection, createConnection, type Up } from '../../../src/slack/socketMode/connection';
import { disconnectReasonOf, NoHelloError } from '../../../src/slack/socketMode/disconnectReason';

/** A connection whose end the test announces and causes. */
class Fake implements Up {
  announce: (code: string) => void = () => undefined;
  end: () => void = () => undefined;
  readonly disconnectReason = new Promise<ReturnType<typeof disconnectReasonOf>>((resolve) => {
    this.announce = (code) => resolve(disconnectReasonOf(code));
  });
  readonly gone = new Promise<void>((resolve) => {
    this.end = resolve;
  });
  readonly close = jest.fn(() => {
    this.end();
    return Promise.resolve();
  });
}

const opened: Fake[] = [];
const giveUp = jest.fn();
/** Failures of the next attempts; when empty, attempts succeed. */
const failures: Error[] = [];
let lines: { readonly msg: string; readonly why?: string; readonly retryInMs?: number }[] = [];
let connection: Connection;
beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(performance, 'now').mockImplementation(() => Date.now());
  opened.length = failures.length = 0;
  lines = [];
  giveUp.mockReset();
  const logger = createLogger(
    { level: 'info', pretty: false },
    { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) },
  );
  connection = createConnection({
    apiUrl: 'https://slack.example/api/',
    logger,
    giveUp,
    connect: async () => {
      const error = failures.shift();
      if (error !== undefined) throw error;
      const up = new Fake();
      opened.push(up);
      return up;
    },
  });
});
afterEach(() => {
  connection.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const HOURS = 4 * 3_600_000;
const [first, second, third] = [0, 1, 2].map((at) => () => opened[at] as Fake) as [
  () => Fake,
  () => Fake,
  () => Fake,
];
const failure = () => new Error('unreachable');

describe('when Slack announces that it renews the connection', () => {
  beforeEach(async () => {
    await connection.start();
    await pass(HOURS);
  });

  it('opens another one at once, and only then closes the old one', async () => {
    first().announce('warning');
    await pass(0);
    expect(opened).toHaveLength(2);
    expect(first().close).toHaveBeenCalled();
    expect(second().close).not.toHaveBeenCalled();
    expect(connection.isUp()).toBe(true);
  });

  it('opens nothing more at a second announcement of the same end', async () => {
    first().announce('warning');
    await pass(0);
    first().announce('refresh_requested');
    await pass(HOURS);
    expect(opened).toHaveLength(2);
  });

  it('keeps using the old one while no other can be opened, and tries at least every four seconds', async () => {
    failures.push(...Array.from({ length: 6 }, failure));
    first().announce('warning');
    await pass(0);
    for (const ms of [500, 1_000, 2_000, 4_000, 4_000]) await pass(ms);
    expect(failures).toEqual([]);
    expect(first().close).not.toHaveBeenCalled();
    expect(connection.isUp()).toBe(true);
    expect(lines.map(({ msg }) => msg)).toContain(
      'another connection to Slack cannot be opened yet; trying again, while the old one lasts',
    );
    await pass(4_000);
    expect(opened).toHaveLength(2);
    expect(first().close).toHaveBeenCalled();
    expect(lines.at(-1)?.msg).toBe('Slack is reached again');
  });

  it('tries at once when the old one ends first, and says that it is not connected', async () => {
    failures.push(failure(), failure());
    first().announce('warning');
    await pass(0);
    first().end();
    await pass(0);
    expect(connection.isUp()).toBe(false);
    expect(failures).toEqual([]);
    await pass(1_000);
    expect(connection.isUp()).toBe(true);
  });

  it('opens connections ever more slowly when each lasts only a moment', async () => {
    first().announce('warning');
    await pass(0);
    second().announce('warning');
    await pass(499);
    expect(opened).toHaveLength(2);
    await pass(1);
    third().announce('warning');
    await pass(999);
    expect(opened).toHaveLength(3);
    await pass(1);
    expect(opened).toHaveLength(4);
  });

  it('gives up, once, when Slack refuses the token', async () => {
    const error = new TokenRefusedError('SLACK_APP_TOKEN', 'invalid_auth');
    failures.push(error);
    first().announce('warning');
    await pass(HOURS);
    expect(giveUp.mock.calls).toEqual([[error]]);
  });

  it('makes no more attempts after a stop', async () => {
    failures.push(failure());
    first().announce('warning');
    await pass(0);
    connection.stop();
    await pass(HOURS);
    expect(opened).toHaveLength(1);
    expect(connection.isUp()).toBe(false);
  });
});

describe.each([
  ['link_disabled', 'Socket Mode was switched off for this app'],
  ['too_many_websockets', 'this app has too many'],
])('when Slack would refuse another connection too (%s)', (code, words) => {
  it('closes the connection first, tries ever more slowly, and logs what the operator should do', async () => {
    await connection.start();
    await pass(HOURS);
    failures.push(new NoHelloError(disconnectReasonOf(code)));
    first().announce(code);
    await pass(0);
    expect(first().close).toHaveBeenCalled();
    expect(connection.isUp()).toBe(false);
    expect(opened).toHaveLength(1);
    await pass(500);
    expect(failures).toEqual([]);
    await pass(1_000);
    expect(opened).toHaveLength(2);
    expect(connection.isUp()).toBe(true);
    const advice = lines.filter(({ msg }) => msg.includes(words));
    expect(advice.map((line) => line.why)).toEqual([code, code]);
  });
});

it('closes the connection of an attempt that was running when it was stopped', async () => {
  const starting = connection.start();
  connection.stop();
  await starting;
  expect(first().close).toHaveBeenCalled();
  expect(connection.isUp()).toBe(false);
});
