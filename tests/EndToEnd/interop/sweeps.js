// Calls a silo with @grpc/grpc-js: node sweeps.js PROTO_ROOT ADDRESS SWEEP_FILE. Prints one JSON object.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [, , root, address, file] = process.argv;
const load = (name) => loader.loadSync(path.join('granary/v1', name), { includeDirs: [root], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true });
const { granary } = grpc.loadPackageDefinition({ ...load('sweeps.proto'), ...load('artifacts.proto') });
const credentials = grpc.credentials.createInsecure();
const sweeps = new granary.v1.Sweeps(address, credentials);
const artifacts = new granary.v1.Artifacts(address, credentials);

const call = (client, method, request, options = {}) =>
  new Promise((resolve, reject) => client[method](request, options, (error, reply) => (error ? reject(error) : resolve(reply))));
const code = (promise) => promise.then(() => grpc.status.OK, (error) => error.code);

const watch = (sweep) =>
  new Promise((resolve, reject) => {
    const seen = { kinds: new Set(), trials: 0, steps: 0 };
    const stream = sweeps.Watch({ sweep, metrics: true });
    stream.on('data', (event) => {
      seen.kinds.add(event.event);
      if (event.event === 'metrics') seen.steps += event.metrics.steps.length;
    });
    stream.on('error', reject);
    stream.on('end', () => resolve({ kinds: [...seen.kinds], steps: seen.steps }));
  });

const upload = (parts) =>
  new Promise((resolve, reject) => {
    const stream = artifacts.Upload((error, reply) => (error ? reject(error) : resolve(reply)));
    parts.forEach((part) => stream.write(part));
    stream.end();
  });

(async () => {
  const text = fs.readFileSync(file, 'utf8');
  const submitted = await call(sweeps, 'Submit', { file: text, file_name: 'sweep.yaml' });
  const watched = await watch(submitted.sweep);
  const sweep = await call(sweeps, 'Get', { sweep: submitted.sweep });
  const result = {
    sweep: submitted.sweep,
    watched,
    state: sweep.state,
    trials: sweep.trials.map((trial) => trial.state),
    unknown: await code(call(sweeps, 'Get', { sweep: 'nothing-like-it' })),
    refused: await code(call(sweeps, 'Submit', { file: text.replace('epochs', 'epocs'), file_name: 'sweep.yaml' })),
    late: await code(call(sweeps, 'List', {}, { deadline: Date.now() - 1 })),
    damaged: await code(upload([{ header: { hash: '0'.repeat(64), bytes: 3 } }, { chunk: Buffer.from('abc') }])),
  };
  console.log(JSON.stringify(result));
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
