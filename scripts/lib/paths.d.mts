export const windows: boolean;
export const root: string;
export const binFolder: string;
export const projectNode: string;
export function withPath(...folders: string[]): NodeJS.ProcessEnv;
export function cacheFolder(): string;
