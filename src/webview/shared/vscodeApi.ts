interface VSCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCodeApi;

/** The page's line to the extension. */
export interface Connection<ToExtension> {
  post(message: ToExtension): void;
  /** What this page would need to be shown again after the window was reloaded. */
  remember(state: unknown): void;
  /** What was remembered, also before the window was reloaded; undefined where nothing was. */
  recall(): unknown;
}

/** Connects the page with the extension; may be called once. */
export function connect<ToExtension, FromExtension>(
  receive: (message: FromExtension) => void,
): Connection<ToExtension> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<FromExtension>) => receive(event.data));
  return {
    post: (message) => api.postMessage(message),
    remember: (state) => api.setState(state),
    recall: () => api.getState(),
  };
}
