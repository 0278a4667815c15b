import type { SeenAttachment, SeenMessage } from '../../../src/protocol';
import { LibraryBlock } from '../blocks/LibraryBlock';
import { OutsideLink } from '../blocks/OutsideLink';
import { useSandbox } from '../live/sandbox';
import { momentLabel } from '../text/dates';
import { BlockSurface } from './BlockSurface';

/** The attachments of a message, each beside a coloured bar: Slack's older form of blocks. */
export function Attachments({ message }: { readonly message: SeenMessage }) {
  return (message.attachments ?? []).map((attachment) => (
    <div key={attachment.id} className="attachment-outer">
      {attachment.pretext !== undefined && <Mrkdwn text={attachment.pretext} />}
      <div className="attachment" style={{ borderColor: barOf(attachment.color) }}>
        <AttachmentBody attachment={attachment} message={message} />
      </div>
    </div>
  ));
}

const NAMED_COLORS: Readonly<Record<string, string>> = {
  good: 'var(--good)',
  warning: 'var(--warn-line)',
  danger: 'var(--danger)',
};

/** One of Slack's three names, or hex digits with or without `#`. Undefined, and so grey, otherwise. */
function barOf(color = ''): string | undefined {
  const hex = /^#?([0-9a-f]{3,8})$/i.exec(color)?.[1];
  return NAMED_COLORS[color] ?? (hex === undefined ? undefined : `#${hex}`);
}

interface BodyProps {
  readonly attachment: SeenAttachment;
  readonly message: SeenMessage;
}

function AttachmentBody({ attachment, message }: BodyProps) {
  const { view, now } = useSandbox();
  const { blocks = [], fields = [], author_name, author_icon, title, text } = attachment;
  const postedAt =
    attachment.ts === undefined ? '' : momentLabel(Number(attachment.ts) * 1000, view.me.tz, now);
  const foot = [attachment.footer ?? '', postedAt].filter((part) => part !== '').join(' · ');
  return (
    <>
      {author_name !== undefined && (
        <p className="attachment-author">
          {author_icon !== undefined && <img src={author_icon} alt="" />}
          <Linked to={attachment.author_link}>{author_name}</Linked>
        </p>
      )}
      {title !== undefined && (
        <p>
          <b>
            <Linked to={attachment.title_link}>{title}</Linked>
          </b>
        </p>
      )}
      {text !== undefined && <Mrkdwn text={text} />}
      {blocks.length > 0 && (
        <BlockSurface
          kind="message"
          id={`message-${message.ts}-${attachment.id}`}
          version={JSON.stringify(blocks)}
          blocks={blocks}
          target={{ in: 'message', channel: message.channel, ts: message.ts }}
        />
      )}
      {fields.length > 0 && (
        <dl className="attachment-fields">
          {fields.map((field, index) => (
            <div key={index} className={field.short === true ? 'short' : undefined}>
              <dt>{field.title}</dt>
              <dd>{field.value !== undefined && <Mrkdwn text={field.value} />}</dd>
            </div>
          ))}
        </dl>
      )}
      {attachment.image_url !== undefined && <img src={attachment.image_url} alt={attachment.fallback} />}
      {attachment.thumb_url !== undefined && (
        <img src={attachment.thumb_url} alt={attachment.fallback} className="thumb" />
      )}
      {foot !== '' && (
        <p className="attachment-foot">
          {attachment.footer_icon !== undefined && <img src={attachment.footer_icon} alt="" />}
          {foot}
        </p>
      )}
    </>
  );
}

const Mrkdwn = ({ text }: { readonly text: string }) => (
  <LibraryBlock block={{ type: 'section', text: { type: 'mrkdwn', text } }} />
);

const Linked = ({ to, children }: { readonly to: string | undefined; readonly children: string }) =>
  to === undefined ? <span>{children}</span> : <OutsideLink href={to}>{children}</OutsideLink>;
