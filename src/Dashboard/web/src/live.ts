import type { Point, Sweep, SweepDetail, Trial } from './api';

export interface LiveHandlers {
  snapshot(detail: SweepDetail): void;
  summary(sweep: Sweep): void;
  trial(trial: Trial): void;
  metrics(trial: string, points: Point[]): void;
}

/** Follows one sweep until `signal` aborts. The browser reconnects by itself; the server then starts with a snapshot again. */
export function follow(id: string, handlers: LiveHandlers, signal: AbortSignal): void {
  const source = new EventSource(`/api/sweeps/${encodeURIComponent(id)}/events`);
  const on = (name: string, handle: (data: never) => void): void =>
    source.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data) as never));

  on('snapshot', (data: SweepDetail) => handlers.snapshot(data));
  on('summary', (data: Sweep) => handlers.summary(data));
  on('trial', (data: Trial) => handlers.trial(data));
  on('metrics', (data: { trial: string; points: Point[] }) => handlers.metrics(data.trial, data.points));
  on('end', () => source.close());
  source.addEventListener('open', () => showConnection(''));
  source.addEventListener('error', () => showConnection(source.readyState === EventSource.CLOSED ? 'disconnected' : 'reconnecting…'));
  signal.addEventListener('abort', () => {
    source.close();
    showConnection('');
  });
}

function showConnection(text: string): void {
  const place = document.getElementById('connection');
  if (place) place.textContent = text;
}
