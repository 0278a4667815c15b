export async function tellStory(_url: string): Promise<void> {}
