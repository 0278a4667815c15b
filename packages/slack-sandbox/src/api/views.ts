import { checkPermitted } from '../blockkit/permissions';
import { validateView } from '../blockkit/validate';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { objectsOf } from '../json';
import { viewJson } from '../slackJson';
import { type Args, type Call, type Handler, invalid, missing } from './call';
import { knownPerson } from './lookup';

/** Reads the view argument. @throws SlackError invalid_arguments if it is missing or no JSON object */
function readView(core: Core, args: Args, type: 'modal' | 'home'): unknown {
  if (!args.has('view')) throw missing('view');
  const view = args.json('view');
  if (view === undefined) throw invalid('must provide an object [json-pointer:/view]');
  // Validates before the trigger is exchanged, so that an invalid view does not use it up.
  const checked = validateView(view, type);
  checkPermitted(objectsOf(checked.blocks), core.permissions(), '/view/blocks', 'invalid_arguments');
  return checked;
}

function readTrigger(args: Args): string {
  if (args.has('trigger_id') && args.has('interactivity_pointer'))
    throw invalid('trigger_id and interactivity_pointer exclude each other');
  return args.required('trigger_id');
}

export const open: Handler = ({ core, args }) => {
  const trigger = readTrigger(args);
  const view = readView(core, args, 'modal');
  const { userId } = core.triggers.exchange(trigger);
  return { view: viewJson(core.workspace, core.views.open(userId, view), false) };
};

export const push: Handler = ({ core, args }) => {
  const trigger = readTrigger(args);
  const view = readView(core, args, 'modal');
  const { userId, viewId } = core.triggers.exchange(trigger);
  if (viewId === undefined) throw new SlackError('not_found');
  return { view: viewJson(core.workspace, core.views.push(userId, view), false) };
};

export const update: Handler = ({ core, args }) => {
  const id = args.string('view_id');
  const externalId = args.string('external_id');
  if (id === undefined && externalId === undefined) throw missing('view_id');
  if (id !== undefined && externalId !== undefined) throw invalid('provide view_id or external_id, not both');
  const stored = id === undefined ? core.views.findByExternalId(externalId ?? '') : core.views.find(id);
  if (stored === undefined) throw new SlackError('not_found');
  const view = readView(core, args, stored.type);
  return { view: viewJson(core.workspace, core.views.update(stored, view, args.string('hash')), false) };
};

export const publish: Handler = (call: Call) => {
  const { core, args } = call;
  const person = knownPerson(core, args.required('user_id'));
  if (!core.manifest.homeTab) throw new SlackError('not_enabled');
  const view = readView(core, args, 'home');
  return { view: viewJson(core.workspace, core.views.publish(person.id, view, args.string('hash')), false) };
};
