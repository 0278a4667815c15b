import type { Core } from '../core';
import { ControlRefusal } from '../errors';
import type { Action, ActResult } from '../protocol';
import type { Member } from '../workspace/model';
import * as messages from './messageActions';
import { suggest } from './suggest';
import { upload } from './uploads';
import * as views from './viewActions';

/** Finds the acting person by id or handle. @throws ControlRefusal user_not_found */
export function actingPerson(core: Core, as: string): Member {
  const person = core.workspace.findPerson(as);
  if (person === undefined || person.isBot)
    throw new ControlRefusal('user_not_found', `nobody is called "${as}"`);
  return person;
}

/** Performs an action of a person. Resolves when the app has acked or failed to. @throws ControlRefusal */
export async function act(core: Core, action: Action): Promise<ActResult> {
  const person = actingPerson(core, action.as);
  if (person.deleted) throw new ControlRefusal('user_deactivated', `${person.name} can no longer sign in`);
  switch (action.type) {
    case 'command':
      return messages.command(core, person, action);
    case 'post':
      return messages.post(core, person, action);
    case 'edit':
      return messages.edit(core, person, action);
    case 'delete':
      return messages.remove(core, person, action);
    case 'read':
      return messages.read(core, person, action);
    case 'open_dm':
      return messages.openDm(core, person, action);
    case 'open_home':
      return messages.openAppTab(core, person, 'home');
    case 'open_messages_tab':
      return messages.openAppTab(core, person, 'messages');
    case 'shortcut':
      return messages.shortcut(core, person, action);
    case 'input':
      return views.input(core, person, action);
    case 'click':
      return views.click(core, person, action);
    case 'upload':
      return upload(core, person, action);
    case 'suggest':
      return suggest(core, person, action);
    case 'submit':
      return views.submit(core, person, action);
    case 'close':
      return views.close(core, person, action);
    default:
      throw new ControlRefusal(
        'unknown_action',
        `there is no action "${String((action as { type: unknown }).type)}"`,
      );
  }
}
