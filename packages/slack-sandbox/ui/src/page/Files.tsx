import { useEffect, useState } from 'react';
import type { SeenMessage } from '../../../src/protocol';
import { Icon } from './Icon';

const UNITS = ['B', 'kB', 'MB'] as const;

function sizeLabel(bytes: number): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${UNITS[step]}`;
}

type SeenFile = SeenMessage['files'][number];

const isImage = ({ mimetype }: SeenFile): boolean => mimetype.startsWith('image/');
const isText = ({ mimetype }: SeenFile): boolean => mimetype.startsWith('text/');

export function Files({ files }: { readonly files: SeenMessage['files'] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer" download={file.name}>
            <span className="file-head">
              <span className="file-tile">
                <Icon name="file" />
              </span>
              <span className="file-text">
                <b>{file.name}</b>
                <small>
                  {file.mimetype} · {sizeLabel(file.size)}
                </small>
              </span>
            </span>
            {isImage(file) && <img src={file.url} alt={file.name} />}
            {isText(file) && <TextPreview url={file.url} />}
          </a>
        </li>
      ))}
    </ul>
  );
}

const PREVIEW_LINES = 6;
/** Larger files have no preview. */
const PREVIEW_BYTES = 200_000;

/** The first lines of a text file. Nothing until they are loaded. */
function TextPreview({ url }: { readonly url: string }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      const response = await fetch(url, { signal: controller.signal });
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > PREVIEW_BYTES) return;
      setLines((await response.text()).trimEnd().split('\n'));
    };
    // A failure only means no preview: the person can still open the file.
    read().catch(() => undefined);
    return () => controller.abort();
  }, [url]);
  if (lines.length === 0) return null;
  const more = lines.length > PREVIEW_LINES ? '\n…' : '';
  return <pre className="file-preview">{`${lines.slice(0, PREVIEW_LINES).join('\n')}${more}`}</pre>;
}
