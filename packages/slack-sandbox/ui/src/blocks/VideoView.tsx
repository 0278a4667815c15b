import type { VideoBlock } from '@slack/types';
import { plain } from '../text/plain';

/** A video as its thumbnail, which leads to it: the library puts links into links, and a button without a name. */
export function VideoView({ block }: { readonly block: VideoBlock }) {
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
            <a href={title_url} target="_blank" rel="noreferrer noopener">
              <b>{plain(title)}</b>
            </a>
          )}
        </p>
        {description !== undefined && <p>{plain(description)}</p>}
      </figcaption>
      <a href={block.video_url} target="_blank" rel="noreferrer noopener">
        <img src={block.thumbnail_url} alt={block.alt_text} />
      </a>
    </figure>
  );
}
