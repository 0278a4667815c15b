import type { AnyBlock, KnownBlock, SectionBlock, VideoBlock } from '@slack/types';
import { ActionElement } from '../elements/ActionElement';
import { useSandbox } from '../live/sandbox';
import { plainLine } from '../text/mrkdwn';
import { plain } from '../text/plain';
import { blockIdOf, isKnownBlock } from './elementState';
import { InputBlockView } from './InputBlockView';
import { LibraryBlock } from './LibraryBlock';
import { OutsideLink } from './OutsideLink';

/** Draws blocks on the surface around them. The library draws those that only display, the page draws controls. */
export function Blocks({ blocks }: { readonly blocks: readonly AnyBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => {
        const blockId = blockIdOf(block, index);
        return (
          <div key={blockId} className={`block block-${block.type}`} data-block-id={blockId}>
            {isKnownBlock(block) ? (
              <BlockView block={block} blockId={blockId} />
            ) : (
              <LibraryBlock block={block} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/**
 * The page draws controls and the blocks that hold them, because the library has no callbacks, and videos, because the
 * library draws them with buttons that a screen reader cannot name. test/displayLibrary.test.ts proves these reasons.
 */
function BlockView({ block, blockId }: { readonly block: KnownBlock; readonly blockId: string }) {
  switch (block.type) {
    case 'section':
      return block.accessory === undefined || block.accessory.type === 'image' ? (
        <LibraryBlock block={block} />
      ) : (
        <SectionView block={block} accessory={block.accessory} blockId={blockId} />
      );
    case 'input':
      return <InputBlockView block={block} blockId={blockId} />;
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions-row">
          {block.elements.map((element, index) => (
            <ActionElement
              key={element.action_id ?? index}
              element={element}
              blockId={blockId}
              label={element.type}
            />
          ))}
        </div>
      );
    case 'card': {
      const { actions, ...display } = block;
      return (
        <>
          <LibraryBlock block={display} />
          {actions !== undefined && (
            <div className="actions-row">
              {actions.map((element, index) => (
                <ActionElement
                  key={element.action_id ?? index}
                  element={element}
                  blockId={blockId}
                  label="Card"
                />
              ))}
            </div>
          )}
        </>
      );
    }
    // Its cards have buttons.
    case 'carousel':
      return (
        <div className="carousel">
          <Blocks blocks={block.elements} />
        </div>
      );
    // Its blocks can have controls.
    case 'container':
      return (
        <details className="container-block" open={block.default_collapsed !== true}>
          <summary>{plain(block.title)}</summary>
          <Blocks blocks={block.child_blocks} />
        </details>
      );
    case 'video':
      return <VideoView block={block} />;
    default:
      return <LibraryBlock block={block} />;
  }
}

/** Accessories that take the whole width. Others stand to the right of the text. */
const WIDE: ReadonlySet<string> = new Set(['checkboxes', 'radio_buttons']);

interface SectionViewProps {
  readonly block: SectionBlock;
  readonly accessory: NonNullable<SectionBlock['accessory']>;
  readonly blockId: string;
}

/** A section with a control. The library draws its text. */
function SectionView({ block, accessory, blockId }: SectionViewProps) {
  const { workspace } = useSandbox();
  const { accessory: _, ...textOnly } = block;
  const wide = WIDE.has(accessory.type) || accessory.type.startsWith('multi_');
  return (
    <div className={wide ? 'section-block wide' : 'section-block'}>
      <div className="section-text">
        <LibraryBlock block={textOnly} />
      </div>
      <div className="accessory">
        <ActionElement
          element={accessory}
          blockId={blockId}
          label={block.text === undefined ? accessory.type : plainLine(block.text.text, workspace.people)}
        />
      </div>
    </div>
  );
}

/** A video as a thumbnail that links to it. */
function VideoView({ block }: { readonly block: VideoBlock }) {
  const { title, title_url, author_name, provider_name, description } = block;
  const source = [author_name, provider_name].filter((name) => name !== undefined).join(' · ');
  return (
    <figure className="video-block">
      <figcaption>
        {source !== '' && <p className="muted">{source}</p>}
        <p>
          {title_url === undefined ? (
            <b>{plain(title)}</b>
          ) : (
            <OutsideLink href={title_url}>
              <b>{plain(title)}</b>
            </OutsideLink>
          )}
        </p>
        {description !== undefined && <p>{plain(description)}</p>}
      </figcaption>
      <OutsideLink href={block.video_url}>
        <img src={block.thumbnail_url} alt={block.alt_text} />
      </OutsideLink>
    </figure>
  );
}
