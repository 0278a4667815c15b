import type { AnyBlock, KnownBlock } from '@slack/types';
import { ActionElement } from '../elements/ActionElement';
import { plain } from '../text/plain';
import { blockIdOf, isKnownBlock } from './elementState';
import { InputBlockView } from './InputBlockView';
import { LibraryBlock } from './LibraryBlock';
import { SectionView } from './SectionView';
import { VideoView } from './VideoView';

/** Draws blocks on the surface around them: what displays by the library, what one can touch by ourselves. */
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
 * Ours is only what the library has no callbacks for (controls, and what may hold them), and what it draws with
 * controls that a screen reader cannot name; sandbox/test/displayLibrary.test.ts holds each of these reasons.
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
    // Cards with buttons.
    case 'carousel':
      return (
        <div className="carousel">
          <Blocks blocks={block.elements} />
        </div>
      );
    // Its blocks may have controls.
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
