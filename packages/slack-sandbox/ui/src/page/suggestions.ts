import type { Workspace } from '../../../src/protocol';

/** A completion of the typed text. */
export interface Suggestion {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly description: string;
  /** The characters from `from` to `to` become `insert`. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Whether the person has typed all of it, so that Enter sends. */
  readonly complete: boolean;
}

const MAX_SUGGESTIONS = 8;

/** Commands after a slash at the start and before a space; people after an `@`. */
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
    .slice(0, MAX_SUGGESTIONS)
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

/** The text after a completion, and the position of the caret. */
export function completed(
  text: string,
  { from, to, insert }: Suggestion,
): { readonly text: string; readonly caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length };
}
