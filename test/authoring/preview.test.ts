/** What the preview of a playbook shows, without a browser. */
import { readFiles } from '../../src/authoring/preview/files';
import { type Act, acted, firstLook, type Look } from '../../src/authoring/preview/look';
import { BOX, mapOf } from '../../src/authoring/preview/map';
import { answerTo } from '../../src/authoring/preview/server';
import { exitsOf } from '../../src/playbook/walk';
import { changed, TINY, withFolder } from '../playbook/tiny';
import { renderedFaults } from '../words/lint';

/** Friday 6 June 2025, 10:00 in Berlin. */
const NOW = Date.UTC(2025, 5, 6, 8);
const tz = 'Europe/Berlin';
const files = readFiles(null);

const shownAt = (look: Look | null, more: { act?: Act; go?: string } = {}) => {
  const { shown } = answerTo({ look, tz, ...more }, files, NOW);
  if (shown === null) throw new Error('nothing is shown');
  return shown;
};
const textOf = (value: unknown) => JSON.stringify(value);

/** Every screen that a box of the map leads to, for both businesses, with names and without. */
const everywhere = files.playbooks.flatMap((playbook) =>
  mapOf(playbook).boxes.flatMap(({ id }) =>
    (['new', 'customer'] as const).flatMap((business) =>
      [true, false].map((names) => ({ look: { ...firstLook(playbook.id), business, names }, go: id })),
    ),
  ),
);

describe('the map', () => {
  it.each(files.playbooks)(
    'has every screen, ending and way of $title once, and boxes that do not touch',
    (playbook) => {
      const { boxes, arrows, width, height } = mapOf(playbook);
      const ways = playbook.steps.flatMap((step) =>
        exitsOf(step).map(
          ({ target }) => `${step.id} ${'step' in target ? target.step : `verdict:${target.verdict}`}`,
        ),
      );
      expect(arrows.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([...new Set(ways)].sort());
      expect(
        boxes
          .filter(({ isEnding }) => !isEnding)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(playbook.steps.map(({ id }) => id).sort());
      for (const one of boxes) {
        expect(one.x).toBeGreaterThanOrEqual(BOX.width / 2);
        expect(one.x).toBeLessThanOrEqual(width - BOX.width / 2);
        expect(one.y).toBeLessThanOrEqual(height - BOX.height / 2);
        for (const other of boxes) {
          if (one === other || one.y !== other.y) continue;
          expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual(BOX.width);
        }
      }
      for (const { points } of arrows) {
        expect(points.map(({ y }) => y)).toEqual(points.map(({ y }) => y).sort((a, b) => a - b));
      }
    },
  );

  it('says in words where a box leads', () => {
    expect(shownAt(null).map).toContain(
      'aria-label="Thanks and good wishes. Said it leads to What they liked most. Got voicemail leads to Voicemail. No decision leads to No decision."',
    );
  });
});

describe('the screens', () => {
  it('are reached from the map, each and every one', () => {
    for (const { look, go } of everywhere) expect(shownAt(look, { go }).visited.at(-1)).toBe(go);
  });

  it('have the voice of the product and no name that is not known', () => {
    for (const { look, go } of everywhere) {
      const { modals } = shownAt(look, { go });
      expect(renderedFaults(modals.map(({ view }) => view.blocks))).toEqual([]);
      if (!look.names) expect(textOf(modals)).not.toMatch(/, Jane|Globex/u);
    }
  });

  it('say what a rep would say, to either business', () => {
    const fresh = firstLook('heartbeat');
    expect(textOf(shownAt(fresh).modals)).toContain('Thank you, Jane, for letting us make our case.');
    expect(textOf(shownAt({ ...fresh, business: 'customer', names: false }).modals)).toContain(
      "Thank you for the time we've worked together.",
    );
    expect(textOf(shownAt(fresh, { go: 'verdict:pulse' }).modals)).toContain('by noon on Monday');
  });

  it('follow the taps of a call: an answer, Back, They say… and the whole script', () => {
    const at = (...acts: Act[]) => acts.reduce((shown, act) => shownAt(shown.look, { act }), shownAt(null));
    const click = (actionId: string): Act => ({ type: 'click', actionId });
    const next: Act = { type: 'submit' };
    expect(at(next).title).toBe('What they liked most');
    expect(at(next, click('back')).title).toBe('Thanks and good wishes');
    expect(at(next, click('they_say')).modals.at(-1)?.view.title.text).toBe('They say…');
    expect(at(next, click('they_say'), { type: 'close' }).modals).toHaveLength(1);
    expect(at(click('whole_script')).modals.at(-1)?.view.title.text).toBe('Whole script');
    expect(at(next, click('choose:rather_not_say')).visited.at(-1)).toBe('verdict:declined_to_say');
    expect(at(next, next, click('again')).title).toBe('The whole picture');
    expect(at(click('what_can_i_offer')).note).toBe('This button belongs to a real deal.');
    expect(at({ type: 'close' }).note).toBe('In Slack this closes the screen.');
  });

  it('go as far along the path as the saved file still has it', () => {
    const look: Look = { ...firstLook('heartbeat'), path: ['next', 'choose:gone', 'next'] };
    expect(shownAt(look).title).toBe('What they liked most');
    expect(acted(look, { type: 'input' }).look).toBe(look);
  });
});

describe('a file that does not load', () => {
  it('shows each fault with its place and line in the file, and no screen', () => {
    withFolder({ 'tiny.yml': changed(TINY, 'start: thanks', 'start: hello') }, (folder) => {
      const answer = answerTo({ look: null, tz }, readFiles(`${folder}/tiny.yml`), NOW);
      expect(answer.shown).toBeNull();
      expect(answer.faults).toEqual([
        {
          place: 'tiny.yml:4:1',
          reason: 'there is no step “hello”: correct the name or add the step',
          text: 'start: hello',
        },
      ]);
    });
  });

  it('keeps to the author’s own reasons', () => {
    const taxonomy = 'reasons:\n  - { id: colour, label: Colour }\n';
    withFolder({ 'tiny.yml': TINY, 'taxonomy.yml': taxonomy }, (folder) => {
      expect(readFiles(`${folder}/tiny.yml`).reasons).toEqual([{ id: 'colour', label: 'Colour' }]);
    });
  });
});
