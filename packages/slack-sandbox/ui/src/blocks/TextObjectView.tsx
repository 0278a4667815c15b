import type { TextObject } from '@slack/types';
import { plain } from '../text/plain';
import { LibraryBlock } from './LibraryBlock';

/** The text of a control that the page draws, such as an option. The library draws mrkdwn. */
export function TextObjectView({ text }: { readonly text: TextObject }) {
  if (text.type === 'plain_text') return <span className="plain-text">{plain(text)}</span>;
  return <LibraryBlock block={{ type: 'section', text }} />;
}
