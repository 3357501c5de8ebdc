import { listDevices, listSweeps, type Device, type Sweep } from '../api';
import { h, replace } from '../dom';
import { duration, moment, number } from '../format';
import type { Page } from '../router';

const refreshMilliseconds = 2000;

export function sweepsPage(): Page {
  return { title: 'Granary', crumbs: [], show };
}

async function show(place: HTMLElement, signal: AbortSignal): Promise<void> {
  const sweeps = h('section');
  const devices = h('section');
  place.append(h('h1', {}, 'Sweeps'), sweeps, h('h2', {}, 'Devices'), devices);
  const refresh = async (): Promise<void> => {
    const [listed, present] = await Promise.all([listSweeps(), listDevices()]);
    if (signal.aborted) return;
    replace(sweeps, listed.length === 0 ? empty() : sweepTable(listed));
    replace(devices, deviceStrip(present));
  };
  await refresh();
  const timer = setInterval(() => void refresh().catch(() => undefined), refreshMilliseconds);
  signal.addEventListener('abort', () => clearInterval(timer));
}

const empty = (): HTMLElement => h('p', { class: 'hint' }, 'No sweep yet. Start one: ', h('code', {}, './granary sweep run examples/quick.yaml'));

function sweepTable(sweeps: Sweep[]): HTMLElement {
  const titles = ['Sweep', 'State', 'Trials', 'Best', 'Metric', 'Submitted', 'Time'];
  return h('table', {}, h('thead', {}, h('tr', {}, ...titles.map((title) => h('th', {}, title)))), h('tbody', {}, ...sweeps.map(row)));
}

const row = (sweep: Sweep): HTMLElement =>
  h(
    'tr',
    {},
    h('td', {}, h('a', { href: `/sweeps/${sweep.id}` }, sweep.id)),
    h('td', {}, h('span', { class: `state ${sweep.state}` }, sweep.state)),
    h('td', {}, `${sweep.finishedTrials} of ${sweep.plannedTrials}${sweep.runningTrials > 0 ? `, ${sweep.runningTrials} running` : ''}`),
    h('td', { class: 'number' }, number(sweep.best)),
    h('td', {}, `${sweep.maximize ? '↑' : '↓'} ${sweep.metric}`),
    h('td', {}, moment(sweep.created)),
    h('td', {}, duration(sweep.created, sweep.finished)),
  );

export function deviceStrip(devices: Device[]): HTMLElement {
  if (devices.length === 0) return h('p', { class: 'hint' }, 'No device is connected.');
  return h(
    'ul',
    { class: 'devices' },
    ...devices.map((device) =>
      h(
        'li',
        { class: device.trial ? 'busy' : device.present ? 'free' : 'gone', title: device.name },
        h('strong', {}, device.id),
        device.trial ? h('a', { href: trialLink(device.trial) }, `${device.trial}${device.rank === null ? '' : ` rank ${device.rank}`}`) : device.present ? 'free' : 'absent',
      ),
    ),
  );
}

export function trialLink(id: string): string {
  const slash = id.lastIndexOf('/');
  return `/sweeps/${id.slice(0, slash)}/trials/${id.slice(slash + 1)}`;
}
