import { SlackError } from '../errors';
import { memberJson } from '../slackJson';
import { teamsOf } from '../workspace/model';
import type { Handler } from './call';
import { knownPerson, paginate } from './lookup';

export const info: Handler = ({ core, args }) => {
  const person = knownPerson(core, args.required('user'));
  return { user: memberJson(core.workspace, person) };
};

export const list: Handler = ({ core, args }) => {
  const { workspace } = core;
  // Strangers and others of the organization are not members of this workspace.
  const people = [...workspace.people.values()].filter((person) =>
    teamsOf(person).includes(workspace.team.id),
  );
  // Without a limit, or with 0, Slack returns everybody: https://docs.slack.dev/reference/methods/users.list
  const limit = args.integer('limit', 0);
  if (limit < 0) throw new SlackError('invalid_limit');
  const { items, nextCursor } = paginate(people, args.string('cursor'), limit === 0 ? people.length : limit);
  return {
    members: items.map((person) => memberJson(workspace, person)),
    cache_ts: workspace.seconds(),
    response_metadata: { next_cursor: nextCursor },
  };
};

export const lookupByEmail: Handler = ({ core, args }) => {
  const email = args.required('email').toLowerCase();
  const person = [...core.workspace.people.values()].find(
    (candidate) => !candidate.isBot && !candidate.deleted && candidate.email.toLowerCase() === email,
  );
  if (person === undefined) throw new SlackError('users_not_found');
  return { user: memberJson(core.workspace, person) };
};
