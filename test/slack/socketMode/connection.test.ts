/** When a connection is opened, left and waited for: with connections that a test ends, and a clock that it moves. */
import { createLogger } from '../../../src/log';
import { TokenRefusedError } from '../../../src/slack/install/tokenErrors';
import { type Connection, createConnection, type Up } from '../../../src/slack/socketMode/connection';
import { disconnectReasonOf, NotLetInError } from '../../../src/slack/socketMode/disconnectReason';

/** A connection as Slack's side and ours see it. */
class Fake implements Up {
  announce: (why: string) => void = () => undefined;
  end: () => void = () => undefined;
  readonly disconnectReason = new Promise<ReturnType<typeof disconnectReasonOf>>((resolve) => {
    this.announce = (why) => resolve(disconnectReasonOf(why));
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
/** What the next attempts come to; a connection when it is empty. */
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
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
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
const refused = () => new Error('no way there');

describe('when Slack announces that it renews the connection', () => {
  beforeEach(async () => {
    await connection.start();
    await pass(HOURS);
  });

  it('another is opened at once, and only then the old one is left', async () => {
    first().announce('warning');
    await pass(0);
    expect(opened).toHaveLength(2);
    expect(first().close).toHaveBeenCalled();
    expect(second().close).not.toHaveBeenCalled();
    expect(connection.isUp()).toBe(true);
  });

  it('a second announcement of the same end opens nothing more', async () => {
    first().announce('warning');
    await pass(0);
    first().announce('refresh_requested');
    await pass(HOURS);
    expect(opened).toHaveLength(2);
  });

  it('while no other can be opened the old one is used on, and tries are at most four seconds apart', async () => {
    failures.push(...Array.from({ length: 6 }, refused));
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

  it('when the old one is gone meanwhile, it is not up, and the next try is made at once', async () => {
    failures.push(refused(), refused());
    first().announce('warning');
    await pass(0);
    first().end();
    await pass(0);
    expect(connection.isUp()).toBe(false);
    expect(failures).toEqual([]);
    await pass(1_000);
    expect(connection.isUp()).toBe(true);
  });

  it('one connection after the other, each for a moment only: they are opened ever more slowly', async () => {
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

  it('a token that is refused then is told, once', async () => {
    const error = new TokenRefusedError('SLACK_APP_TOKEN', 'invalid_auth');
    failures.push(error);
    first().announce('warning');
    await pass(HOURS);
    expect(giveUp.mock.calls).toEqual([[error]]);
  });

  it('a stop meanwhile tries no more, and closes what an attempt still brings', async () => {
    failures.push(refused());
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
])('when Slack sends us away (%s)', (why, words) => {
  it('the connection is left first, then it is tried ever more slowly, and the operator is told why', async () => {
    await connection.start();
    await pass(HOURS);
    failures.push(new NotLetInError(disconnectReasonOf(why)));
    first().announce(why);
    await pass(0);
    expect(first().close).toHaveBeenCalled();
    expect(connection.isUp()).toBe(false);
    expect(opened).toHaveLength(1);
    await pass(500);
    expect(failures).toEqual([]);
    await pass(1_000);
    expect(opened).toHaveLength(2);
    expect(connection.isUp()).toBe(true);
    const told = lines.filter(({ msg }) => msg.includes(words));
    expect(told.map((line) => line.why)).toEqual([why, why]);
  });
});

it('a stop while the first attempt is made closes what it brings', async () => {
  const starting = connection.start();
  connection.stop();
  await starting;
  expect(first().close).toHaveBeenCalled();
  expect(connection.isUp()).toBe(false);
});
