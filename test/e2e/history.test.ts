/** `npm run sandbox -- --history`: a newcomer sees at once what a team learns. */
import { connectSandbox } from 'slack-sandbox';
import { type Demo, startDemo } from '../../scripts/demo';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, logLevel: 'silent', history: true });
});
afterAll(() => demo.stop());

it('the manager reads a year of deals on a screen, each reason with a verdict where there are cases enough', async () => {
  const maya = connectSandbox(demo.sandbox.url).as('maya');
  await maya.slash('/lostdeal vs Globex');
  const page = await maya.modal('Against Globex');
  expect(page.text()).toMatch(
    /So far we've lost \d\d deals to Globex, asked in \d+, tried to rescue \d+ and won back \d+/u,
  );
  expect(page.text()).toContain('It mostly brings them back.');
  expect(page.text()).toContain('ninety days to pay');
  await page.closeAll();
  await maya.slash('/lostdeal report all');
  const report = await (await maya.dm('Lostdeal')).waitFor("So far we've lost 140 deals");
  expect(report.text()).toMatch(/Price: said .* It's rarely the reason\./u);
});
