/** The sheet for the wall has everything that a rep says, and nothing twice. */
import { sheetOf } from '../../src/authoring/print/sheet';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { loadTeams, TINY } from '../playbook/tiny';

/** The text of a page, without marks. */
const textOf = (html: string) =>
  html
    .replace(/<(style|script|title)>[\s\S]*?<\/\1>/gu, '')
    .replace(/<[^>]+>/gu, '')
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));

it.each(loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list())('says every line of $title', (playbook) => {
  const text = textOf(sheetOf(playbook));
  const plain = (line: string) => line.split(/[[\]{}]/u).filter((_, index) => index % 2 === 0);
  for (const step of playbook.steps) {
    expect(text).toContain(step.title);
    for (const line of [...step.say, ...(step.prompts ?? [])]) {
      const [longest = ''] = plain(line).sort((one, other) => other.length - one.length);
      expect(text).toContain(longest);
    }
    for (const { hear, reply } of step.they_say ?? []) expect(text).toContain(`“${hear}” ${reply}`);
    expect(text).toContain(`Don't ${step.dont}`);
  }
});

it('names what the rep fills in, and both words where new business and customers differ', () => {
  const html = sheetOf(loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list()[0] ?? never());
  expect(textOf(html)).toContain('Thank you, name, for letting us make our case · the time we');
  expect(textOf(html)).toContain("I'll call you by when. Could you hold off on signing until then?");
});

it('takes words of a file as words, and US paper', () => {
  const playbook = loadTeams({ 'tiny.yml': TINY.replace('It is kind', 'It <b>is</b> kind') }).latest('tiny');
  expect(sheetOf({ ...(playbook ?? never()), title: '<b>Tiny</b> & co' })).toContain('&#60;b&#62;Tiny');
  expect(sheetOf(playbook ?? never(), 'letter')).toContain('size: letter landscape');
});

function never(): never {
  throw new Error('there is no such playbook');
}
