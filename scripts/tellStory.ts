/** The story in the terminal: a rep and a manager at the real app, and what each of them sees. */
import { connectSandbox } from 'slack-sandbox';
import { beginCall, tapThrough } from './play';
import {
  ACCOUNT,
  ALL_NOTES,
  CALL,
  findAsk,
  findDecision,
  findEnd,
  makeOffer,
  reportWonBack,
  writeNotes,
} from './story';

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

  line(`Robin is on the phone with ${ACCOUNT}. They have just said no.`);
  does('Robin', `types /lostdeal ${ACCOUNT}, says it was a prospect we did not win, and starts`);
  let screen = await beginCall(rep, ACCOUNT);
  shows('Robin', 'during the call', screen.text());

  for (const { tap, means } of CALL) {
    does('Robin', `${means} (${tap})`);
    screen = await tapThrough(rep, [tap]);
    shows('Robin', 'during the call', screen.text());
  }

  does('Robin', 'hangs up and fills in while it is fresh, naming Maya as the one who decides');
  await screen.fill({ 'Who can say yes?': ALL_NOTES['Who can say yes?'] });
  // A person types on for a while; meanwhile the app learns when Maya works.
  await slack.waitForTraffic(
    'question about who Maya is',
    (entry) =>
      entry.kind === 'call' && entry.method === 'users.info' && JSON.stringify(entry.args).includes('MAYA'),
  );
  await writeNotes(rep, screen);

  const summary = await manager.channel('#lost-deals').waitFor('Against: Globex');
  shows('Everybody in #lost-deals', 'the deal', summary.text());
  const ask = await findAsk(manager);
  shows('Maya', 'in the thread, and by direct message', ask.text());

  does('Maya', 'taps Counter and offers sixty days');
  await makeOffer(manager, ask);
  shows('Maya', 'the ask, decided', (await ask.waitFor('decided: counter')).text());

  const decision = await findDecision(rep);
  shows('Robin', 'by direct message', decision.text());

  does('Robin', `calls ${ACCOUNT} back, and reports that they chose us after all`);
  await reportWonBack(rep, decision);
  shows('Everybody in #lost-deals', 'the end', (await findEnd(manager)).text());
  line('\nThat was the whole story. Play it yourself in the browser: npm run sandbox');
}
