// The service description that both programs share.
'use strict';

const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(path.join(__dirname, '..', 'protos', 'echo.proto'), { keepCase: true, defaults: true });

exports.grpc = grpc;
exports.Echo = grpc.loadPackageDefinition(definition).granary.conformance.v1.Echo;
