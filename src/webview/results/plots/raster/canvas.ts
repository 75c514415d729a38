import type { Canvas } from './easel.ts';

/** A canvas of the page's own. */
export function createCanvas(): Canvas {
  const element = document.createElement('canvas');
  let image: ImageData | undefined;
  return {
    element,
    clear: (width, height) => {
      Object.assign(element, { width, height });
      image = new ImageData(width, height);
      return image;
    },
    show: () => {
      if (image !== undefined) element.getContext('2d')?.putImageData(image, 0, 0);
    },
  };
}
