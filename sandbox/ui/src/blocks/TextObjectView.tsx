import type { TextObject } from '@slack/types';
import { PlainText } from '../text/PlainText';
import { LibraryBlock } from './LibraryBlock';

/** A text object: mrkdwn by the library, plain text by us, because the library takes plain text for markup. */
export function TextObjectView({ text }: { readonly text: TextObject }) {
  if (text.type === 'plain_text') return <PlainText text={text} />;
  return <LibraryBlock block={{ type: 'section', text }} />;
}
