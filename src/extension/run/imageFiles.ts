const pattern = /\.(?:png|svg|jpe?g|gif|webp|avif|bmp)$/i;

/** Larger pictures are not drawn by themselves. In bytes. */
export const largestImage = 20_000_000;

/** Whether a file is a picture, by its name. */
export function isImageName(name: string): boolean {
  return pattern.test(name);
}
