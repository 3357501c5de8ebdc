// A grpc-js client of a C# server: `node client.js PORT`. Prints one JSON object, a property for each case.
'use strict';

const { grpc, Echo } = require('./echo');

const client = new Echo(`127.0.0.1:${process.argv[2]}`, grpc.credentials.createInsecure(), {
  'grpc.max_receive_message_length': -1,
});

const unary = (request, metadata = new grpc.Metadata(), options = {}) =>
  new Promise((resolve) => {
    const result = {};
    const call = client.Unary(request, metadata, options, (error, reply) => {
      result.code = error ? error.code : 0;
      result.details = error ? error.details : '';
      result.text = reply ? reply.text : '';
      result.size = reply ? reply.payload.length : -1;
      result.trailers = error ? error.metadata.getMap() : result.trailers;
    });
    call.on('metadata', (headers) => (result.header = headers.get('echoed-bin').map((b) => b.toString('hex'))[0] ?? ''));
    call.on('status', (status) => {
      result.reason = status.metadata.get('reason')[0] ?? '';
      result.reasonBytes = status.metadata.get('reason-bin').map((b) => b.toString('hex'))[0] ?? '';
      setImmediate(() => resolve(result));
    });
    if (options.cancelWhen) {
      options.cancelWhen.then(() => call.cancel());
    }
  });

const clientStream = (texts) =>
  new Promise((resolve) => {
    const call = client.ClientStream((error, reply) => resolve({ code: error ? error.code : 0, text: reply ? reply.text : '' }));
    for (const text of texts) {
      call.write({ text });
    }
    call.end();
  });

const serverStream = (request, options = {}) =>
  new Promise((resolve) => {
    const indices = [];
    const call = client.ServerStream(request, options);
    call.on('data', (reply) => indices.push(reply.index));
    call.on('error', () => {});
    call.on('status', (status) => resolve({ code: status.code, details: status.details, count: indices.length, ordered: indices.every((v, i) => v === i) }));
  });

const duplex = (sizes) =>
  new Promise((resolve) => {
    const received = [];
    const call = client.Duplex();
    call.on('data', (reply) => {
      received.push(reply.payload.length);
      if (received.length < sizes.length) {
        call.write({ payload: Buffer.alloc(sizes[received.length]) });
      } else {
        call.end();
      }
    });
    call.on('error', () => {});
    call.on('status', (status) => resolve({ code: status.code, sizes: received }));
    call.write({ payload: Buffer.alloc(sizes[0]) });
  });

const metadata = () => {
  const sent = new grpc.Metadata();
  sent.set('sent-bin', Buffer.from([0, 1, 254, 255]));
  return sent;
};

const soon = () => ({ deadline: Date.now() + 2000 });

(async () => {
  const results = {
    echo: await unary({ text: 'hej', payload: Buffer.alloc(1000) }, metadata()),
    large: await unary({ payload: Buffer.alloc(3000000) }),
    tooLarge: await unary({ payload: Buffer.alloc(5000000) }),
    failure: await unary({ text: 'fail:9' }),
    exception: await unary({ text: 'throw' }),
    deadline: await unary({ text: 'hang' }, new grpc.Metadata(), soon()),
    cancelled: await unary({ text: 'hang' }, new grpc.Metadata(), { cancelWhen: new Promise((go) => setTimeout(go, 200)) }),
    clientStream: await clientStream(['a', 'b', 'c']),
    serverStream: await serverStream({ text: 'x', count: 500 }),
    serverStreamFailure: await serverStream({ text: 'fail:5', count: 3 }),
    serverStreamDeadline: await serverStream({ text: 'hang', count: 2 }, soon()),
    duplex: await duplex([0, 1, 20000, 100000, 1000000, 5]),
  };
  const missing = new grpc.Client(`127.0.0.1:${process.argv[2]}`, grpc.credentials.createInsecure());
  results.unimplemented = await new Promise((resolve) =>
    missing.makeUnaryRequest('/no.such.Service/Call', (b) => b, (b) => b, Buffer.alloc(0), (error) => resolve({ code: error.code })));
  console.log(JSON.stringify(results));
  missing.close();
  client.close();
})();
