import type { ImageElement } from '@slack/types';

/** Where the picture is; undefined for a file of the workspace that is known only by its id. */
export function imageUrl(image: ImageElement): string | undefined {
  if ('image_url' in image) return image.image_url;
  return 'url' in image.slack_file ? image.slack_file.url : undefined;
}
