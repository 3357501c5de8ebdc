// The dashboard's REST interface, as src/Dashboard/Api answers it.

export type SweepState = 'running' | 'paused' | 'succeeded' | 'stopped' | 'failed';
export type TrialState =
  | 'queued' | 'placed' | 'starting' | 'running' | 'paused' | 'checkpointing' | 'succeeded' | 'stopped' | 'failed';

export type Health = 'unknown' | 'healthy' | 'vanishing' | 'collapsing' | 'dead' | 'exploding';

export interface Sweep {
  id: string;
  name: string;
  state: SweepState;
  metric: string;
  maximize: boolean;
  plannedTrials: number;
  finishedTrials: number;
  runningTrials: number;
  bestTrial: string | null;
  best: number | null;
  reason: string;
  created: string;
  finished: string | null;
}

export interface Trial {
  id: string;
  number: number;
  state: TrialState;
  version: number;
  parameters: Record<string, string>;
  model: string;
  attempt: number;
  devices: string[];
  epochsDone: number;
  epochs: number;
  metrics: Record<string, number>;
  best: number | null;
  bestEpoch: number;
  reason: string;
  started: string | null;
  finished: string | null;
  checkpoint: string | null;
  history: Point[];
  health: { health: Health; sentence: string } | null;
}

export interface SweepDetail {
  sweep: Sweep;
  trials: Trial[];
  file: string;
}

export interface LayerStatistics {
  layer: string;
  mean: number;
  standardDeviation: number;
  nearZero: number;
  kind: string;
  gradientNorm: number | null;
  weightNorm: number | null;
  updateRatio: number | null;
  health: Health;
  evidence: string;
}

// How one layer's outputs were spread at one step: equal bins from low to high.
export interface Spread {
  step: number;
  low: number;
  high: number;
  counts: number[];
}

// One measured step, or one epoch in a trial's history.
export interface Point {
  step: number;
  epoch: number;
  values: Record<string, number>;
  layers?: LayerStatistics[];
}

export interface Device {
  id: string;
  name: string;
  present: boolean;
  trial: string | null;
  rank: number | null;
}

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const reply = await fetch(path, init);
  if (!reply.ok) {
    const problem = (await reply.json().catch(() => ({}))) as { detail?: string };
    throw new ApiError(reply.status, problem.detail ?? `${path} answered ${reply.status}`);
  }
  return (await reply.json()) as T;
}

export const listSweeps = (): Promise<Sweep[]> => ask('/api/sweeps');
export const getSweep = (id: string): Promise<SweepDetail> => ask(`/api/sweeps/${encodeURIComponent(id)}`);
export const listDevices = (): Promise<Device[]> => ask('/api/devices');

const trialPath = (trial: string): string => `/api/trials/${trial.split('/').map(encodeURIComponent).join('/')}`;

export const getCurves = (trial: string, points: number, layers: boolean): Promise<Point[]> =>
  ask(`${trialPath(trial)}/curves?points=${points}&layers=${layers}`);

export const getSpread = (trial: string, layer: string, points: number, after: number): Promise<Spread[]> =>
  ask(`${trialPath(trial)}/spread?layer=${encodeURIComponent(layer)}&points=${points}&after=${after}`);

export interface Explanation {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  reason: string;
  report: {
    model: string;
    epoch: number;
    picture?: string;
    'true-class'?: string;
    top: { class: number; name: string; probability: number }[];
    'valid-accuracy'?: number;
    notes: string[];
    pictures: { file: string; kind: string; title: string }[];
  } | null;
}

// The picture is the body; what it is called stays here.
export const explain = (trial: string, wish: { checkpoint: 'best' | 'last'; example: number; data: boolean; picture: File | undefined }): Promise<Explanation> => {
  const example = wish.picture === undefined ? `&example=${wish.example}` : '';
  return ask(`${trialPath(trial)}/explain?checkpoint=${wish.checkpoint}&data=${wish.data}${example}`, {
    method: 'POST',
    headers: { 'X-Granary': '1' },
    body: wish.picture ?? null,
  });
};

export const getExplanation = (id: string): Promise<Explanation> => ask(`/api/explanations/${encodeURIComponent(id)}`);

export const pictureAddress = (id: string, file: string): string => `/api/explanations/${encodeURIComponent(id)}/${encodeURIComponent(file)}`;

// The header tells a request of this page from one that another site makes the browser send.
export const steer = (id: string, verb: 'pause' | 'resume' | 'stop'): Promise<Sweep> =>
  ask(`/api/sweeps/${encodeURIComponent(id)}/${verb}`, { method: 'POST', headers: { 'X-Granary': '1' } });
