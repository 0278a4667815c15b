import type { Workspace } from '../../../src/protocol';

/** One completion of what is being typed. */
export interface Suggestion {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly description: string;
  /** The characters that it replaces, and by what. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** It is typed in full already: Enter sends instead of completing. */
  readonly complete: boolean;
}

const MOST = 8;

/** Commands while the text begins with a slash and has no space yet; people after an `@`. */
export function suggestionsFor(
  text: string,
  caret: number,
  workspace: Workspace,
  inThread: boolean,
): readonly Suggestion[] {
  const before = text.slice(0, caret);
  if (!inThread && /^\/\S*$/.test(before)) return commands(before, workspace);
  const mention = /(?:^|[\s(])@([\w.-]*)$/.exec(before);
  return mention?.[1] === undefined ? [] : people(mention[1], caret, workspace);
}

function commands(typed: string, workspace: Workspace): readonly Suggestion[] {
  return workspace.app.commands
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, usageHint, description }) => ({
      key: command,
      title: command,
      hint: usageHint,
      description,
      from: 0,
      to: typed.length,
      insert: `${command} `,
      complete: command === typed,
    }));
}

function people(typed: string, caret: number, workspace: Workspace): readonly Suggestion[] {
  const wanted = typed.toLowerCase();
  return workspace.people
    .filter((person) => !person.deleted)
    .filter(
      ({ name, realName }) =>
        name.toLowerCase().startsWith(wanted) || realName.toLowerCase().includes(wanted),
    )
    .slice(0, MOST)
    .map(({ id, name, realName, title }) => ({
      key: id,
      title: realName,
      hint: `@${name}`,
      description: title,
      from: caret - typed.length - 1,
      to: caret,
      insert: `@${name} `,
      complete: false,
    }));
}

/** The text with a suggestion taken, and where the caret then stands. */
export function completed(
  text: string,
  { from, to, insert }: Suggestion,
): { readonly text: string; readonly caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length };
}
