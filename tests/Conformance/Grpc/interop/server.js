// A grpc-js server for C# clients. Prints its port, serves until its standard input ends.
'use strict';

const { grpc, Echo } = require('./echo');

const failure = (text) => {
  const trailers = new grpc.Metadata();
  trailers.set('reason', 'asked');
  trailers.set('reason-bin', Buffer.from([0, 1, 254, 255]));
  return { code: Number(text.slice('fail:'.length)), details: 'größer als 100 %', metadata: trailers };
};

const unary = (call, callback) => {
  const { text, payload } = call.request;
  if (text.startsWith('fail:')) {
    callback(failure(text));
  } else if (text === 'hang') {
    // The caller's deadline ends the call.
  } else if (text === 'hang and tell') {
    call.on('cancelled', () => console.log('cancelled'));
    console.log('hanging');
  } else {
    const headers = new grpc.Metadata();
    headers.set('echoed-bin', call.metadata.get('sent-bin')[0] ?? Buffer.alloc(0));
    headers.set('user-agent-seen', String(call.metadata.get('user-agent')[0]));
    call.sendMetadata(headers);
    const trailers = new grpc.Metadata();
    trailers.set('cost', '7');
    callback(null, { text, payload }, trailers);
  }
};

const clientStream = (call, callback) => {
  const texts = [];
  call.on('data', ({ text }) => texts.push(text));
  call.on('end', () => callback(null, { text: texts.join(','), index: texts.length }));
};

const serverStream = (call) => {
  const { text, count } = call.request;
  for (let index = 0; index < count; index++) {
    call.write({ text, index });
  }
  if (text.startsWith('fail:')) {
    call.emit('error', failure(text));
  } else if (text !== 'hang') {
    call.end();
  }
};

const duplex = (call) => {
  let index = 0;
  call.on('data', ({ text, payload }) => call.write({ text, payload, index: index++ }));
  call.on('end', () => call.end());
};

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
server.addService(Echo.service, { Unary: unary, ClientStream: clientStream, ServerStream: serverStream, Duplex: duplex });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(`port ${port}`);
});

process.stdin.resume();
process.stdin.on('end', () => {
  server.forceShutdown();
  process.exit(0);
});
