/** What people read while we do not know their workspace: without its token we cannot open a screen. */
import type { Installations } from './installations';

export function notInstalledText(installations: Pick<Installations, 'areUnknown'>): string {
  return installations.areUnknown()
    ? 'Lostdeal has just been started and could not reach Slack yet. Nothing you typed is lost: please try again in a minute.'
    : 'Lostdeal is not installed in this workspace any more. Please ask an admin to install it again.';
}
