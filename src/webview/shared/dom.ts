/** What an element can be given: attributes, `class`, and listeners as `onclick` and so on. Undefined leaves it out. */
export interface Properties {
  readonly [name: string]: string | number | boolean | ((event: never) => void) | undefined;
}

/** What an element can hold. Text is text: nothing in it is markup. */
export type Child = Node | string | undefined | readonly Child[];

/** Makes an element. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function')
      element.addEventListener(name.replace(/^on/, ''), value as unknown as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Replaces everything in an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string') element.append(child);
    else if (child instanceof Node) element.append(child);
    else append(element, child);
  }
}
