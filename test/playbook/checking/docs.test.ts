import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  callToPulse,
  loadOf,
  loadOfCall,
  secondsToRead,
  secondsToSay,
} from '../../../scripts/docs/screenTable';
import { MAX_WORDS } from '../../../src/playbook/checking/checks/lines';
import { MAX_CHARACTERS } from '../../../src/playbook/checking/checks/screens';
import { FAULT_CODES } from '../../../src/playbook/checking/faults';
import { KNOWN_FIELDS } from '../../../src/playbook/checking/fields';
import { BUILT_IN_DIR, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { PLAYBOOK_ERRORS } from '../../../src/playbook/errors';
import { FACT_CHOICES, FACT_KINDS, stepSchema, VERDICTS } from '../../../src/playbook/schema';
import { faultsOf, loadTeams, read } from '../tiny';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'playbooks.md'), 'utf8');

const BUILT_IN = loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list();

/** The first cells of the table under a heading, without code marks. */
function firstCells(heading: string): string[] {
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => (row.split('|')[1] ?? '').trim().replaceAll('`', ''));
}

function yamlBlocks(): string[] {
  return [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
}

describe('the page on playbooks', () => {
  it('has an example, practice for it and a taxonomy that load', () => {
    const [example = '', practice = '', taxonomy = ''] = yamlBlocks();
    const files = { 'goodbye.yml': example, 'goodbye.practice.yml': practice, 'taxonomy.yml': taxonomy };
    expect(read(faultsOf(files))).toEqual([]);
    const goodbye = loadTeams(files).latest('goodbye');
    expect(goodbye?.title).toBe('A kind goodbye');
    expect(goodbye?.practice?.prospects?.map(({ name }) => name)).toEqual(['Ines Duarte']);
  });

  it('lists every kind of fault', () => {
    expect(firstCells('Faults')).toEqual([...FAULT_CODES]);
  });

  it('lists every code of error', () => {
    expect(firstCells('In code')).toEqual(Object.values(PLAYBOOK_ERRORS));
  });

  it('lists which fields are known when', () => {
    for (const [place, known] of Object.entries(KNOWN_FIELDS)) {
      expect(page).toContain(`| \`${place}\` | ${known.always.join(', ')} | ${known.sometimes.join(', ')} |`);
    }
  });

  it('names every key of a step, every fact with its choices, and every verdict', () => {
    for (const key of Object.keys(stepSchema.shape)) expect(page).toContain(`\`${key}\``);
    for (const fact of Object.keys(FACT_KINDS)) expect(page).toContain(`\`${fact}\``);
    for (const choice of Object.values(FACT_CHOICES).flat()) expect(page).toContain(`\`${choice}\``);
    expect(page).toContain(VERDICTS.map((verdict) => `\`${verdict}\``).join(', '));
  });

  it('lists the limits that the checker uses', () => {
    for (const [text, most] of Object.entries(MAX_CHARACTERS)) {
      expect(page).toContain(`| ${text} | ${most} characters |`);
    }
    expect(page).toContain(`${MAX_WORDS} words`);
  });

  it('says of every screen of the built-in playbooks which idea it is from, or that it is ours', () => {
    const [, origins = ''] = page.split(/^## Where each question comes from$/m);
    const [section = ''] = origins.split(/^## /m);
    for (const { steps } of BUILT_IN) for (const { id } of steps) expect(section).toContain(`\`${id}\``);
  });

  it('counts what a call takes: at most 15 seconds to say on a screen, and 20 to read beside the lines in all', () => {
    for (const playbook of BUILT_IN) {
      const call = callToPulse(playbook);
      if (playbook.id === 'heartbeat') expect(secondsToRead(loadOfCall(call))).toBeLessThanOrEqual(20);
      for (const step of playbook.steps) expect(secondsToSay(loadOf(step))).toBeLessThanOrEqual(15);
    }
  });
});
