import type { ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import type { MailKey, Playbook } from '../../playbook/schema';
import { VIEWS } from '../ids';
import { account, line, mailPieces, rich } from '../text';
import { modal } from './modal';

/**
 * A mail to copy.
 * @param rep the rep's name; null: not known
 */
export function mail(deal: Deal, playbook: Playbook, key: MailKey, rep: string | null): ModalView {
  const isTheirsToFill = key === 'keep_talking' && deal.ask === null;
  return modal({
    id: VIEWS.mail,
    title: 'Mail to copy',
    ref: { deal: deal.id },
    blocks: [
      rich(
        line('To ', account(deal), isTheirsToFill ? '. Write what you can do in place of the dots.' : ''),
        ...mailPieces(deal, playbook, key, rep),
      ),
    ],
  });
}
