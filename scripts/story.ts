/** The whole story in the terminal: a rep and a manager at the real app, and what each of them sees. */
import { connectSandbox, type PersonDriver } from 'slack-sandbox';
import { beginCall, tapThrough } from './play';

const line = (text = '') => process.stdout.write(`${text}\n`);

/** What somebody sees, indented beneath who and where. */
function shows(who: string, where: string, text: string): void {
  line(`\n${who} sees (${where}):`);
  for (const row of text.split('\n')) line(`    ${row}`);
}

const does = (who: string, what: string) => line(`\n▸ ${who} ${what}`);

/** @throws when something that must be seen is not: the error tells what was visible instead */
export async function tellStory(url: string): Promise<void> {
  const slack = connectSandbox(url);
  const rep = slack.as('robin');
  const manager = slack.as('maya');

  line('Robin is on the phone with Acme. They have just said no.');
  does('Robin', 'types /lostdeal Acme, says it was a prospect we did not win, and starts');
  let screen = await beginCall(rep, 'Acme');
  shows('Robin', 'during the call', screen.text());

  for (const [tap, what] of CALL) {
    does('Robin', what);
    screen = await tapThrough(rep, [tap]);
    shows('Robin', 'during the call', screen.text());
  }

  does('Robin', 'hangs up and fills in while it is fresh, naming Maya as the one who decides');
  await screen.fill({ 'Who decides?': 'maya' });
  // A person types on for a while; meanwhile the app learns when Maya works.
  await slack.waitForTraffic(
    'question about who Maya is',
    (entry) =>
      entry.kind === 'call' && entry.method === 'users.info' && JSON.stringify(entry.args).includes('MAYA'),
  );
  await screen.fill({
    'What attracted them most': 'Ninety days to pay',
    'What is it worth?': '48,000 USD',
    'Who did they choose?': 'Globex',
    'What do you recommend?': 'Meet them halfway; they have always paid on time.',
  });
  await screen.submit();
  await rep.noModal();

  const thread = manager.channel('#lost-deals');
  const summary = await thread.waitFor('Against: Globex');
  shows('Everybody in #lost-deals', 'the deal', summary.text());
  const ask = await thread.waitFor('Acme (new, $48,000) will reconsider if we match “Ninety days to pay”');
  shows('Maya', 'in the thread, and by direct message', ask.text());

  does('Maya', 'taps Counter and offers sixty days');
  await ask.click('Counter');
  const counter = await manager.modal('What do we offer?');
  await counter.fill({
    'What do we move?': ['Service', 'Term'],
    'What do we offer?': 'Sixty days to pay, and a named contact',
  });
  await counter.submit();
  await manager.noModal();
  shows('Maya', 'the ask, decided', (await ask.waitFor('Decided: Counter')).text());

  const decision = await (await rep.dm('Lostdeal')).waitFor('decided about Acme: Counter');
  shows('Robin', 'by direct message', decision.text());

  does('Robin', 'calls Acme back, and reports that they chose us after all');
  await reportWonBack(rep, () => decision.click('Called – won back'));
  shows('Everybody in #lost-deals', 'the end', (await thread.waitFor('Won back: Acme, $48,000.')).text());
  line('\nThat was the whole story. Play it yourself in the browser: npm run sandbox');
}

async function reportWonBack(rep: PersonDriver, click: () => Promise<unknown>): Promise<void> {
  await click();
  const form = await rep.modal('Acme is back');
  await form.submit();
  await rep.noModal();
}

/** What Robin taps during the call, and what it means. Nothing is typed. */
const CALL: readonly (readonly [tap: string, what: string])[] = [
  ['submit', 'thanks them and wishes them well (Said it)'],
  ['Already told me', 'knows that already: ninety days to pay (Already told me)'],
  ['submit', 'hears the rest (Picture is whole)'],
  ['Yes', 'hears: yes, then we would have chosen you'],
  ['Nothing else', 'hears that nothing else is in the way'],
  ['Not yet', 'hears that nothing is signed'],
  ['Yes, check', 'may ask the manager'],
  ["Don't know", 'is not told when they sign'],
  ["Don't know", 'promises to call back, without an hour'],
];
