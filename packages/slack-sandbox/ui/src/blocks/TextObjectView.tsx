import type { TextObject } from '@slack/types';
import { plain } from '../text/plain';
import { LibraryBlock } from './LibraryBlock';

/** The words of a control that is ours: an option of a list, say. Markup by the library. */
export function TextObjectView({ text }: { readonly text: TextObject }) {
  if (text.type === 'plain_text') return <span className="plain-text">{plain(text)}</span>;
  return <LibraryBlock block={{ type: 'section', text }} />;
}
