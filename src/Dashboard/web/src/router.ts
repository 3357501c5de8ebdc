export interface Page {
  title: string;
  crumbs: [string, string][];
  show(place: HTMLElement, signal: AbortSignal): void | Promise<void>;
}

export type Route = (path: string[]) => Page | null;

/** Shows the page of the address bar's path, and the next one when a link of ours is followed. */
export function start(place: HTMLElement, crumbs: HTMLElement, route: Route): void {
  let current = new AbortController();

  const show = async (): Promise<void> => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const path = location.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
    const page = route(path);
    place.replaceChildren();
    if (page === null) {
      place.textContent = `There is no page ${location.pathname}.`;
      return;
    }
    document.title = page.title;
    crumbs.replaceChildren(...page.crumbs.map(([text, href]) => Object.assign(document.createElement('a'), { textContent: text, href })));
    try {
      await page.show(place, signal);
    } catch (error) {
      if (!signal.aborted) place.textContent = error instanceof Error ? error.message : String(error);
    }
  };

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (link === null || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    void show();
  });
  window.addEventListener('popstate', () => void show());
  void show();
}
