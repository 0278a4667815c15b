import type { FileInput as SlackFileInput } from '@slack/types';
import { useState } from 'react';
import type { ElementState } from '../../../src/protocol';
import { messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { Icon } from '../page/Icon';
import { Chips } from './Chips';
import { ariaOf, type ControlNaming } from './controlProps';
import { usePending } from './usePending';

interface FileInputProps {
  readonly element: SlackFileInput;
  readonly files: ElementState['files'];
  readonly control: ControlNaming;
  readonly onChange: (files: readonly UploadedFile[]) => Promise<void>;
}

interface UploadedFile {
  readonly id: string;
  readonly name: string;
}

/** Slack's value for an element without max_files. */
const DEFAULT_MAX_FILES = 10;

/** Files for the app. Each is uploaded when the person chooses it or drops it on the field. */
export function FileInput({ element, files, control, onChange }: FileInputProps) {
  const { act } = useSandbox();
  const [pending, run] = usePending();
  const [problem, setProblem] = useState<string | null>(null);
  const chosen = (files ?? []).filter(isUploaded);
  const max = element.max_files ?? DEFAULT_MAX_FILES;
  const full = chosen.length >= max;

  const add = (list: FileList | null) =>
    run(async () => {
      setProblem(null);
      const uploaded: UploadedFile[] = [];
      try {
        for (const file of [...(list ?? [])].slice(0, max - chosen.length)) {
          const { fileId } = await act({
            type: 'upload',
            name: file.name,
            base64: await base64Of(file),
            ...(file.type === '' ? {} : { mimetype: file.type }),
          });
          if (fileId !== undefined) uploaded.push({ id: fileId, name: file.name });
        }
      } catch (error) {
        setProblem(messageOf(error));
      }
      if (uploaded.length > 0) await onChange([...chosen, ...uploaded]);
    });
  const hint = `${max === 1 ? 'One file' : `Up to ${max} files`}${
    element.filetypes === undefined ? '' : `: ${element.filetypes.join(', ')}`
  }`;
  return (
    <div className="file-input">
      <Chips
        label="Chosen files"
        items={chosen}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        onRemove={(removed) => void onChange(chosen.filter(({ id }) => id !== removed.id))}
        icon={<Icon name="file" />}
      />
      <input
        {...ariaOf(control)}
        type="file"
        multiple={max > 1}
        accept={element.filetypes?.map((ending) => `.${ending}`).join(',')}
        disabled={full}
        aria-busy={pending || undefined}
        onChange={(event) => {
          const { currentTarget } = event;
          // Without this the browser ignores a second choice of the same file, after its removal.
          void add(currentTarget.files).finally(() => {
            currentTarget.value = '';
          });
        }}
      />
      <p className="input-hint">{pending ? 'Uploading…' : full ? `${hint}; that is all.` : hint}</p>
      {problem !== null && (
        <p className="input-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

const isUploaded = (file: unknown): file is UploadedFile =>
  typeof file === 'object' &&
  file !== null &&
  'id' in file &&
  typeof file.id === 'string' &&
  'name' in file &&
  typeof file.name === 'string';

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read`));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
