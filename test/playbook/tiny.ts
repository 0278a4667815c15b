/** A small playbook without faults, and helpers that change it and load it from a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeFault, type Fault } from '../../src/playbook/checking/faults';
import {
  BUILT_IN_DIR,
  loadPlaybooks,
  type PlaybookFolders,
  type PlaybookLibrary,
} from '../../src/playbook/checking/loader';
import { PlaybookError } from '../../src/playbook/errors';

export const TINY = `id: tiny
title: Tiny
summary: Thank them and ask.
start: thanks
steps:
  - id: thanks
    title: Thanks
    say:
      - "Thank you[, {prospect}], for the talk."
    why: It is kind.
    listen_for:
      - Relief
    avoid: Don't argue.
    next: { step: reason }
    next_label: Said it
    choices:
      - { id: unreached, label: Nobody there, next: { verdict: unreached } }
  - id: reason
    title: Their reason
    say:
      - "What was it that they offered?"
    why: We learn.
    record:
      fact: attraction
      label: What they offered
      placeholder: In their words
      source: prospect
    next: { step: signed }
    again_label: Dig on
  - id: signed
    title: Signed
    say:
      - "Have you signed?"
    why: It matters.
    record:
      fact: signed
      label: Signed?
      source: prospect
    choices:
      - { id: 'no', label: Not yet, next: { step: may_check } }
      - { id: signed, label: Signed, next: { verdict: signed } }
  - id: may_check
    title: May we check
    say:
      - "May I check whether we can do that?"
    why: It is theirs to say.
    record:
      fact: may_check
      label: May we?
      source: prospect
    choices:
      - { id: 'yes', label: 'Yes', next: { verdict: pulse } }
      - { id: 'no', label: 'No', next: { verdict: no_check } }
endings:
  pulse: { title: Pulse, say: ["I'll call you[ by {call_back}]."], why: There is hope. }
  signed: { title: Signed, say: [], why: It is theirs. }
  no_check: { title: No check, say: [], why: It is theirs. }
  unreached: { title: Unreached, say: [], why: Try again. }
words:
  voicemail: ["Hello."]
  mail: ["Hello."]
  holding: ["Not yet."]
  match: ["We can: {terms}."]
  counter: ["We offer {terms}."]
  decline: ["We can't: {reason}."]
  welcome_back: ["Welcome back."]
  re_engage: ["How are you?"]
`;

/** The text with one place changed; `from` has to be there exactly once. */
export function changed(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`the text does not have “${from}” exactly once`);
  return text.replace(from, () => to);
}

/** Makes a folder with these files, and removes it after `use`. */
export function withFolder<T>(files: Readonly<Record<string, string>>, use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'lostdeal-playbooks-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Loads a team's files beside the built-in ones. */
export function loadTeams(files: Readonly<Record<string, string>>): PlaybookLibrary {
  return withFolder(files, (extraDir) => loadPlaybooks({ builtInDir: BUILT_IN_DIR, extraDir }));
}

/** The faults of a team's files; empty: they load. */
export function faultsOf(files: Readonly<Record<string, string>>): readonly Fault[] {
  return withFolder(files, (extraDir) => faultsOfFolders({ builtInDir: BUILT_IN_DIR, extraDir }));
}

export function faultsOfFolders(folders: PlaybookFolders): readonly Fault[] {
  try {
    loadPlaybooks(folders);
    return [];
  } catch (error) {
    if (!(error instanceof PlaybookError)) throw error;
    return error.faults;
  }
}

/** The faults as a person reads them, without the folder of the test and the columns. */
export function read(faults: readonly Fault[]): string[] {
  return faults.map((fault) => describeFault({ ...fault, file: basename(fault.file), column: null }));
}
