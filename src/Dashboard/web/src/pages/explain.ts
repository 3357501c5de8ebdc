import { ApiError, explain, type Explanation, getExplanation, pictureAddress } from '../api';
import { h, replace } from '../dom';
import { number } from '../format';

const pollEvery = 500;
// UploadedPicture.MostBytes; a browser that is refused in the middle of a body reports a broken connection, not the answer.
const mostBytes = 16 * 1024 * 1024;

/** Asks for pictures of what the trial's network looks at, and shows them. */
export function explainPanel(trial: string, signal: AbortSignal): HTMLElement {
  const checkpoint = h('select', { name: 'checkpoint' }, h('option', { value: 'best' }, 'best'), h('option', { value: 'last' }, 'last')) as HTMLSelectElement;
  const example = h('input', { type: 'number', name: 'example', min: 0, step: 1, value: 0 }) as HTMLInputElement;
  const picture = h('input', { type: 'file', name: 'picture', accept: 'image/jpeg,image/png' }) as HTMLInputElement;
  const data = h('input', { type: 'checkbox', name: 'data' }) as HTMLInputElement;
  const result = h('div', { id: 'explanation', 'aria-live': 'polite' });
  const button = h('button', { type: 'submit' }, 'Explain') as HTMLButtonElement;
  // One or the other.
  picture.addEventListener('change', () => (example.disabled = picture.files!.length > 0));

  const say = (text: string): void => replace(result, h('p', { class: 'hint' }, text));
  const run = async (): Promise<void> => {
    const own = picture.files?.[0];
    if (own !== undefined && own.size > mostBytes) return say(`The picture has more than ${mostBytes / 1024 / 1024} MiB. Use granary explain --image.`);
    button.disabled = true;
    try {
      const wish = { checkpoint: checkpoint.value as 'best' | 'last', example: example.valueAsNumber || 0, data: data.checked, picture: own };
      let explanation = await explain(trial, wish);
      while (!signal.aborted && (explanation.state === 'queued' || explanation.state === 'running')) {
        say(explanation.state === 'queued' ? 'Others are before this one.' : 'The trainer is drawing.');
        await new Promise((resolve) => setTimeout(resolve, pollEvery));
        explanation = await getExplanation(explanation.id);
      }
      if (!signal.aborted) replace(result, ...show(explanation));
    } catch (error) {
      say(error instanceof ApiError ? error.message : `The dashboard does not answer: ${String(error)}`);
    } finally {
      button.disabled = false;
    }
  };

  const form = h(
    'form',
    {
      class: 'bar',
      id: 'explain',
      onsubmit: (event: Event) => {
        event.preventDefault();
        void run();
      },
    },
    h('label', {}, 'Checkpoint ', checkpoint),
    h('label', {}, 'Validation picture ', example),
    h('label', {}, 'or your own ', picture),
    h('label', {}, data, ' Confusion matrix and most wrong pictures'),
    button,
  );
  return h('section', {}, h('h2', {}, 'What the network looks at'), form, result);
}

function show(explanation: Explanation): HTMLElement[] {
  const report = explanation.report;
  if (report === null) return [h('p', { class: 'hint' }, explanation.reason)];
  const truth = report['true-class'] === undefined ? '' : `, true class ${report['true-class']}`;
  const accuracy = report['valid-accuracy'];
  return [
    h('p', {}, `After epoch ${report.epoch}: ${report.picture ?? 'the validation set'}${truth}.`),
    ...(report.top.length === 0 ? [] : [predictions(report.top)]),
    ...(accuracy === undefined ? [] : [h('p', {}, `Validation accuracy ${number(accuracy)}.`)]),
    ...(report.notes ?? []).map((note) => h('p', { class: 'hint' }, note)),
    h(
      'div',
      { class: 'pictures' },
      ...report.pictures.map((picture) =>
        h('figure', { 'data-kind': picture.kind }, h('figcaption', {}, picture.title), h('img', { src: pictureAddress(explanation.id, picture.file), alt: picture.title }))),
    ),
  ];
}

const predictions = (top: { name: string; probability: number }[]): HTMLElement =>
  h(
    'table',
    { id: 'predictions' },
    h('thead', {}, h('tr', {}, h('th', {}, 'Class'), h('th', { class: 'number' }, 'Probability'))),
    h('tbody', {}, ...top.map((one) => h('tr', {}, h('td', {}, one.name), h('td', { class: 'number' }, number(one.probability))))),
  );
