import type { SeenMessage } from '../../../src/protocol';
import { Icon } from './Icon';

const UNITS = ['B', 'kB', 'MB'] as const;

function sizeWords(bytes: number): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${UNITS[step]}`;
}

export function Files({ files }: { readonly files: SeenMessage['files'] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer" download={file.name}>
            {file.mimetype.startsWith('image/') ? (
              <img src={file.url} alt={file.name} />
            ) : (
              <span className="file-tile">
                <Icon name="file" />
              </span>
            )}
            <span className="file-words">
              <b>{file.name}</b>
              <small>
                {file.mimetype} · {sizeWords(file.size)}
              </small>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
