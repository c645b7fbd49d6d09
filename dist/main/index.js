import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 70:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(862);


/***/ }),

/***/ 862:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(375);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
exports.debug = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 375:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 67:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// UNUSED EXPORTS: conclude

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ../../node_modules/tunnel/index.js
var node_modules_tunnel = __nccwpck_require__(70);
;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var lib_Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(lib_Headers || (lib_Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = (/* unused pure expression or super */ null && (['OPTIONS', 'GET', 'DELETE', 'HEAD']));
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[lib_Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, lib_Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[lib_Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, lib_Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[lib_Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[lib_Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, lib_Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[lib_Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[lib_Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, lib_Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[lib_Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? https : http;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[lib_Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[lib_Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(613);
;// CONCATENATED MODULE: ../../node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ../../node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_.platform();
const arch = external_os_.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./src/hide.js
/** How many characters in a row of a secret may not be shown; masks are not shorter either. */
const revealing = 8;
/** Longer than any token: such a paste is hidden as it stands, its encodings are not worth the memory. */
const longest = 2000;
/** Stands where a piece of a secret was. */
const hide_hidden = '***';
/** How characters are written in URLs, JSON and HTML. */
const escapes = /%(?<percent>[\da-f]{2})|\\u(?<unit>[\da-f]{4})|&#x(?<hex>[\da-f]{1,4});|&#(?<decimal>\d{1,5});|&(?<name>amp|lt|gt|quot|apos);|\\(?<escaped>["'\\/])/gi;
const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/**
 * What takes every eight characters in a row of a secret out of a text: as they are, in any case, in hexadecimal, in
 * Base64 at any alignment, or escaped.
 * @param open texts that are shown anyway: what a secret has in common with them is none
 */
function createHide(secrets, open = []) {
    const pieces = new Set();
    for (const secret of secrets)
        for (const form of hide_forms(secret))
            for (const piece of piecesOf(form))
                pieces.add(piece);
    for (const text of open)
        for (const piece of piecesOf(text))
            pieces.delete(piece);
    if (pieces.size === 0)
        return (text) => text;
    return (text) => {
        // Again, until nothing is found: what stood before and behind a piece may make up another one.
        let result = text;
        for (let before; before !== result;) {
            before = result;
            result = hideOnce(before, pieces);
        }
        return result;
    };
}
/** A secret as it may turn up, beside its escapes. */
function hide_forms(secret) {
    if (secret.length > longest)
        return [secret];
    const bytes = Buffer.from(secret);
    const base64 = [0, 1, 2].map((shift) => {
        const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
        // The characters at both ends depend on the neighbours too.
        return encoded.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
    });
    const standard = base64.map((text) => text.replaceAll('-', '+').replaceAll('_', '/'));
    return [secret, bytes.toString('hex'), ...base64, ...standard];
}
function piecesOf(text) {
    const folded = fold(text);
    return Array.from({ length: Math.max(0, folded.length - revealing + 1) }, (_, at) => folded.slice(at, at + revealing));
}
/** Without a difference of case, each unit in its place: as a whole, exotic characters may become longer. */
function fold(text) {
    if (/^\p{ASCII}*$/u.test(text))
        return text.toLowerCase();
    return Array.from({ length: text.length }, (_, at) => {
        const unit = text.charAt(at).toLowerCase();
        return unit.length === 1 ? unit : text.charAt(at);
    }).join('');
}
function hideOnce(text, pieces) {
    const readings = [asItStands(text), ...(/[%&\\]/.test(text) ? [unescaped(text)] : [])];
    const found = readings.flatMap((reading) => findings(reading, pieces));
    let result = '';
    let shown = 0;
    let end = -1;
    for (const [from, to] of found.toSorted(([one], [other]) => one - other)) {
        if (from > end)
            result += text.slice(shown, from) + hide_hidden;
        end = Math.max(end, to);
        shown = end;
    }
    return result + text.slice(shown);
}
/** From where to where the text holds a piece. */
function findings({ text, starts }, pieces) {
    const folded = fold(text);
    const found = [];
    for (let at = 0; at + revealing <= folded.length; at++)
        if (pieces.has(folded.slice(at, at + revealing)))
            found.push([starts[at] ?? 0, starts[at + revealing] ?? 0]);
    return found;
}
function asItStands(text) {
    return { text, starts: Array.from({ length: text.length + 1 }, (_, at) => at) };
}
function unescaped(text) {
    const units = [];
    const starts = [];
    let next = 0;
    const take = (to) => {
        for (; next < to; next++) {
            units.push(text.charAt(next));
            starts.push(next);
        }
    };
    for (const match of text.matchAll(escapes)) {
        const { percent, unit, hex, decimal, name = '', escaped } = match.groups ?? {};
        take(match.index);
        const code = decimal === undefined ? parseInt(percent ?? unit ?? hex ?? '', 16) : Number(decimal);
        units.push(escaped ?? named[name.toLowerCase()] ?? String.fromCharCode(code));
        starts.push(match.index);
        next = match.index + match[0].length;
    }
    take(text.length);
    return { text: units.join(''), starts: [...starts, text.length] };
}

;// CONCATENATED MODULE: ./src/clean.js


/** What is longer is no name and no sentence; in characters. */
const longestValue = 4000;
/** C0 and C1 controls, line and paragraph separators, and characters that change the direction of text. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
/**
 * A cleaner that knows these secrets. The runner's masks hide only whole values; what was cut, or changed in case or
 * encoding, is hidden here.
 * @param open texts that are no secret even where a secret holds them too: addresses, names of variables
 */
function createCleaner(secrets, open = []) {
    const hide = createHide(Array.from(secrets, (secret) => printable(secret)), open);
    return {
        value: (text) => cut(hide(printable(text, longestValue)), longestValue),
        line(text, limit = 1000) {
            // A command is `::name::` at the start of a line, or `##[name]` anywhere in it.
            const harmless = hide(printable(text, limit))
                .replace(/##(?=\[)/g, '# #')
                .replace(/^\s*::/, ': :');
            return cut(hide(harmless), limit);
        },
    };
}
/** On one line. Of very long text so much that even with secrets in it there remains more than the limit. */
function printable(text, limit = Infinity) {
    return cut(text, 8 * limit).replace(unprintable, ' ');
}
/** Shortens to `limit` characters (code points), with an ellipsis as the last of them. */
function cut(text, limit) {
    if (text.length <= limit)
        return text;
    const points = Array.from(text.slice(0, 2 * limit + 2));
    return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./src/failure.js
/** Every way a run can end, in the order in which they are told where several apply. */
const statusCodes = (/* unused pure expression or super */ null && ([
    'verified',
    'skipped',
    'invalid-input',
    'missing-token',
    'malformed-token',
    'untrusted-certificate',
    'proxy-error',
    'unreachable',
    'timeout',
    'rate-limited',
    'server-error',
    'redirected',
    'not-speckle',
    'invalid-token',
    'anonymous',
    'missing-scope',
    'wrong-user',
    'project-not-found',
    'project-forbidden',
    'excess-scope',
    'internal-error',
]));
/** The one failure of this action. Its message is safe to show: annotation, output and card all print it. */
class Failure extends Error {
    name = 'Failure';
    code;
    problem;
    remedy;
    constructor(facts) {
        const request = facts.requestId ? ` (Request id of the server: ${facts.requestId})` : '';
        super(`${facts.problem} ${facts.remedy}${request}`, { cause: facts.cause });
        this.code = facts.code;
        this.problem = facts.problem;
        this.remedy = facts.remedy;
    }
}

;// CONCATENATED MODULE: ./src/secrets.js
/** A Speckle token wherever it stands: an id of 10 and a secret of 32 hexadecimal characters. */
const speckleTokens = /[0-9a-f]{42,}/gi;
/** Secrets of other services, told by the form that each gives its own. */
const foreignForms = [
    ['GitHub', 'gh[a-z]_'],
    ['GitHub', 'github_pat_'],
    ['GitLab', 'glpat-'],
    ['Slack', 'xox'],
    ['AWS', 'AKIA'],
    ['another service (a JSON web token)', 'eyJ'],
];
/** The service whose secret this text is by its form, if any. */
function foreignService(text) {
    return foreignForms.find(([, prefix]) => new RegExp(`^${prefix}`).test(text))?.[0];
}
const foreignSecrets = new RegExp(`(?<![A-Za-z0-9])(?:${foreignForms.map(([, prefix]) => prefix).join('|')})[\\w.-]{12,}`, 'g');
/** Speckle tokens, wherever they stand in a text. */
function speckleTokensIn(text) {
    return [...text.matchAll(speckleTokens)].map(([token]) => token);
}
/** All that is a secret by its form, whatever input it was pasted into. */
function secretsIn(text) {
    return [...speckleTokensIn(text), ...[...text.matchAll(foreignSecrets)].map(([secret]) => secret)];
}
/** What an address gives away: its password as written and decoded, and the token of an embedded view. */
function addressSecrets(text) {
    const password = /^\s*(?:[a-z][a-z\d+.-]*:)?[/\\]*[^/\\?#:]*:([^/\\?#]*)@/i.exec(text)?.[1];
    const embedTokens = [...text.matchAll(/[?&#]embedToken=([^&#\s]+)/gi)].map(([, token]) => token);
    return [password, ...embedTokens].flatMap((secret) => (secret ? [secret, decoded(secret)] : []));
}
/** Percent-decoded, or as it stands where that cannot be done. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./src/http/fault.js

/** Why one attempt failed. After the last one it becomes the `Failure` that is told. */
class Fault extends Error {
    name = 'Fault';
    facts;
    constructor(facts) {
        super(facts.problem, { cause: facts.cause });
        this.facts = facts;
    }
    /** @param effort how often and how long was tried, to go before the full stop */
    toFailure(effort) {
        const { problem, ...facts } = this.facts;
        return new Failure({ ...facts, problem: `${problem}${effort}.` });
    }
}
/** The port that an address means. */
function portOf(url) {
    return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}
/** The host as `net` and `tls` take it: an IPv6 address without its brackets. */
function hostOf(url) {
    return url.hostname.replace(/^\[(.*)\]$/, '$1');
}
/** Milliseconds as a person reads them; never none. */
function inSeconds(milliseconds) {
    const seconds = Math.max(0.1, milliseconds / 1000);
    return `${seconds < 20 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./src/loopback.js
/** Whether a host name (as `URL.hostname` writes it) is this machine's own: plain http is safe there, no proxy is asked. */
function isLoopback(hostname) {
    const name = hostname.toLowerCase();
    return (name === 'localhost' ||
        name.endsWith('.localhost') ||
        name === '[::1]' ||
        /^127(\.\d{1,3}){3}$/.test(name));
}

;// CONCATENATED MODULE: ./src/http/no-proxy.js



/**
 * Whether an address is reached without a proxy: this machine itself always is, and what `NO_PROXY` lists: names with
 * all their subdomains (with or without a leading `.` or `*.`), addresses, each with or without a port, or `*`.
 */
function bypassesProxy(url, noProxy) {
    if (isLoopback(url.hostname))
        return true;
    const host = bare(url.hostname);
    return noProxy
        .split(/[\s,]+/)
        .filter((entry) => entry !== '')
        .some((entry) => {
        if (entry === '*')
            return true;
        const { name, port } = parts(entry);
        if (port !== undefined && port !== portOf(url))
            return false;
        return name !== '' && (host === name || ((0,external_node_net_namespaceObject.isIP)(host) === 0 && host.endsWith(`.${name}`)));
    });
}
/** A port follows the only colon, or the bracket of an IPv6 address; without brackets that has no port. */
function parts(entry) {
    const [, name = entry, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
    const wanted = bare(name.replace(/^\*?\./, ''));
    return port === undefined ? { name: wanted } : { name: wanted, port: Number(port) };
}
function bare(host) {
    return host
        .toLowerCase()
        .replace(/^\[(.*)\]$/, '$1')
        .replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./src/http/proxy.js





/**
 * The way to a server: through the proxy that the environment names for its protocol, unless `NO_PROXY` or loopback
 * says otherwise. Where a variable stands in both cases the lower one counts, as in curl and the toolkit.
 * @throws {Failure} when the address of the proxy cannot be read
 */
function routeTo(url, environment, clean) {
    const scheme = url.protocol.slice(0, -1);
    const variable = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`].find((name) => valueOf(name) !== '');
    const noProxy = valueOf('no_proxy') || valueOf('NO_PROXY');
    if (variable === undefined || bypassesProxy(url, noProxy))
        return {};
    const text = valueOf(variable);
    const [, named] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
    if (named !== undefined && !/^https?$/i.test(named))
        return {
            unused: `the proxy of the variable ${variable} was not used, since it is a ${clean.line(named.toLowerCase(), 20)} proxy and this action speaks with http and https proxies alone`,
        };
    const address = named === undefined ? `http://${text}` : text;
    if (!URL.canParse(address))
        throw unreadable(variable);
    return { proxy: proxyAt(new URL(address), variable, clean) };
    function valueOf(name) {
        return environment[name]?.trim() ?? '';
    }
}
function proxyAt(url, variable, clean) {
    const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
    return {
        url,
        peer: {
            kind: 'proxy',
            protocol: url.protocol,
            name: `proxy ${clean.line(`${url.hostname}:${portOf(url)}`, 200)} of ${variable}`,
            setting: `the variable ${variable}`,
        },
        authorization: credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`,
    };
}
/** It may hold a password, so it is not quoted. */
function unreadable(variable) {
    return new Failure({
        code: 'proxy-error',
        problem: `The variable ${variable} holds an address of a proxy that cannot be read.`,
        remedy: `Set it to an address like http://proxy.example.com:3128, with the special characters of a password percent-encoded.`,
    });
}
/** The passwords in the variables of proxies, as written and decoded, to be masked before anything is printed. */
function proxySecrets(environment) {
    const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
    const secrets = names.flatMap((name) => addressSecrets(environment[name] ?? ''));
    return [...new Set(secrets)].filter((secret) => secret.length >= revealing);
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: ./src/http/retry.js
/** When to ask again and how long an attempt may take. Pure: no clock, no timer. All durations are milliseconds. */
/** Statuses that HTTP itself calls temporary, or that gateways give while a server restarts. */
const temporaryStatuses = new Set([408, 429, 500, 502, 503, 504]);
/** A connection that cannot be made for so long will not be made: a person waits for the answer. */
const connectingTime = 10_000;
/** An attempt that takes longer is taken for lost, so that another one has a chance. */
const longestAttempt = 15_000;
const firstSpread = 300;
const longestSpread = 8_000;
/**
 * Beyond `Retry-After`, which a whole crowd is told: at first the second that a Speckle server counts in, and never more
 * than this share of the time left, so that the last can come several times (compared with dev/simulate-jobs.ts).
 */
const firstSpreadAsked = 1_000;
const shareOfRoom = 1 / 6;
/** With less time left there is no other attempt; one that follows a wait has half of it or more. */
const leastRoom = 500;
/** How long an attempt usually may take, of the whole time that there is for all attempts. */
function usualLimit(whole) {
    return Math.min(longestAttempt, 0.4 * whole);
}
/** How long the next attempt may take. The last one, after which there is no time for another, takes all that is left. */
function attemptLimit(left, whole) {
    const usual = usualLimit(whole);
    return left < 2 * usual ? Math.max(0, left) : usual;
}
/**
 * How long to wait before the next attempt, or nothing when there is no time for one. Exponential back-off with full
 * jitter; it comes on top of `Retry-After`, which all jobs of a matrix are told alike: they must not come back together.
 */
function waitBefore({ attempts, left, retryAfter = 0, random }) {
    const room = left - retryAfter;
    if (room < leastRoom)
        return undefined;
    const [first, most] = retryAfter > 0 ? [firstSpreadAsked, room * shareOfRoom] : [firstSpread, room - leastRoom / 2];
    return retryAfter + random * Math.min(longestSpread, first * 2 ** (attempts - 1), most);
}
/**
 * The milliseconds that `Retry-After` asks for: whole seconds and dates as HTTP has them, and fractional seconds as a
 * Speckle server sends them (measured: `0.961`). Nothing if it says neither.
 * @param now milliseconds since 1970 at the server, or here where it does not tell
 */
function parseRetryAfter(text, now) {
    const value = text?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(value))
        return Number(value) * 1000;
    if (!/^[A-Z][a-z]+,? /.test(value))
        return undefined;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./src/http/tunnel.js


/**
 * Asks a proxy for a tunnel to a server, over a connection with that proxy.
 *
 * A tunnel of our own, because Node 24.4, which runners still have, ignores an Agent's `proxyEnv` without a word, and
 * because a request behind such an Agent (as behind the package that the toolkit uses) cannot be ended while it
 * connects: the process would hang with a proxy that does not answer.
 * @throws {Fault} when the proxy answers anything but 200
 */
async function openTunnel(socket, server, proxy, userAgent) {
    const target = `${server.hostname}:${portOf(server)}`;
    return new Promise((resolve, reject) => {
        const asking = (0,external_node_http_namespaceObject.request)({
            method: 'CONNECT',
            path: target,
            headers: {
                host: target,
                'user-agent': userAgent,
                ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
            },
            createConnection: () => socket,
        });
        asking.on('error', reject);
        asking.on('connect', (answer, tunnel, head) => {
            if (answer.statusCode !== 200)
                return reject(refusal(answer.statusCode ?? 0, target, proxy));
            if (head.length > 0)
                tunnel.unshift(head);
            resolve(tunnel);
        });
        asking.end();
    });
}
function refusal(status, target, proxy) {
    if (status === 407)
        return proxyLogin(proxy);
    return new Fault({
        code: 'proxy-error',
        problem: `The ${proxy.peer.name} answered with status ${status} when asked for a connection to ${target}`,
        remedy: `Ask whoever runs the proxy to let this through, or list the server in NO_PROXY if it can be reached without.`,
        // A gateway that cannot reach the server at the moment.
        patience: status >= 500 ? 'short' : 'none',
    });
}
/** The proxy asks who we are. */
function proxyLogin({ peer, authorization }) {
    return new Fault({
        code: 'proxy-error',
        problem: `The ${peer.name} ${authorization === undefined ? 'asks for a user and a password' : 'refuses the user or the password in its address'} (status 407)`,
        remedy: `Put the right ones into ${peer.setting}, percent-encoded, like http://user:password@proxy.example.com:3128.`,
        patience: 'none',
    });
}

;// CONCATENATED MODULE: ./src/http/answer-faults.js




/** What gateways and servers say when they are asked with http on a port of https (nginx, Go, Apache). */
const wantsHttps = /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|plain HTTP to an SSL/i;
function isRedirect(status, headers) {
    return (status >= 300 &&
        status < 400 &&
        (headers['location'] !== undefined || [301, 302, 303, 307, 308].includes(status)));
}
/** What makes an answer none that the Speckle side can judge; nothing if it can. */
function answerFault(answer, request, asked, tools) {
    const { status, headers, body } = answer;
    const { url, server } = asked;
    if (isRedirect(status, headers))
        return redirected(headers['location'] ?? '', asked, tools);
    if (status === 407)
        return loginAsked(asked);
    if (status === 400 && url.protocol === 'http:' && wantsHttps.test(body))
        return new Fault({
            code: 'not-speckle',
            problem: `The ${server.name} was asked with http, but speaks https on this port`,
            remedy: `Write https:// in ${server.setting}.`,
            patience: 'none',
        });
    if (temporaryStatuses.has(status))
        return temporary(answer, asked, tools);
    if (!request.isTemporary?.(answer))
        return undefined;
    return new Fault({
        code: 'server-error',
        problem: `The ${server.name} answered that it failed itself`,
        remedy: 'Run the job again later, and ask whoever runs the server if that does not help.',
        ...factsOf(answer, tools),
    });
}
function temporary(answer, { server }, tools) {
    if (answer.status === 429)
        return new Fault({
            code: 'rate-limited',
            problem: `The ${server.name} limits how often this token may ask (status 429)`,
            remedy: `Start fewer jobs with the same token at once, or raise the input timeout, which is ${tools.timeoutSeconds} s.`,
            ...factsOf(answer, tools),
        });
    const meaning = external_node_http_namespaceObject.STATUS_CODES[answer.status];
    return new Fault({
        code: 'server-error',
        problem: `The ${server.name} answered with status ${answer.status}${meaning === undefined ? '' : ` (${meaning})`}`,
        remedy: 'Run the job again later, and ask whoever runs the server if that does not help.',
        ...factsOf(answer, tools),
    });
}
function factsOf({ headers }, { clean }) {
    const id = headers['x-request-id'];
    // A date is meant by the clock of the server, which that of a runner may not agree with.
    const now = Date.parse(headers['date'] ?? '');
    return {
        patience: 'long',
        retryAfter: parseRetryAfter(headers['retry-after'], Number.isNaN(now) ? Date.now() : now),
        requestId: id === undefined ? undefined : clean.line(id, 100),
    };
}
function loginAsked({ route: { proxy }, server }) {
    if (proxy)
        return proxyLogin(proxy);
    return new Fault({
        code: 'proxy-error',
        problem: `A proxy on the way to the ${server.name} asks for a user and a password (status 407)`,
        remedy: 'Name that proxy with them in the variable HTTPS_PROXY or HTTP_PROXY of the runner.',
        patience: 'none',
    });
}
/** Never followed: the token would go to a place that nobody named. */
function redirected(location, { url, server }, { clean }) {
    const target = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
    const web = target?.protocol === 'http:' || target?.protocol === 'https:';
    const where = target && web ? `to ${clean.line(`${target.origin}${target.pathname}`, 200)}` : 'to no readable address';
    return new Fault({
        code: 'redirected',
        problem: `The ${server.name} sends elsewhere, ${where}, and the token is not sent after it`,
        remedy: remedyFor(target && web ? target : undefined),
        patience: 'none',
    });
    function remedyFor(to) {
        if (to === undefined)
            return `Check that ${server.setting} is the address of a Speckle server.`;
        const origin = clean.line(to.origin, 200);
        if (to.protocol === 'https:' && url.protocol === 'http:' && to.hostname === url.hostname)
            return `Write https in ${server.setting}: ${origin}.`;
        if (to.origin === url.origin)
            return `Check that ${server.setting} is the address of a Speckle server; a page to log in would be one of a gateway before it.`;
        return `Set ${server.setting} to ${origin} if that is the Speckle server; if it is a page to log in, a gateway stands before the server and has to let this runner through.`;
    }
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./src/http/connection-faults.js

/** What goes wrong before an answer, after `The server … ` or `The proxy … `, by the code that Node gives. */
const reasons = {
    ENOTFOUND: 'cannot be found: DNS does not know its name',
    ENODATA: 'cannot be found: DNS knows no address for its name',
    EAI_AGAIN: 'cannot be found for now: DNS does not answer',
    EAI_FAIL: 'cannot be found for now: DNS fails',
    ECONNREFUSED: 'refused the connection',
    ECONNRESET: 'broke off the connection before it answered',
    EPIPE: 'broke off the connection before it answered',
    ECONNABORTED: 'broke off the connection before it answered',
    EHOSTUNREACH: 'cannot be reached: the network knows no way to it',
    ENETUNREACH: 'cannot be reached: the network knows no way to it',
    EHOSTDOWN: 'cannot be reached: its machine is down',
    ENETDOWN: 'cannot be reached: the network of the runner is down',
    ETIMEDOUT: 'did not accept a connection in time',
    EADDRNOTAVAIL: 'cannot be reached: there is no such address',
    EACCES: 'cannot be reached: this machine does not allow the connection',
    EPERM: 'cannot be reached: this machine does not allow the connection',
};
/** A name that DNS denies will not appear within seconds. */
const permanent = new Set(['ENOTFOUND', 'ENODATA']);
/** Tells little where another address of the same name failed for another reason. */
const unroutable = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);
/**
 * The code of an error, looked for in its causes and, where a name has several addresses, in what each attempt gave.
 * Nothing if it does not come from the network.
 */
function networkCode(error) {
    const codes = codesIn(error, 0);
    return codes.find((code) => !unroutable.has(code)) ?? codes[0];
}
function codesIn(error, depth) {
    if (!Error.isError(error) || depth > 5)
        return [];
    if ('errors' in error && Array.isArray(error.errors)) {
        const codes = error.errors.flatMap((one) => codesIn(one, depth + 1));
        if (codes.length > 0)
            return codes;
    }
    if ('code' in error && typeof error.code === 'string')
        return [error.code];
    return codesIn(error.cause, depth + 1);
}
/** No connection came about, or it was lost before an answer; nothing if the error is another matter. */
function connectionFault(error, peer, clean) {
    const code = networkCode(error);
    if (code === undefined || code.startsWith('ERR_'))
        return undefined;
    const reason = reasons[code] ?? `cannot be reached (${clean.line(code, 40)})`;
    const hint = code === 'ECONNRESET' ? httpsHint(peer) : '';
    return unreachable(peer, reason, hint, {
        patience: permanent.has(code) ? 'none' : 'short',
        cause: error,
    });
}
/** The time for a connection ran out, perhaps even before there was an address for the name. */
function connectingStall(peer, resolved, milliseconds) {
    const what = peer.kind === 'proxy' ? 'make a connection' : 'accept a connection';
    const reason = resolved ? `did not ${what}` : 'cannot be found for now: DNS did not answer';
    return unreachable(peer, `${reason} within ${inSeconds(milliseconds)}`, '', {
        patience: 'short',
        stalled: 'connecting',
    });
}
function unreachable(peer, reason, hint, more) {
    return new Fault({
        code: peer.kind === 'proxy' ? 'proxy-error' : 'unreachable',
        problem: `The ${peer.name} ${reason}`,
        remedy: peer.kind === 'proxy'
            ? `Check ${peer.setting} and whether the proxy runs, or list the server in NO_PROXY if it can be reached without${hint}.`
            : `Check ${peer.setting}, whether the server runs and whether this runner may reach it${hint}.`,
        ...more,
    });
}
/** There is a connection, but the time for the answer ran out. */
function answerStall(peer, milliseconds, timeoutSeconds) {
    return new Fault({
        code: 'timeout',
        problem: `The ${peer.name} was reached, but gave no whole answer within ${inSeconds(milliseconds)}`,
        remedy: `Run the job again later, or raise the input timeout, which is ${timeoutSeconds} s, if the server is that slow.`,
        patience: 'long',
        stalled: 'answering',
    });
}
/** What came is no HTTP: another protocol, or the alert of an https port that was asked with http. */
function noHttp(peer, cause) {
    return new Fault({
        code: peer.kind === 'proxy' ? 'proxy-error' : 'not-speckle',
        problem: `What the ${peer.name} answered is not HTTP`,
        remedy: `Check the host and the port in ${peer.setting}${httpsHint(peer)}.`,
        patience: 'none',
        cause,
    });
}
function httpsHint({ protocol }) {
    return protocol === 'http:' ? '; write https:// there if that port speaks https' : '';
}
/** The connection was lost in the middle of an answer. */
function brokenAnswer(peer, cause) {
    return new Fault({
        code: 'server-error',
        problem: `The ${peer.name} broke off in the middle of its answer`,
        remedy: 'Run the job again later, and ask whoever runs the server if that does not help.',
        patience: 'long',
        cause,
    });
}

;// CONCATENATED MODULE: ./src/http/body.js



/** An answer of a Speckle server takes a few kilobytes. */
const limit = 1024 * 1024;
/**
 * The text of an answer, decoded where a gateway compressed it although nobody asked for that.
 * @throws {Fault} when it is larger than 1 MiB, compressed or not, or breaks off
 */
async function readBody(answer, peer) {
    const chunks = [];
    const arriving = answer;
    let size = 0;
    try {
        for await (const chunk of arriving) {
            chunks.push(chunk);
            size += chunk.length;
            if (size > limit)
                throw tooLarge(peer);
        }
    }
    catch (error) {
        throw error instanceof Fault ? error : brokenAnswer(peer, error);
    }
    const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    return (await decode(Buffer.concat(chunks), encoding, peer)).toString();
}
async function decode(bytes, encoding, peer) {
    if (bytes.length === 0 || !/^(x-gzip|gzip|deflate|br)$/.test(encoding))
        return bytes;
    const { brotliDecompress, unzip } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 522, 19));
    try {
        const options = { maxOutputLength: limit };
        return encoding === 'br'
            ? await (0,external_node_util_namespaceObject.promisify)(brotliDecompress)(bytes, options)
            : await (0,external_node_util_namespaceObject.promisify)(unzip)(bytes, options);
    }
    catch (error) {
        if (networkCode(error) === 'ERR_BUFFER_TOO_LARGE')
            throw tooLarge(peer);
        throw unexpected(peer, 'gave an answer that cannot be unpacked', error);
    }
}
function tooLarge(peer) {
    return unexpected(peer, 'answered with more than 1 MiB');
}
function unexpected(peer, what, cause) {
    return new Fault({
        code: 'not-speckle',
        problem: `The ${peer.name} ${what}, which no Speckle server does`,
        remedy: `Check that ${peer.setting} is the address of a Speckle server.`,
        patience: 'none',
        cause,
    });
}

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./src/http/connection.js



/** Time for one of several addresses of a name; Node's own quarter of a second is too short for far servers. */
const addressTime = 1000;
/**
 * A TCP connection to the host and port of an address.
 * @param resolved called when its name has become an address, at once if it is one
 */
async function reach(url, keep, lookup, resolved) {
    const host = hostOf(url);
    if ((0,external_node_net_namespaceObject.isIP)(host) !== 0)
        resolved();
    return new Promise((resolve, reject) => {
        const socket = keep((0,external_node_net_namespaceObject.connect)({
            host,
            port: portOf(url),
            noDelay: true,
            autoSelectFamilyAttemptTimeout: addressTime,
            lookup,
        }));
        socket
            .once('error', reject)
            .once('lookup', resolved)
            .once('connect', () => resolve(socket));
    });
}
/**
 * TLS over a connection. It resolves after the handshake and once the certificate has been accepted: nothing of a
 * request has been sent until then.
 */
async function connection_secure(socket, url, keep, trust) {
    const host = hostOf(url);
    return new Promise((resolve, reject) => {
        const secured = keep((0,external_node_tls_namespaceObject.connect)({
            socket,
            host,
            // An address is no name to ask for.
            servername: (0,external_node_net_namespaceObject.isIP)(host) === 0 ? host : '',
            ALPNProtocols: ['http/1.1'],
            ...trust.options(),
        }));
        secured.once('error', reject).once('secureConnect', () => resolve(secured));
    });
}

;// CONCATENATED MODULE: ./src/http/tls-faults.js

const authority = 'Give the certificate of the authority that issued it, as PEM, to the input ca-certificate; whoever runs the server or the network has it.';
const renew = 'Ask whoever runs it for a new certificate.';
const clock = 'Check the clock of the runner, and ask whoever runs the other side if it is right.';
const chain = 'Ask whoever runs it to send its whole chain of certificates, or give that of its authority to the input ca-certificate.';
/** What is wrong with a certificate, after `The certificate of …`, and what to do, by the names that OpenSSL gives. */
const certificateFaults = {
    // An intermediate authority was given, but not the root that it goes back to.
    UNABLE_TO_GET_ISSUER_CERT: [
        'goes back to an authority that is unknown here',
        'Give the root authority of its chain, as PEM, to the input ca-certificate as well.',
    ],
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['was issued by an authority that is unknown here', authority],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
        'cannot be verified: its authority is unknown here, or an intermediate certificate is missing',
        chain,
    ],
    SELF_SIGNED_CERT_IN_CHAIN: ['goes back to a private authority that is unknown here', authority],
    DEPTH_ZERO_SELF_SIGNED_CERT: [
        'is signed by nobody but itself',
        'If you trust it, give that certificate itself, as PEM, to the input ca-certificate.',
    ],
    CERT_HAS_EXPIRED: ['has expired, or that of its authority has', renew],
    CERT_NOT_YET_VALID: ['is not valid yet', clock],
    ERROR_IN_CERT_NOT_BEFORE_FIELD: ['has no readable date', renew],
    ERROR_IN_CERT_NOT_AFTER_FIELD: ['has no readable date', renew],
    CERT_REVOKED: ['has been revoked', renew],
    CERT_SIGNATURE_FAILURE: [
        'has a wrong signature: it does not come from the authority that it names',
        'Check that the input ca-certificate holds the authority of today, and ask whoever runs the other side.',
    ],
    CERT_CHAIN_TOO_LONG: ['has too long a chain of authorities', renew],
    PATH_LENGTH_EXCEEDED: ['has a longer chain than its authority allows', renew],
    INVALID_CA: ['was issued by a certificate that is not allowed to issue any', renew],
    INVALID_PURPOSE: ['is not made for a server', renew],
    CERT_UNTRUSTED: ['is marked as not to be trusted', renew],
    CERT_REJECTED: ['is marked as to be rejected', renew],
};
/** Codes that another authority could mend. */
const unknownIssuer = new Set([
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
function isUnknownIssuer(error) {
    return unknownIssuer.has(tls_faults_text(error, 'code'));
}
/**
 * The fault of a TLS connection, or nothing if the error is no matter of TLS. Texts of OpenSSL are never shown: they
 * hold paths of the machine that Node was built on.
 */
function tlsFault(error, peer, clean) {
    const code = tls_faults_text(error, 'code');
    const fault = (problem, remedy) => new Fault({ code: 'untrusted-certificate', problem, remedy, patience: 'none', cause: error });
    const known = certificateFaults[code];
    if (known)
        return fault(`The certificate of the ${peer.name} ${known[0]}`, known[1]);
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
        return fault(`The certificate of the ${peer.name} is for another name${namesOf(error, clean)}`, `Use a name that the certificate is for in ${peer.setting}, or ask whoever runs it for one with this name.`);
    if (code === 'UNSPECIFIED' || code.startsWith('ERR_TLS_CERT'))
        return fault(`The certificate of the ${peer.name} is not acceptable, perhaps too weak`, renew);
    if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_'))
        return undefined;
    const detail = `${code} ${tls_faults_text(error, 'reason')} ${tls_faults_text(error, 'message')}`;
    if (/wrong.version.number|packet.length.too.long|record.layer.failure|http.request/i.test(detail))
        return new Fault({
            code: peer.kind === 'proxy' ? 'proxy-error' : 'not-speckle',
            problem: `The ${peer.name} was asked with https, but does not speak it on this port`,
            remedy: `Write http:// in ${peer.setting} if that is meant, or name the port that speaks https.`,
            patience: 'none',
            cause: error,
        });
    if (/certificate.required/i.test(detail))
        return fault(`The ${peer.name} asks for a certificate of the client, and this action has none`, 'Use an address of it that works without, or ask whoever runs it.');
    return fault(`The ${peer.name} and this action could not agree on an encrypted connection (${clean.line(code, 60)})`, 'Ask whoever runs it whether it serves this name, offers TLS 1.2 or 1.3, and asks for a certificate of the client.');
}
/** The names that a certificate is for. */
function namesOf(error, clean) {
    const certificate = typeof error === 'object' && error !== null && 'cert' in error ? error.cert : undefined;
    const names = tls_faults_text(certificate, 'subjectaltname').replace(/\b(DNS|IP Address):/g, '');
    return names === '' ? '' : ` (it names “${clean.line(names, 200)}”)`;
}
/** A property that is a text; the empty text otherwise. */
function tls_faults_text(holder, name) {
    if (typeof holder !== 'object' || holder === null)
        return '';
    const value = Reflect.get(holder, name);
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./src/http/attempt.js








/** The server as sentences name it. */
function serverPeer(url, route, { clean, serverSetting = 'the input server' }) {
    const through = route.proxy ? ` (through the ${route.proxy.peer.name})` : '';
    return {
        kind: 'server',
        protocol: url.protocol,
        name: `server ${clean.line(`${url.hostname}:${portOf(url)}`, 200)}${through}`,
        setting: serverSetting,
    };
}
/**
 * One exchange over a connection of its own: after a 429 a Speckle server closes a connection that it announced to
 * keep. When the attempt ends, however it does, every socket is destroyed: nothing keeps the process alive.
 * @throws {Fault} when there is no whole answer
 */
async function attempt(request, asked, limits, tools) {
    const { url, route, server } = asked;
    const { clean, trust, lookup, userAgent } = tools;
    const { proxy } = route;
    const sockets = [];
    const begun = performance.now();
    const { promise: timeUp, reject: giveUp } = Promise.withResolvers();
    let timer;
    let over = false;
    let peer = server;
    try {
        return await Promise.race([timeUp, exchange()]);
    }
    catch (error) {
        throw asFault(error, peer, clean);
    }
    finally {
        over = true;
        clearTimeout(timer);
        for (const socket of sockets)
            socket.destroy();
    }
    function keep(socket) {
        // Whoever waits for the socket hears of an error too; what comes later is of no interest, but must not go uncaught.
        socket.on('error', () => { });
        sockets.push(socket);
        if (over)
            socket.destroy();
        return socket;
    }
    /** One timer at a time: first for the connection, then for the rest. */
    function limit(milliseconds, stall) {
        clearTimeout(timer);
        if (!over)
            timer = setTimeout(() => giveUp(stall()), Math.max(0, milliseconds));
    }
    async function exchange() {
        for (;;) {
            try {
                return await sendPost(await connection(), request, asked, userAgent);
            }
            catch (error) {
                // With the authorities of the system once more. No request has been sent to an unknown side.
                if (over || !isUnknownIssuer(error) || !trust.addSystem())
                    throw error;
            }
        }
    }
    async function connection() {
        const left = begun + limits.whole - performance.now();
        const connecting = Math.min(left, limits.connecting);
        let resolved = false;
        limit(connecting, () => connectingStall(peer, resolved, connecting));
        peer = proxy?.peer ?? server;
        let socket = await reach(proxy?.url ?? url, keep, lookup, () => (resolved = true));
        if (proxy?.url.protocol === 'https:')
            socket = await connection_secure(socket, proxy.url, keep, trust);
        if (proxy && url.protocol === 'https:')
            socket = await openTunnel(socket, url, proxy, userAgent);
        peer = server;
        limit(begun + limits.whole - performance.now(), () => answerStall(server, limits.whole, tools.timeoutSeconds));
        return url.protocol === 'https:' ? connection_secure(socket, url, keep, trust) : socket;
    }
}
/** Sends a request over a connection that stands, and reads the answer. */
async function sendPost(socket, { headers, body }, { url, route: { proxy }, server }, userAgent) {
    // Plain http goes through a proxy as a request for the whole address.
    const plainProxy = url.protocol === 'http:' ? proxy : undefined;
    return new Promise((resolve, reject) => {
        let answered = false;
        const sending = (0,external_node_http_namespaceObject.request)({
            method: 'POST',
            path: plainProxy ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
            headers: {
                ...headers,
                host: url.host,
                'user-agent': userAgent,
                'accept-encoding': 'identity',
                'content-length': Buffer.byteLength(body),
                ...(plainProxy?.authorization !== undefined && { 'proxy-authorization': plainProxy.authorization }),
            },
            createConnection: () => socket,
        });
        // After the head of an answer, whoever reads the body hears of what goes wrong.
        sending.on('error', (error) => answered || reject(error));
        sending.on('response', (answer) => {
            answered = true;
            read(answer, server).then(resolve, reject);
        });
        // Nobody asked for another protocol: an answer without a text, for others to judge.
        sending.on('upgrade', (answer) => resolve({ ...head(answer), body: '' }));
        sending.end(body);
    });
}
function head(answer) {
    const headers = {};
    for (const [name, value] of Object.entries(answer.headers))
        headers[name] = Array.isArray(value) ? value.join(', ') : value;
    return { status: answer.statusCode ?? 0, headers };
}
async function read(answer, server) {
    const { status, headers } = head(answer);
    // What a redirect has to say stands in its head.
    return { status, headers, body: isRedirect(status, headers) ? '' : await readBody(answer, server) };
}
/** An error of the connection as what it means; one of our own making stays what it is. */
function asFault(error, peer, clean) {
    if (error instanceof Fault)
        return error;
    if (networkCode(error)?.startsWith('HPE_'))
        return noHttp(peer, error);
    return tlsFault(error, peer, clean) ?? connectionFault(error, peer, clean) ?? error;
}

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
;// CONCATENATED MODULE: ./src/http/lookup.js

/**
 * A way to look up names that does not ask for one again while it is being looked up. The system cannot be told to
 * stop (for ten seconds where no DNS server answers, measured), and until it has ended the process does not end either.
 */
function sharedLookup(lookup = external_node_dns_namespaceObject.lookup) {
    const pending = new Map();
    return (name, options, found) => {
        const key = JSON.stringify([name, options]);
        const others = pending.get(key);
        if (others) {
            others.push(found);
            return;
        }
        const waiting = [found];
        pending.set(key, waiting);
        lookup(name, options, (...result) => {
            pending.delete(key);
            for (const each of waiting)
                each(...result);
        });
    };
}

;// CONCATENATED MODULE: ./src/http/trust.js

/** The authorities that the system trusts, as PEM; Node's own where it has none. */
function authoritiesOfSystem() {
    const system = (0,external_node_tls_namespaceObject.getCACertificates)('system');
    return system.length > 0 ? system : (0,external_node_tls_namespaceObject.getCACertificates)('bundled');
}
/** `ca` works on every Node 24; the functions that set it for a whole process came with later ones. */
function createTrust(options) {
    const { authorities, verifyCertificate: rejectUnauthorized } = options;
    const { systemAuthorities = () => (0,external_node_tls_namespaceObject.getCACertificates)('system') } = options;
    let secureContext = authorities === undefined ? undefined : trusting([authorities]);
    let systemAdded = false;
    return {
        options: () => ({ rejectUnauthorized, ...(secureContext && { secureContext }) }),
        addSystem() {
            if (systemAdded)
                return false;
            systemAdded = true;
            const system = systemAuthorities();
            if (system.length === 0)
                return false;
            secureContext = trusting([...system, ...(authorities === undefined ? [] : [authorities])]);
            return true;
        },
    };
}
/** `ca` takes the place of Node's authorities, which count too. */
function trusting(more) {
    return (0,external_node_tls_namespaceObject.createSecureContext)({ ca: [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), ...more] });
}

;// CONCATENATED MODULE: ./src/http/transport.js









/** A transport over HTTP/1.1, by the proxies of the environment, with retries, within one deadline. */
function createTransport(options) {
    const { clean, environment, timeoutSeconds, log, random = Math.random } = options;
    const allTime = timeoutSeconds * 1000;
    const end = performance.now() + allTime;
    const connectingWindow = Math.min(connectingTime, allTime);
    const tools = { ...options, trust: createTrust(options), lookup: sharedLookup(options.lookup) };
    let answered = false;
    return async (request) => {
        const url = new URL(request.url);
        const route = routeTo(url, environment, clean);
        const asked = { url, route, server: serverPeer(url, route, tools) };
        const begun = performance.now();
        /** Since when no connection has come about. */
        let connectingSince = begun;
        let told;
        for (let attempts = 1;; attempts++) {
            const now = performance.now();
            if (told?.facts.patience !== 'short')
                connectingSince = now;
            const connectingEnd = Math.min(end, connectingSince + connectingWindow);
            const limits = {
                connecting: attemptLimit(connectingEnd - now, connectingWindow),
                whole: attemptLimit(end - now, allTime),
            };
            const result = await once(request, asked, limits);
            if (!(result instanceof Fault)) {
                answered = true;
                return result;
            }
            // An attempt that the end cut short says less than what went wrong before.
            if (!cutShort(result, limits))
                told = result;
            told ??= answered ? answerStall(asked.server, allTime, timeoutSeconds) : result;
            const { patience, retryAfter } = told.facts;
            const left = (patience === 'short' ? connectingEnd : end) - performance.now();
            const wait = patience === 'none' ? undefined : waitBefore({ attempts, left, retryAfter, random: random() });
            if (wait === undefined)
                throw told.toFailure(effort(told, attempts, performance.now() - begun, left, route));
            log(clean.line(`${told.facts.problem}; attempt ${attempts + 1} follows in ${inSeconds(wait)}.`));
            await (0,promises_namespaceObject.setTimeout)(wait);
        }
    };
    async function once(request, asked, limits) {
        try {
            const answer = await attempt(request, asked, limits, tools);
            return answerFault(answer, request, asked, tools) ?? answer;
        }
        catch (error) {
            if (error instanceof Fault)
                return error;
            throw error;
        }
    }
    function cutShort({ facts: { stalled } }, limits) {
        if (stalled === 'connecting')
            return limits.connecting < usualLimit(connectingWindow);
        return stalled === 'answering' && limits.whole < usualLimit(allTime);
    }
}
/** How often and for how long was tried, and why no longer or not by the proxy. */
function effort({ facts }, attempts, spent, left, { unused }) {
    const { code, retryAfter = 0 } = facts;
    return [
        retryAfter > 0 ? ` and asks to wait ${inSeconds(retryAfter)} while only ${inSeconds(left)} are left` : '',
        attempts > 1 ? `, after ${attempts} attempts in ${inSeconds(spent)}` : '',
        unused !== undefined && (code === 'unreachable' || code === 'timeout') ? `; ${unused}` : '',
    ].join('');
}

;// CONCATENATED MODULE: ./src/speckle/token.js

/** Shorter is no token of any server; longer is a pasted file. Today's have 42 characters. */
const shortest = 20;
const token_longest = 1000;
/**
 * What shows that a value cannot be a token, as the end of a sentence that begins with “The token”; none where it may
 * be one. Such a value never reaches a server. The sentences quote nothing of it.
 */
function tokenFault(token) {
    const service = foreignService(token);
    const faults = [
        [
            /^(authorization\s*:\s*)?bearer\b/i.test(token),
            'begins with the word “Bearer”, which does not belong to it',
        ],
        [/^["'`“”‘’«]|["'`“”‘’»]$/u.test(token), 'has quotation marks around it, which do not belong to it'],
        [
            /^(?:export\s+|set\s+|\$env:)?[a-z_]\w*\s*=\s*[^\s=]/i.test(token),
            'is a whole line with a name and an equals sign; only what stands behind the sign belongs here',
        ],
        [service !== undefined, `is a secret of ${service}, not of Speckle`],
        [isAddress(token), 'is an address; the address of the server belongs into the input server'],
        [/[\r\n]/.test(token), 'has a line break inside, so perhaps more than the token was copied'],
        [/\p{Cc}|\s/u.test(token), 'has a blank or a control character inside'],
        [/\P{ASCII}/u.test(token), 'has characters other than plain ASCII'],
        [token.length < shortest, `is shorter than ${shortest} characters, so a part of it is missing`],
        [token.length > token_longest, `is longer than ${token_longest} characters, so more than the token was copied`],
    ];
    return faults.find(([applies]) => applies)?.[1];
}
function isAddress(text) {
    return (/^[a-z][a-z\d+.-]*:\/\//i.test(text) ||
        /^(localhost|[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,})(:\d+)?(\/|$)/i.test(text));
}
/**
 * Enough of a token for its owner to find it on the token page, for 42 hexadecimal characters alone. Whoever knows the
 * first ten, its id, can end the token on today's servers.
 */
function tokenHint(token) {
    return /^[0-9a-f]{42}$/i.test(token) ? `${token.slice(0, 3)}…` : undefined;
}
/** The page on which a user of that server makes and finds tokens. */
function tokenPage(server) {
    return `${server}/settings/user/developer`;
}

;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/classes/ClientError.js
class ClientError extends Error {
    response;
    request;
    constructor(response, request) {
        const message = `${ClientError.extractMessage(response)}: ${JSON.stringify({
            response,
            request,
        })}`;
        super(message);
        Object.setPrototypeOf(this, ClientError.prototype);
        this.response = response;
        this.request = request;
        // this is needed as Safari doesn't support .captureStackTrace
        if (typeof Error.captureStackTrace === `function`) {
            Error.captureStackTrace(this, ClientError);
        }
    }
    static extractMessage(response) {
        return response.errors?.[0]?.message ?? `GraphQL Error (Code: ${String(response.status)})`;
    }
}
//# sourceMappingURL=ClientError.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/lib/prelude.js
const uppercase = (str) => str.toUpperCase();
const callOrIdentity = (value) => {
    return typeof value === `function` ? value() : value;
};
const zip = (a, b) => a.map((k, i) => [k, b[i]]);
const HeadersInitToPlainObject = (headers) => {
    let oHeaders = {};
    if (headers instanceof Headers) {
        oHeaders = HeadersInstanceToPlainObject(headers);
    }
    else if (Array.isArray(headers)) {
        headers.forEach(([name, value]) => {
            if (name && value !== undefined) {
                oHeaders[name] = value;
            }
        });
    }
    else if (headers) {
        oHeaders = headers;
    }
    return oHeaders;
};
const HeadersInstanceToPlainObject = (headers) => {
    const o = {};
    headers.forEach((v, k) => {
        o[k] = v;
    });
    return o;
};
const tryCatch = (fn) => {
    try {
        const result = fn();
        if (isPromiseLikeValue(result)) {
            return result.catch((error) => {
                return errorFromMaybeError(error);
            });
        }
        return result;
    }
    catch (error) {
        return errorFromMaybeError(error);
    }
};
/**
 * Ensure that the given value is an error and return it. If it is not an error than
 * wrap it in one, passing the given value as the error message.
 */
const errorFromMaybeError = (maybeError) => {
    if (maybeError instanceof Error)
        return maybeError;
    return new Error(String(maybeError));
};
const isPromiseLikeValue = (value) => {
    return (typeof value === `object`
        && value !== null
        && `then` in value
        && typeof value.then === `function`
        && `catch` in value
        && typeof value.catch === `function`
        && `finally` in value
        && typeof value.finally === `function`);
};
const casesExhausted = (value) => {
    throw new Error(`Unhandled case: ${String(value)}`);
};
const isPlainObject = (value) => {
    return typeof value === `object` && value !== null && !Array.isArray(value);
};
const entries = (obj) => Object.entries(obj);
const values = (obj) => Object.values(obj);
const mapValues = (object, fn) => {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => {
        return [key, fn(value, key)];
    }));
};
const lowerCaseFirstLetter = (s) => {
    return s.charAt(0).toLowerCase() + s.slice(1);
};
function assertArray(v) {
    if (!Array.isArray(v))
        throw new Error(`Expected array. Got: ${String(v)}`);
}
function assertObject(v) {
    if (v === null || typeof v !== `object`)
        throw new Error(`Expected object. Got: ${String(v)}`);
}
const capitalizeFirstLetter = (string) => string.charAt(0).toUpperCase() + string.slice(1);
const createDeferred = (options) => {
    let isResolved = false;
    let resolve;
    let reject;
    const promise = new Promise(($resolve, $reject) => {
        resolve = $resolve;
        reject = $reject;
    });
    return {
        promise,
        isResolved: () => isResolved,
        resolve: (value) => {
            isResolved = true;
            if (options?.strict && isResolved) {
                throw new Error(`Deferred is already resolved. Attempted to resolve with: ${JSON.stringify(value)}`);
            }
            resolve(value);
        },
        reject: (error) => reject(error),
    };
};
const prelude_debug = (...args) => {
    if (process.env[`DEBUG`]) {
        console.log(...args);
    }
};
const debugSub = (...args) => (...subArgs) => {
    prelude_debug(...args, ...subArgs);
};
const partitionErrors = (array) => {
    const errors = [];
    const values = [];
    for (const item of array) {
        if (item instanceof Error) {
            errors.push(item);
        }
        else {
            values.push(item);
        }
    }
    return [values, errors];
};
//# sourceMappingURL=prelude.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/functions/batchRequests.js

/**
 * Send a batch of GraphQL Document to the GraphQL server for execution.
 *
 * @example
 *
 * ```ts
 * // You can pass a raw string
 *
 * await batchRequests('https://foo.bar/graphql', [
 * {
 *  query: `
 *   {
 *     query {
 *       users
 *     }
 *   }`
 * },
 * {
 *   query: `
 *   {
 *     query {
 *       users
 *     }
 *   }`
 * }])
 *
 * // You can also pass a GraphQL DocumentNode as query. Convenient if you
 * // are using graphql-tag package.
 *
 * import gql from 'graphql-tag'
 *
 * await batchRequests('https://foo.bar/graphql', [{ query: gql`...` }])
 * ```
 */
const batchRequests = async (...args) => {
    const params = parseBatchRequestsArgsExtended(args);
    const client = new GraphQLClient(params.url);
    return client.batchRequests(params);
};
const parseBatchRequestsArgsExtended = (args) => {
    if (args.length === 1) {
        return args[0];
    }
    else {
        return {
            url: args[0],
            documents: args[1],
            requestHeaders: args[2],
            signal: undefined,
        };
    }
};
const parseBatchRequestArgs = (documentsOrOptions, requestHeaders) => {
    // eslint-disable-next-line
    return documentsOrOptions.documents
        ? documentsOrOptions
        : {
            documents: documentsOrOptions,
            requestHeaders: requestHeaders,
            signal: undefined,
        };
};
//# sourceMappingURL=batchRequests.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/functions/rawRequest.js

/**
 * Send a GraphQL Query to the GraphQL server for execution.
 */
const rawRequest = async (...args) => {
    const [urlOrOptions, query, ...variablesAndRequestHeaders] = args;
    const requestOptions = parseRawRequestExtendedArgs(urlOrOptions, query, ...variablesAndRequestHeaders);
    const client = new GraphQLClient(requestOptions.url);
    return client.rawRequest({
        ...requestOptions,
    });
};
const parseRawRequestExtendedArgs = (urlOrOptions, query, ...variablesAndRequestHeaders) => {
    const [variables, requestHeaders] = variablesAndRequestHeaders;
    return typeof urlOrOptions === `string`
        ? {
            url: urlOrOptions,
            query: query,
            variables,
            requestHeaders,
            signal: undefined,
        }
        : urlOrOptions;
};
const parseRawRequestArgs = (queryOrOptions, variables, requestHeaders) => {
    return queryOrOptions.query
        ? queryOrOptions
        : {
            query: queryOrOptions,
            variables: variables,
            requestHeaders: requestHeaders,
            signal: undefined,
        };
};
//# sourceMappingURL=rawRequest.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql/language/kinds.mjs
/** @category Kinds */

/** The set of allowed kind values for AST nodes. */
var Kind;

(function (Kind) {
  Kind['NAME'] = 'Name';
  Kind['DOCUMENT'] = 'Document';
  Kind['OPERATION_DEFINITION'] = 'OperationDefinition';
  Kind['VARIABLE_DEFINITION'] = 'VariableDefinition';
  Kind['SELECTION_SET'] = 'SelectionSet';
  Kind['FIELD'] = 'Field';
  Kind['ARGUMENT'] = 'Argument';
  Kind['FRAGMENT_SPREAD'] = 'FragmentSpread';
  Kind['INLINE_FRAGMENT'] = 'InlineFragment';
  Kind['FRAGMENT_DEFINITION'] = 'FragmentDefinition';
  Kind['VARIABLE'] = 'Variable';
  Kind['INT'] = 'IntValue';
  Kind['FLOAT'] = 'FloatValue';
  Kind['STRING'] = 'StringValue';
  Kind['BOOLEAN'] = 'BooleanValue';
  Kind['NULL'] = 'NullValue';
  Kind['ENUM'] = 'EnumValue';
  Kind['LIST'] = 'ListValue';
  Kind['OBJECT'] = 'ObjectValue';
  Kind['OBJECT_FIELD'] = 'ObjectField';
  Kind['DIRECTIVE'] = 'Directive';
  Kind['NAMED_TYPE'] = 'NamedType';
  Kind['LIST_TYPE'] = 'ListType';
  Kind['NON_NULL_TYPE'] = 'NonNullType';
  Kind['SCHEMA_DEFINITION'] = 'SchemaDefinition';
  Kind['OPERATION_TYPE_DEFINITION'] = 'OperationTypeDefinition';
  Kind['SCALAR_TYPE_DEFINITION'] = 'ScalarTypeDefinition';
  Kind['OBJECT_TYPE_DEFINITION'] = 'ObjectTypeDefinition';
  Kind['FIELD_DEFINITION'] = 'FieldDefinition';
  Kind['INPUT_VALUE_DEFINITION'] = 'InputValueDefinition';
  Kind['INTERFACE_TYPE_DEFINITION'] = 'InterfaceTypeDefinition';
  Kind['UNION_TYPE_DEFINITION'] = 'UnionTypeDefinition';
  Kind['ENUM_TYPE_DEFINITION'] = 'EnumTypeDefinition';
  Kind['ENUM_VALUE_DEFINITION'] = 'EnumValueDefinition';
  Kind['INPUT_OBJECT_TYPE_DEFINITION'] = 'InputObjectTypeDefinition';
  Kind['DIRECTIVE_DEFINITION'] = 'DirectiveDefinition';
  Kind['SCHEMA_EXTENSION'] = 'SchemaExtension';
  Kind['DIRECTIVE_EXTENSION'] = 'DirectiveExtension';
  Kind['SCALAR_TYPE_EXTENSION'] = 'ScalarTypeExtension';
  Kind['OBJECT_TYPE_EXTENSION'] = 'ObjectTypeExtension';
  Kind['INTERFACE_TYPE_EXTENSION'] = 'InterfaceTypeExtension';
  Kind['UNION_TYPE_EXTENSION'] = 'UnionTypeExtension';
  Kind['ENUM_TYPE_EXTENSION'] = 'EnumTypeExtension';
  Kind['INPUT_OBJECT_TYPE_EXTENSION'] = 'InputObjectTypeExtension';
  Kind['TYPE_COORDINATE'] = 'TypeCoordinate';
  Kind['MEMBER_COORDINATE'] = 'MemberCoordinate';
  Kind['ARGUMENT_COORDINATE'] = 'ArgumentCoordinate';
  Kind['DIRECTIVE_COORDINATE'] = 'DirectiveCoordinate';
  Kind['DIRECTIVE_ARGUMENT_COORDINATE'] = 'DirectiveArgumentCoordinate';
})(Kind || (Kind = {}));


/**
 * Deprecated legacy alias for the enum type representing the possible kind
 * values of AST nodes. This alias will be removed in v17. In v17, `Kind` is
 * exported as the single public symbol for both the runtime object and the
 * corresponding TypeScript type.
 * @deprecated Will be removed in v17. In v17, use `Kind` as both the runtime
 * value and the type.
 */

;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/lib/http.js
const ACCEPT_HEADER = `Accept`;
const CONTENT_TYPE_HEADER = `Content-Type`;
const CONTENT_TYPE_JSON = `application/json`;
const CONTENT_TYPE_GQL = `application/graphql-response+json`;
const http_statusCodes = {
    success: 200,
};
//# sourceMappingURL=http.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/lib/graphql.js



/**
 * Clean a GraphQL document to send it via a GET query
 */
const cleanQuery = (str) => str.replace(/([\s,]|#[^\n\r]+)+/g, ` `).trim();
const isGraphQLContentType = (contentType) => {
    const contentTypeLower = contentType.toLowerCase();
    return contentTypeLower.includes(CONTENT_TYPE_GQL) || contentTypeLower.includes(CONTENT_TYPE_JSON);
};
const parseGraphQLExecutionResult = (result) => {
    try {
        if (Array.isArray(result)) {
            return {
                _tag: `Batch`,
                executionResults: result.map(parseExecutionResult),
            };
        }
        else if (isPlainObject(result)) {
            return {
                _tag: `Single`,
                executionResult: parseExecutionResult(result),
            };
        }
        else {
            throw new Error(`Invalid execution result: result is not object or array. \nGot:\n${String(result)}`);
        }
    }
    catch (e) {
        return e;
    }
};
/**
 * Example result:
 *
 * ```
 * {
 *  "data": null,
 *  "errors": [{
 *    "message": "custom error",
 *    "locations": [{ "line": 2, "column": 3 }],
 *    "path": ["playerNew"]
 *  }]
 * }
 * ```
 */
const parseExecutionResult = (result) => {
    if (typeof result !== `object` || result === null) {
        throw new Error(`Invalid execution result: result is not object`);
    }
    let errors = undefined;
    let data = undefined;
    let extensions = undefined;
    if (`errors` in result) {
        if (!isPlainObject(result.errors) && !Array.isArray(result.errors)) {
            throw new Error(`Invalid execution result: errors is not plain object OR array`); // prettier-ignore
        }
        errors = result.errors;
    }
    // todo add test coverage for case of null. @see https://github.com/jasonkuhrt/graphql-request/issues/739
    if (`data` in result) {
        if (!isPlainObject(result.data) && result.data !== null) {
            throw new Error(`Invalid execution result: data is not plain object`); // prettier-ignore
        }
        data = result.data;
    }
    if (`extensions` in result) {
        if (!isPlainObject(result.extensions))
            throw new Error(`Invalid execution result: extensions is not plain object`); // prettier-ignore
        extensions = result.extensions;
    }
    return {
        data,
        errors,
        extensions,
    };
};
const isRequestResultHaveErrors = (result) => result._tag === `Batch`
    ? result.executionResults.some(isExecutionResultHaveErrors)
    : isExecutionResultHaveErrors(result.executionResult);
const isExecutionResultHaveErrors = (result) => Array.isArray(result.errors) ? result.errors.length > 0 : Boolean(result.errors);
const isOperationDefinitionNode = (definition) => {
    return (typeof definition === `object`
        && definition !== null
        && `kind` in definition
        && definition.kind === Kind.OPERATION_DEFINITION);
};
//# sourceMappingURL=graphql.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql/jsutils/isObjectLike.mjs
/**
 * Return true if `value` is object-like. A value is object-like if it's not
 * `null` and has a `typeof` result of "object".
 *
 * @internal
 */
function isObjectLike(value) {
  return typeof value == 'object' && value !== null;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/location.mjs
/** @category Source */

/** Represents a location in a Source. */

/**
 * Takes a Source and a UTF-8 character offset, and returns the corresponding
 * line and column as a SourceLocation.
 * @param source - The source document that contains the position.
 * @param position - The UTF-8 character offset in the source body.
 * @returns The 1-indexed line and column for the given source position.
 * @example
 * ```ts
 * import { Source, getLocation } from 'graphql/language';
 *
 * const source = new Source('type Query { hello: String }');
 * const location = getLocation(source, 13); // => { line: 1, column: 14 }
 * ```
 */
function getLocation(source, position) {
  const lineRegexp = /\r\n|[\n\r]/g;
  let line = 1;
  let column = position + 1;
  let match;

  while ((match = lineRegexp.exec(source.body)) && match.index < position) {
    line++;
    column = position + 1 - (match.index + match[0].length);
  }

  return {
    line,
    column,
  };
}
/** @internal */

function getLocations(locations) {
  if (locations.length < 2) {
    return locations.map(({ source, start }) => getLocation(source, start));
  }

  const bySource = new Map();
  locations.forEach(({ source, start }, index) => {
    let positions = bySource.get(source);

    if (positions === undefined) {
      positions = [];
      bySource.set(source, positions);
    }

    positions.push({
      position: start,
      index,
    });
  });
  const result = new Array(locations.length);

  for (const [source, positions] of bySource) {
    const lineRegexp = /\r\n|[\n\r]/g;
    let match = lineRegexp.exec(source.body);
    let line = 1;
    let lastLineStart = 0; // These arrays are local; sorting never changes the caller's input.

    positions.sort((a, b) => a.position - b.position);

    for (const { position, index } of positions) {
      while (match !== null && match.index < position) {
        lastLineStart = match.index + match[0].length;
        line++;
        match = lineRegexp.exec(source.body);
      }

      result[index] = {
        line,
        column: position + 1 - lastLineStart,
      };
    }
  }

  return result;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/printLocation.mjs
/** @category Source */


/**
 * Render a helpful description of the location in the GraphQL Source document.
 * @param location - The AST location to print.
 * @returns A formatted source excerpt with line and column information.
 * @example
 * ```ts
 * import { parse, printLocation } from 'graphql/language';
 *
 * const document = parse('type Query { hello: String }');
 * const location = document.definitions[0].loc;
 *
 * if (location) {
 *   const printed = printLocation(location); // => 'GraphQL request:1:1\n1 | type Query { hello: String }\n  | ^'
 * }
 * ```
 */
function printLocation(location) {
  return printSourceLocation(
    location.source,
    getLocation(location.source, location.start),
  );
}
/**
 * Render a helpful description of the location in the GraphQL Source document.
 * @param source - The source document that contains the location.
 * @param sourceLocation - The 1-indexed line and column to print.
 * @returns A formatted source excerpt with line and column information.
 * @example
 * ```ts
 * import { Source, printSourceLocation } from 'graphql/language';
 *
 * const source = new Source('type Query { hello: String }');
 * const printed = printSourceLocation(source, { line: 1, column: 14 }); // => 'GraphQL request:1:14\n1 | type Query { hello: String }\n  |              ^'
 * ```
 */

function printSourceLocation(source, sourceLocation) {
  const firstLineColumnOffset = source.locationOffset.column - 1;
  const body = ''.padStart(firstLineColumnOffset) + source.body;
  const lineIndex = sourceLocation.line - 1;
  const lineOffset = source.locationOffset.line - 1;
  const lineNum = sourceLocation.line + lineOffset;
  const columnOffset = sourceLocation.line === 1 ? firstLineColumnOffset : 0;
  const columnNum = sourceLocation.column + columnOffset;
  const locationStr = `${source.name}:${lineNum}:${columnNum}\n`;
  const lines = body.split(/\r\n|[\n\r]/g);
  const locationLine = lines[lineIndex]; // Special case for minified documents

  if (locationLine.length > 120) {
    const subLineIndex = Math.floor(columnNum / 80);
    const subLineColumnNum = columnNum % 80;
    const subLines = [];

    for (let i = 0; i < locationLine.length; i += 80) {
      subLines.push(locationLine.slice(i, i + 80));
    }

    return (
      locationStr +
      printPrefixedLines([
        [`${lineNum} |`, subLines[0]],
        ...subLines.slice(1, subLineIndex + 1).map((subLine) => ['|', subLine]),
        ['|', '^'.padStart(subLineColumnNum)],
        ['|', subLines[subLineIndex + 1]],
      ])
    );
  }

  return (
    locationStr +
    printPrefixedLines([
      // Lines specified like this: ["prefix", "string"],
      [`${lineNum - 1} |`, lines[lineIndex - 1]],
      [`${lineNum} |`, locationLine],
      ['|', '^'.padStart(columnNum)],
      [`${lineNum + 1} |`, lines[lineIndex + 1]],
    ])
  );
}

function printPrefixedLines(lines) {
  const existingLines = lines.filter(([_, line]) => line !== undefined);
  const padLen = Math.max(...existingLines.map(([prefix]) => prefix.length));
  return existingLines
    .map(([prefix, line]) => prefix.padStart(padLen) + (line ? ' ' + line : ''))
    .join('\n');
}

;// CONCATENATED MODULE: ../../node_modules/graphql/error/GraphQLError.mjs
/** @category Errors */




function toNormalizedOptions(args) {
  const firstArg = args[0];

  if (firstArg == null || 'kind' in firstArg || 'length' in firstArg) {
    return {
      nodes: firstArg,
      source: args[1],
      positions: args[2],
      path: args[3],
      originalError: args[4],
      extensions: args[5],
    };
  }

  return firstArg;
}
/**
 * A GraphQLError describes an Error found during the parse, validate, or
 * execute phases of performing a GraphQL operation. In addition to a message
 * and stack trace, it also includes information about the locations in a
 * GraphQL document and/or execution result that correspond to the Error.
 */

class GraphQLError extends Error {
  /**
   * An array of `{ line, column }` locations within the source GraphQL document
   * which correspond to this error.
   *
   * Errors during validation often contain multiple locations, for example to
   * point out two things with the same name. Errors during execution include a
   * single location, the field which produced the error.
   *
   * Enumerable, and appears in the result of JSON.stringify().
   */

  /**
   * An array describing the JSON-path into the execution response which
   * corresponds to this error. Only included for errors during execution.
   *
   * Enumerable, and appears in the result of JSON.stringify().
   */

  /** An array of GraphQL AST Nodes corresponding to this error. */

  /**
   * The source GraphQL document for the first location of this error.
   *
   * Note that if this Error represents more than one node, the source may not
   * represent nodes after the first node.
   */

  /**
   * An array of character offsets within the source GraphQL document
   * which correspond to this error.
   */

  /** Original error that caused this GraphQLError, if one exists. */

  /** Extension fields to add to the formatted error. */

  /**
   * Creates a GraphQLError instance.
   * @param message - Human-readable error message.
   * @param options - Error metadata such as source locations, response path, original error, and extensions.
   * This positional-arguments constructor overload is deprecated. Use the
   * `GraphQLError(message, options)` overload instead.
   * @example
   * ```ts
   * import { Kind } from 'graphql/language';
   * import assert from 'node:assert/strict';
   * // Create an error from AST nodes and response metadata.
   * import { parse } from 'graphql/language';
   * import { GraphQLError } from 'graphql/error';
   *
   * const document = parse('{ greeting }');
   * const operation = document.definitions[0];
   * assert(operation.kind === Kind.OPERATION_DEFINITION);
   * const fieldNode = operation.selectionSet.selections[0];
   * const error = new GraphQLError('Cannot query this field.', {
   *   nodes: fieldNode,
   *   path: ['greeting'],
   *   extensions: { code: 'FORBIDDEN' },
   * });
   *
   * error.message; // => 'Cannot query this field.'
   * error.locations; // => [{ line: 1, column: 3 }]
   * error.path; // => ['greeting']
   * error.extensions; // => { code: 'FORBIDDEN' }
   * ```
   * @example
   * ```ts
   * // This variant derives locations from source positions and preserves the original error.
   * import { Source } from 'graphql/language';
   * import { GraphQLError } from 'graphql/error';
   *
   * const source = new Source('{ greeting }');
   * const originalError = new Error('Database unavailable.');
   * const error = new GraphQLError('Resolver failed.', {
   *   source,
   *   positions: [2],
   *   path: ['greeting'],
   *   originalError,
   * });
   *
   * error.locations; // => [{ line: 1, column: 3 }]
   * error.path; // => ['greeting']
   * error.originalError; // => originalError
   * ```
   */

  /**
   * Creates a GraphQLError instance using the legacy positional constructor.
   * This deprecated overload will be removed in v17. Prefer the
   * `GraphQLErrorOptions` object overload, which keeps optional error metadata
   * in a single options bag.
   * @param message - Human-readable error message.
   * @param nodes - AST node or nodes associated with this error.
   * @param source - Source document used to derive error locations.
   * @param positions - Character offsets in the source document associated with
   * this error.
   * @param path - Response path where this error occurred during execution.
   * @param originalError - Original error that caused this GraphQLError, if one
   * exists.
   * @param extensions - Extension fields to include in the formatted error.
   * @example
   * ```ts
   * import { Source } from 'graphql/language';
   * import { GraphQLError } from 'graphql/error';
   *
   * const source = new Source('{ greeting }');
   * const originalError = new Error('Database unavailable.');
   * const error = new GraphQLError(
   *   'Resolver failed.',
   *   undefined,
   *   source,
   *   [2],
   *   ['greeting'],
   *   originalError,
   *   { code: 'INTERNAL' },
   * );
   *
   * error.locations; // => [{ line: 1, column: 3 }]
   * error.path; // => ['greeting']
   * error.originalError; // => originalError
   * error.extensions; // => { code: 'INTERNAL' }
   * ```
   * @deprecated Please use the `GraphQLErrorOptions` constructor overload instead.
   */
  constructor(message, ...rawArgs) {
    var _this$nodes, _nodeLocations$, _ref;

    const { nodes, source, positions, path, originalError, extensions } =
      toNormalizedOptions(rawArgs);
    super(message);
    this.name = 'GraphQLError';
    this.path = path !== null && path !== void 0 ? path : undefined;
    this.originalError =
      originalError !== null && originalError !== void 0
        ? originalError
        : undefined; // Compute list of blame nodes.

    this.nodes = undefinedIfEmpty(
      Array.isArray(nodes) ? nodes : nodes ? [nodes] : undefined,
    );
    const nodeLocations = undefinedIfEmpty(
      (_this$nodes = this.nodes) === null || _this$nodes === void 0
        ? void 0
        : _this$nodes.map((node) => node.loc).filter((loc) => loc != null),
    ); // Compute locations in the source for the given nodes/positions.

    this.source =
      source !== null && source !== void 0
        ? source
        : nodeLocations === null || nodeLocations === void 0
        ? void 0
        : (_nodeLocations$ = nodeLocations[0]) === null ||
          _nodeLocations$ === void 0
        ? void 0
        : _nodeLocations$.source;
    this.positions =
      positions !== null && positions !== void 0
        ? positions
        : nodeLocations === null || nodeLocations === void 0
        ? void 0
        : nodeLocations.map((loc) => loc.start);
    this.locations =
      positions && source
        ? getLocations(
            positions.map((start) => ({
              source,
              start,
            })),
          )
        : nodeLocations && getLocations(nodeLocations);
    const originalExtensions = isObjectLike(
      originalError === null || originalError === void 0
        ? void 0
        : originalError.extensions,
    )
      ? originalError === null || originalError === void 0
        ? void 0
        : originalError.extensions
      : undefined;
    this.extensions =
      (_ref =
        extensions !== null && extensions !== void 0
          ? extensions
          : originalExtensions) !== null && _ref !== void 0
        ? _ref
        : Object.create(null); // Only properties prescribed by the spec should be enumerable.
    // Keep the rest as non-enumerable.

    Object.defineProperties(this, {
      message: {
        writable: true,
        enumerable: true,
      },
      name: {
        enumerable: false,
      },
      nodes: {
        enumerable: false,
      },
      source: {
        enumerable: false,
      },
      positions: {
        enumerable: false,
      },
      originalError: {
        enumerable: false,
      },
    }); // Include (non-enumerable) stack trace.

    /* c8 ignore start */
    // FIXME: https://github.com/graphql/graphql-js/issues/2317

    if (
      originalError !== null &&
      originalError !== void 0 &&
      originalError.stack
    ) {
      Object.defineProperty(this, 'stack', {
        value: originalError.stack,
        writable: true,
        configurable: true,
      });
    } else if (Error.captureStackTrace) {
      Error.captureStackTrace(this, GraphQLError);
    } else {
      Object.defineProperty(this, 'stack', {
        value: Error().stack,
        writable: true,
        configurable: true,
      });
    }
    /* c8 ignore stop */
  }
  /**
   * Returns the value used by `Object.prototype.toString`.
   * @returns The built-in string tag for this object.
   */

  get [Symbol.toStringTag]() {
    return 'GraphQLError';
  }
  /**
   * Returns this error as a human-readable message with source locations.
   * @returns The formatted error string.
   * @example
   * ```ts
   * import { Source } from 'graphql/language';
   * import { GraphQLError } from 'graphql/error';
   *
   * const error = new GraphQLError('Cannot query field "name".', {
   *   source: new Source('{ name }'),
   *   positions: [2],
   * });
   *
   * error.toString(); // => 'Cannot query field "name".\n\nGraphQL request:1:3\n1 | { name }\n  |   ^'
   * ```
   */

  toString() {
    let output = this.message;

    if (this.nodes) {
      for (const node of this.nodes) {
        if (node.loc) {
          output += '\n\n' + printLocation(node.loc);
        }
      }
    } else if (this.source && this.locations) {
      for (const location of this.locations) {
        output += '\n\n' + printSourceLocation(this.source, location);
      }
    }

    return output;
  }
  /**
   * Returns the JSON representation used when this object is serialized.
   * @returns The JSON-serializable representation.
   * @example
   * ```ts
   * import { GraphQLError } from 'graphql/error';
   *
   * const error = new GraphQLError('Resolver failed.', {
   *   path: ['viewer', 'name'],
   *   extensions: { code: 'INTERNAL' },
   * });
   *
   * error.toJSON(); // => { message: 'Resolver failed.', path: ['viewer', 'name'], extensions: { code: 'INTERNAL' } }
   * ```
   */

  toJSON() {
    const formattedError = {
      message: this.message,
    };

    if (this.locations != null) {
      formattedError.locations = this.locations;
    }

    if (this.path != null) {
      formattedError.path = this.path;
    }

    if (this.extensions != null && Object.keys(this.extensions).length > 0) {
      formattedError.extensions = this.extensions;
    }

    return formattedError;
  }
}

function undefinedIfEmpty(array) {
  return array === undefined || array.length === 0 ? undefined : array;
}
/** See: https://spec.graphql.org/draft/#sec-Errors */

/**
 * Prints a GraphQLError to a string, representing useful location information
 * about the error's position in the source. This deprecated helper is retained
 * for backwards compatibility; call `error.toString()` instead because
 * printError will be removed in v17.
 * @param error - The error to format.
 * @returns The printed string representation.
 * @example
 * ```ts
 * import { GraphQLError, printError } from 'graphql/error';
 *
 * const message = printError(new GraphQLError('Example error'));
 *
 * message; // => 'Example error'
 * ```
 * @deprecated Please use `error.toString` instead. Will be removed in v17
 */
function printError(error) {
  return error.toString();
}
/**
 * Given a GraphQLError, format it according to the rules described by the
 * Response Format, Errors section of the GraphQL Specification. This deprecated
 * helper is retained for backwards compatibility; call `error.toJSON()`
 * instead because formatError will be removed in v17.
 * @param error - The error to format.
 * @returns The JSON-serializable formatted error.
 * @example
 * ```ts
 * import { GraphQLError, formatError } from 'graphql/error';
 *
 * const formatted = formatError(new GraphQLError('Example error'));
 *
 * formatted; // => { message: 'Example error' }
 * ```
 * @deprecated Please use `error.toJSON` instead. Will be removed in v17
 */

function formatError(error) {
  return error.toJSON();
}

;// CONCATENATED MODULE: ../../node_modules/graphql/error/syntaxError.mjs
/** @category Errors */

/**
 * Produces a GraphQLError representing a syntax error, containing useful
 * descriptive information about the syntax error's position in the source.
 * @param source - The GraphQL source containing the syntax error.
 * @param position - Character offset where the syntax error was encountered.
 * @param description - Human-readable description of the syntax error.
 * @returns A GraphQLError located at the syntax error position.
 * @example
 * ```ts
 * import { Source } from 'graphql/language';
 * import { syntaxError } from 'graphql/error';
 *
 * const error = syntaxError(new Source('query {'), 7, 'Expected Name');
 *
 * error.message; // => 'Syntax Error: Expected Name'
 * error.locations; // => [{ line: 1, column: 8 }]
 * ```
 */

function syntaxError(source, position, description) {
  return new GraphQLError(`Syntax Error: ${description}`, {
    source,
    positions: [position],
  });
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/ast.mjs
/** @category AST */

/**
 * Contains a range of UTF-8 character offsets and token references that
 * identify the region of the source from which the AST derived.
 */
class Location {
  /** The character offset at which this Node begins. */

  /** The character offset at which this Node ends. */

  /** The Token at which this Node begins. */

  /** The Token at which this Node ends. */

  /** The Source document the AST represents. */

  /**
   * Creates a Location instance.
   * @param startToken - The start token.
   * @param endToken - The end token.
   * @param source - Source document used to derive error locations.
   * @example
   * ```ts
   * import { Location, Source, Token, TokenKind } from 'graphql/language';
   *
   * const source = new Source('{ hello }');
   * const startToken = new Token(TokenKind.BRACE_L, 0, 1, 1, 1);
   * const endToken = new Token(TokenKind.BRACE_R, 8, 9, 1, 9);
   * const location = new Location(startToken, endToken, source);
   *
   * location.start; // => 0
   * location.end; // => 9
   * location.source.body; // => '{ hello }'
   * ```
   */
  constructor(startToken, endToken, source) {
    this.start = startToken.start;
    this.end = endToken.end;
    this.startToken = startToken;
    this.endToken = endToken;
    this.source = source;
  }
  /**
   * Returns the value used by `Object.prototype.toString`.
   * @returns The built-in string tag for this object.
   */

  get [Symbol.toStringTag]() {
    return 'Location';
  }
  /**
   * Returns a JSON representation of this location.
   * @returns The JSON-serializable representation.
   * @example
   * ```ts
   * import { parse } from 'graphql/language';
   *
   * const document = parse('{ hello }');
   * const location = document.loc?.toJSON(); // => { start: 0, end: 9 }
   * ```
   */

  toJSON() {
    return {
      start: this.start,
      end: this.end,
    };
  }
}
/**
 * Represents a range of characters represented by a lexical token
 * within a Source.
 */

class Token {
  /** The kind of Token. */

  /** The character offset at which this Node begins. */

  /** The character offset at which this Node ends. */

  /** The 1-indexed line number on which this Token appears. */

  /** The 1-indexed column number at which this Token begins. */

  /**
   * For non-punctuation tokens, represents the interpreted value of the token.
   *
   * Note: is undefined for punctuation tokens, but typed as string for
   * convenience in the parser.
   */

  /**
   * Tokens exist as nodes in a double-linked-list amongst all tokens
   * including ignored tokens. <SOF> is always the first node and <EOF>
   * the last.
   */

  /** Next token in the token stream, including ignored tokens. */

  /**
   * Creates a Token instance.
   * @param kind - Token kind produced by lexical analysis.
   * @param start - Character offset where this token begins.
   * @param end - Character offset where this token ends.
   * @param line - One-indexed line number where this token begins.
   * @param column - One-indexed column number where this token begins.
   * @param value - Interpreted value for non-punctuation tokens.
   * @example
   * ```ts
   * import { Token, TokenKind } from 'graphql/language';
   *
   * const token = new Token(TokenKind.NAME, 2, 7, 1, 3, 'hello');
   *
   * token.kind; // => TokenKind.NAME
   * token.value; // => 'hello'
   * token.toJSON(); // => { kind: 'Name', value: 'hello', line: 1, column: 3 }
   * ```
   */
  constructor(kind, start, end, line, column, value) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.line = line;
    this.column = column; // eslint-disable-next-line @typescript-eslint/no-non-null-assertion

    this.value = value;
    this.prev = null;
    this.next = null;
  }
  /**
   * Returns the value used by `Object.prototype.toString`.
   * @returns The built-in string tag for this object.
   */

  get [Symbol.toStringTag]() {
    return 'Token';
  }
  /**
   * Returns a JSON representation of this token.
   * @returns The JSON-serializable representation.
   * @example
   * ```ts
   * import { Lexer, Source } from 'graphql/language';
   *
   * const lexer = new Lexer(new Source('{ hello }'));
   * const token = lexer.advance().toJSON(); // => { kind: '{', value: undefined, line: 1, column: 1 }
   * ```
   */

  toJSON() {
    return {
      kind: this.kind,
      value: this.value,
      line: this.line,
      column: this.column,
    };
  }
}
/** The list of all possible AST node types. */

/** @internal */
const QueryDocumentKeys = {
  Name: [],
  Document: ['definitions'],
  OperationDefinition: [
    'description',
    'name',
    'variableDefinitions',
    'directives',
    'selectionSet',
  ],
  VariableDefinition: [
    'description',
    'variable',
    'type',
    'defaultValue',
    'directives',
  ],
  Variable: ['name'],
  SelectionSet: ['selections'],
  Field: ['alias', 'name', 'arguments', 'directives', 'selectionSet'],
  Argument: ['name', 'value'],
  FragmentSpread: ['name', 'directives'],
  InlineFragment: ['typeCondition', 'directives', 'selectionSet'],
  FragmentDefinition: [
    'description',
    'name', // Note: fragment variable definitions are deprecated and will removed in v17.0.0
    'variableDefinitions',
    'typeCondition',
    'directives',
    'selectionSet',
  ],
  IntValue: [],
  FloatValue: [],
  StringValue: [],
  BooleanValue: [],
  NullValue: [],
  EnumValue: [],
  ListValue: ['values'],
  ObjectValue: ['fields'],
  ObjectField: ['name', 'value'],
  Directive: ['name', 'arguments'],
  NamedType: ['name'],
  ListType: ['type'],
  NonNullType: ['type'],
  SchemaDefinition: ['description', 'directives', 'operationTypes'],
  OperationTypeDefinition: ['type'],
  ScalarTypeDefinition: ['description', 'name', 'directives'],
  ObjectTypeDefinition: [
    'description',
    'name',
    'interfaces',
    'directives',
    'fields',
  ],
  FieldDefinition: ['description', 'name', 'arguments', 'type', 'directives'],
  InputValueDefinition: [
    'description',
    'name',
    'type',
    'defaultValue',
    'directives',
  ],
  InterfaceTypeDefinition: [
    'description',
    'name',
    'interfaces',
    'directives',
    'fields',
  ],
  UnionTypeDefinition: ['description', 'name', 'directives', 'types'],
  EnumTypeDefinition: ['description', 'name', 'directives', 'values'],
  EnumValueDefinition: ['description', 'name', 'directives'],
  InputObjectTypeDefinition: ['description', 'name', 'directives', 'fields'],
  DirectiveDefinition: [
    'description',
    'name',
    'arguments',
    'directives',
    'locations',
  ],
  SchemaExtension: ['directives', 'operationTypes'],
  DirectiveExtension: ['name', 'directives'],
  ScalarTypeExtension: ['name', 'directives'],
  ObjectTypeExtension: ['name', 'interfaces', 'directives', 'fields'],
  InterfaceTypeExtension: ['name', 'interfaces', 'directives', 'fields'],
  UnionTypeExtension: ['name', 'directives', 'types'],
  EnumTypeExtension: ['name', 'directives', 'values'],
  InputObjectTypeExtension: ['name', 'directives', 'fields'],
  TypeCoordinate: ['name'],
  MemberCoordinate: ['name', 'memberName'],
  ArgumentCoordinate: ['name', 'fieldName', 'argumentName'],
  DirectiveCoordinate: ['name'],
  DirectiveArgumentCoordinate: ['name', 'argumentName'],
};
const kindValues = new Set(Object.keys(QueryDocumentKeys));
/** @internal */

function isNode(maybeNode) {
  const maybeKind =
    maybeNode === null || maybeNode === void 0 ? void 0 : maybeNode.kind;
  return typeof maybeKind === 'string' && kindValues.has(maybeKind);
}
/** An identifier in a GraphQL document. */

/**
 * The operation types supported by GraphQL executable definitions.
 * @category Kinds
 */
var OperationTypeNode;

(function (OperationTypeNode) {
  OperationTypeNode['QUERY'] = 'query';
  OperationTypeNode['MUTATION'] = 'mutation';
  OperationTypeNode['SUBSCRIPTION'] = 'subscription';
})(OperationTypeNode || (OperationTypeNode = {}));


/** A variable declaration in an operation or legacy fragment definition. */

;// CONCATENATED MODULE: ../../node_modules/graphql/language/directiveLocation.mjs
/** @category Kinds */

/** The set of allowed directive location values. */
var DirectiveLocation;

(function (DirectiveLocation) {
  DirectiveLocation['QUERY'] = 'QUERY';
  DirectiveLocation['MUTATION'] = 'MUTATION';
  DirectiveLocation['SUBSCRIPTION'] = 'SUBSCRIPTION';
  DirectiveLocation['FIELD'] = 'FIELD';
  DirectiveLocation['FRAGMENT_DEFINITION'] = 'FRAGMENT_DEFINITION';
  DirectiveLocation['FRAGMENT_SPREAD'] = 'FRAGMENT_SPREAD';
  DirectiveLocation['INLINE_FRAGMENT'] = 'INLINE_FRAGMENT';
  DirectiveLocation['VARIABLE_DEFINITION'] = 'VARIABLE_DEFINITION';
  DirectiveLocation['SCHEMA'] = 'SCHEMA';
  DirectiveLocation['SCALAR'] = 'SCALAR';
  DirectiveLocation['OBJECT'] = 'OBJECT';
  DirectiveLocation['FIELD_DEFINITION'] = 'FIELD_DEFINITION';
  DirectiveLocation['ARGUMENT_DEFINITION'] = 'ARGUMENT_DEFINITION';
  DirectiveLocation['INTERFACE'] = 'INTERFACE';
  DirectiveLocation['UNION'] = 'UNION';
  DirectiveLocation['ENUM'] = 'ENUM';
  DirectiveLocation['ENUM_VALUE'] = 'ENUM_VALUE';
  DirectiveLocation['INPUT_OBJECT'] = 'INPUT_OBJECT';
  DirectiveLocation['INPUT_FIELD_DEFINITION'] = 'INPUT_FIELD_DEFINITION';
  DirectiveLocation['DIRECTIVE_DEFINITION'] = 'DIRECTIVE_DEFINITION';
})(DirectiveLocation || (DirectiveLocation = {}));


/**
 * Deprecated legacy alias for the enum type representing directive location
 * values. This alias will be removed in v17. In v17, `DirectiveLocation` is
 * exported as the single public symbol for both the runtime object and the
 * corresponding TypeScript type.
 * @deprecated Will be removed in v17. In v17, use `DirectiveLocation` as both
 * the runtime value and the type.
 */

;// CONCATENATED MODULE: ../../node_modules/graphql/language/characterClasses.mjs
/**
 * ```
 * WhiteSpace ::
 *   - "Horizontal Tab (U+0009)"
 *   - "Space (U+0020)"
 * ```
 * @internal
 */
function isWhiteSpace(code) {
  return code === 0x0009 || code === 0x0020;
}
/**
 * ```
 * Digit :: one of
 *   - `0` `1` `2` `3` `4` `5` `6` `7` `8` `9`
 * ```
 * @internal
 */

function isDigit(code) {
  return code >= 0x0030 && code <= 0x0039;
}
/**
 * ```
 * Letter :: one of
 *   - `A` `B` `C` `D` `E` `F` `G` `H` `I` `J` `K` `L` `M`
 *   - `N` `O` `P` `Q` `R` `S` `T` `U` `V` `W` `X` `Y` `Z`
 *   - `a` `b` `c` `d` `e` `f` `g` `h` `i` `j` `k` `l` `m`
 *   - `n` `o` `p` `q` `r` `s` `t` `u` `v` `w` `x` `y` `z`
 * ```
 * @internal
 */

function isLetter(code) {
  return (
    (code >= 0x0061 && code <= 0x007a) || // A-Z
    (code >= 0x0041 && code <= 0x005a) // a-z
  );
}
/**
 * ```
 * NameStart ::
 *   - Letter
 *   - `_`
 * ```
 * @internal
 */

function isNameStart(code) {
  return isLetter(code) || code === 0x005f;
}
/**
 * ```
 * NameContinue ::
 *   - Letter
 *   - Digit
 *   - `_`
 * ```
 * @internal
 */

function isNameContinue(code) {
  return isLetter(code) || isDigit(code) || code === 0x005f;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/blockString.mjs

/**
 * Produces the value of a block string from its parsed raw value, similar to
 * CoffeeScript's block string, Python's docstring trim or Ruby's strip_heredoc.
 *
 * This implements the GraphQL spec's BlockStringValue() static algorithm.
 *
 * @internal
 */

function dedentBlockStringLines(lines) {
  var _firstNonEmptyLine2;

  let commonIndent = Number.MAX_SAFE_INTEGER;
  let firstNonEmptyLine = null;
  let lastNonEmptyLine = -1;

  for (let i = 0; i < lines.length; ++i) {
    var _firstNonEmptyLine;

    const line = lines[i];
    const indent = leadingWhitespace(line);

    if (indent === line.length) {
      continue; // skip empty lines
    }

    firstNonEmptyLine =
      (_firstNonEmptyLine = firstNonEmptyLine) !== null &&
      _firstNonEmptyLine !== void 0
        ? _firstNonEmptyLine
        : i;
    lastNonEmptyLine = i;

    if (i !== 0 && indent < commonIndent) {
      commonIndent = indent;
    }
  }

  return lines // Remove common indentation from all lines but first.
    .map((line, i) => (i === 0 ? line : line.slice(commonIndent))) // Remove leading and trailing blank lines.
    .slice(
      (_firstNonEmptyLine2 = firstNonEmptyLine) !== null &&
        _firstNonEmptyLine2 !== void 0
        ? _firstNonEmptyLine2
        : 0,
      lastNonEmptyLine + 1,
    );
}

function leadingWhitespace(str) {
  let i = 0;

  while (i < str.length && isWhiteSpace(str.charCodeAt(i))) {
    ++i;
  }

  return i;
}
/** @internal */

function isPrintableAsBlockString(value) {
  if (value === '') {
    return true; // empty string is printable
  }

  let isEmptyLine = true;
  let hasIndent = false;
  let hasCommonIndent = true;
  let seenNonEmptyLine = false;

  for (let i = 0; i < value.length; ++i) {
    switch (value.codePointAt(i)) {
      case 0x0000:
      case 0x0001:
      case 0x0002:
      case 0x0003:
      case 0x0004:
      case 0x0005:
      case 0x0006:
      case 0x0007:
      case 0x0008:
      case 0x000b:
      case 0x000c:
      case 0x000e:
      case 0x000f:
        return false;
      // Has non-printable characters

      case 0x000d:
        //  \r
        return false;
      // Has \r or \r\n which will be replaced as \n

      case 10:
        //  \n
        if (isEmptyLine && !seenNonEmptyLine) {
          return false; // Has leading new line
        }

        seenNonEmptyLine = true;
        isEmptyLine = true;
        hasIndent = false;
        break;

      case 9: //   \t

      case 32:
        //  <space>
        hasIndent || (hasIndent = isEmptyLine);
        break;

      default:
        hasCommonIndent && (hasCommonIndent = hasIndent);
        isEmptyLine = false;
    }
  }

  if (isEmptyLine) {
    return false; // Has trailing empty lines
  }

  if (hasCommonIndent && seenNonEmptyLine) {
    return false; // Has internal indent
  }

  return true;
}
/**
 * Print a block string in the indented block form by adding a leading and
 * trailing blank line. However, if a block string starts with whitespace and is
 * a single-line, adding a leading blank line would strip that whitespace.
 *
 * @internal
 */

function printBlockString(value, options) {
  const escapedValue = value.replace(/"""/g, '\\"""'); // Expand a block string's raw value into independent lines.

  const lines = escapedValue.split(/\r\n|[\n\r]/g);
  const isSingleLine = lines.length === 1; // If common indentation is found we can fix some of those cases by adding leading new line

  const forceLeadingNewLine =
    lines.length > 1 &&
    lines
      .slice(1)
      .every((line) => line.length === 0 || isWhiteSpace(line.charCodeAt(0))); // Trailing triple quotes just looks confusing but doesn't force trailing new line

  const hasTrailingTripleQuotes = escapedValue.endsWith('\\"""'); // Trailing quote (single or double) or slash forces trailing new line

  const hasTrailingQuote = value.endsWith('"') && !hasTrailingTripleQuotes;
  const hasTrailingSlash = value.endsWith('\\');
  const forceTrailingNewline = hasTrailingQuote || hasTrailingSlash;
  const printAsMultipleLines =
    !(options !== null && options !== void 0 && options.minimize) && // add leading and trailing new lines only if it improves readability
    (!isSingleLine ||
      value.length > 70 ||
      forceTrailingNewline ||
      forceLeadingNewLine ||
      hasTrailingTripleQuotes);
  let result = ''; // Format a multi-line block quote to account for leading space.

  const skipLeadingNewLine = isSingleLine && isWhiteSpace(value.charCodeAt(0));

  if ((printAsMultipleLines && !skipLeadingNewLine) || forceLeadingNewLine) {
    result += '\n';
  }

  result += escapedValue;

  if (printAsMultipleLines || forceTrailingNewline) {
    result += '\n';
  }

  return '"""' + result + '"""';
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/tokenKind.mjs
/** @category Lexing */

/**
 * An exported enum describing the different kinds of tokens that the
 * lexer emits.
 */
var tokenKind_TokenKind;

(function (TokenKind) {
  TokenKind['SOF'] = '<SOF>';
  TokenKind['EOF'] = '<EOF>';
  TokenKind['BANG'] = '!';
  TokenKind['DOLLAR'] = '$';
  TokenKind['AMP'] = '&';
  TokenKind['PAREN_L'] = '(';
  TokenKind['PAREN_R'] = ')';
  TokenKind['DOT'] = '.';
  TokenKind['SPREAD'] = '...';
  TokenKind['COLON'] = ':';
  TokenKind['EQUALS'] = '=';
  TokenKind['AT'] = '@';
  TokenKind['BRACKET_L'] = '[';
  TokenKind['BRACKET_R'] = ']';
  TokenKind['BRACE_L'] = '{';
  TokenKind['PIPE'] = '|';
  TokenKind['BRACE_R'] = '}';
  TokenKind['NAME'] = 'Name';
  TokenKind['INT'] = 'Int';
  TokenKind['FLOAT'] = 'Float';
  TokenKind['STRING'] = 'String';
  TokenKind['BLOCK_STRING'] = 'BlockString';
  TokenKind['COMMENT'] = 'Comment';
})(tokenKind_TokenKind || (tokenKind_TokenKind = {}));


/**
 * Deprecated legacy alias for the enum type representing token kind values.
 * This alias will be removed in v17. In v17, `TokenKind` is exported as the
 * single public symbol for both the runtime object and the corresponding
 * TypeScript type.
 * @deprecated Will be removed in v17. In v17, use `TokenKind` as both the
 * runtime value and the type.
 */

;// CONCATENATED MODULE: ../../node_modules/graphql/language/lexer.mjs
/** @category Lexing */





/**
 * A Lexer interface which provides common properties and methods required for
 * lexing GraphQL source.
 *
 * @internal
 */

/**
 * Given a Source object, creates a Lexer for that source.
 * A Lexer is a stateful stream generator in that every time
 * it is advanced, it returns the next token in the Source. Assuming the
 * source lexes, the final Token emitted by the lexer will be of kind
 * EOF, after which the lexer will repeatedly return the same EOF token
 * whenever called.
 */
class Lexer {
  /** Source document used to derive error locations. */

  /** Most recent non-ignored token returned by the lexer. */

  /** Current non-ignored token at the lexer cursor. */

  /** The (1-indexed) line containing the current token. */

  /** Character offset where the current line starts. */

  /** @internal */

  /** @internal */

  /**
   * Creates a Lexer instance.
   * @param source - Source document used to derive error locations.
   * @example
   * ```ts
   * import { Lexer, Source, TokenKind } from 'graphql/language';
   *
   * const lexer = new Lexer(new Source('{ hello }'));
   *
   * lexer.token.kind; // => TokenKind.SOF
   * lexer.advance().kind; // => TokenKind.BRACE_L
   * lexer.advance().value; // => 'hello'
   * lexer.advance().kind; // => TokenKind.BRACE_R
   * ```
   */
  constructor(source) {
    const startOfFileToken = new Token(tokenKind_TokenKind.SOF, 0, 0, 0, 0);
    this.source = source;
    this.lastToken = startOfFileToken;
    this.token = startOfFileToken;
    this.line = 1;
    this.lineStart = 0;
    this._maxComments = undefined;
    this._commentCount = 0;
  }
  /**
   * Returns the value used by `Object.prototype.toString`.
   * @returns The built-in string tag for this object.
   */

  get [Symbol.toStringTag]() {
    return 'Lexer';
  }
  /**
   * Advances the token stream to the next non-ignored token.
   * @returns The next non-ignored token.
   * @example
   * ```ts
   * import { Lexer, Source } from 'graphql/language';
   *
   * const lexer = new Lexer(new Source('{ hello }'));
   * const token = lexer.advance();
   *
   * token.kind; // => '{'
   * lexer.token; // => token
   * ```
   */

  advance() {
    this.lastToken = this.token;
    const token = (this.token = this.lookahead());
    return token;
  }
  /**
   * Looks ahead and returns the next non-ignored token, but does not change
   * the state of Lexer.
   * @returns The next non-ignored token without advancing the lexer.
   * @example
   * ```ts
   * import { Lexer, Source } from 'graphql/language';
   *
   * const lexer = new Lexer(new Source('{ hello }'));
   * const token = lexer.lookahead();
   *
   * token.kind; // => '{'
   * lexer.token.kind; // => '<SOF>'
   * ```
   */

  lookahead() {
    let token = this.token;

    if (token.kind !== tokenKind_TokenKind.EOF) {
      do {
        if (token.next) {
          token = token.next;
        } else {
          // Read the next token and form a link in the token linked-list.
          const nextToken = readNextToken(this, token.end); // @ts-expect-error next is only mutable during parsing.

          token.next = nextToken; // @ts-expect-error prev is only mutable during parsing.

          nextToken.prev = token;
          token = nextToken;
        }
      } while (token.kind === tokenKind_TokenKind.COMMENT);
    }

    return token;
  }
}
/** @internal */

function isPunctuatorTokenKind(kind) {
  return (
    kind === tokenKind_TokenKind.BANG ||
    kind === tokenKind_TokenKind.DOLLAR ||
    kind === tokenKind_TokenKind.AMP ||
    kind === tokenKind_TokenKind.PAREN_L ||
    kind === tokenKind_TokenKind.PAREN_R ||
    kind === tokenKind_TokenKind.DOT ||
    kind === tokenKind_TokenKind.SPREAD ||
    kind === tokenKind_TokenKind.COLON ||
    kind === tokenKind_TokenKind.EQUALS ||
    kind === tokenKind_TokenKind.AT ||
    kind === tokenKind_TokenKind.BRACKET_L ||
    kind === tokenKind_TokenKind.BRACKET_R ||
    kind === tokenKind_TokenKind.BRACE_L ||
    kind === tokenKind_TokenKind.PIPE ||
    kind === tokenKind_TokenKind.BRACE_R
  );
}
/**
 * A Unicode scalar value is any Unicode code point except surrogate code
 * points. In other words, the inclusive ranges of values 0x0000 to 0xD7FF and
 * 0xE000 to 0x10FFFF.
 *
 * SourceCharacter ::
 *   - "Any Unicode scalar value"
 *
 * @internal
 */

function isUnicodeScalarValue(code) {
  return (
    (code >= 0x0000 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0x10ffff)
  );
}
/**
 * The GraphQL specification defines source text as a sequence of unicode scalar
 * values (which Unicode defines to exclude surrogate code points). However
 * JavaScript defines strings as a sequence of UTF-16 code units which may
 * include surrogates. A surrogate pair is a valid source character as it
 * encodes a supplementary code point (above U+FFFF), but unpaired surrogate
 * code points are not valid source characters.
 *
 * @internal
 */

function isSupplementaryCodePoint(body, location) {
  return (
    isLeadingSurrogate(body.charCodeAt(location)) &&
    isTrailingSurrogate(body.charCodeAt(location + 1))
  );
}

function isLeadingSurrogate(code) {
  return code >= 0xd800 && code <= 0xdbff;
}

function isTrailingSurrogate(code) {
  return code >= 0xdc00 && code <= 0xdfff;
}
/**
 * Prints the code point (or end of file reference) at a given location in a
 * source for use in error messages.
 *
 * Printable ASCII is printed quoted, while other points are printed in Unicode
 * code point form (ie. U+1234).
 *
 * @internal
 */

function printCodePointAt(lexer, location) {
  const code = lexer.source.body.codePointAt(location);

  if (code === undefined) {
    return tokenKind_TokenKind.EOF;
  } else if (code >= 0x0020 && code <= 0x007e) {
    // Printable ASCII
    const char = String.fromCodePoint(code);
    return char === '"' ? "'\"'" : `"${char}"`;
  } // Unicode code point

  return 'U+' + code.toString(16).toUpperCase().padStart(4, '0');
}
/**
 * Create a token with line and column location information.
 *
 * @internal
 */

function createToken(lexer, kind, start, end, value) {
  const line = lexer.line;
  const col = 1 + start - lexer.lineStart;
  return new Token(kind, start, end, line, col, value);
}
/**
 * Gets the next token from the source starting at the given position.
 *
 * This skips over whitespace until it finds the next lexable token, then lexes
 * punctuators immediately or calls the appropriate helper function for more
 * complicated tokens.
 *
 * @internal
 */

function readNextToken(lexer, start) {
  const body = lexer.source.body;
  const bodyLength = body.length;
  let position = start;

  while (position < bodyLength) {
    const code = body.charCodeAt(position); // SourceCharacter

    switch (code) {
      // Ignored ::
      //   - UnicodeBOM
      //   - WhiteSpace
      //   - LineTerminator
      //   - Comment
      //   - Comma
      //
      // UnicodeBOM :: "Byte Order Mark (U+FEFF)"
      //
      // WhiteSpace ::
      //   - "Horizontal Tab (U+0009)"
      //   - "Space (U+0020)"
      //
      // Comma :: ,
      case 0xfeff: // <BOM>

      case 0x0009: // \t

      case 0x0020: // <space>

      case 0x002c:
        // ,
        ++position;
        continue;
      // LineTerminator ::
      //   - "New Line (U+000A)"
      //   - "Carriage Return (U+000D)" [lookahead != "New Line (U+000A)"]
      //   - "Carriage Return (U+000D)" "New Line (U+000A)"

      case 0x000a:
        // \n
        ++position;
        ++lexer.line;
        lexer.lineStart = position;
        continue;

      case 0x000d:
        // \r
        if (body.charCodeAt(position + 1) === 0x000a) {
          position += 2;
        } else {
          ++position;
        }

        ++lexer.line;
        lexer.lineStart = position;
        continue;
      // Comment

      case 0x0023:
        // #
        return readComment(lexer, position);
      // Token ::
      //   - Punctuator
      //   - Name
      //   - IntValue
      //   - FloatValue
      //   - StringValue
      //
      // Punctuator :: one of ! $ & ( ) ... : = @ [ ] { | }

      case 0x0021:
        // !
        return createToken(lexer, tokenKind_TokenKind.BANG, position, position + 1);

      case 0x0024:
        // $
        return createToken(lexer, tokenKind_TokenKind.DOLLAR, position, position + 1);

      case 0x0026:
        // &
        return createToken(lexer, tokenKind_TokenKind.AMP, position, position + 1);

      case 0x0028:
        // (
        return createToken(lexer, tokenKind_TokenKind.PAREN_L, position, position + 1);

      case 0x0029:
        // )
        return createToken(lexer, tokenKind_TokenKind.PAREN_R, position, position + 1);

      case 0x002e:
        // .
        if (
          body.charCodeAt(position + 1) === 0x002e &&
          body.charCodeAt(position + 2) === 0x002e
        ) {
          return createToken(lexer, tokenKind_TokenKind.SPREAD, position, position + 3);
        }

        break;

      case 0x003a:
        // :
        return createToken(lexer, tokenKind_TokenKind.COLON, position, position + 1);

      case 0x003d:
        // =
        return createToken(lexer, tokenKind_TokenKind.EQUALS, position, position + 1);

      case 0x0040:
        // @
        return createToken(lexer, tokenKind_TokenKind.AT, position, position + 1);

      case 0x005b:
        // [
        return createToken(lexer, tokenKind_TokenKind.BRACKET_L, position, position + 1);

      case 0x005d:
        // ]
        return createToken(lexer, tokenKind_TokenKind.BRACKET_R, position, position + 1);

      case 0x007b:
        // {
        return createToken(lexer, tokenKind_TokenKind.BRACE_L, position, position + 1);

      case 0x007c:
        // |
        return createToken(lexer, tokenKind_TokenKind.PIPE, position, position + 1);

      case 0x007d:
        // }
        return createToken(lexer, tokenKind_TokenKind.BRACE_R, position, position + 1);
      // StringValue

      case 0x0022:
        // "
        if (
          body.charCodeAt(position + 1) === 0x0022 &&
          body.charCodeAt(position + 2) === 0x0022
        ) {
          return readBlockString(lexer, position);
        }

        return readString(lexer, position);
    } // IntValue | FloatValue (Digit | -)

    if (isDigit(code) || code === 0x002d) {
      return readNumber(lexer, position, code);
    } // Name

    if (isNameStart(code)) {
      return readName(lexer, position);
    }

    throw syntaxError(
      lexer.source,
      position,
      code === 0x0027
        ? 'Unexpected single quote character (\'), did you mean to use a double quote (")?'
        : isUnicodeScalarValue(code) || isSupplementaryCodePoint(body, position)
        ? `Unexpected character: ${printCodePointAt(lexer, position)}.`
        : `Invalid character: ${printCodePointAt(lexer, position)}.`,
    );
  }

  return createToken(lexer, tokenKind_TokenKind.EOF, bodyLength, bodyLength);
}
/**
 * Reads a comment token from the source file.
 *
 * ```
 * Comment :: # CommentChar* [lookahead != CommentChar]
 *
 * CommentChar :: SourceCharacter but not LineTerminator
 * ```
 *
 * @internal
 */

function readComment(lexer, start) {
  const maxComments = lexer._maxComments;

  if (maxComments !== undefined) {
    const nextCommentCount = lexer._commentCount + 1;

    if (nextCommentCount > maxComments) {
      throw syntaxError(
        lexer.source,
        start,
        `Document contains more than ${maxComments} comments. Parsing aborted.`,
      );
    }

    lexer._commentCount = nextCommentCount;
  }

  const body = lexer.source.body;
  const bodyLength = body.length;
  let position = start + 1;

  while (position < bodyLength) {
    const code = body.charCodeAt(position); // LineTerminator (\n | \r)

    if (code === 0x000a || code === 0x000d) {
      break;
    } // SourceCharacter

    if (isUnicodeScalarValue(code)) {
      ++position;
    } else if (isSupplementaryCodePoint(body, position)) {
      position += 2;
    } else {
      break;
    }
  }

  return createToken(
    lexer,
    tokenKind_TokenKind.COMMENT,
    start,
    position,
    body.slice(start + 1, position),
  );
}
/**
 * Reads a number token from the source file, either a FloatValue or an IntValue
 * depending on whether a FractionalPart or ExponentPart is encountered.
 *
 * ```
 * IntValue :: IntegerPart [lookahead != {Digit, `.`, NameStart}]
 *
 * IntegerPart ::
 *   - NegativeSign? 0
 *   - NegativeSign? NonZeroDigit Digit*
 *
 * NegativeSign :: -
 *
 * NonZeroDigit :: Digit but not `0`
 *
 * FloatValue ::
 *   - IntegerPart FractionalPart ExponentPart [lookahead != {Digit, `.`, NameStart}]
 *   - IntegerPart FractionalPart [lookahead != {Digit, `.`, NameStart}]
 *   - IntegerPart ExponentPart [lookahead != {Digit, `.`, NameStart}]
 *
 * FractionalPart :: . Digit+
 *
 * ExponentPart :: ExponentIndicator Sign? Digit+
 *
 * ExponentIndicator :: one of `e` `E`
 *
 * Sign :: one of + -
 * ```
 *
 * @internal
 */

function readNumber(lexer, start, firstCode) {
  const body = lexer.source.body;
  let position = start;
  let code = firstCode;
  let isFloat = false; // NegativeSign (-)

  if (code === 0x002d) {
    code = body.charCodeAt(++position);
  } // Zero (0)

  if (code === 0x0030) {
    code = body.charCodeAt(++position);

    if (isDigit(code)) {
      throw syntaxError(
        lexer.source,
        position,
        `Invalid number, unexpected digit after 0: ${printCodePointAt(
          lexer,
          position,
        )}.`,
      );
    }
  } else {
    position = readDigits(lexer, position, code);
    code = body.charCodeAt(position);
  } // Full stop (.)

  if (code === 0x002e) {
    isFloat = true;
    code = body.charCodeAt(++position);
    position = readDigits(lexer, position, code);
    code = body.charCodeAt(position);
  } // E e

  if (code === 0x0045 || code === 0x0065) {
    isFloat = true;
    code = body.charCodeAt(++position); // + -

    if (code === 0x002b || code === 0x002d) {
      code = body.charCodeAt(++position);
    }

    position = readDigits(lexer, position, code);
    code = body.charCodeAt(position);
  } // Numbers cannot be followed by . or NameStart

  if (code === 0x002e || isNameStart(code)) {
    throw syntaxError(
      lexer.source,
      position,
      `Invalid number, expected digit but got: ${printCodePointAt(
        lexer,
        position,
      )}.`,
    );
  }

  return createToken(
    lexer,
    isFloat ? tokenKind_TokenKind.FLOAT : tokenKind_TokenKind.INT,
    start,
    position,
    body.slice(start, position),
  );
}
/**
 * Returns the new position in the source after reading one or more digits.
 *
 * @internal
 */

function readDigits(lexer, start, firstCode) {
  if (!isDigit(firstCode)) {
    throw syntaxError(
      lexer.source,
      start,
      `Invalid number, expected digit but got: ${printCodePointAt(
        lexer,
        start,
      )}.`,
    );
  }

  const body = lexer.source.body;
  let position = start + 1; // +1 to skip first firstCode

  while (isDigit(body.charCodeAt(position))) {
    ++position;
  }

  return position;
}
/**
 * Reads a single-quote string token from the source file.
 *
 * ```
 * StringValue ::
 *   - `""` [lookahead != `"`]
 *   - `"` StringCharacter+ `"`
 *
 * StringCharacter ::
 *   - SourceCharacter but not `"` or `\` or LineTerminator
 *   - `\u` EscapedUnicode
 *   - `\` EscapedCharacter
 *
 * EscapedUnicode ::
 *   - `{` HexDigit+ `}`
 *   - HexDigit HexDigit HexDigit HexDigit
 *
 * EscapedCharacter :: one of `"` `\` `/` `b` `f` `n` `r` `t`
 * ```
 *
 * @internal
 */

function readString(lexer, start) {
  const body = lexer.source.body;
  const bodyLength = body.length;
  let position = start + 1;
  let chunkStart = position;
  let value = '';

  while (position < bodyLength) {
    const code = body.charCodeAt(position); // Closing Quote (")

    if (code === 0x0022) {
      value += body.slice(chunkStart, position);
      return createToken(lexer, tokenKind_TokenKind.STRING, start, position + 1, value);
    } // Escape Sequence (\)

    if (code === 0x005c) {
      value += body.slice(chunkStart, position);
      const escape =
        body.charCodeAt(position + 1) === 0x0075 // u
          ? body.charCodeAt(position + 2) === 0x007b // {
            ? readEscapedUnicodeVariableWidth(lexer, position)
            : readEscapedUnicodeFixedWidth(lexer, position)
          : readEscapedCharacter(lexer, position);
      value += escape.value;
      position += escape.size;
      chunkStart = position;
      continue;
    } // LineTerminator (\n | \r)

    if (code === 0x000a || code === 0x000d) {
      break;
    } // SourceCharacter

    if (isUnicodeScalarValue(code)) {
      ++position;
    } else if (isSupplementaryCodePoint(body, position)) {
      position += 2;
    } else {
      throw syntaxError(
        lexer.source,
        position,
        `Invalid character within String: ${printCodePointAt(
          lexer,
          position,
        )}.`,
      );
    }
  }

  throw syntaxError(lexer.source, position, 'Unterminated string.');
} // The string value and lexed size of an escape sequence.

function readEscapedUnicodeVariableWidth(lexer, position) {
  const body = lexer.source.body;
  let point = 0;
  let size = 3; // Cannot be larger than 12 chars (\u{00000000}).

  while (size < 12) {
    const code = body.charCodeAt(position + size++); // Closing Brace (})

    if (code === 0x007d) {
      // Must be at least 5 chars (\u{0}) and encode a Unicode scalar value.
      if (size < 5 || !isUnicodeScalarValue(point)) {
        break;
      }

      return {
        value: String.fromCodePoint(point),
        size,
      };
    } // Append this hex digit to the code point.

    point = (point << 4) | readHexDigit(code);

    if (point < 0) {
      break;
    }
  }

  throw syntaxError(
    lexer.source,
    position,
    `Invalid Unicode escape sequence: "${body.slice(
      position,
      position + size,
    )}".`,
  );
}

function readEscapedUnicodeFixedWidth(lexer, position) {
  const body = lexer.source.body;
  const code = read16BitHexCode(body, position + 2);

  if (isUnicodeScalarValue(code)) {
    return {
      value: String.fromCodePoint(code),
      size: 6,
    };
  } // GraphQL allows JSON-style surrogate pair escape sequences, but only when
  // a valid pair is formed.

  if (isLeadingSurrogate(code)) {
    // \u
    if (
      body.charCodeAt(position + 6) === 0x005c &&
      body.charCodeAt(position + 7) === 0x0075
    ) {
      const trailingCode = read16BitHexCode(body, position + 8);

      if (isTrailingSurrogate(trailingCode)) {
        // JavaScript defines strings as a sequence of UTF-16 code units and
        // encodes Unicode code points above U+FFFF using a surrogate pair of
        // code units. Since this is a surrogate pair escape sequence, just
        // include both codes into the JavaScript string value. Had JavaScript
        // not been internally based on UTF-16, then this surrogate pair would
        // be decoded to retrieve the supplementary code point.
        return {
          value: String.fromCodePoint(code, trailingCode),
          size: 12,
        };
      }
    }
  }

  throw syntaxError(
    lexer.source,
    position,
    `Invalid Unicode escape sequence: "${body.slice(position, position + 6)}".`,
  );
}
/**
 * Reads four hexadecimal characters and returns the positive integer that 16bit
 * hexadecimal string represents. For example, "000f" will return 15, and "dead"
 * will return 57005.
 *
 * Returns a negative number if any char was not a valid hexadecimal digit.
 *
 * @internal
 */

function read16BitHexCode(body, position) {
  // readHexDigit() returns -1 on error. ORing a negative value with any other
  // value always produces a negative value.
  return (
    (readHexDigit(body.charCodeAt(position)) << 12) |
    (readHexDigit(body.charCodeAt(position + 1)) << 8) |
    (readHexDigit(body.charCodeAt(position + 2)) << 4) |
    readHexDigit(body.charCodeAt(position + 3))
  );
}
/**
 * Reads a hexadecimal character and returns its positive integer value (0-15).
 *
 * '0' becomes 0, '9' becomes 9
 * 'A' becomes 10, 'F' becomes 15
 * 'a' becomes 10, 'f' becomes 15
 *
 * Returns -1 if the provided character code was not a valid hexadecimal digit.
 *
 * HexDigit :: one of
 *   - `0` `1` `2` `3` `4` `5` `6` `7` `8` `9`
 *   - `A` `B` `C` `D` `E` `F`
 *   - `a` `b` `c` `d` `e` `f`
 *
 * @internal
 */

function readHexDigit(code) {
  return code >= 0x0030 && code <= 0x0039 // 0-9
    ? code - 0x0030
    : code >= 0x0041 && code <= 0x0046 // A-F
    ? code - 0x0037
    : code >= 0x0061 && code <= 0x0066 // a-f
    ? code - 0x0057
    : -1;
}
/**
 * | Escaped Character | Code Point | Character Name               |
 * | ----------------- | ---------- | ---------------------------- |
 * | `"`               | U+0022     | double quote                 |
 * | `\`               | U+005C     | reverse solidus (back slash) |
 * | `/`               | U+002F     | solidus (forward slash)      |
 * | `b`               | U+0008     | backspace                    |
 * | `f`               | U+000C     | form feed                    |
 * | `n`               | U+000A     | line feed (new line)         |
 * | `r`               | U+000D     | carriage return              |
 * | `t`               | U+0009     | horizontal tab               |
 *
 * @internal
 */

function readEscapedCharacter(lexer, position) {
  const body = lexer.source.body;
  const code = body.charCodeAt(position + 1);

  switch (code) {
    case 0x0022:
      // "
      return {
        value: '\u0022',
        size: 2,
      };

    case 0x005c:
      // \
      return {
        value: '\u005c',
        size: 2,
      };

    case 0x002f:
      // /
      return {
        value: '\u002f',
        size: 2,
      };

    case 0x0062:
      // b
      return {
        value: '\u0008',
        size: 2,
      };

    case 0x0066:
      // f
      return {
        value: '\u000c',
        size: 2,
      };

    case 0x006e:
      // n
      return {
        value: '\u000a',
        size: 2,
      };

    case 0x0072:
      // r
      return {
        value: '\u000d',
        size: 2,
      };

    case 0x0074:
      // t
      return {
        value: '\u0009',
        size: 2,
      };
  }

  throw syntaxError(
    lexer.source,
    position,
    `Invalid character escape sequence: "${body.slice(
      position,
      position + 2,
    )}".`,
  );
}
/**
 * Reads a block string token from the source file.
 *
 * ```
 * StringValue ::
 *   - `"""` BlockStringCharacter* `"""`
 *
 * BlockStringCharacter ::
 *   - SourceCharacter but not `"""` or `\"""`
 *   - `\"""`
 * ```
 *
 * @internal
 */

function readBlockString(lexer, start) {
  const body = lexer.source.body;
  const bodyLength = body.length;
  let lineStart = lexer.lineStart;
  let position = start + 3;
  let chunkStart = position;
  let currentLine = '';
  const blockLines = [];

  while (position < bodyLength) {
    const code = body.charCodeAt(position); // Closing Triple-Quote (""")

    if (
      code === 0x0022 &&
      body.charCodeAt(position + 1) === 0x0022 &&
      body.charCodeAt(position + 2) === 0x0022
    ) {
      currentLine += body.slice(chunkStart, position);
      blockLines.push(currentLine);
      const token = createToken(
        lexer,
        tokenKind_TokenKind.BLOCK_STRING,
        start,
        position + 3, // Return a string of the lines joined with U+000A.
        dedentBlockStringLines(blockLines).join('\n'),
      );
      lexer.line += blockLines.length - 1;
      lexer.lineStart = lineStart;
      return token;
    } // Escaped Triple-Quote (\""")

    if (
      code === 0x005c &&
      body.charCodeAt(position + 1) === 0x0022 &&
      body.charCodeAt(position + 2) === 0x0022 &&
      body.charCodeAt(position + 3) === 0x0022
    ) {
      currentLine += body.slice(chunkStart, position);
      chunkStart = position + 1; // skip only slash

      position += 4;
      continue;
    } // LineTerminator

    if (code === 0x000a || code === 0x000d) {
      currentLine += body.slice(chunkStart, position);
      blockLines.push(currentLine);

      if (code === 0x000d && body.charCodeAt(position + 1) === 0x000a) {
        position += 2;
      } else {
        ++position;
      }

      currentLine = '';
      chunkStart = position;
      lineStart = position;
      continue;
    } // SourceCharacter

    if (isUnicodeScalarValue(code)) {
      ++position;
    } else if (isSupplementaryCodePoint(body, position)) {
      position += 2;
    } else {
      throw syntaxError(
        lexer.source,
        position,
        `Invalid character within String: ${printCodePointAt(
          lexer,
          position,
        )}.`,
      );
    }
  }

  throw syntaxError(lexer.source, position, 'Unterminated string.');
}
/**
 * Reads an alphanumeric + underscore name from the source.
 *
 * ```
 * Name ::
 *   - NameStart NameContinue* [lookahead != NameContinue]
 * ```
 *
 * @internal
 */

function readName(lexer, start) {
  const body = lexer.source.body;
  const bodyLength = body.length;
  let position = start + 1;

  while (position < bodyLength) {
    const code = body.charCodeAt(position);

    if (isNameContinue(code)) {
      ++position;
    } else {
      break;
    }
  }

  return createToken(
    lexer,
    tokenKind_TokenKind.NAME,
    start,
    position,
    body.slice(start, position),
  );
}

;// CONCATENATED MODULE: ../../node_modules/graphql/jsutils/devAssert.mjs
/** @internal */
function devAssert(condition, message) {
  const booleanCondition = Boolean(condition);

  if (!booleanCondition) {
    throw new Error(message);
  }
}

;// CONCATENATED MODULE: ../../node_modules/graphql/jsutils/inspect.mjs
const MAX_ARRAY_LENGTH = 10;
const MAX_RECURSIVE_DEPTH = 2;
/**
 * Used to print values in error messages.
 *
 * @internal
 */

function inspect(value) {
  return formatValue(value, []);
}

function formatValue(value, seenValues) {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);

    case 'function':
      return value.name ? `[function ${value.name}]` : '[function]';

    case 'object':
      return formatObjectValue(value, seenValues);

    default:
      return String(value);
  }
}

function formatObjectValue(value, previouslySeenValues) {
  if (value === null) {
    return 'null';
  }

  if (previouslySeenValues.includes(value)) {
    return '[Circular]';
  }

  const seenValues = [...previouslySeenValues, value];

  if (isJSONable(value)) {
    const jsonValue = value.toJSON(); // check for infinite recursion

    if (jsonValue !== value) {
      return typeof jsonValue === 'string'
        ? jsonValue
        : formatValue(jsonValue, seenValues);
    }
  } else if (Array.isArray(value)) {
    return formatArray(value, seenValues);
  }

  return formatObject(value, seenValues);
}

function isJSONable(value) {
  return typeof value.toJSON === 'function';
}

function formatObject(object, seenValues) {
  const entries = Object.entries(object);

  if (entries.length === 0) {
    return '{}';
  }

  if (seenValues.length > MAX_RECURSIVE_DEPTH) {
    return '[' + getObjectTag(object) + ']';
  }

  const properties = entries.map(
    ([key, value]) => key + ': ' + formatValue(value, seenValues),
  );
  return '{ ' + properties.join(', ') + ' }';
}

function formatArray(array, seenValues) {
  if (array.length === 0) {
    return '[]';
  }

  if (seenValues.length > MAX_RECURSIVE_DEPTH) {
    return '[Array]';
  }

  const len = Math.min(MAX_ARRAY_LENGTH, array.length);
  const remaining = array.length - len;
  const items = [];

  for (let i = 0; i < len; ++i) {
    items.push(formatValue(array[i], seenValues));
  }

  if (remaining === 1) {
    items.push('... 1 more item');
  } else if (remaining > 1) {
    items.push(`... ${remaining} more items`);
  }

  return '[' + items.join(', ') + ']';
}

function getObjectTag(object) {
  const tag = Object.prototype.toString
    .call(object)
    .replace(/^\[object /, '')
    .replace(/]$/, '');

  if (tag === 'Object' && typeof object.constructor === 'function') {
    const name = object.constructor.name;

    if (typeof name === 'string' && name !== '') {
      return name;
    }
  }

  return tag;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/jsutils/instanceOf.mjs

/* c8 ignore next 3 */

const isProduction =
  globalThis.process && // eslint-disable-next-line no-undef
  process.env.NODE_ENV === 'production';
/**
 * A replacement for instanceof which includes an error warning when multi-realm
 * constructors are detected.
 * See: https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production
 * See: https://webpack.js.org/guides/production/
 *
 * @internal
 */

const instanceOf =
  /* c8 ignore next 6 */
  // FIXME: https://github.com/graphql/graphql-js/issues/2317
  isProduction
    ? function instanceOf(value, constructor) {
        return value instanceof constructor;
      }
    : function instanceOf(value, constructor) {
        if (value instanceof constructor) {
          return true;
        }

        if (typeof value === 'object' && value !== null) {
          var _value$constructor;

          // Prefer Symbol.toStringTag since it is immune to minification.
          const className = constructor.prototype[Symbol.toStringTag];
          const valueClassName = // We still need to support constructor's name to detect conflicts with older versions of this library.
            Symbol.toStringTag in value // @ts-expect-error TS bug see, https://github.com/microsoft/TypeScript/issues/38009
              ? value[Symbol.toStringTag]
              : (_value$constructor = value.constructor) === null ||
                _value$constructor === void 0
              ? void 0
              : _value$constructor.name;

          if (className === valueClassName) {
            const stringifiedValue = inspect(value);
            throw new Error(`Cannot use ${className} "${stringifiedValue}" from another module or realm.

Ensure that there is only one instance of "graphql" in the node_modules
directory. If different versions of "graphql" are the dependencies of other
relied on modules, use "resolutions" to ensure only one version is installed.

https://yarnpkg.com/en/docs/selective-version-resolutions

Duplicate "graphql" modules cannot be used at the same time since different
versions may have different capabilities and behavior. The data from one
version used in the function from another could produce confusing and
spurious results.`);
          }
        }

        return false;
      };

;// CONCATENATED MODULE: ../../node_modules/graphql/language/source.mjs
/** @category Source */




/**
 * A representation of source input to GraphQL. The `name` and `locationOffset` parameters are
 * optional, but they are useful for clients who store GraphQL documents in source files.
 * For example, if the GraphQL input starts at line 40 in a file named `Foo.graphql`, it might
 * be useful for `name` to be `"Foo.graphql"` and location to be `{ line: 40, column: 1 }`.
 * The `line` and `column` properties in `locationOffset` are 1-indexed.
 */
class source_Source {
  /** The GraphQL source text. */

  /** Name used in diagnostics for this source, such as a file path or request name. */

  /** One-indexed line and column where this source begins. */

  /**
   * Creates a Source instance.
   * @param body - The GraphQL source text.
   * @param name - Name used in diagnostics for this source.
   * @param locationOffset - One-indexed line and column where this source begins.
   * @example
   * ```ts
   * import { Source } from 'graphql/language';
   *
   * const source = new Source('type Query { greeting: String }', 'schema.graphql', {
   *   line: 10,
   *   column: 1,
   * });
   *
   * source.body; // => 'type Query { greeting: String }'
   * source.name; // => 'schema.graphql'
   * source.locationOffset; // => { line: 10, column: 1 }
   * ```
   */
  constructor(
    body,
    name = 'GraphQL request',
    locationOffset = {
      line: 1,
      column: 1,
    },
  ) {
    typeof body === 'string' ||
      devAssert(false, `Body must be a string. Received: ${inspect(body)}.`);
    this.body = body;
    this.name = name;
    this.locationOffset = locationOffset;
    this.locationOffset.line > 0 ||
      devAssert(
        false,
        'line in locationOffset is 1-indexed and must be positive.',
      );
    this.locationOffset.column > 0 ||
      devAssert(
        false,
        'column in locationOffset is 1-indexed and must be positive.',
      );
  }
  /**
   * Returns the value used by `Object.prototype.toString`.
   * @returns The built-in string tag for this object.
   */

  get [Symbol.toStringTag]() {
    return 'Source';
  }
}
/**
 * Test if the given value is a Source object.
 *
 * @internal
 */

function source_isSource(source) {
  return instanceOf(source, source_Source);
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/parser.mjs
/** @category Parsing */








/** Configuration options to control parser behavior */

/**
 * Given a GraphQL source, parses it into a Document.
 * Throws GraphQLError if a syntax error is encountered.
 * @param source - A GraphQL source string or source object.
 * @param options - Optional parser configuration.
 * @returns The parsed GraphQL document AST.
 * @example
 * ```ts
 * // Parse a GraphQL document with the default parser options.
 * import { parse } from 'graphql/language';
 *
 * const document = parse('{ hero { name } }');
 *
 * document.kind; // => 'Document'
 * ```
 * @example
 * ```ts
 * // This variant enables parser options and provides an explicit lexer.
 * import { Lexer, Source, parse } from 'graphql/language';
 *
 * const document = parse('fragment A($var: Boolean) on Query { field }', {
 *   allowLegacyFragmentVariables: true,
 *   maxLexicalTokens: 20,
 *   noLocation: true,
 * });
 * const directiveDocument = parse('directive @foo @bar on FIELD', {
 *   experimentalDirectivesOnDirectiveDefinitions: true,
 * });
 * const source = new Source('{ hero }');
 * const lexerDocument = parse(source, { lexer: new Lexer(source) });
 *
 * document.definitions[0].kind; // => 'FragmentDefinition'
 * document.loc; // => undefined
 * directiveDocument.definitions[0].kind; // => 'DirectiveDefinition'
 * lexerDocument.definitions[0].kind; // => 'OperationDefinition'
 * ```
 */
function parse(source, options) {
  const parser = new Parser(source, options);
  const document = parser.parseDocument();
  Object.defineProperty(document, 'tokenCount', {
    enumerable: false,
    value: parser.tokenCount,
  });
  return document;
}
/**
 * Given a string containing a GraphQL value (ex. `[42]`), parse the AST for
 * that value.
 * Throws GraphQLError if a syntax error is encountered.
 *
 * This is useful within tools that operate upon GraphQL Values directly and
 * in isolation of complete GraphQL documents.
 *
 * Consider providing the results to the utility function: valueFromAST().
 * @param source - A GraphQL source string or source object containing a value.
 * @param options - Optional parser configuration.
 * @returns The parsed GraphQL value AST.
 * @example
 * ```ts
 * import { parseValue } from 'graphql/language';
 *
 * const value = parseValue('[42]');
 *
 * value.kind; // => 'ListValue'
 * ```
 */

function parseValue(source, options) {
  const parser = new Parser(source, options);
  parser.expectToken(TokenKind.SOF);
  const value = parser.parseValueLiteral(false);
  parser.expectToken(TokenKind.EOF);
  return value;
}
/**
 * Similar to parseValue(), but raises a parse error if it encounters a
 * variable. The return type will be a constant value.
 * @param source - A GraphQL source string or source object containing a constant value.
 * @param options - Optional parser configuration.
 * @returns The parsed GraphQL constant value AST.
 * @example
 * ```ts
 * import { parseConstValue } from 'graphql/language';
 *
 * const value = parseConstValue('{ enabled: true }');
 *
 * value.kind; // => 'ObjectValue'
 * parseConstValue('$variable'); // throws an error
 * ```
 */

function parseConstValue(source, options) {
  const parser = new Parser(source, options);
  parser.expectToken(TokenKind.SOF);
  const value = parser.parseConstValueLiteral();
  parser.expectToken(TokenKind.EOF);
  return value;
}
/**
 * Given a string containing a GraphQL Type (ex. `[Int!]`), parse the AST for
 * that type.
 * Throws GraphQLError if a syntax error is encountered.
 *
 * This is useful within tools that operate upon GraphQL Types directly and
 * in isolation of complete GraphQL documents.
 *
 * Consider providing the results to the utility function: typeFromAST().
 * @param source - A GraphQL source string or source object containing a type reference.
 * @param options - Optional parser configuration.
 * @returns The parsed GraphQL type AST.
 * @example
 * ```ts
 * import { parseType } from 'graphql/language';
 *
 * const type = parseType('[String!]');
 *
 * type.kind; // => 'ListType'
 * ```
 */

function parseType(source, options) {
  const parser = new Parser(source, options);
  parser.expectToken(TokenKind.SOF);
  const type = parser.parseTypeReference();
  parser.expectToken(TokenKind.EOF);
  return type;
}
/**
 * Given a string containing a GraphQL Schema Coordinate (ex. `Type.field`),
 * parse the AST for that schema coordinate.
 * Throws GraphQLError if a syntax error is encountered.
 *
 * Consider providing the results to the utility function:
 * resolveASTSchemaCoordinate(). Or calling resolveSchemaCoordinate() directly
 * with an unparsed source.
 * @param source - A GraphQL source string or source object containing a schema coordinate.
 * @returns The parsed GraphQL schema coordinate AST.
 * @example
 * ```ts
 * import { parseSchemaCoordinate } from 'graphql/language';
 *
 * const coordinate = parseSchemaCoordinate('Query.hero');
 *
 * coordinate.kind; // => 'MemberCoordinate'
 * ```
 */

function parseSchemaCoordinate(source) {
  const sourceObj = isSource(source) ? source : new Source(source);
  const lexer = new SchemaCoordinateLexer(sourceObj);
  const parser = new Parser(source, {
    lexer,
  });
  parser.expectToken(TokenKind.SOF);
  const coordinate = parser.parseSchemaCoordinate();
  parser.expectToken(TokenKind.EOF);
  return coordinate;
}
/**
 * This class is exported only to assist people in implementing their own parsers
 * without duplicating too much code and should be used only as last resort for cases
 * such as experimental syntax or if certain features could not be contributed upstream.
 *
 * It is still part of the internal API and is versioned, so any changes to it are never
 * considered breaking changes. If you still need to support multiple versions of the
 * library, please use the `versionInfo` variable for version detection.
 *
 * @internal
 */

class Parser {
  constructor(source, options = {}) {
    const { lexer, ..._options } = options;

    if (lexer) {
      this._lexer = lexer;
    } else {
      const sourceObj = source_isSource(source) ? source : new source_Source(source);
      this._lexer = new Lexer(sourceObj);
    }

    this._options = _options;
    this._tokenCounter = 0;
    this._lexer._maxComments =
      options === null || options === void 0 ? void 0 : options.maxComments;
    this._lexer._commentCount = 0;
    const maxSourceLength =
      options === null || options === void 0 ? void 0 : options.maxSourceLength;

    if (
      maxSourceLength !== undefined &&
      this._lexer.source.body.length > maxSourceLength
    ) {
      throw syntaxError(
        this._lexer.source,
        maxSourceLength,
        `Source contains more than ${maxSourceLength} UTF-16 code units. Parsing aborted.`,
      );
    }
  }

  get tokenCount() {
    return this._tokenCounter;
  }
  /**
   * Converts a name lex token into a name parse node.
   *
   * @internal
   */

  parseName() {
    const token = this.expectToken(tokenKind_TokenKind.NAME);
    return this.node(token, {
      kind: Kind.NAME,
      value: token.value,
    });
  } // Implements the parsing rules in the Document section.

  /**
   * Document : Definition+
   *
   * @internal
   */

  parseDocument() {
    return this.node(this._lexer.token, {
      kind: Kind.DOCUMENT,
      definitions: this.many(
        tokenKind_TokenKind.SOF,
        this.parseDefinition,
        tokenKind_TokenKind.EOF,
      ),
    });
  }
  /**
   * Definition :
   *   - ExecutableDefinition
   *   - TypeSystemDefinition
   *   - TypeSystemExtension
   *
   * ExecutableDefinition :
   *   - OperationDefinition
   *   - FragmentDefinition
   *
   * TypeSystemDefinition :
   *   - SchemaDefinition
   *   - TypeDefinition
   *   - DirectiveDefinition
   *
   * TypeDefinition :
   *   - ScalarTypeDefinition
   *   - ObjectTypeDefinition
   *   - InterfaceTypeDefinition
   *   - UnionTypeDefinition
   *   - EnumTypeDefinition
   *   - InputObjectTypeDefinition
   *
   * @internal
   */

  parseDefinition() {
    if (this.peek(tokenKind_TokenKind.BRACE_L)) {
      return this.parseOperationDefinition();
    } // Many definitions begin with a description and require a lookahead.

    const hasDescription = this.peekDescription();
    const keywordToken = hasDescription
      ? this._lexer.lookahead()
      : this._lexer.token;

    if (hasDescription && keywordToken.kind === tokenKind_TokenKind.BRACE_L) {
      throw syntaxError(
        this._lexer.source,
        this._lexer.token.start,
        'Unexpected description, descriptions are not supported on shorthand queries.',
      );
    }

    if (keywordToken.kind === tokenKind_TokenKind.NAME) {
      switch (keywordToken.value) {
        case 'schema':
          return this.parseSchemaDefinition();

        case 'scalar':
          return this.parseScalarTypeDefinition();

        case 'type':
          return this.parseObjectTypeDefinition();

        case 'interface':
          return this.parseInterfaceTypeDefinition();

        case 'union':
          return this.parseUnionTypeDefinition();

        case 'enum':
          return this.parseEnumTypeDefinition();

        case 'input':
          return this.parseInputObjectTypeDefinition();

        case 'directive':
          return this.parseDirectiveDefinition();
      }

      switch (keywordToken.value) {
        case 'query':
        case 'mutation':
        case 'subscription':
          return this.parseOperationDefinition();

        case 'fragment':
          return this.parseFragmentDefinition();
      }

      if (hasDescription) {
        throw syntaxError(
          this._lexer.source,
          this._lexer.token.start,
          'Unexpected description, only GraphQL definitions support descriptions.',
        );
      }

      switch (keywordToken.value) {
        case 'extend':
          return this.parseTypeSystemExtension();
      }
    }

    throw this.unexpected(keywordToken);
  } // Implements the parsing rules in the Operations section.

  /**
   * OperationDefinition :
   *  - SelectionSet
   *  - OperationType Name? VariableDefinitions? Directives? SelectionSet
   *
   * @internal
   */

  parseOperationDefinition() {
    const start = this._lexer.token;

    if (this.peek(tokenKind_TokenKind.BRACE_L)) {
      return this.node(start, {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        description: undefined,
        name: undefined,
        variableDefinitions: [],
        directives: [],
        selectionSet: this.parseSelectionSet(),
      });
    }

    const description = this.parseDescription();
    const operation = this.parseOperationType();
    let name;

    if (this.peek(tokenKind_TokenKind.NAME)) {
      name = this.parseName();
    }

    return this.node(start, {
      kind: Kind.OPERATION_DEFINITION,
      operation,
      description,
      name,
      variableDefinitions: this.parseVariableDefinitions(),
      directives: this.parseDirectives(false),
      selectionSet: this.parseSelectionSet(),
    });
  }
  /**
   * OperationType : one of query mutation subscription
   *
   * @internal
   */

  parseOperationType() {
    const operationToken = this.expectToken(tokenKind_TokenKind.NAME);

    switch (operationToken.value) {
      case 'query':
        return OperationTypeNode.QUERY;

      case 'mutation':
        return OperationTypeNode.MUTATION;

      case 'subscription':
        return OperationTypeNode.SUBSCRIPTION;
    }

    throw this.unexpected(operationToken);
  }
  /**
   * VariableDefinitions : ( VariableDefinition+ )
   *
   * @internal
   */

  parseVariableDefinitions() {
    return this.optionalMany(
      tokenKind_TokenKind.PAREN_L,
      this.parseVariableDefinition,
      tokenKind_TokenKind.PAREN_R,
    );
  }
  /**
   * VariableDefinition : Variable : Type DefaultValue? Directives[Const]?
   *
   * @internal
   */

  parseVariableDefinition() {
    return this.node(this._lexer.token, {
      kind: Kind.VARIABLE_DEFINITION,
      description: this.parseDescription(),
      variable: this.parseVariable(),
      type: (this.expectToken(tokenKind_TokenKind.COLON), this.parseTypeReference()),
      defaultValue: this.expectOptionalToken(tokenKind_TokenKind.EQUALS)
        ? this.parseConstValueLiteral()
        : undefined,
      directives: this.parseConstDirectives(),
    });
  }
  /**
   * Variable : $ Name
   *
   * @internal
   */

  parseVariable() {
    const start = this._lexer.token;
    this.expectToken(tokenKind_TokenKind.DOLLAR);
    return this.node(start, {
      kind: Kind.VARIABLE,
      name: this.parseName(),
    });
  }
  /**
   * ```
   * SelectionSet : { Selection+ }
   * ```
   *
   * @internal
   */

  parseSelectionSet() {
    return this.node(this._lexer.token, {
      kind: Kind.SELECTION_SET,
      selections: this.many(
        tokenKind_TokenKind.BRACE_L,
        this.parseSelection,
        tokenKind_TokenKind.BRACE_R,
      ),
    });
  }
  /**
   * Selection :
   *   - Field
   *   - FragmentSpread
   *   - InlineFragment
   *
   * @internal
   */

  parseSelection() {
    return this.peek(tokenKind_TokenKind.SPREAD)
      ? this.parseFragment()
      : this.parseField();
  }
  /**
   * Field : Alias? Name Arguments? Directives? SelectionSet?
   *
   * Alias : Name :
   *
   * @internal
   */

  parseField() {
    const start = this._lexer.token;
    const nameOrAlias = this.parseName();
    let alias;
    let name;

    if (this.expectOptionalToken(tokenKind_TokenKind.COLON)) {
      alias = nameOrAlias;
      name = this.parseName();
    } else {
      name = nameOrAlias;
    }

    return this.node(start, {
      kind: Kind.FIELD,
      alias,
      name,
      arguments: this.parseArguments(false),
      directives: this.parseDirectives(false),
      selectionSet: this.peek(tokenKind_TokenKind.BRACE_L)
        ? this.parseSelectionSet()
        : undefined,
    });
  }
  /**
   * Arguments[Const] : ( Argument[?Const]+ )
   *
   * @internal
   */

  parseArguments(isConst) {
    const item = isConst ? this.parseConstArgument : this.parseArgument;
    return this.optionalMany(tokenKind_TokenKind.PAREN_L, item, tokenKind_TokenKind.PAREN_R);
  }
  /**
   * Argument[Const] : Name : Value[?Const]
   *
   * @internal
   */

  parseArgument(isConst = false) {
    const start = this._lexer.token;
    const name = this.parseName();
    this.expectToken(tokenKind_TokenKind.COLON);
    return this.node(start, {
      kind: Kind.ARGUMENT,
      name,
      value: this.parseValueLiteral(isConst),
    });
  }

  parseConstArgument() {
    return this.parseArgument(true);
  } // Implements the parsing rules in the Fragments section.

  /**
   * Corresponds to both FragmentSpread and InlineFragment in the spec.
   *
   * FragmentSpread : ... FragmentName Directives?
   *
   * InlineFragment : ... TypeCondition? Directives? SelectionSet
   *
   * @internal
   */

  parseFragment() {
    const start = this._lexer.token;
    this.expectToken(tokenKind_TokenKind.SPREAD);
    const hasTypeCondition = this.expectOptionalKeyword('on');

    if (!hasTypeCondition && this.peek(tokenKind_TokenKind.NAME)) {
      return this.node(start, {
        kind: Kind.FRAGMENT_SPREAD,
        name: this.parseFragmentName(),
        directives: this.parseDirectives(false),
      });
    }

    return this.node(start, {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: hasTypeCondition ? this.parseNamedType() : undefined,
      directives: this.parseDirectives(false),
      selectionSet: this.parseSelectionSet(),
    });
  }
  /**
   * FragmentDefinition :
   *   - fragment FragmentName on TypeCondition Directives? SelectionSet
   *
   * TypeCondition : NamedType
   *
   * @internal
   */

  parseFragmentDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('fragment'); // Legacy support for defining variables within fragments changes
    // the grammar of FragmentDefinition:
    //   - fragment FragmentName VariableDefinitions? on TypeCondition Directives? SelectionSet

    if (this._options.allowLegacyFragmentVariables === true) {
      return this.node(start, {
        kind: Kind.FRAGMENT_DEFINITION,
        description,
        name: this.parseFragmentName(),
        variableDefinitions: this.parseVariableDefinitions(),
        typeCondition: (this.expectKeyword('on'), this.parseNamedType()),
        directives: this.parseDirectives(false),
        selectionSet: this.parseSelectionSet(),
      });
    }

    return this.node(start, {
      kind: Kind.FRAGMENT_DEFINITION,
      description,
      name: this.parseFragmentName(),
      typeCondition: (this.expectKeyword('on'), this.parseNamedType()),
      directives: this.parseDirectives(false),
      selectionSet: this.parseSelectionSet(),
    });
  }
  /**
   * FragmentName : Name but not `on`
   *
   * @internal
   */

  parseFragmentName() {
    if (this._lexer.token.value === 'on') {
      throw this.unexpected();
    }

    return this.parseName();
  } // Implements the parsing rules in the Values section.

  /**
   * Value[Const] :
   *   - [~Const] Variable
   *   - IntValue
   *   - FloatValue
   *   - StringValue
   *   - BooleanValue
   *   - NullValue
   *   - EnumValue
   *   - ListValue[?Const]
   *   - ObjectValue[?Const]
   *
   * BooleanValue : one of `true` `false`
   *
   * NullValue : `null`
   *
   * EnumValue : Name but not `true`, `false` or `null`
   *
   * @internal
   */

  parseValueLiteral(isConst) {
    const token = this._lexer.token;

    switch (token.kind) {
      case tokenKind_TokenKind.BRACKET_L:
        return this.parseList(isConst);

      case tokenKind_TokenKind.BRACE_L:
        return this.parseObject(isConst);

      case tokenKind_TokenKind.INT:
        this.advanceLexer();
        return this.node(token, {
          kind: Kind.INT,
          value: token.value,
        });

      case tokenKind_TokenKind.FLOAT:
        this.advanceLexer();
        return this.node(token, {
          kind: Kind.FLOAT,
          value: token.value,
        });

      case tokenKind_TokenKind.STRING:
      case tokenKind_TokenKind.BLOCK_STRING:
        return this.parseStringLiteral();

      case tokenKind_TokenKind.NAME:
        this.advanceLexer();

        switch (token.value) {
          case 'true':
            return this.node(token, {
              kind: Kind.BOOLEAN,
              value: true,
            });

          case 'false':
            return this.node(token, {
              kind: Kind.BOOLEAN,
              value: false,
            });

          case 'null':
            return this.node(token, {
              kind: Kind.NULL,
            });

          default:
            return this.node(token, {
              kind: Kind.ENUM,
              value: token.value,
            });
        }

      case tokenKind_TokenKind.DOLLAR:
        if (isConst) {
          this.expectToken(tokenKind_TokenKind.DOLLAR);

          if (this._lexer.token.kind === tokenKind_TokenKind.NAME) {
            const varName = this._lexer.token.value;
            throw syntaxError(
              this._lexer.source,
              token.start,
              `Unexpected variable "$${varName}" in constant value.`,
            );
          } else {
            throw this.unexpected(token);
          }
        }

        return this.parseVariable();

      default:
        throw this.unexpected();
    }
  }

  parseConstValueLiteral() {
    return this.parseValueLiteral(true);
  }

  parseStringLiteral() {
    const token = this._lexer.token;
    this.advanceLexer();
    return this.node(token, {
      kind: Kind.STRING,
      value: token.value,
      block: token.kind === tokenKind_TokenKind.BLOCK_STRING,
    });
  }
  /**
   * ListValue[Const] :
   *   - [ ]
   *   - [ Value[?Const]+ ]
   *
   * @internal
   */

  parseList(isConst) {
    const item = () => this.parseValueLiteral(isConst);

    return this.node(this._lexer.token, {
      kind: Kind.LIST,
      values: this.any(tokenKind_TokenKind.BRACKET_L, item, tokenKind_TokenKind.BRACKET_R),
    });
  }
  /**
   * ```
   * ObjectValue[Const] :
   *   - { }
   *   - { ObjectField[?Const]+ }
   * ```
   *
   * @internal
   */

  parseObject(isConst) {
    const item = () => this.parseObjectField(isConst);

    return this.node(this._lexer.token, {
      kind: Kind.OBJECT,
      fields: this.any(tokenKind_TokenKind.BRACE_L, item, tokenKind_TokenKind.BRACE_R),
    });
  }
  /**
   * ObjectField[Const] : Name : Value[?Const]
   *
   * @internal
   */

  parseObjectField(isConst) {
    const start = this._lexer.token;
    const name = this.parseName();
    this.expectToken(tokenKind_TokenKind.COLON);
    return this.node(start, {
      kind: Kind.OBJECT_FIELD,
      name,
      value: this.parseValueLiteral(isConst),
    });
  } // Implements the parsing rules in the Directives section.

  /**
   * Directives[Const] : Directive[?Const]+
   *
   * @internal
   */

  parseDirectives(isConst) {
    const directives = [];

    while (this.peek(tokenKind_TokenKind.AT)) {
      directives.push(this.parseDirective(isConst));
    }

    return directives;
  }

  parseConstDirectives() {
    return this.parseDirectives(true);
  }
  /**
   * ```
   * Directive[Const] : @ Name Arguments[?Const]?
   * ```
   *
   * @internal
   */

  parseDirective(isConst) {
    const start = this._lexer.token;
    this.expectToken(tokenKind_TokenKind.AT);
    return this.node(start, {
      kind: Kind.DIRECTIVE,
      name: this.parseName(),
      arguments: this.parseArguments(isConst),
    });
  } // Implements the parsing rules in the Types section.

  /**
   * Type :
   *   - NamedType
   *   - ListType
   *   - NonNullType
   *
   * @internal
   */

  parseTypeReference() {
    const start = this._lexer.token;
    let type;

    if (this.expectOptionalToken(tokenKind_TokenKind.BRACKET_L)) {
      const innerType = this.parseTypeReference();
      this.expectToken(tokenKind_TokenKind.BRACKET_R);
      type = this.node(start, {
        kind: Kind.LIST_TYPE,
        type: innerType,
      });
    } else {
      type = this.parseNamedType();
    }

    if (this.expectOptionalToken(tokenKind_TokenKind.BANG)) {
      return this.node(start, {
        kind: Kind.NON_NULL_TYPE,
        type,
      });
    }

    return type;
  }
  /**
   * NamedType : Name
   *
   * @internal
   */

  parseNamedType() {
    return this.node(this._lexer.token, {
      kind: Kind.NAMED_TYPE,
      name: this.parseName(),
    });
  } // Implements the parsing rules in the Type Definition section.

  peekDescription() {
    return this.peek(tokenKind_TokenKind.STRING) || this.peek(tokenKind_TokenKind.BLOCK_STRING);
  }
  /**
   * Description : StringValue
   *
   * @internal
   */

  parseDescription() {
    if (this.peekDescription()) {
      return this.parseStringLiteral();
    }
  }
  /**
   * ```
   * SchemaDefinition : Description? schema Directives[Const]? { OperationTypeDefinition+ }
   * ```
   *
   * @internal
   */

  parseSchemaDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('schema');
    const directives = this.parseConstDirectives();
    const operationTypes = this.many(
      tokenKind_TokenKind.BRACE_L,
      this.parseOperationTypeDefinition,
      tokenKind_TokenKind.BRACE_R,
    );
    return this.node(start, {
      kind: Kind.SCHEMA_DEFINITION,
      description,
      directives,
      operationTypes,
    });
  }
  /**
   * OperationTypeDefinition : OperationType : NamedType
   *
   * @internal
   */

  parseOperationTypeDefinition() {
    const start = this._lexer.token;
    const operation = this.parseOperationType();
    this.expectToken(tokenKind_TokenKind.COLON);
    const type = this.parseNamedType();
    return this.node(start, {
      kind: Kind.OPERATION_TYPE_DEFINITION,
      operation,
      type,
    });
  }
  /**
   * ScalarTypeDefinition : Description? scalar Name Directives[Const]?
   *
   * @internal
   */

  parseScalarTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('scalar');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    return this.node(start, {
      kind: Kind.SCALAR_TYPE_DEFINITION,
      description,
      name,
      directives,
    });
  }
  /**
   * ObjectTypeDefinition :
   *   Description?
   *   type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
   *
   * @internal
   */

  parseObjectTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('type');
    const name = this.parseName();
    const interfaces = this.parseImplementsInterfaces();
    const directives = this.parseConstDirectives();
    const fields = this.parseFieldsDefinition();
    return this.node(start, {
      kind: Kind.OBJECT_TYPE_DEFINITION,
      description,
      name,
      interfaces,
      directives,
      fields,
    });
  }
  /**
   * ImplementsInterfaces :
   *   - implements `&`? NamedType
   *   - ImplementsInterfaces & NamedType
   *
   * @internal
   */

  parseImplementsInterfaces() {
    return this.expectOptionalKeyword('implements')
      ? this.delimitedMany(tokenKind_TokenKind.AMP, this.parseNamedType)
      : [];
  }
  /**
   * ```
   * FieldsDefinition : { FieldDefinition+ }
   * ```
   *
   * @internal
   */

  parseFieldsDefinition() {
    return this.optionalMany(
      tokenKind_TokenKind.BRACE_L,
      this.parseFieldDefinition,
      tokenKind_TokenKind.BRACE_R,
    );
  }
  /**
   * FieldDefinition :
   *   - Description? Name ArgumentsDefinition? : Type Directives[Const]?
   *
   * @internal
   */

  parseFieldDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    const name = this.parseName();
    const args = this.parseArgumentDefs();
    this.expectToken(tokenKind_TokenKind.COLON);
    const type = this.parseTypeReference();
    const directives = this.parseConstDirectives();
    return this.node(start, {
      kind: Kind.FIELD_DEFINITION,
      description,
      name,
      arguments: args,
      type,
      directives,
    });
  }
  /**
   * ArgumentsDefinition : ( InputValueDefinition+ )
   *
   * @internal
   */

  parseArgumentDefs() {
    return this.optionalMany(
      tokenKind_TokenKind.PAREN_L,
      this.parseInputValueDef,
      tokenKind_TokenKind.PAREN_R,
    );
  }
  /**
   * InputValueDefinition :
   *   - Description? Name : Type DefaultValue? Directives[Const]?
   *
   * @internal
   */

  parseInputValueDef() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    const name = this.parseName();
    this.expectToken(tokenKind_TokenKind.COLON);
    const type = this.parseTypeReference();
    let defaultValue;

    if (this.expectOptionalToken(tokenKind_TokenKind.EQUALS)) {
      defaultValue = this.parseConstValueLiteral();
    }

    const directives = this.parseConstDirectives();
    return this.node(start, {
      kind: Kind.INPUT_VALUE_DEFINITION,
      description,
      name,
      type,
      defaultValue,
      directives,
    });
  }
  /**
   * InterfaceTypeDefinition :
   *   - Description? interface Name Directives[Const]? FieldsDefinition?
   *
   * @internal
   */

  parseInterfaceTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('interface');
    const name = this.parseName();
    const interfaces = this.parseImplementsInterfaces();
    const directives = this.parseConstDirectives();
    const fields = this.parseFieldsDefinition();
    return this.node(start, {
      kind: Kind.INTERFACE_TYPE_DEFINITION,
      description,
      name,
      interfaces,
      directives,
      fields,
    });
  }
  /**
   * UnionTypeDefinition :
   *   - Description? union Name Directives[Const]? UnionMemberTypes?
   *
   * @internal
   */

  parseUnionTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('union');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const types = this.parseUnionMemberTypes();
    return this.node(start, {
      kind: Kind.UNION_TYPE_DEFINITION,
      description,
      name,
      directives,
      types,
    });
  }
  /**
   * UnionMemberTypes :
   *   - = `|`? NamedType
   *   - UnionMemberTypes | NamedType
   *
   * @internal
   */

  parseUnionMemberTypes() {
    return this.expectOptionalToken(tokenKind_TokenKind.EQUALS)
      ? this.delimitedMany(tokenKind_TokenKind.PIPE, this.parseNamedType)
      : [];
  }
  /**
   * EnumTypeDefinition :
   *   - Description? enum Name Directives[Const]? EnumValuesDefinition?
   *
   * @internal
   */

  parseEnumTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('enum');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const values = this.parseEnumValuesDefinition();
    return this.node(start, {
      kind: Kind.ENUM_TYPE_DEFINITION,
      description,
      name,
      directives,
      values,
    });
  }
  /**
   * ```
   * EnumValuesDefinition : { EnumValueDefinition+ }
   * ```
   *
   * @internal
   */

  parseEnumValuesDefinition() {
    return this.optionalMany(
      tokenKind_TokenKind.BRACE_L,
      this.parseEnumValueDefinition,
      tokenKind_TokenKind.BRACE_R,
    );
  }
  /**
   * EnumValueDefinition : Description? EnumValue Directives[Const]?
   *
   * @internal
   */

  parseEnumValueDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    const name = this.parseEnumValueName();
    const directives = this.parseConstDirectives();
    return this.node(start, {
      kind: Kind.ENUM_VALUE_DEFINITION,
      description,
      name,
      directives,
    });
  }
  /**
   * EnumValue : Name but not `true`, `false` or `null`
   *
   * @internal
   */

  parseEnumValueName() {
    if (
      this._lexer.token.value === 'true' ||
      this._lexer.token.value === 'false' ||
      this._lexer.token.value === 'null'
    ) {
      throw syntaxError(
        this._lexer.source,
        this._lexer.token.start,
        `${getTokenDesc(
          this._lexer.token,
        )} is reserved and cannot be used for an enum value.`,
      );
    }

    return this.parseName();
  }
  /**
   * InputObjectTypeDefinition :
   *   - Description? input Name Directives[Const]? InputFieldsDefinition?
   *
   * @internal
   */

  parseInputObjectTypeDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('input');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const fields = this.parseInputFieldsDefinition();
    return this.node(start, {
      kind: Kind.INPUT_OBJECT_TYPE_DEFINITION,
      description,
      name,
      directives,
      fields,
    });
  }
  /**
   * ```
   * InputFieldsDefinition : { InputValueDefinition+ }
   * ```
   *
   * @internal
   */

  parseInputFieldsDefinition() {
    return this.optionalMany(
      tokenKind_TokenKind.BRACE_L,
      this.parseInputValueDef,
      tokenKind_TokenKind.BRACE_R,
    );
  }
  /**
   * TypeSystemExtension :
   *   - SchemaExtension
   *   - TypeExtension
   *
   * TypeExtension :
   *   - ScalarTypeExtension
   *   - ObjectTypeExtension
   *   - InterfaceTypeExtension
   *   - UnionTypeExtension
   *   - EnumTypeExtension
   *   - InputObjectTypeDefinition
   *   - DirectiveDefinitionExtension
   *
   * @internal
   */

  parseTypeSystemExtension() {
    const keywordToken = this._lexer.lookahead();

    if (keywordToken.kind === tokenKind_TokenKind.NAME) {
      switch (keywordToken.value) {
        case 'schema':
          return this.parseSchemaExtension();

        case 'scalar':
          return this.parseScalarTypeExtension();

        case 'type':
          return this.parseObjectTypeExtension();

        case 'interface':
          return this.parseInterfaceTypeExtension();

        case 'union':
          return this.parseUnionTypeExtension();

        case 'enum':
          return this.parseEnumTypeExtension();

        case 'input':
          return this.parseInputObjectTypeExtension();

        case 'directive':
          if (this._options.experimentalDirectivesOnDirectiveDefinitions) {
            return this.parseDirectiveDefinitionExtension();
          }

          break;
      }
    }

    throw this.unexpected(keywordToken);
  }
  /**
   * ```
   * SchemaExtension :
   *  - extend schema Directives[Const]? { OperationTypeDefinition+ }
   *  - extend schema Directives[Const]
   * ```
   *
   * @internal
   */

  parseSchemaExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('schema');
    const directives = this.parseConstDirectives();
    const operationTypes = this.optionalMany(
      tokenKind_TokenKind.BRACE_L,
      this.parseOperationTypeDefinition,
      tokenKind_TokenKind.BRACE_R,
    );

    if (directives.length === 0 && operationTypes.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.SCHEMA_EXTENSION,
      directives,
      operationTypes,
    });
  }
  /**
   * ScalarTypeExtension :
   *   - extend scalar Name Directives[Const]
   *
   * @internal
   */

  parseScalarTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('scalar');
    const name = this.parseName();
    const directives = this.parseConstDirectives();

    if (directives.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.SCALAR_TYPE_EXTENSION,
      name,
      directives,
    });
  }
  /**
   * ObjectTypeExtension :
   *  - extend type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition
   *  - extend type Name ImplementsInterfaces? Directives[Const]
   *  - extend type Name ImplementsInterfaces
   *
   * @internal
   */

  parseObjectTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('type');
    const name = this.parseName();
    const interfaces = this.parseImplementsInterfaces();
    const directives = this.parseConstDirectives();
    const fields = this.parseFieldsDefinition();

    if (
      interfaces.length === 0 &&
      directives.length === 0 &&
      fields.length === 0
    ) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.OBJECT_TYPE_EXTENSION,
      name,
      interfaces,
      directives,
      fields,
    });
  }
  /**
   * InterfaceTypeExtension :
   *  - extend interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition
   *  - extend interface Name ImplementsInterfaces? Directives[Const]
   *  - extend interface Name ImplementsInterfaces
   *
   * @internal
   */

  parseInterfaceTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('interface');
    const name = this.parseName();
    const interfaces = this.parseImplementsInterfaces();
    const directives = this.parseConstDirectives();
    const fields = this.parseFieldsDefinition();

    if (
      interfaces.length === 0 &&
      directives.length === 0 &&
      fields.length === 0
    ) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.INTERFACE_TYPE_EXTENSION,
      name,
      interfaces,
      directives,
      fields,
    });
  }
  /**
   * UnionTypeExtension :
   *   - extend union Name Directives[Const]? UnionMemberTypes
   *   - extend union Name Directives[Const]
   *
   * @internal
   */

  parseUnionTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('union');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const types = this.parseUnionMemberTypes();

    if (directives.length === 0 && types.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.UNION_TYPE_EXTENSION,
      name,
      directives,
      types,
    });
  }
  /**
   * EnumTypeExtension :
   *   - extend enum Name Directives[Const]? EnumValuesDefinition
   *   - extend enum Name Directives[Const]
   *
   * @internal
   */

  parseEnumTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('enum');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const values = this.parseEnumValuesDefinition();

    if (directives.length === 0 && values.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.ENUM_TYPE_EXTENSION,
      name,
      directives,
      values,
    });
  }
  /**
   * InputObjectTypeExtension :
   *   - extend input Name Directives[Const]? InputFieldsDefinition
   *   - extend input Name Directives[Const]
   *
   * @internal
   */

  parseInputObjectTypeExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('input');
    const name = this.parseName();
    const directives = this.parseConstDirectives();
    const fields = this.parseInputFieldsDefinition();

    if (directives.length === 0 && fields.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.INPUT_OBJECT_TYPE_EXTENSION,
      name,
      directives,
      fields,
    });
  }

  parseDirectiveDefinitionExtension() {
    const start = this._lexer.token;
    this.expectKeyword('extend');
    this.expectKeyword('directive');
    this.expectToken(tokenKind_TokenKind.AT);
    const name = this.parseName();
    const directives = this.parseConstDirectives();

    if (directives.length === 0) {
      throw this.unexpected();
    }

    return this.node(start, {
      kind: Kind.DIRECTIVE_EXTENSION,
      name,
      directives,
    });
  }
  /**
   * ```
   * DirectiveDefinition :
   *   - Description? directive @ Name ArgumentsDefinition? `repeatable`? on DirectiveLocations
   * ```
   *
   * @internal
   */

  parseDirectiveDefinition() {
    const start = this._lexer.token;
    const description = this.parseDescription();
    this.expectKeyword('directive');
    this.expectToken(tokenKind_TokenKind.AT);
    const name = this.parseName();
    const args = this.parseArgumentDefs();
    const directives = this._options
      .experimentalDirectivesOnDirectiveDefinitions
      ? this.parseConstDirectives()
      : [];
    const repeatable = this.expectOptionalKeyword('repeatable');
    this.expectKeyword('on');
    const locations = this.parseDirectiveLocations();
    return this.node(start, {
      kind: Kind.DIRECTIVE_DEFINITION,
      description,
      name,
      arguments: args,
      directives,
      repeatable,
      locations,
    });
  }
  /**
   * DirectiveLocations :
   *   - `|`? DirectiveLocation
   *   - DirectiveLocations | DirectiveLocation
   *
   * @internal
   */

  parseDirectiveLocations() {
    return this.delimitedMany(tokenKind_TokenKind.PIPE, this.parseDirectiveLocation);
  }
  /*
   * DirectiveLocation :
   *   - ExecutableDirectiveLocation
   *   - TypeSystemDirectiveLocation
   *
   * ExecutableDirectiveLocation : one of
   *   `QUERY`
   *   `MUTATION`
   *   `SUBSCRIPTION`
   *   `FIELD`
   *   `FRAGMENT_DEFINITION`
   *   `FRAGMENT_SPREAD`
   *   `INLINE_FRAGMENT`
   *
   * TypeSystemDirectiveLocation : one of
   *   `SCHEMA`
   *   `SCALAR`
   *   `OBJECT`
   *   `FIELD_DEFINITION`
   *   `ARGUMENT_DEFINITION`
   *   `INTERFACE`
   *   `UNION`
   *   `ENUM`
   *   `ENUM_VALUE`
   *   `INPUT_OBJECT`
   *   `INPUT_FIELD_DEFINITION`
   *   `DIRECTIVE_DEFINITION`
   */

  parseDirectiveLocation() {
    const start = this._lexer.token;
    const name = this.parseName();

    if (Object.prototype.hasOwnProperty.call(DirectiveLocation, name.value)) {
      return name;
    }

    throw this.unexpected(start);
  } // Schema Coordinates

  /**
   * SchemaCoordinate :
   *   - Name
   *   - Name . Name
   *   - Name . Name ( Name : )
   *   - \@ Name
   *   - \@ Name ( Name : )
   * @returns Parsed schema coordinate AST.
   * @example
   * ```ts
   * import assert from 'node:assert/strict';
   * import { Kind, parseSchemaCoordinate } from 'graphql/language';
   *
   * const typeCoordinate = parseSchemaCoordinate('User.name');
   * const directiveCoordinate = parseSchemaCoordinate('@include(if:)');
   * assert(typeCoordinate.kind === Kind.MEMBER_COORDINATE);
   * assert(directiveCoordinate.kind === Kind.DIRECTIVE_ARGUMENT_COORDINATE);
   *
   * typeCoordinate.name.value; // => 'User'
   * typeCoordinate.memberName?.value; // => 'name'
   * directiveCoordinate.name.value; // => 'include'
   * directiveCoordinate.argumentName?.value; // => 'if'
   * ```
   */

  parseSchemaCoordinate() {
    const start = this._lexer.token;
    const ofDirective = this.expectOptionalToken(tokenKind_TokenKind.AT);
    const name = this.parseName();
    let memberName;

    if (!ofDirective && this.expectOptionalToken(tokenKind_TokenKind.DOT)) {
      memberName = this.parseName();
    }

    let argumentName;

    if (
      (ofDirective || memberName) &&
      this.expectOptionalToken(tokenKind_TokenKind.PAREN_L)
    ) {
      argumentName = this.parseName();
      this.expectToken(tokenKind_TokenKind.COLON);
      this.expectToken(tokenKind_TokenKind.PAREN_R);
    }

    if (ofDirective) {
      if (argumentName) {
        return this.node(start, {
          kind: Kind.DIRECTIVE_ARGUMENT_COORDINATE,
          name,
          argumentName,
        });
      }

      return this.node(start, {
        kind: Kind.DIRECTIVE_COORDINATE,
        name,
      });
    } else if (memberName) {
      if (argumentName) {
        return this.node(start, {
          kind: Kind.ARGUMENT_COORDINATE,
          name,
          fieldName: memberName,
          argumentName,
        });
      }

      return this.node(start, {
        kind: Kind.MEMBER_COORDINATE,
        name,
        memberName,
      });
    }

    return this.node(start, {
      kind: Kind.TYPE_COORDINATE,
      name,
    });
  } // Core parsing utility functions

  /**
   * Returns a node that, if configured to do so, sets a "loc" field as a
   * location object, used to identify the place in the source that created a
   * given parsed object.
   *
   * @internal
   */

  node(startToken, node) {
    if (this._options.noLocation !== true) {
      node.loc = new Location(
        startToken,
        this._lexer.lastToken,
        this._lexer.source,
      );
    }

    return node;
  }
  /**
   * Determines if the next token is of a given kind
   *
   * @internal
   */

  peek(kind) {
    return this._lexer.token.kind === kind;
  }
  /**
   * If the next token is of the given kind, return that token after advancing the lexer.
   * Otherwise, do not change the parser state and throw an error.
   *
   * @internal
   */

  expectToken(kind) {
    const token = this._lexer.token;

    if (token.kind === kind) {
      this.advanceLexer();
      return token;
    }

    throw syntaxError(
      this._lexer.source,
      token.start,
      `Expected ${getTokenKindDesc(kind)}, found ${getTokenDesc(token)}.`,
    );
  }
  /**
   * If the next token is of the given kind, return "true" after advancing the lexer.
   * Otherwise, do not change the parser state and return "false".
   *
   * @internal
   */

  expectOptionalToken(kind) {
    const token = this._lexer.token;

    if (token.kind === kind) {
      this.advanceLexer();
      return true;
    }

    return false;
  }
  /**
   * If the next token is a given keyword, advance the lexer.
   * Otherwise, do not change the parser state and throw an error.
   *
   * @internal
   */

  expectKeyword(value) {
    const token = this._lexer.token;

    if (token.kind === tokenKind_TokenKind.NAME && token.value === value) {
      this.advanceLexer();
    } else {
      throw syntaxError(
        this._lexer.source,
        token.start,
        `Expected "${value}", found ${getTokenDesc(token)}.`,
      );
    }
  }
  /**
   * If the next token is a given keyword, return "true" after advancing the lexer.
   * Otherwise, do not change the parser state and return "false".
   *
   * @internal
   */

  expectOptionalKeyword(value) {
    const token = this._lexer.token;

    if (token.kind === tokenKind_TokenKind.NAME && token.value === value) {
      this.advanceLexer();
      return true;
    }

    return false;
  }
  /**
   * Helper function for creating an error when an unexpected lexed token is encountered.
   *
   * @internal
   */

  unexpected(atToken) {
    const token =
      atToken !== null && atToken !== void 0 ? atToken : this._lexer.token;
    return syntaxError(
      this._lexer.source,
      token.start,
      `Unexpected ${getTokenDesc(token)}.`,
    );
  }
  /**
   * Returns a possibly empty list of parse nodes, determined by the parseFn.
   * This list begins with a lex token of openKind and ends with a lex token of closeKind.
   * Advances the parser to the next lex token after the closing token.
   *
   * @internal
   */

  any(openKind, parseFn, closeKind) {
    this.expectToken(openKind);
    const nodes = [];

    while (!this.expectOptionalToken(closeKind)) {
      nodes.push(parseFn.call(this));
    }

    return nodes;
  }
  /**
   * Returns a list of parse nodes, determined by the parseFn.
   * It can be empty only if open token is missing otherwise it will always return non-empty list
   * that begins with a lex token of openKind and ends with a lex token of closeKind.
   * Advances the parser to the next lex token after the closing token.
   *
   * @internal
   */

  optionalMany(openKind, parseFn, closeKind) {
    if (this.expectOptionalToken(openKind)) {
      const nodes = [];

      do {
        nodes.push(parseFn.call(this));
      } while (!this.expectOptionalToken(closeKind));

      return nodes;
    }

    return [];
  }
  /**
   * Returns a non-empty list of parse nodes, determined by the parseFn.
   * This list begins with a lex token of openKind and ends with a lex token of closeKind.
   * Advances the parser to the next lex token after the closing token.
   *
   * @internal
   */

  many(openKind, parseFn, closeKind) {
    this.expectToken(openKind);
    const nodes = [];

    do {
      nodes.push(parseFn.call(this));
    } while (!this.expectOptionalToken(closeKind));

    return nodes;
  }
  /**
   * Returns a non-empty list of parse nodes, determined by the parseFn.
   * This list may begin with a lex token of delimiterKind followed by items separated by lex tokens of tokenKind.
   * Advances the parser to the next lex token after last item in the list.
   *
   * @internal
   */

  delimitedMany(delimiterKind, parseFn) {
    this.expectOptionalToken(delimiterKind);
    const nodes = [];

    do {
      nodes.push(parseFn.call(this));
    } while (this.expectOptionalToken(delimiterKind));

    return nodes;
  }

  advanceLexer() {
    const { maxLexicalTokens = this._options.maxTokens } = this._options;

    const token = this._lexer.advance();

    if (token.kind !== tokenKind_TokenKind.EOF) {
      ++this._tokenCounter;

      if (
        maxLexicalTokens !== undefined &&
        this._tokenCounter > maxLexicalTokens
      ) {
        throw syntaxError(
          this._lexer.source,
          token.start,
          `Document contains more that ${maxLexicalTokens} tokens. Parsing aborted.`,
        );
      }
    }
  }
}
/**
 * A helper function to describe a token as a string for debugging.
 *
 * @internal
 */

function getTokenDesc(token) {
  const value = token.value;
  return getTokenKindDesc(token.kind) + (value != null ? ` "${value}"` : '');
}
/**
 * A helper function to describe a token kind as a string for debugging.
 *
 * @internal
 */

function getTokenKindDesc(kind) {
  return isPunctuatorTokenKind(kind) ? `"${kind}"` : kind;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/printString.mjs
/**
 * Prints a string as a GraphQL StringValue literal. Replaces control characters
 * and excluded characters (" U+0022 and \\ U+005C) with escape sequences.
 *
 * @internal
 */
function printString(str) {
  return `"${str.replace(escapedRegExp, escapedReplacer)}"`;
}
/** @internal */
// eslint-disable-next-line no-control-regex

const escapedRegExp = /[\x00-\x1f\x22\x5c\x7f-\x9f]/g;

function escapedReplacer(str) {
  return escapeSequences[str.charCodeAt(0)];
} // prettier-ignore

const escapeSequences = [
  '\\u0000',
  '\\u0001',
  '\\u0002',
  '\\u0003',
  '\\u0004',
  '\\u0005',
  '\\u0006',
  '\\u0007',
  '\\b',
  '\\t',
  '\\n',
  '\\u000B',
  '\\f',
  '\\r',
  '\\u000E',
  '\\u000F',
  '\\u0010',
  '\\u0011',
  '\\u0012',
  '\\u0013',
  '\\u0014',
  '\\u0015',
  '\\u0016',
  '\\u0017',
  '\\u0018',
  '\\u0019',
  '\\u001A',
  '\\u001B',
  '\\u001C',
  '\\u001D',
  '\\u001E',
  '\\u001F',
  '',
  '',
  '\\"',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '', // 2F
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '', // 3F
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '', // 4F
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '\\\\',
  '',
  '',
  '', // 5F
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '', // 6F
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '\\u007F',
  '\\u0080',
  '\\u0081',
  '\\u0082',
  '\\u0083',
  '\\u0084',
  '\\u0085',
  '\\u0086',
  '\\u0087',
  '\\u0088',
  '\\u0089',
  '\\u008A',
  '\\u008B',
  '\\u008C',
  '\\u008D',
  '\\u008E',
  '\\u008F',
  '\\u0090',
  '\\u0091',
  '\\u0092',
  '\\u0093',
  '\\u0094',
  '\\u0095',
  '\\u0096',
  '\\u0097',
  '\\u0098',
  '\\u0099',
  '\\u009A',
  '\\u009B',
  '\\u009C',
  '\\u009D',
  '\\u009E',
  '\\u009F',
];

;// CONCATENATED MODULE: ../../node_modules/graphql/language/reducer.mjs
/** @category Visiting */



/** @internal */
function reduce(root, reducer) {
  const stack = [];
  let frame = {
    parent: [root],
    keys: undefined,
    results: [],
    index: -1,
  };
  let node;

  do {
    let kind;
    frame.index++;
    const length =
      frame.keys === undefined ? frame.parent.length : frame.keys.length;

    if (frame.index === length) {
      node = frame.results;
      kind = frame.keys === undefined ? undefined : frame.results.kind;
      frame = stack.pop();
    } else {
      node =
        frame.keys === undefined
          ? frame.parent[frame.index]
          : frame.parent[frame.keys[frame.index]];

      if (node == null && stack.length !== 0) {
        continue;
      }

      if (Array.isArray(node)) {
        if (node.length !== 0) {
          stack.push(frame);
          frame = {
            parent: node,
            keys: undefined,
            results: [],
            index: -1,
          };
          continue;
        }
      } else {
        const parent = node;
        kind = parent === null || parent === void 0 ? void 0 : parent.kind;
        const keys =
          typeof kind === 'string' ? QueryDocumentKeys[kind] : undefined;

        if (!Array.isArray(keys)) {
          throw new Error(`Invalid AST Node: ${inspect(node)}.`);
        }

        if (keys.length !== 0) {
          stack.push(frame);
          frame = {
            parent,
            keys,
            results: { ...parent },
            index: -1,
          };
          continue;
        }
      }
    }

    if (kind !== undefined) {
      const reduceNode = reducer[kind];
      node =
        reduceNode === null || reduceNode === void 0
          ? void 0
          : reduceNode(node);
    }

    if (frame.keys === undefined) {
      frame.results.push(node);
    } else {
      frame.results[frame.keys[frame.index]] = node;
    }
  } while (stack.length !== 0);

  return node;
}

;// CONCATENATED MODULE: ../../node_modules/graphql/language/printer.mjs
/** @category Printing */




/** @internal */
function print(ast, options) {
  var _options$maxIndentDep;

  return render(
    reduce(ast, printDocASTReducer),
    (_options$maxIndentDep =
      options === null || options === void 0
        ? void 0
        : options.maxIndentDepth) !== null && _options$maxIndentDep !== void 0
      ? _options$maxIndentDep
      : Infinity,
  );
}
/** @internal */

function printForError(ast) {
  return print(ast, {
    maxIndentDepth: 100,
  });
} // The wrapping limit applies to total string length, including newlines.

const MAX_LINE_LENGTH = 80;

class PrintBuffer {
  next = undefined;
  tail = this;
  indentBefore = false;
  dedentAfter = false;

  constructor(value = '', isBlockString = false) {
    this.length = value.length;
    this.lines = value.includes('\n') ? value.split('\n') : value;
    this.newlines = typeof this.lines === 'string' ? 0 : this.lines.length - 1;
    this.isBlockString = isBlockString;
  }

  append(result) {
    if (result.length === 0) {
      return this;
    }

    const next = typeof result === 'string' ? new PrintBuffer(result) : result;
    this.tail.next = next;
    this.tail = next.tail;
    this.length += next.length;
    this.newlines += next.newlines;
    return this;
  }

  indent() {
    if (this.length === 0) {
      return this;
    }

    this.indentBefore = true;
    this.tail.dedentAfter = true;
    this.length += 2 * (this.newlines + 1);
    return this;
  }
}

const EMPTY = new PrintBuffer();

function render(buffer, maxDepth) {
  let output = '';
  let text = '';
  let depth = 0;
  let indentation = '';
  let part = buffer;

  while (part !== undefined) {
    const lines = part.lines;

    if (part.indentBefore) {
      if (depth < maxDepth) {
        indentation += '  ';
        text += '  ';
      }

      depth++;
    }

    if (typeof lines === 'string') {
      text += lines;
    } else {
      text += lines[0];
      const newline =
        !part.isBlockString && depth >= maxDepth ? ' ' : '\n' + indentation;

      for (let i = 1; i < lines.length; i++) {
        output += text;
        text = newline + lines[i];
      }
    }

    if (part.dedentAfter) {
      depth--;
      indentation = indentation.slice(0, depth * 2);
    }

    part = part.next;
  }

  return output + text;
}

const printDocASTReducer = {
  Name: (node) => new PrintBuffer(node.value),
  Variable: (node) => join(['$', node.name]),
  // Document
  Document: (node) => join(node.definitions, '\n\n'),

  OperationDefinition(node) {
    const varDefs = hasMultilineItems(node.variableDefinitions)
      ? wrap('(\n', join(node.variableDefinitions, '\n'), '\n)')
      : wrap('(', join(node.variableDefinitions, ', '), ')');
    const prefix = join([
      wrap('', node.description, '\n'),
      join(
        [
          node.operation,
          join([node.name, varDefs]),
          join(node.directives, ' '),
        ],
        ' ',
      ),
    ]); // Anonymous queries with no directives or variable definitions can use
    // the query short form.

    return join([
      node.operation === 'query' && prefix.length === node.operation.length
        ? ''
        : join([prefix, ' ']),
      node.selectionSet,
    ]);
  },

  VariableDefinition: ({
    variable,
    type,
    defaultValue,
    directives,
    description,
  }) =>
    join([
      wrap('', description, '\n'),
      variable,
      ': ',
      type,
      wrap(' = ', defaultValue),
      wrap(' ', join(directives, ' ')),
    ]),
  SelectionSet: ({ selections }) => block(selections),

  Field({ alias, name, arguments: args, directives, selectionSet }) {
    const prefix = join([wrap('', alias, ': '), name], '');
    return join([
      wrappedLineAndArgs(prefix, args),
      wrap(' ', join(directives, ' ')),
      wrap(' ', selectionSet),
    ]);
  },

  Argument: ({ name, value }) => join([name, ': ', value]),
  // Fragments
  FragmentSpread: ({ name, directives }) =>
    join(['...', name, wrap(' ', join(directives, ' '))]),
  InlineFragment: ({ typeCondition, directives, selectionSet }) =>
    join(
      ['...', wrap('on ', typeCondition), join(directives, ' '), selectionSet],
      ' ',
    ),
  FragmentDefinition: ({
    name,
    typeCondition,
    variableDefinitions,
    directives,
    selectionSet,
    description,
  }) =>
    join([
      wrap('', description, '\n'), // Note: fragment variable definitions are experimental and may be changed
      // or removed in the future.
      'fragment ',
      name,
      wrap('(', join(variableDefinitions, ', '), ')'),
      ' on ',
      typeCondition,
      ' ',
      wrap('', join(directives, ' '), ' '),
      selectionSet,
    ]),
  // Value
  IntValue: ({ value }) => new PrintBuffer(value),
  FloatValue: ({ value }) => new PrintBuffer(value),
  StringValue: ({ value, block: isBlockString }) =>
    new PrintBuffer(
      isBlockString === true ? printBlockString(value) : printString(value),
      isBlockString === true,
    ),
  BooleanValue: ({ value }) => new PrintBuffer(value ? 'true' : 'false'),
  NullValue: () => new PrintBuffer('null'),
  EnumValue: ({ value }) => new PrintBuffer(value),
  ListValue: ({ values }) => join(['[', join(values, ', '), ']']),
  ObjectValue: ({ fields }) => join(['{', join(fields, ', '), '}']),
  ObjectField: ({ name, value }) => join([name, ': ', value]),
  // Directive
  Directive: ({ name, arguments: args }) =>
    join(['@', name, wrap('(', join(args, ', '), ')')]),
  // Type
  NamedType: ({ name }) => name,
  ListType: ({ type }) => join(['[', type, ']']),
  NonNullType: ({ type }) => join([type, '!']),
  // Type System Definitions
  SchemaDefinition: ({ description, directives, operationTypes }) =>
    join([
      wrap('', description, '\n'),
      join(['schema', join(directives, ' '), block(operationTypes)], ' '),
    ]),
  OperationTypeDefinition: ({ operation, type }) =>
    join([operation, ': ', type]),
  ScalarTypeDefinition: ({ description, name, directives }) =>
    join([
      wrap('', description, '\n'),
      join(['scalar', name, join(directives, ' ')], ' '),
    ]),
  ObjectTypeDefinition: ({
    description,
    name,
    interfaces,
    directives,
    fields,
  }) =>
    join([
      wrap('', description, '\n'),
      join(
        [
          'type',
          name,
          wrap('implements ', join(interfaces, ' & ')),
          join(directives, ' '),
          block(fields),
        ],
        ' ',
      ),
    ]),
  FieldDefinition: ({ description, name, arguments: args, type, directives }) =>
    join([
      wrap('', description, '\n'),
      name,
      hasMultilineItems(args)
        ? wrap('(\n', join(args, '\n').indent(), '\n)')
        : wrap('(', join(args, ', '), ')'),
      ': ',
      type,
      wrap(' ', join(directives, ' ')),
    ]),
  InputValueDefinition: ({
    description,
    name,
    type,
    defaultValue,
    directives,
  }) =>
    join([
      wrap('', description, '\n'),
      name,
      ': ',
      type,
      wrap(' = ', defaultValue),
      wrap(' ', join(directives, ' ')),
    ]),
  InterfaceTypeDefinition: ({
    description,
    name,
    interfaces,
    directives,
    fields,
  }) =>
    join([
      wrap('', description, '\n'),
      join(
        [
          'interface',
          name,
          wrap('implements ', join(interfaces, ' & ')),
          join(directives, ' '),
          block(fields),
        ],
        ' ',
      ),
    ]),
  UnionTypeDefinition: ({ description, name, directives, types }) =>
    join([
      wrap('', description, '\n'),
      join(
        ['union', name, join(directives, ' '), wrap('= ', join(types, ' | '))],
        ' ',
      ),
    ]),
  EnumTypeDefinition: ({ description, name, directives, values }) =>
    join([
      wrap('', description, '\n'),
      join(['enum', name, join(directives, ' '), block(values)], ' '),
    ]),
  EnumValueDefinition: ({ description, name, directives }) =>
    join([
      wrap('', description, '\n'),
      join([name, join(directives, ' ')], ' '),
    ]),
  InputObjectTypeDefinition: ({ description, name, directives, fields }) =>
    join([
      wrap('', description, '\n'),
      join(['input', name, join(directives, ' '), block(fields)], ' '),
    ]),
  DirectiveDefinition: ({
    description,
    name,
    arguments: args,
    directives,
    repeatable,
    locations,
  }) =>
    join([
      wrap('', description, '\n'),
      'directive @',
      name,
      hasMultilineItems(args)
        ? wrap('(\n', join(args, '\n').indent(), '\n)')
        : wrap('(', join(args, ', '), ')'),
      wrap(' ', join(directives, ' ')),
      repeatable ? ' repeatable' : '',
      ' on ',
      join(locations, ' | '),
    ]),
  SchemaExtension: ({ directives, operationTypes }) =>
    join(['extend schema', join(directives, ' '), block(operationTypes)], ' '),
  ScalarTypeExtension: ({ name, directives }) =>
    join(['extend scalar', name, join(directives, ' ')], ' '),
  ObjectTypeExtension: ({ name, interfaces, directives, fields }) =>
    join(
      [
        'extend type',
        name,
        wrap('implements ', join(interfaces, ' & ')),
        join(directives, ' '),
        block(fields),
      ],
      ' ',
    ),
  InterfaceTypeExtension: ({ name, interfaces, directives, fields }) =>
    join(
      [
        'extend interface',
        name,
        wrap('implements ', join(interfaces, ' & ')),
        join(directives, ' '),
        block(fields),
      ],
      ' ',
    ),
  UnionTypeExtension: ({ name, directives, types }) =>
    join(
      [
        'extend union',
        name,
        join(directives, ' '),
        wrap('= ', join(types, ' | ')),
      ],
      ' ',
    ),
  EnumTypeExtension: ({ name, directives, values }) =>
    join(['extend enum', name, join(directives, ' '), block(values)], ' '),
  InputObjectTypeExtension: ({ name, directives, fields }) =>
    join(['extend input', name, join(directives, ' '), block(fields)], ' '),
  DirectiveExtension: ({ name, directives }) =>
    join([join(['extend directive @', name]), join(directives, ' ')], ' '),
  // Schema Coordinates
  TypeCoordinate: ({ name }) => name,
  MemberCoordinate: ({ name, memberName }) =>
    join([name, wrap('.', memberName)]),
  ArgumentCoordinate: ({ name, fieldName, argumentName }) =>
    join([name, wrap('.', fieldName), wrap('(', argumentName, ':)')]),
  DirectiveCoordinate: ({ name }) => join(['@', name]),
  DirectiveArgumentCoordinate: ({ name, argumentName }) =>
    join(['@', name, wrap('(', argumentName, ':)')]),
};
/**
 * Given maybeArray, print an empty string if it is null or empty, otherwise
 * print all items together separated by separator if provided
 *
 * @internal
 */

function join(maybeArray, separator = '') {
  if (maybeArray == null || maybeArray.length === 0) {
    return EMPTY;
  }

  let result = EMPTY;

  for (const item of maybeArray) {
    if (item === undefined || item.length === 0) {
      continue;
    }

    if (result.length === 0) {
      result = typeof item === 'string' ? new PrintBuffer(item) : item;
    } else {
      if (separator !== '') {
        result.append(separator);
      }

      result.append(item);
    }
  }

  return result;
}

function joinedLength(array, separator) {
  let length = 0;

  for (const item of array) {
    if (item.length !== 0) {
      length += (length === 0 ? 0 : separator.length) + item.length;
    }
  }

  return length;
}
/**
 * Given array, print each item on its own line, wrapped in an indented `{ }` block.
 *
 * @internal
 */

function block(array) {
  return wrap('{\n', join(array, '\n').indent(), '\n}');
}
/**
 * If maybeBuffer is not null or empty, then wrap with start and end, otherwise print an empty string.
 *
 * @internal
 */

function wrap(start, maybeBuffer, end = '') {
  return maybeBuffer != null && maybeBuffer.length !== 0
    ? start === ''
      ? maybeBuffer.append(end)
      : new PrintBuffer(start).append(maybeBuffer).append(end)
    : EMPTY;
}

function hasMultilineItems(maybeArray) {
  var _maybeArray$some;

  return (_maybeArray$some =
    maybeArray === null || maybeArray === void 0
      ? void 0
      : maybeArray.some((result) => result.newlines !== 0)) !== null &&
    _maybeArray$some !== void 0
    ? _maybeArray$some
    : false;
}

function wrappedLineAndArgs(prefix, args) {
  if (args == null || args.length === 0) {
    return prefix;
  }

  return join([
    prefix,
    prefix.length + joinedLength(args, ', ') + 2 > MAX_LINE_LENGTH
      ? wrap('(\n', join(args, '\n').indent(), '\n)')
      : wrap('(', join(args, ', '), ')'),
  ]);
}

;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/helpers/analyzeDocument.js




/**
 * helpers
 */
const extractOperationName = (document) => {
    let operationName = undefined;
    const defs = document.definitions.filter(isOperationDefinitionNode);
    if (defs.length === 1) {
        operationName = defs[0].name?.value;
    }
    return operationName;
};
const extractIsMutation = (document) => {
    let isMutation = false;
    const defs = document.definitions.filter(isOperationDefinitionNode);
    if (defs.length === 1) {
        /* eslint-disable-next-line @typescript-eslint/no-unsafe-enum-comparison --
         * graphql@15's `OperationTypeNode` is a type, but graphql@16's `OperationTypeNode` is a native TypeScript enum
         * Therefore, we cannot use `OperationTypeNode.MUTATION` here because it wouldn't work with graphql@15
         **/
        isMutation = defs[0].operation === `mutation`;
    }
    return isMutation;
};
const analyzeDocument = (document, excludeOperationName) => {
    /**
     * Normalize boxed String objects to primitive strings for compatibility with TypedDocumentString.
     *
     * Problem: \@graphql-codegen with `documentMode: 'string'` generates a TypedDocumentString class that
     * extends the built-in String class, creating "boxed String" instances:
     *
     * @see https://github.com/dotansimha/graphql-code-generator/blob/c87b779b9b400813d733fa89dcb16724b30c6d16/packages/plugins/typescript/typed-document-node/src/index.ts#L40-L57
     *
     * ```
     * class TypedDocumentString<TResult, TVariables> extends String
     *   constructor(value: string)
     *     super(value)  // Creates a boxed String object, not a primitive string
     * ```
     *
     * Boxed Strings are objects, not primitives:
     * - `typeof "hello" === "string"` returns true
     * - `typeof new String("hello") === "string"` returns false (returns "object")
     *
     * Without normalization, TypedDocumentString instances would fail the `typeof === 'string'` check
     * and incorrectly be passed to `print()`, which expects a DocumentNode AST, causing a crash.
     *
     * Solution: Detect and convert boxed Strings to primitives using template literal coercion.
     * - Primitive strings pass through (typeof === "string")
     * - DocumentNode objects pass through (have .kind property)
     * - Boxed Strings get converted to primitives (template literal to primitive string)
     *
     * @see https://github.com/graffle-js/graffle/issues/1453
     */
    const normalizedDocument = typeof document === `string` || `kind` in document
        ? document
        : String(document);
    const expression = typeof normalizedDocument === `string` ? normalizedDocument : print(normalizedDocument);
    let isMutation = false;
    let operationName = undefined;
    if (excludeOperationName) {
        return { expression, isMutation, operationName };
    }
    const docNode = tryCatch(() => (typeof normalizedDocument === `string` ? parse(normalizedDocument) : normalizedDocument));
    if (docNode instanceof Error) {
        return { expression, isMutation, operationName };
    }
    operationName = extractOperationName(docNode);
    isMutation = extractIsMutation(docNode);
    return { expression, operationName, isMutation };
};
//# sourceMappingURL=analyzeDocument.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/helpers/defaultJsonSerializer.js
const defaultJsonSerializer = JSON;
//# sourceMappingURL=defaultJsonSerializer.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/helpers/runRequest.js





// @ts-expect-error todo
const runRequest = async (input) => {
    // todo make a Config type
    const config = {
        ...input,
        method: input.request._tag === `Single`
            ? input.request.document.isMutation
                ? `POST`
                : uppercase(input.method ?? `post`)
            : input.request.hasMutations
                ? `POST`
                : uppercase(input.method ?? `post`),
        fetchOptions: {
            ...input.fetchOptions,
            errorPolicy: input.fetchOptions.errorPolicy ?? `none`,
        },
    };
    const fetcher = createFetcher(config.method);
    const fetchResponse = await fetcher(config);
    // Read response body text first (can only be read once)
    const body = await fetchResponse.text();
    // Parse response body FIRST, regardless of HTTP status
    // This allows GraphQL errors to be extracted even when HTTP status is 4xx/5xx (fixes #1281)
    let result;
    try {
        result = parseResultFromText(body, fetchResponse.headers.get(CONTENT_TYPE_HEADER), input.fetchOptions.jsonSerializer ?? defaultJsonSerializer);
    }
    catch (error) {
        // If parsing fails, we'll handle it below based on HTTP status
        result = error;
    }
    const clientResponseBase = {
        status: fetchResponse.status,
        headers: fetchResponse.headers,
        body,
    };
    // Handle non-2xx HTTP status codes
    if (!fetchResponse.ok) {
        if (result instanceof Error) {
            // Parse failed - return ClientError without GraphQL data
            // Still returns ClientError (not generic Error) to allow status code access
            return new ClientError({ ...clientResponseBase }, {
                query: input.request._tag === `Single` ? input.request.document.expression : input.request.query,
                variables: input.request.variables,
            });
        }
        // Parse succeeded - return ClientError WITH GraphQL errors/data (fixes #1281)
        const clientResponse = result._tag === `Batch`
            ? { ...result.executionResults, ...clientResponseBase }
            : {
                ...result.executionResult,
                ...clientResponseBase,
            };
        // @ts-expect-error todo
        return new ClientError(clientResponse, {
            query: input.request._tag === `Single` ? input.request.document.expression : input.request.query,
            variables: input.request.variables,
        });
    }
    // For 2xx responses, parse errors should throw
    if (result instanceof Error)
        throw result;
    if (isRequestResultHaveErrors(result) && config.fetchOptions.errorPolicy === `none`) {
        // todo this client response on error is not consistent with the data type for success
        const clientResponse = result._tag === `Batch`
            ? { ...result.executionResults, ...clientResponseBase }
            : {
                ...result.executionResult,
                ...clientResponseBase,
            };
        // @ts-expect-error todo
        return new ClientError(clientResponse, {
            query: input.request._tag === `Single` ? input.request.document.expression : input.request.query,
            variables: input.request.variables,
        });
    }
    switch (result._tag) {
        case `Single`:
            // @ts-expect-error todo
            return {
                ...clientResponseBase,
                ...executionResultClientResponseFields(config)(result.executionResult),
            };
        case `Batch`:
            return {
                ...clientResponseBase,
                data: result.executionResults.map(executionResultClientResponseFields(config)),
            };
        default:
            casesExhausted(result);
    }
};
const executionResultClientResponseFields = ($params) => (executionResult) => {
    return {
        extensions: executionResult.extensions,
        data: executionResult.data,
        errors: $params.fetchOptions.errorPolicy === `all` ? executionResult.errors : undefined,
    };
};
const parseResultFromText = (text, contentType, jsonSerializer) => {
    if (contentType && isGraphQLContentType(contentType)) {
        return parseGraphQLExecutionResult(jsonSerializer.parse(text));
    }
    else {
        // todo what is this good for...? Seems very random/undefined
        return parseGraphQLExecutionResult(text);
    }
};
const createFetcher = (method) => async (params) => {
    const headers = new Headers(params.headers);
    let searchParams = null;
    let body = undefined;
    if (!headers.has(ACCEPT_HEADER)) {
        headers.set(ACCEPT_HEADER, [CONTENT_TYPE_GQL, CONTENT_TYPE_JSON].join(`, `));
    }
    if (method === `POST`) {
        const $jsonSerializer = params.fetchOptions.jsonSerializer ?? defaultJsonSerializer;
        body = $jsonSerializer.stringify(buildBody(params));
        if (typeof body === `string` && !headers.has(CONTENT_TYPE_HEADER)) {
            headers.set(CONTENT_TYPE_HEADER, CONTENT_TYPE_JSON);
        }
    }
    else {
        searchParams = buildQueryParams(params);
    }
    const init = { method, headers, body, ...params.fetchOptions };
    let url = new URL(params.url);
    let initResolved = init;
    if (params.middleware) {
        const result = await Promise.resolve(params.middleware({
            ...init,
            url: params.url,
            operationName: params.request._tag === `Single` ? params.request.document.operationName : undefined,
            variables: params.request.variables,
        }));
        const { url: urlNew, ...initNew } = result;
        url = new URL(urlNew);
        initResolved = initNew;
    }
    if (searchParams) {
        searchParams.forEach((value, name) => {
            url.searchParams.append(name, value);
        });
    }
    const $fetch = params.fetch ?? fetch;
    return await $fetch(url, initResolved);
};
const buildBody = (params) => {
    switch (params.request._tag) {
        case `Single`:
            return {
                query: params.request.document.expression,
                variables: params.request.variables,
                operationName: params.request.document.operationName,
            };
        case `Batch`:
            return zip(params.request.query, params.request.variables ?? []).map(([query, variables]) => ({
                query,
                variables,
            }));
        default:
            throw casesExhausted(params.request);
    }
};
const buildQueryParams = (params) => {
    const $jsonSerializer = params.fetchOptions.jsonSerializer ?? defaultJsonSerializer;
    const searchParams = new URLSearchParams();
    switch (params.request._tag) {
        case `Single`: {
            searchParams.append(`query`, cleanQuery(params.request.document.expression));
            if (params.request.variables) {
                searchParams.append(`variables`, $jsonSerializer.stringify(params.request.variables));
            }
            if (params.request.document.operationName) {
                searchParams.append(`operationName`, params.request.document.operationName);
            }
            return searchParams;
        }
        case `Batch`: {
            const variablesSerialized = params.request.variables?.map((v) => $jsonSerializer.stringify(v)) ?? [];
            const queriesCleaned = params.request.query.map(cleanQuery);
            const payload = zip(queriesCleaned, variablesSerialized).map(([query, variables]) => ({
                query,
                variables,
            }));
            searchParams.append(`query`, $jsonSerializer.stringify(payload));
            return searchParams;
        }
        default:
            throw casesExhausted(params.request);
    }
};
//# sourceMappingURL=runRequest.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/classes/GraphQLClient.js






/**
 * GraphQL Client.
 */
class GraphQLClient_GraphQLClient {
    url;
    requestConfig;
    constructor(url, requestConfig = {}) {
        this.url = url;
        this.requestConfig = requestConfig;
    }
    /**
     * Send a GraphQL query to the server.
     */
    rawRequest = async (...args) => {
        const [queryOrOptions, variables, requestHeaders] = args;
        const rawRequestOptions = parseRawRequestArgs(queryOrOptions, variables, requestHeaders);
        const { headers, fetch = globalThis.fetch, method = `POST`, requestMiddleware, responseMiddleware, excludeOperationName, ...fetchOptions } = this.requestConfig;
        const { url } = this;
        if (rawRequestOptions.signal !== undefined) {
            fetchOptions.signal = rawRequestOptions.signal;
        }
        const document = analyzeDocument(rawRequestOptions.query, excludeOperationName);
        const response = await runRequest({
            url,
            request: {
                _tag: `Single`,
                document,
                variables: rawRequestOptions.variables,
            },
            headers: {
                ...HeadersInitToPlainObject(callOrIdentity(headers)),
                ...HeadersInitToPlainObject(rawRequestOptions.requestHeaders),
            },
            fetch,
            method,
            fetchOptions,
            middleware: requestMiddleware,
        });
        if (responseMiddleware) {
            await responseMiddleware(response, {
                operationName: document.operationName,
                variables,
                url: this.url,
            });
        }
        if (response instanceof Error) {
            throw response;
        }
        return response;
    };
    async request(documentOrOptions, ...variablesAndRequestHeaders) {
        const [variables, requestHeaders] = variablesAndRequestHeaders;
        const requestOptions = parseRequestArgs(documentOrOptions, variables, requestHeaders);
        const { headers, fetch = globalThis.fetch, method = `POST`, requestMiddleware, responseMiddleware, excludeOperationName, ...fetchOptions } = this.requestConfig;
        const { url } = this;
        if (requestOptions.signal !== undefined) {
            fetchOptions.signal = requestOptions.signal;
        }
        const analyzedDocument = analyzeDocument(requestOptions.document, excludeOperationName);
        const response = await runRequest({
            url,
            request: {
                _tag: `Single`,
                document: analyzedDocument,
                variables: requestOptions.variables,
            },
            headers: {
                ...HeadersInitToPlainObject(callOrIdentity(headers)),
                ...HeadersInitToPlainObject(requestOptions.requestHeaders),
            },
            fetch,
            method,
            fetchOptions,
            middleware: requestMiddleware,
        });
        if (responseMiddleware) {
            await responseMiddleware(response, {
                operationName: analyzedDocument.operationName,
                variables: requestOptions.variables,
                url: this.url,
            });
        }
        if (response instanceof Error) {
            throw response;
        }
        return response.data;
    }
    async batchRequests(documentsOrOptions, requestHeaders) {
        const batchRequestOptions = parseBatchRequestArgs(documentsOrOptions, requestHeaders);
        const { headers, excludeOperationName, ...fetchOptions } = this.requestConfig;
        if (batchRequestOptions.signal !== undefined) {
            fetchOptions.signal = batchRequestOptions.signal;
        }
        const analyzedDocuments = batchRequestOptions.documents.map(({ document }) => analyzeDocument(document, excludeOperationName));
        const expressions = analyzedDocuments.map(({ expression }) => expression);
        const hasMutations = analyzedDocuments.some(({ isMutation }) => isMutation);
        const variables = batchRequestOptions.documents.map(({ variables }) => variables);
        const response = await runRequest({
            url: this.url,
            request: {
                _tag: `Batch`,
                operationName: undefined,
                query: expressions,
                hasMutations,
                variables,
            },
            headers: {
                ...HeadersInitToPlainObject(callOrIdentity(headers)),
                ...HeadersInitToPlainObject(batchRequestOptions.requestHeaders),
            },
            fetch: this.requestConfig.fetch ?? globalThis.fetch,
            method: this.requestConfig.method || `POST`,
            fetchOptions,
            middleware: this.requestConfig.requestMiddleware,
        });
        if (this.requestConfig.responseMiddleware) {
            await this.requestConfig.responseMiddleware(response, {
                operationName: undefined,
                variables,
                url: this.url,
            });
        }
        if (response instanceof Error) {
            throw response;
        }
        return response.data;
    }
    setHeaders(headers) {
        this.requestConfig.headers = headers;
        return this;
    }
    /**
     * Attach a header to the client. All subsequent requests will have this header.
     */
    setHeader(key, value) {
        const { headers } = this.requestConfig;
        if (headers) {
            // todo what if headers is in nested array form... ?
            // @ts-expect-error todo
            headers[key] = value;
        }
        else {
            this.requestConfig.headers = { [key]: value };
        }
        return this;
    }
    /**
     * Change the client endpoint. All subsequent requests will send to this endpoint.
     */
    setEndpoint(value) {
        this.url = value;
        return this;
    }
}
//# sourceMappingURL=GraphQLClient.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/legacy/functions/request.js

// dprint-ignore
// eslint-disable-next-line
async function request_request(urlOrOptions, document, ...variablesAndRequestHeaders) {
    const requestOptions = parseRequestExtendedArgs(urlOrOptions, document, ...variablesAndRequestHeaders);
    const client = new GraphQLClient(requestOptions.url);
    return client.request({
        ...requestOptions,
    });
}
const parseRequestArgs = (documentOrOptions, variables, requestHeaders) => {
    return documentOrOptions.document
        ? documentOrOptions
        : {
            document: documentOrOptions,
            variables: variables,
            requestHeaders: requestHeaders,
            signal: undefined,
        };
};
const parseRequestExtendedArgs = (urlOrOptions, document, ...variablesAndRequestHeaders) => {
    const [variables, requestHeaders] = variablesAndRequestHeaders;
    return typeof urlOrOptions === `string`
        ? {
            url: urlOrOptions,
            document: document,
            variables,
            requestHeaders,
            signal: undefined,
        }
        : urlOrOptions;
};
//# sourceMappingURL=request.js.map
;// CONCATENATED MODULE: ../../node_modules/graphql-request/build/entrypoints/main.js








/* harmony default export */ const main = ((/* unused pure expression or super */ null && (request)));
//# sourceMappingURL=main.js.map
;// CONCATENATED MODULE: ./src/speckle/json.js
/** Whether a value read from JSON is an object (no array). */
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The value of JSON text; undefined for any other text. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/speckle/answer.js

/**
 * Judges an HTTP answer before anything reads it as GraphQL.
 * @param asked how many operations were asked; several were asked as a batch.
 */
function kindOf({ status, body: text }, asked) {
    const body = parseJson(text);
    // Unknown, revoked and expired tokens alike (exchanges 05–08).
    if (status === 403 && isRecord(body) && typeof body['error'] === 'string' && !isResult(body))
        return 'token-refused';
    if (status === 401 || status === 403)
        return 'gateway';
    // One operation that does not fit the schema makes all of a batch a 400, with every answer in place (exchange 16).
    if ((status < 200 || status > 299) && status !== 400)
        return 'foreign';
    if (asked === 1)
        return isResult(body) ? 'graphql' : 'foreign';
    if (Array.isArray(body))
        return body.length === asked && body.every(isResult) ? 'graphql' : 'foreign';
    const disabled = isResult(body) && readAnswer(body).faults.some(({ message }) => /\bbatch/i.test(message));
    return disabled ? 'batching-disabled' : 'foreign';
}
/** Whether the identity, which is in the first operation, failed in a way that asking again may mend. */
function isTemporary({ body: text }) {
    const body = parseJson(text);
    const { data, faults } = readAnswer(Array.isArray(body) ? body[0] : body);
    return faults.some(({ code, path }) => code === 'INTERNAL_SERVER_ERROR' &&
        (path.length === 0 ? data === undefined : path[0] === 'serverInfo' || path[0] === 'activeUser'));
}
/** Reads one result of GraphQL. Whatever in it has another form than it should is left out. */
function readAnswer(result) {
    const { data, errors } = isRecord(result) ? result : {};
    return {
        data: isRecord(data) ? data : undefined,
        faults: Array.isArray(errors) ? errors.map(readFault) : [],
    };
}
/** Whether a result holds everything that was asked, or errors that tell why not. */
function isWhole({ data, faults }, { identity, probes, project }) {
    if (!data)
        return faults.length > 0;
    const keys = [
        ...(identity ? ['serverInfo', 'activeUser'] : []),
        ...probes.map(({ key }) => key),
        ...(project ? ['project'] : []),
    ];
    return keys.every((key) => key in data);
}
function readFault(error) {
    const { message, path, extensions } = isRecord(error) ? error : {};
    const { code, statusCode, scope } = isRecord(extensions) ? extensions : {};
    const text = typeof message === 'string' ? message : '';
    // Servers before mid-2024 name the scope in the message alone.
    const named = /\bscope:? +["'“`]?([a-z][\w.-]*(?::[\w.-]*\w)+)/i.exec(text)?.[1];
    const missing = typeof scope === 'string' ? scope : named;
    return {
        message: text,
        path: Array.isArray(path) ? path : [],
        code: typeof code === 'string' ? code.toUpperCase() : '',
        ...(typeof statusCode === 'number' && { statusCode }),
        ...(missing !== undefined && { scope: missing.toLowerCase() }),
    };
}
/** Whether a value has the form of a result of GraphQL; graphql-request throws on any other, and quotes it. */
function isResult(value) {
    if (!isRecord(value))
        return false;
    const { data = null, errors = [], extensions = {} } = value;
    if (!Array.isArray(errors) || !isRecord(extensions))
        return false;
    return isRecord(data) || (data === null && errors.length > 0);
}

;// CONCATENATED MODULE: ./src/speckle/failures.js


/** `a`, `a and b`, `a, b and c`. */
function list(names) {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
/** `the scope a`, `the scopes a and b`. */
function theScopes(names) {
    return `the scope${names.length === 1 ? '' : 's'} ${list(names)}`;
}
/** A sentence of the server inside one of ours, without its full stop. */
function quoted(text, clean) {
    return `“${clean.line(text.trim(), 200).replace(/\.$/, '')}”`;
}
/** The server's request id of an answer. */
function requestIdOf({ headers }, clean) {
    const id = headers['x-request-id'];
    return id ? clean.line(id, 100) : undefined;
}
function tokenRefused(requirements, answer, clean) {
    const { server, serverSource, tokenHint } = requirements;
    const page = tokenPage(server);
    return new Failure({
        code: 'invalid-token',
        problem: `${server}, whose address came from ${serverSource}, does not accept the token.`,
        remedy: tokenHint
            ? `Look on ${page} for a token whose id begins like “${tokenHint}”: if none is there, it was revoked, has expired, or belongs to another user or another server, and a new one must be made.`
            : `A Speckle token is 42 hexadecimal characters, and this one is not: copy it again as a whole, or make a new one on ${page}.`,
        requestId: requestIdOf(answer, clean),
    });
}
/** A 401, or a 403 of another form than the server's own. */
function gatewayInstead(requirements, answer, clean) {
    return new Failure({
        code: 'not-speckle',
        problem: `${requirements.server} answered with ${described(answer, clean)}, which is not how a Speckle server refuses a token.`,
        remedy: `A firewall, or a gateway with a login of its own, seems to stand before it: ask whoever runs it to let this runner through, or check the address, which came from ${requirements.serverSource}.`,
        requestId: requestIdOf(answer, clean),
    });
}
/** Something else answered. */
function notSpeckle(requirements, answer, clean) {
    return new Failure({
        code: 'not-speckle',
        problem: `${requirements.server} answered with ${described(answer, clean)}, which is not the answer of a Speckle server.`,
        remedy: checkAddress(requirements),
        requestId: requestIdOf(answer, clean),
    });
}
function checkAddress({ serverSource }) {
    return `Check the address, which came from ${serverSource}: it must be where the Speckle server opens in a browser.`;
}
function described({ status, headers, body }, clean) {
    const type = headers['content-type']?.split(';')[0]?.trim();
    const title = /<title[^>]*>([^<]{1,200})/i.exec(body)?.[1]?.trim();
    const content = body.trim() === '' ? 'an empty body' : type ? clean.line(type, 60) : 'a body without a content type';
    return `HTTP status ${status} and ${content}${title ? `, a page titled ${quoted(title, clean)}` : ''}`;
}
/** GraphQL of something else: it does not know the smallest identity. */
function otherGraphql(requirements, requestId) {
    return new Failure({
        code: 'not-speckle',
        problem: `${requirements.server} speaks GraphQL, but does not say who it is and who the token’s user is as a Speckle server does.`,
        remedy: checkAddress(requirements),
        requestId,
    });
}
function brokenServer({ server }, said, clean, requestId) {
    return new Failure({
        code: 'server-error',
        problem: `${server} cannot say who the token’s user is: ${quoted(said, clean)}.`,
        remedy: 'Run the job again later, and tell whoever runs the server if this goes on.',
        requestId,
    });
}
/** @param said the server's reason, if it gave one. */
function anonymous({ server, serverSource }, said, clean, requestId) {
    const reason = said ? `: ${quoted(said, clean)}` : '';
    return new Failure({
        code: 'anonymous',
        problem: `${server} answered, but as to nobody, as if no token had come${reason}.`,
        remedy: `A proxy or a gateway on the way may drop the Authorization header: let it pass there, or check the address, which came from ${serverSource}.`,
        requestId,
    });
}

;// CONCATENATED MODULE: ./src/speckle/ask.js



class BatchingDisabled extends Error {
    name = 'BatchingDisabled';
}
/**
 * Asks one server with one token. It remembers whether the server takes batches.
 * @throws {Failure} `invalid-token`, `not-speckle`, and whatever the transport throws.
 */
function createAsk(requirements, { transport, clean }) {
    let batching = true;
    async function exchange(operations) {
        const received = {};
        const url = `${requirements.server}/graphql`;
        const client = new GraphQLClient_GraphQLClient(url, {
            errorPolicy: 'all',
            // Otherwise it parses every document to find its name.
            excludeOperationName: true,
            fetch: async (_url, init) => {
                const answer = await transport({
                    url,
                    // The transport alone gets the token: the errors of graphql-request quote whatever it was given.
                    headers: {
                        authorization: `Bearer ${requirements.token}`,
                        'content-type': 'application/json',
                        accept: 'application/json',
                    },
                    body: typeof init?.body === 'string' ? init.body : '',
                    ...(operations[0]?.identity && { isTemporary: isTemporary }),
                });
                received.answer = answer;
                const kind = kindOf(answer, operations.length);
                if (kind === 'token-refused')
                    throw tokenRefused(requirements, answer, clean);
                if (kind === 'gateway')
                    throw gatewayInstead(requirements, answer, clean);
                if (kind === 'batching-disabled')
                    throw new BatchingDisabled();
                if (kind === 'foreign')
                    throw notSpeckle(requirements, answer, clean);
                return asResponse(answer.body);
            },
        });
        const [only] = operations;
        // An array of one is refused where batching is disabled, so a single operation goes as an object.
        const results = only && operations.length === 1
            ? [await client.rawRequest(only.document, only.variables)]
            : await client.batchRequests([...operations]);
        const answered = operations.map((operation, at) => ({ operation, answer: readAnswer(results[at]) }));
        const { answer } = received;
        if (answer && !answered.every((one) => isWhole(one.answer, one.operation)))
            throw notSpeckle(requirements, answer, clean);
        return { answered, requestId: answer && requestIdOf(answer, clean) };
    }
    return async (operations) => {
        if (batching || operations.length === 1)
            try {
                return await exchange(operations);
            }
            catch (error) {
                if (!(error instanceof BatchingDisabled))
                    throw error;
                batching = false;
            }
        const answered = [];
        let requestId;
        for (const operation of operations) {
            const reply = await exchange([operation]);
            answered.push(...reply.answered);
            requestId = reply.requestId ?? requestId;
        }
        return { answered, requestId };
    };
}
/**
 * The status has been judged: any other than 200 would make graphql-request throw the answers away. Reading the text
 * out of a Response's own body would load the web streams.
 */
function asResponse(body) {
    const response = new Response(null, { headers: { 'content-type': 'application/json' } });
    return Object.assign(response, { text: () => Promise.resolve(body) });
}

;// CONCATENATED MODULE: ./src/speckle/operation.js
/** `smallest` is what every server knows; `migration` is missing before 2.18.5. */
const identities = {
    full: 'serverInfo { name version migration { movedTo } } activeUser { id name email role }',
    smallest: 'serverInfo { name version } activeUser { id name email role }',
};
/** `permissions` is missing before 2.23.24, and `canPublish` before 2.24.1. */
const projects = {
    permissions: 'project(id: $id) { id name role permissions { canRead { authorized message } canPublish { authorized message } } }',
    role: 'project(id: $id) { id name role }',
};
/** Writes an operation. The project is the last field: what it refuses shall be the last thing that is run. */
function compose({ identity, probes = [], project }) {
    const fields = [
        ...(identity ? [identities[identity]] : []),
        ...probes.map(({ selection }) => selection),
        ...(project ? [projects[project.by]] : []),
    ].join(' ');
    const kind = probes[0]?.kind === 'mutation' ? 'mutation ' : project ? 'query ($id: String!) ' : '';
    return {
        document: `${kind}{ ${fields} }`,
        ...(project && { variables: { id: project.id } }),
        identity: identity !== undefined,
        probes,
        project: project !== undefined,
    };
}
/** Whether the operation was not run: it does not fit the schema. Such an answer tells nothing about a token. */
function isUnfit({ data, faults }) {
    return data === undefined && faults.every(({ path }) => path.length === 0);
}
function faultsAt({ faults }, key) {
    return faults.filter(({ path }) => path[0] === key);
}

;// CONCATENATED MODULE: ./src/speckle/identity.js


/** Reads who the server and the user are. Names and ids come cleaned. */
function readIdentity(answered, clean) {
    const answers = answered.filter(({ operation }) => operation.identity).map(({ answer }) => answer);
    const faults = answers.flatMap((answer) => faultsAt(answer, 'activeUser'));
    const refused = faults.some(({ scope }) => scope === 'profile:read');
    const told = answers.find(({ data }) => data !== undefined);
    if (!told?.data) {
        const fault = answers.at(-1)?.faults[0];
        if (refused)
            return { kind: 'known' };
        const ran = fault && (fault.code === 'INTERNAL_SERVER_ERROR' || !answers.every(isUnfit));
        return ran ? { kind: 'broken', fault } : { kind: 'foreign' };
    }
    const server = readServer(told.data['serverInfo'], clean);
    const user = readUser(told.data['activeUser'], clean);
    if (!server || user === undefined)
        return { kind: 'foreign' };
    if (user)
        return { kind: 'known', server, user };
    if (refused)
        return { kind: 'known', server };
    const fault = faults.at(-1);
    return fault?.code === 'INTERNAL_SERVER_ERROR'
        ? { kind: 'broken', fault }
        : { kind: 'nobody', server, fault };
}
function readServer(info, clean) {
    if (!isRecord(info) || typeof info['name'] !== 'string')
        return undefined;
    const { name, version, migration } = info;
    const movedTo = isRecord(migration) ? migration['movedTo'] : undefined;
    return {
        name: clean.value(name),
        ...(typeof version === 'string' && { version: clean.value(version) }),
        ...(typeof movedTo === 'string' && movedTo !== '' && { movedTo: clean.value(movedTo) }),
    };
}
/** @returns null for nobody, undefined for what is no user. */
function readUser(user, clean) {
    if (user === null)
        return null;
    if (!isRecord(user) || typeof user['id'] !== 'string' || typeof user['name'] !== 'string')
        return undefined;
    const { id, name, email, role } = user;
    return {
        id: clean.value(id),
        name: clean.value(name),
        ...(typeof email === 'string' && { email: clean.value(email) }),
        ...(typeof role === 'string' && { role: clean.value(role) }),
    };
}

;// CONCATENATED MODULE: ./src/speckle/learn.js


/**
 * What the answers tell about scopes. It counts only where the server knows the token: anonymous calls skip the guards
 * (exchange 40).
 */
function learnScopes(answered) {
    const scopes = new Map();
    for (const { operation, answer } of answered) {
        if (operation.identity)
            learnIdentity(answer, scopes);
        if (operation.project)
            learnProject(answer, scopes);
        learnProbes(operation.probes, answer, scopes);
    }
    // A refusal is told by its scope wherever it stands, and no data outweighs it.
    for (const { answer } of answered)
        for (const { scope } of answer.faults)
            if (scope)
                scopes.set(scope, 'missing');
    return scopes;
}
function learnIdentity({ data }, scopes) {
    const user = data?.['activeUser'];
    if (!isRecord(user))
        return;
    scopes.set('profile:read', 'held');
    // It guards no field: without it the email is null (exchange 03).
    scopes.set('profile:email', typeof user['email'] === 'string' ? 'held' : 'missing');
}
/** A project that is missing or forbidden was looked for behind the guard (exchanges 24–26). */
function learnProject(answer, scopes) {
    const fault = faultsAt(answer, 'project')[0];
    const looked = fault ? isForbidden(fault) || isNotFound(fault) : isRecord(answer.data?.['project']);
    if (looked)
        scopes.set('streams:read', 'held');
}
function learnProbes(asked, answer, scopes) {
    // Mutations run one after the other and stop at the first error: those before it have passed their guards.
    const stop = asked.findIndex(({ kind, key }) => kind === 'mutation' && faultsAt(answer, key).length > 0);
    for (const [at, probe] of asked.entries()) {
        const faults = faultsAt(answer, probe.key);
        const value = answer.data?.[probe.key];
        const answers = value !== undefined && (value !== null || probe.nullable);
        if (faults.length > 0 ? faults.every((fault) => passed(probe, fault)) : at < stop || answers)
            scopes.set(probe.scope, 'held');
    }
}
/** Whether an error shows that the guard of the probe's scope let the token pass. */
function passed({ mayFail }, fault) {
    if (fault.scope !== undefined || isUnauthorized(fault))
        return false;
    // Worded as no known server does it, but of a scope: that proves nothing.
    if (/\bscope/i.test(fault.message))
        return false;
    // The role is checked after the scope (exchange 39).
    return mayFail !== undefined || isForbidden(fault);
}
function isUnauthorized({ code, statusCode }) {
    return code === 'UNAUTHORIZED' || code === 'UNAUTHENTICATED' || statusCode === 401;
}
function isForbidden({ code, statusCode, scope }) {
    return scope === undefined && (code === 'FORBIDDEN' || statusCode === 403);
}
function isNotFound({ code, statusCode }) {
    return code.includes('NOT_FOUND') || statusCode === 404;
}

;// CONCATENATED MODULE: ./src/speckle/near-miss.js
/**
 * The first of the known names that `text` (in lower case) almost is: equal without separators and plural s, or one
 * edit away (a character too many, too few, another, or two neighbours swapped).
 */
function nearMiss(text, known) {
    return known.find((name) => near_miss_bare(name) === near_miss_bare(text)) ?? known.find((name) => oneEdit(text, name));
}
function near_miss_bare(text) {
    return text.replace(/[^a-z0-9]|s/g, '');
}
function oneEdit(a, b) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    if (long.length - short.length > 1)
        return false;
    let at = 0;
    while (at < short.length && short[at] === long[at])
        at++;
    if (long.length > short.length)
        return short.slice(at) === long.slice(at + 1);
    const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
    return (short.slice(at + 1) === long.slice(at + 1) || (swapped && short.slice(at + 2) === long.slice(at + 2)));
}

;// CONCATENATED MODULE: ./src/speckle/scopes.js

const mutation = (scope, key, mayFail, inner) => ({
    scope,
    kind: 'mutation',
    key,
    // Nothing but the name of a namespace's type is ever asked for: no field that acts.
    selection: inner ? `${key}: ${inner}` : `${key} { __typename }`,
    nullable: false,
    ...(mayFail && { mayFail }),
});
const query = (scope, key, selection, mayFail) => ({
    scope,
    kind: 'query',
    key,
    selection,
    nullable: mayFail !== 'module',
    ...(mayFail && { mayFail }),
});
/**
 * Every scope that can be seen, measured on a server 2.31.14 (speckle-server/README.md, exchanges 10–14, 34–51).
 * Namespaces that always answer come before those that depend on a module: in a shared mutation an error proves the
 * scopes before it. `profile:read` and `profile:email` are told by the identity itself.
 */
const probes = [
    query('streams:read', 'streams', 'streams(limit: 0) { totalCount }'),
    query('users:read', 'otherUser', 'otherUser(id: "") { id }'),
    query('apps:read', 'apps', 'apps { id }'),
    query('server:stats', 'adminStreams', 'adminStreams(limit: 0) { totalCount }', 'role'),
    // Inside an alias of its own, so that a refusal leaves the identity alone.
    query('tokens:read', 'own', 'own: activeUser { apiTokens { id scopes createdAt lifespan } }'),
    query('workspace:read', 'workspace', 'workspace(id: "") { id }', 'module'),
    query('automate-functions:read', 'automateFunction', 'automateFunction(id: "") { id }', 'module'),
    mutation('streams:write', 'projectMutations'),
    mutation('profile:write', 'activeUserMutations'),
    mutation('users:invite', 'invites', undefined, 'workspaceMutations { invites { __typename } }'),
    mutation('workspace:billing', 'billing', 'module', 'workspaceMutations { billing { __typename } }'),
    mutation('workspace:update', 'dashboardMutations', 'module'),
    mutation('automate-functions:write', 'automateMutations', 'module'),
    mutation('server:setup', 'serverInfoMutations', 'role'),
];
const byIdentity = ['profile:read', 'profile:email'];
/** These guard acting fields alone: only the token's own entry, which `tokens:read` opens, tells about them. */
const withoutProbe = [
    'apps:write',
    'automate:report-results',
    'profile:delete',
    'tokens:write',
    'users:email',
    'workspace:create',
    'workspace:delete',
];
const knownScopes = [
    ...byIdentity,
    ...probes.map(({ scope }) => scope),
    ...withoutProbe,
].toSorted();
/** Whether an answer can tell about the scope, without its entry in the list of tokens. */
function canBeProbed(scope) {
    return byIdentity.includes(scope) || probes.some((probe) => probe.scope === scope);
}
const scopes_read = ['profile:read', 'streams:read'];
const write = [...scopes_read, 'streams:write'];
const words = new Map([
    ['read', scopes_read],
    ['write', write],
    ['automate', [...write, 'automate:report-results']],
]);
/** Parts of at most 40 characters: a pasted token is longer. */
const scopes_form = /^[a-z][a-z0-9_.-]{0,39}(?::[a-z][a-z0-9_.-]{0,39}){1,2}$/;
/** Whether text has the form of a scope; a scope need not be known. */
function isScope(text) {
    return scopes_form.test(text);
}
/**
 * Reads a list of scopes and of the words `read`, `write` and `automate`. The scopes come in lower case, sorted, each
 * once, with `profile:read`. One of the right form that nobody knows is taken: servers may know more of them.
 */
function readScopes(text) {
    const scopes = new Set(['profile:read']);
    const faults = [];
    for (const given of new Set(text.split(/[\s,;]+/).filter(Boolean))) {
        const name = given.toLowerCase();
        const expanded = words.get(name) ?? (knownScopes.includes(name) ? [name] : undefined);
        const meant = expanded ? undefined : nearMiss(name, [...knownScopes, ...words.keys()]);
        if (meant)
            faults.push({ given, meant });
        else if (!expanded && !isScope(name))
            faults.push({ given });
        else
            for (const scope of expanded ?? [name])
                scopes.add(scope);
    }
    return { scopes: [...scopes].toSorted(), faults };
}

;// CONCATENATED MODULE: ./src/speckle/own-token.js


/** The default, in milliseconds (exchange 28). */
const hundredYears = 3_154_000_000_000;
/** There are some 25 scopes; whatever lists more is no server to take at its word. */
const most = 100;
const day = 86_400_000;
/** The id is the first ten characters of the token. An app token does not find itself. */
function ownToken(answered, token) {
    for (const { answer } of answered) {
        const own = answer.data?.['own'];
        const entries = isRecord(own) ? own['apiTokens'] : undefined;
        if (!Array.isArray(entries))
            continue;
        for (const entry of entries) {
            const found = readEntry(entry, token.slice(0, 10));
            if (found)
                return found;
        }
    }
    return undefined;
}
function readEntry(entry, id) {
    if (!isRecord(entry) || entry['id'] !== id || !Array.isArray(entry['scopes']))
        return undefined;
    const scopes = entry['scopes']
        .filter((scope) => typeof scope === 'string')
        .filter(isScope)
        .slice(0, most);
    // A BigInt comes as a number or as a string, as the server's version likes.
    const lifespan = Number(entry['lifespan']);
    const createdAt = Date.parse(String(entry['createdAt']));
    const expiresAt = new Date(createdAt + lifespan);
    const expires = lifespan < hundredYears && !Number.isNaN(expiresAt.getTime());
    return { scopes, ...(expires && { expiresAt, lifespan }) };
}
/** A warning within 14 days of the expiry. */
function expiryWarning({ expiresAt, lifespan }, now) {
    if (!expiresAt || expiresAt.getTime() - now.getTime() > 14 * day)
        return undefined;
    const when = `The token expires at ${expiresAt.toISOString()}`;
    // The documentation of token creation speaks of seconds, where the server takes milliseconds.
    return lifespan !== undefined && lifespan < day
        ? `${when}. Its lifespan of ${lifespan} milliseconds is less than a day: seconds may have been given for milliseconds when it was made.`
        : `${when}: make a new one in time.`;
}

;// CONCATENATED MODULE: ./src/speckle/project.js






/** Judges the required project by what the user may do there; what the token may do is told by its scopes. */
function judgeProject(answered, context) {
    const asked = answered.filter(({ operation }) => operation.project).map(({ answer }) => answer);
    const found = asked.map(({ data }) => data?.['project']).find(isRecord);
    if (found)
        return judgeFound(found, context);
    if (asked.every(isUnfit))
        return { failure: unaskable(context) };
    const [fault = nothing] = asked.flatMap((answer) => faultsAt(answer, 'project'));
    return { failure: refused(fault, context) };
}
/** Null without an error. */
const nothing = { message: '', path: [], code: 'STREAM_NOT_FOUND' };
function judgeFound(found, context) {
    const { requirements, clean, requestId } = context;
    const { id, name, role, permissions } = found;
    const project = {
        id: clean.value(String(id)),
        name: clean.value(String(name)),
        ...(typeof role === 'string' && { role: clean.value(role) }),
    };
    const writing = requirements.permission === 'write';
    const unreadable = isRecord(permissions) ? refusalIn(permissions['canRead']) : undefined;
    const unwritable = isRecord(permissions) ? refusalIn(permissions['canPublish']) : refusalBy(role);
    const refusal = unreadable ?? (writing ? unwritable : undefined);
    if (refusal === undefined)
        return { project };
    const as = project.role ? `as ${clean.line(project.role, 60)}` : 'without a role there';
    const said = refusal === '' ? '' : `: ${quoted(refusal, clean)}`;
    const [act, member] = unreadable === undefined ? ['write to', 'a contributor'] : ['read', 'a member'];
    return {
        project,
        failure: new Failure({
            code: 'project-forbidden',
            problem: `${who(context)} may not ${act} the project ${quoted(project.name, clean)} (${as})${said}.`,
            remedy: `Ask an owner of the project to make this user ${member} of it, or use a token of a user who is one.`,
            requestId,
        }),
    };
}
/** The server's sentence where it does not allow something. */
function refusalIn(check) {
    const { authorized, message } = isRecord(check) ? check : {};
    if (authorized === true)
        return undefined;
    return typeof message === 'string' ? message : '';
}
/** Whether a role may write, for a server that is too old to tell. */
function refusalBy(role) {
    return role === 'stream:owner' || role === 'stream:contributor' ? undefined : '';
}
/** Sentences of the server as of 2.31.14 (exchanges 24–26); whatever else it may say falls to the nearest meaning. */
function refused(fault, context) {
    const { requirements, clean, requestId } = context;
    const project = quoted(requirements.project ?? '', clean);
    const page = tokenPage(requirements.server);
    if (isNotFound(fault) || /\bnot found\b/i.test(fault.message)) {
        const own = fault.code === 'STREAM_NOT_FOUND' ? '' : `: ${quoted(fault.message, clean)}`;
        return new Failure({
            code: 'project-not-found',
            problem: `${requirements.server} has no project ${project}${own}.`,
            remedy: `Check the project in the address bar of the browser, and that it is on this server, whose address came from ${requirements.serverSource}.`,
            requestId,
        });
    }
    if (/not authorized to access this resource/i.test(fault.message))
        return new Failure({
            code: 'project-forbidden',
            problem: `The token is limited to certain projects, and ${project} is none of them (to such a token a project that does not exist looks the same).`,
            remedy: `Check the project’s id, or make a token on ${page} that is not limited or includes this project.`,
            requestId,
        });
    if (/do not have access to the project/i.test(fault.message))
        return new Failure({
            code: 'project-forbidden',
            problem: `${who(context)} has no role in the project ${project} and cannot see it.`,
            remedy: 'Ask an owner of the project to invite this user, or use a token of a user who has a role there.',
            requestId,
        });
    const broken = fault.code === 'INTERNAL_SERVER_ERROR' || (fault.statusCode ?? 0) >= 500;
    return new Failure({
        code: broken ? 'server-error' : 'project-forbidden',
        problem: `${requirements.server} does not show the project ${project}: ${quoted(fault.message, clean)}.`,
        remedy: broken
            ? 'Run the job again later, and tell whoever runs the server if this goes on.'
            : `Open the project in the browser as the token’s user to see what the server asks for, or use a token of a user who can read it.`,
        requestId,
    });
}
/** Before projects were called that, or where something else answers half of what a server does. */
function unaskable({ requirements, requestId }) {
    return new Failure({
        code: 'project-forbidden',
        problem: `${requirements.server} is too old to be asked about a project.`,
        remedy: 'Leave the project out, or ask whoever runs the server to update it.',
        requestId,
    });
}
function who({ user, clean }) {
    return user ? `The token’s user ${quoted(user.name, clean)}` : 'The token’s user';
}

;// CONCATENATED MODULE: ./src/speckle/scope-facts.js




/**
 * Sorts the required scopes by what is known of them.
 * @param own the token's own entry, which tells about every scope.
 */
function scopeFacts(requirements, told, own, clean) {
    const required = requirements.scopes;
    const isMissing = (scope) => told.get(scope) === 'missing' || (own !== undefined && !own.scopes.includes(scope));
    const seen = own ? new Set(own.scopes) : told.keys();
    const held = [...seen]
        .filter((scope) => !isMissing(scope))
        .map((scope) => clean.value(scope))
        .toSorted();
    const missing = required.filter(isMissing);
    return {
        held,
        missing,
        unverified: required.filter((scope) => !held.includes(scope) && !missing.includes(scope)),
        ...(requirements.excessScopes !== 'ignore' && {
            excess: held.filter((scope) => !required.includes(scope)),
        }),
    };
}
/** What shall be said about scopes of which nothing is known. */
function scopeNotices(requirements, facts, told, own) {
    const notices = [];
    const unseen = facts.unverified.filter((scope) => !canBeProbed(scope));
    if (unseen.length > 0)
        notices.push(`Whether the token holds ${theScopes(unseen)} cannot be seen without acting; only a personal token that holds tokens:read shows it.`);
    const silent = facts.unverified.filter(canBeProbed);
    if (silent.length > 0 && !facts.missing.includes('profile:read'))
        notices.push(`The server did not tell whether the token holds ${theScopes(silent)}; it may be too old to be asked.`);
    const audited = requirements.excessScopes !== 'ignore' && !own;
    const unaudited = knownScopes.filter((scope) => !told.has(scope) && !facts.unverified.includes(scope));
    if (audited && unaudited.length > 0)
        notices.push(`Unseen by the audit of scopes: ${list(unaudited)}; only a personal token that holds tokens:read shows them.`);
    return notices;
}
/** Names everything that is missing. */
function missingScope(requirements, { held, missing }, requestId) {
    if (missing.length === 0)
        return undefined;
    const { scopes: required, server } = requirements;
    const blind = missing.includes('profile:read');
    const doubt = blind && required.length > 1 ? '; without profile:read the others cannot all be told for certain' : '';
    const embed = blind && held.includes('streams:read')
        ? ' (it holds streams:read without profile:read, so it may be an embed token)'
        : '';
    return new Failure({
        code: 'missing-scope',
        problem: `The token lacks ${theScopes(missing)}${doubt}${embed}.`,
        remedy: `Make a token with ${theScopes(required)} on ${tokenPage(server)} and use it in place of this one.`,
        requestId,
    });
}
/** The sentences about scopes held beyond those required: what is wrong, and what to do. */
function excessSentences(requirements, { excess = [] }) {
    if (excess.length === 0)
        return undefined;
    return {
        problem: `The token may do more than this job needs: it also holds ${theScopes(excess)}.`,
        remedy: `Make a token with ${theScopes(requirements.scopes)} alone on ${tokenPage(requirements.server)}, or name the others in the input scopes if the job needs them.`,
    };
}

;// CONCATENATED MODULE: ./src/speckle/judge.js







/** Judges what all the answers together say. Where several failures apply, the first of the contract's order is told. */
function judge(requirements, answered, { clean, now, requestId }) {
    const identity = readIdentity(answered, clean);
    if (identity.kind === 'foreign')
        return failed(otherGraphql(requirements, requestId));
    if (identity.kind === 'broken')
        return failed(brokenServer(requirements, identity.fault.message, clean, requestId));
    const moved = movedWarning(identity.server, clean);
    if (identity.kind === 'nobody')
        return {
            ...failed(anonymous(requirements, identity.fault?.message, clean, requestId)),
            server: serverFacts(identity.server),
            warnings: moved,
        };
    const { server, user } = identity;
    const told = learnScopes(answered);
    const own = ownToken(answered, requirements.token);
    const scopes = scopeFacts(requirements, told, own, clean);
    const { project, failure: projectFailure } = requirements.project === undefined
        ? {}
        : judgeProject(answered, { requirements, user, clean, requestId });
    const excess = excessSentences(requirements, scopes);
    const expiry = own && expiryWarning(own, now);
    return {
        failure: missingScope(requirements, scopes, requestId) ??
            wrongUser(requirements, user, clean, requestId) ??
            projectFailure ??
            (excess && requirements.excessScopes === 'fail'
                ? new Failure({ code: 'excess-scope', ...excess, requestId })
                : undefined),
        server: server && serverFacts(server),
        user,
        scopes,
        project,
        expiresAt: own?.expiresAt,
        warnings: [
            ...moved,
            ...(expiry ? [expiry] : []),
            ...(excess && requirements.excessScopes === 'warn' ? [`${excess.problem} ${excess.remedy}`] : []),
        ],
        notices: scopeNotices(requirements, scopes, told, own !== undefined),
    };
}
function failed(failure) {
    return { failure, warnings: [], notices: [] };
}
function serverFacts({ name, version }) {
    return { name, version };
}
function movedWarning(server, clean) {
    return server?.movedTo
        ? [
            `This server says that it has moved to ${quoted(server.movedTo, clean)}: give that address from now on.`,
        ]
        : [];
}
/** Says who it is by name and id: logs are public, an email is not. */
function wrongUser({ allowedUsers }, user, clean, requestId) {
    if (!user || allowedUsers.length === 0)
        return undefined;
    const names = new Set([user.id.toLowerCase(), user.email?.toLowerCase()]);
    if (allowedUsers.some((allowed) => names.has(allowed)))
        return undefined;
    return new Failure({
        code: 'wrong-user',
        problem: `The token is one of ${quoted(user.name, clean)} (user id ${clean.line(user.id, 100)}), who is not among the allowed users.`,
        remedy: 'Use a token of an allowed user, or add this user to the input allowed-users.',
        requestId,
    });
}

;// CONCATENATED MODULE: ./src/speckle/plan.js




/**
 * The operations of the first request: all that a success needs. One query for what can be read; one mutation for the
 * scopes that only mutations tell; and one more for each probe whose refusal would take others with it although the
 * scope is held. An audit asks every probe, those that may be refused each in an operation of its own.
 */
function firstRequest(requirements) {
    const { scopes: required, project } = requirements;
    const wanted = wantedProbes(requirements);
    const shared = wanted.filter((probe) => probe.kind === 'query' && probe.nullable);
    const namespaces = wanted.filter((probe) => probe.kind === 'mutation' && probe.mayFail !== 'role' && required.includes(probe.scope));
    return [
        compose({
            identity: 'full',
            probes: shared,
            project: project === undefined ? undefined : { id: project, by: 'permissions' },
        }),
        ...(namespaces.length > 0 ? [compose({ probes: namespaces })] : []),
        ...wanted.filter((probe) => !shared.includes(probe) && !namespaces.includes(probe)).map(alone),
    ];
}
/**
 * The operations of the one further request that a refusal or an older server may cost: finer ones, which together
 * tell everything that is still open. None, when there is nothing more to be learnt.
 */
function followUp(requirements, answered) {
    const first = answered.find(({ operation }) => operation.identity);
    if (!first)
        return [];
    const { operation, answer } = first;
    const told = learnScopes(answered);
    const open = wantedProbes(requirements).filter(({ scope }) => !told.has(scope) && !answered.some((one) => isAlone(one.operation, scope)));
    if (isUnfit(answer))
        return [compose({ identity: 'smallest' }), ...open.map(alone), ...projectAlone(requirements)];
    if (!answer.data) {
        // A refused project took the identity with it, and silence about the other fields proves nothing.
        const again = open.filter((probe) => operation.probes.includes(probe));
        const refused = faultsAt(answer, 'project').length > 0;
        return [
            compose({ identity: refused ? 'full' : 'smallest', probes: again }),
            ...open.filter((probe) => !again.includes(probe)).map(alone),
            ...(refused ? [] : projectAlone(requirements)),
        ];
    }
    const anonymous = answer.data['activeUser'] === null && told.get('profile:read') !== 'missing';
    if (anonymous)
        return [];
    // The token's own entry tells about every scope at once.
    if (ownToken(answered, requirements.token))
        return [];
    return open.filter(({ scope }) => requirements.scopes.includes(scope)).map(alone);
}
/** The probes to ask, in the order of their table. */
function wantedProbes(requirements) {
    const { scopes: required } = requirements;
    const audit = requirements.excessScopes !== 'ignore';
    return probes.filter(({ scope }) => {
        if (required.includes(scope))
            return true;
        // That probe makes the server call another service, which takes 3 s where that is down.
        if (audit)
            return scope !== 'automate-functions:read';
        return scope === 'tokens:read' && !required.every(canBeProbed);
    });
}
function alone(probe) {
    return compose({ probes: [probe] });
}
function isAlone({ identity, project, probes: asked }, scope) {
    return !identity && !project && asked.length === 1 && asked[0]?.scope === scope;
}
/** Both ways at once: a server that is too old for permissions is judged by the role. */
function projectAlone({ project }) {
    if (project === undefined)
        return [];
    return ['permissions', 'role'].map((by) => compose({ project: { id: project, by } }));
}

;// CONCATENATED MODULE: ./src/speckle/verify.js



/**
 * Finds out whether a token meets the requirements: with one request, and at most one more where something was refused
 * or the server is an older one. (One that takes no batches is asked one operation after the other.)
 * @throws {Failure} when no answer of a Speckle server to this token came: `invalid-token`, `not-speckle`, and whatever
 * the transport throws. Every other failure is in the verdict, beside what is known.
 */
async function verify(requirements, { transport, clean, now }) {
    const ask = createAsk(requirements, { transport, clean });
    const first = await ask(firstRequest(requirements));
    const finer = followUp(requirements, first.answered);
    const last = finer.length > 0 ? await ask(finer) : first;
    const answered = last === first ? first.answered : [...first.answered, ...last.answered];
    return judge(requirements, answered, { clean, now: now(), requestId: last.requestId });
}

;// CONCATENATED MODULE: ./src/version.js
/** The version that the User-Agent names; a check holds it to package.json. */
const version = '1.0.0';

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./src/action/account-folder.js


/** What the main step tells the post step: the name of the folder and the id of the account. Never the token. */
const accountState = { folder: 'ACCOUNT_FOLDER', id: 'ACCOUNT_ID' };
const beginning = 'speckle-auth-';
function isFolderName(text) {
    return /^speckle-auth-[A-Za-z\d]{6}$/.test(text);
}
function isAccountId(text) {
    return /^[\dA-F]{32}$/.test(text);
}
/**
 * The name of the account folder that a path means, if it can be one: a direct child of the runner's temporary folder
 * with a name of ours.
 * @param paths the rules of the system, `node:path` or one of its variants
 */
function folderNameOf(folder, runnerTemp, paths = external_node_path_namespaceObject) {
    if (!paths.isAbsolute(folder))
        return undefined;
    const name = paths.relative(runnerTemp, folder);
    return isFolderName(name) ? name : undefined;
}
/** Whether a folder is another one or lies in it, by the rules of the system. */
function isWithin(folder, outer, paths = external_node_path_namespaceObject) {
    const way = paths.relative(outer, folder);
    return !/^\.\.($|[\\/])/.test(way) && !paths.isAbsolute(way);
}
/** Where everything is, as all SDKs expect it. */
function placesIn(folder) {
    const speckle = (0,external_node_path_namespaceObject.join)(folder, 'Speckle');
    const accounts = (0,external_node_path_namespaceObject.join)(speckle, 'Accounts');
    return { speckle, accounts, database: (0,external_node_path_namespaceObject.join)(speckle, 'Accounts.db') };
}
/** The file of an account, inside the folder of the accounts. */
function recordFile(accounts, id) {
    return (0,external_node_path_namespaceObject.join)(accounts, `${id}.json`);
}
/** What a record is written to before it takes its place; no name that an SDK reads. */
function account_folder_unfinished(file) {
    return `${file}.tmp`;
}
/** A database with the files that SQLite puts beside it. */
function account_folder_databaseFiles(database) {
    return ['', '-journal', '-wal', '-shm'].map((ending) => database + ending);
}
/**
 * Makes a folder that nobody else can enter: 0700. On Windows modes mean nothing, and the folder inherits who may enter
 * the runner's temporary folder, which is in the profile or the work folder of the runner's user.
 */
function createFolder(runnerTemp) {
    return (0,external_node_fs_namespaceObject.mkdtempSync)((0,external_node_path_namespaceObject.join)(runnerTemp, beginning));
}
/** Something else is where a file or folder of ours should be: a link above all. The message says so in short. */
class Replaced extends Error {
}
/**
 * Whether there is such a thing; links are not followed.
 * @throws {Replaced} when there is something else
 */
function account_folder_isThere(place, kind) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(place, { throwIfNoEntry: false });
    if (!found)
        return false;
    if (kind === 'file' ? found.isFile() : found.isDirectory())
        return true;
    throw new Replaced(`something else is where a ${kind} of it was`);
}
/**
 * Whether a folder is ours and nobody else can change what is in it. Owner and modes mean nothing on Windows.
 * @param others what other users of the machine may do in it
 */
function isOwn(folder, others) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(folder, { throwIfNoEntry: false });
    if (!found?.isDirectory())
        return false;
    if (!process.getuid)
        return true;
    return found.uid === process.getuid() && (found.mode & (others === 'nothing' ? 0o077 : 0o022)) === 0;
}
/** Removes a folder unless something is in it. */
function removeIfEmpty(folder) {
    try {
        rmdirSync(folder);
    }
    catch (error) {
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(reasonIn(error)))
            throw error;
    }
}
/**
 * Why something could not be done, in the words of SQLite or as the code of the system: both come from fixed lists. The
 * message of an error may hold text of others, so it is not shown.
 */
function reasonIn(error) {
    if (error instanceof Replaced)
        return error.message;
    for (const name of ['errstr', 'code']) {
        const reason = error instanceof Error ? Reflect.get(error, name) : undefined;
        if (typeof reason === 'string' && /^[\w/ ]{1,60}$/.test(reason))
            return reason;
    }
    return 'an unknown fault';
}

;// CONCATENATED MODULE: ./src/action/account-database.js


/** How long another process may hold the database, in milliseconds; as in Speckle.Sdk. */
const patience = 5000;
/** Creates the file of a database that is not there yet, for its owner alone. */
function createDatabase(file) {
    // SQLite itself would make it readable for everybody.
    (0,external_node_fs_namespaceObject.writeFileSync)(file, '', { flag: 'wx', mode: 0o600 });
}
/**
 * Puts an account into the database, or replaces the one of the same id.
 * @param change gives another account of the database its new content, or undefined to leave it
 * @param beforeCommit what must succeed as well; when it throws, the database stays as it was
 */
function store(file, account, change, beforeCommit) {
    within(file, (database) => {
        database.exec('BEGIN IMMEDIATE');
        const put = database.prepare('REPLACE INTO objects (hash, content) VALUES (?, ?)');
        for (const { hash, content } of database.prepare('SELECT hash, content FROM objects').all()) {
            const changed = typeof content === 'string' ? change(content) : undefined;
            if (changed !== undefined && hash !== undefined)
                put.run(hash, changed);
        }
        put.run(account.id, account.content);
        beforeCommit();
        // Closed without it, the database undoes everything.
        database.exec('COMMIT');
    });
}
/**
 * Removes an account from the database, so that nothing of it remains in the file; and the database, when no account is
 * left.
 * @throws {Replaced} when one of the files is none: SQLite would follow a link
 */
function removeFrom(file, id) {
    const files = databaseFiles(file).filter((each) => isThere(each, 'file'));
    if (files.includes(file)) {
        const left = within(file, (database) => {
            database.prepare('DELETE FROM objects WHERE hash = ?').run(id);
            const { count } = database.prepare('SELECT count(*) AS count FROM objects').get() ?? {};
            // An SDK that has written the row again (Speckle.Sdk does) left its old content behind in unused parts of the file.
            if (count !== 0)
                database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
            return count;
        });
        if (left !== 0)
            return;
    }
    for (const each of databaseFiles(file))
        if (isThere(each, 'file'))
            unlinkSync(each);
}
/** Opens a database, which is made ready if it is empty, and closes it in any case. */
function within(file, use) {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(file, { timeout: patience });
    try {
        // What is removed is overwritten, and nothing is written outside of the folder.
        database.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY');
        database.exec('CREATE TABLE IF NOT EXISTS objects (hash TEXT PRIMARY KEY, content TEXT) WITHOUT ROWID');
        return use(database);
    }
    finally {
        database.close();
    }
}
/** Loads SQLite, now that it is needed, without the warning that it is experimental; every other warning is given. */
function loadSqlite() {
    const emitWarning = process.emitWarning.bind(process);
    process.emitWarning = (warning, ...more) => {
        if (!more.includes('ExperimentalWarning'))
            Reflect.apply(emitWarning, process, [warning, ...more]);
    };
    try {
        return process.getBuiltinModule('node:sqlite');
    }
    finally {
        process.emitWarning = emitWarning;
    }
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./src/action/account-record.js


/**
 * The id that the SDKs give an account (specklepy and Speckle.Sdk, read in their source): a user is known by the email,
 * a server by its address. Without an email all users of a server would have one and the same.
 */
function accountId({ origin, user }) {
    return md5((user?.email ?? '') + origin);
}
/**
 * The id of an account without an email whose place another user has taken: both are kept, since every SDK takes an id
 * as it stands in the record.
 */
function secondAccountId({ origin, user }) {
    return md5((user?.id ?? '') + origin);
}
/** The account as every SDK reads it, and the default one. */
function accountRecord({ token, origin, server, user }, id) {
    return toAscii({
        id,
        token,
        refreshToken: null,
        isDefault: true,
        isOnline: true,
        serverInfo: {
            // .NET passes over a record in which one of the names is empty.
            name: server?.name || new URL(origin).host,
            company: null,
            version: server?.version ?? null,
            description: null,
            url: origin,
            frontend2: true,
            // An object in which a key is missing makes every look-up of specklepy fail.
            migration: null,
        },
        userInfo: {
            id: user?.id ?? '',
            name: user?.name ?? '',
            email: user?.email ?? '',
            company: null,
            avatar: null,
        },
    });
}
/** The same account, no longer the default one; undefined where there is nothing to change. */
function withoutDefault(record) {
    const account = parseJson(record);
    return isRecord(account) && account['isDefault'] === true
        ? toAscii({ ...account, isDefault: false })
        : undefined;
}
/** The id of the user to whom an account belongs, where the text is one. */
function userOf(record) {
    const account = parseJson(record);
    const user = isRecord(account) ? account['userInfo'] : undefined;
    return isRecord(user) ? user['id'] : undefined;
}
/** JSON in ASCII: readers take the encoding of their system for granted, and half a surrogate pair makes specklepy fail. */
function toAscii(value) {
    const json = JSON.stringify(value, (_, each) => typeof each === 'string' ? each.toWellFormed() : each);
    return json.replace(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function md5(text) {
    return (0,external_node_crypto_namespaceObject.createHash)('md5').update(text).digest('hex').toUpperCase();
}

;// CONCATENATED MODULE: ./src/action/account.js






/**
 * Writes the account for the SDKs, as JSON and into the database, and makes it the default one. It is done in one go,
 * without waiting for anything, so that nothing can come between.
 * @returns the folder for SPECKLE_USERDATA_PATH
 * @throws {Failure} when it cannot be written; then nothing of it is left
 */
function writeAccount(facts, place) {
    const undo = [];
    try {
        const folder = sharedFolder(place) ?? newFolder(place.environment, undo);
        const { speckle, accounts, database } = placesIn(folder);
        const id = freeId(facts, accounts);
        const content = accountRecord(facts, id);
        // Before the token is on the disk: the post step cleans up as well after a step that was ended by force.
        place.saveState(accountState.folder, (0,external_node_path_namespaceObject.basename)(folder));
        place.saveState(accountState.id, id);
        for (const each of [speckle, accounts]) {
            if (account_folder_isThere(each, 'folder'))
                continue;
            external_node_fs_namespaceObject.mkdirSync(each, { mode: 0o700 });
            undo.push(() => external_node_fs_namespaceObject.rmdirSync(each));
        }
        if (!account_folder_isThere(database, 'file')) {
            createDatabase(database);
            undo.push(() => account_folder_databaseFiles(database).forEach((file) => external_node_fs_namespaceObject.rmSync(file, { force: true })));
        }
        store(database, { id, content }, withoutDefault, () => {
            const own = recordFile(accounts, id);
            undo.push(replaceFile(own, content));
            for (const file of filesIn(accounts)) {
                const changed = file === own ? undefined : withoutDefault(external_node_fs_namespaceObject.readFileSync(file, 'utf8'));
                if (changed !== undefined)
                    undo.push(replaceFile(file, changed));
            }
        });
        return folder;
    }
    catch (error) {
        for (const step of undo.toReversed())
            account_attempt(step);
        throw notWritten(error);
    }
}
/** What is wrong with the runner's temporary folder, as a fault of an input; the account is written nowhere else. */
function runnerTempFault(environment) {
    const { RUNNER_TEMP: temp = '', GITHUB_WORKSPACE: workspace = '' } = environment;
    try {
        external_node_fs_namespaceObject.accessSync(temp, external_node_fs_namespaceObject.constants.W_OK);
        if (external_node_fs_namespaceObject.statSync(temp).isDirectory() && !isInWorkspace(temp, workspace))
            return undefined;
    }
    catch {
        // The answer is the same whatever the reason.
    }
    return 'RUNNER_TEMP: the folder that this variable names is not there, cannot be written or is in the workspace, which people publish; account-file takes the temporary folder of a runner';
}
function isInWorkspace(temp, workspace) {
    return external_node_fs_namespaceObject.existsSync(workspace) && isWithin(external_node_fs_namespaceObject.realpathSync(temp), external_node_fs_namespaceObject.realpathSync(workspace));
}
/** The folder of an earlier step, if the variable names one that is really such a folder. */
function sharedFolder({ environment, prefix }) {
    const runnerTemp = (0,external_node_path_namespaceObject.resolve)(environment['RUNNER_TEMP'] ?? '');
    const name = folderNameOf(environment[`${prefix}SPECKLE_USERDATA_PATH`] ?? '', runnerTemp);
    if (name === undefined)
        return undefined;
    const folder = (0,external_node_path_namespaceObject.join)(runnerTemp, name);
    const { speckle, accounts, database } = placesIn(folder);
    try {
        if (!isOwn(folder, 'nothing'))
            return undefined;
        for (const each of [speckle, accounts])
            account_folder_isThere(each, 'folder');
        for (const file of account_folder_databaseFiles(database))
            account_folder_isThere(file, 'file');
        return folder;
    }
    catch {
        return undefined;
    }
}
function newFolder(environment, undo) {
    const folder = createFolder((0,external_node_path_namespaceObject.resolve)(environment['RUNNER_TEMP'] ?? ''));
    undo.push(() => external_node_fs_namespaceObject.rmdirSync(folder));
    return folder;
}
/** The id of the account; another one where that of another user, also without an email, is in its place. */
function freeId(facts, accounts) {
    const id = accountId(facts);
    const file = recordFile(accounts, id);
    if (!account_folder_isThere(file, 'file'))
        return id;
    const user = userOf(external_node_fs_namespaceObject.readFileSync(file, 'utf8'));
    return user === facts.user?.id ? id : secondAccountId(facts);
}
/** The files that SDKs read as accounts; links are left alone. */
function filesIn(accounts) {
    return external_node_fs_namespaceObject.readdirSync(accounts, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map(({ name }) => (0,external_node_path_namespaceObject.join)(accounts, name));
}
/**
 * Puts a file in the place of another or of none, whole or not at all. It is created exclusively, so no link is followed,
 * and a link in its place would be replaced.
 * @returns how to undo it
 */
function replaceFile(file, content) {
    const old = account_folder_isThere(file, 'file') ? external_node_fs_namespaceObject.readFileSync(file, 'utf8') : undefined;
    const unfinished = account_folder_unfinished(file);
    external_node_fs_namespaceObject.rmSync(unfinished, { force: true });
    try {
        external_node_fs_namespaceObject.writeFileSync(unfinished, content, { flag: 'wx', mode: 0o600 });
        external_node_fs_namespaceObject.renameSync(unfinished, file);
    }
    catch (error) {
        external_node_fs_namespaceObject.rmSync(unfinished, { force: true });
        throw error;
    }
    return () => (old === undefined ? external_node_fs_namespaceObject.unlinkSync(file) : replaceFile(file, old));
}
function account_attempt(step) {
    try {
        step();
    }
    catch {
        // What is told is why the account could not be written; the post step tries again.
    }
}
function notWritten(error) {
    return new Failure({
        code: 'internal-error',
        problem: `The account could not be written into the temporary folder of the runner (${reasonIn(error)}), and nothing was exported.`,
        remedy: 'Make room there and let the runner write to it, or leave out account-file.',
        cause: error,
    });
}

;// CONCATENATED MODULE: ./src/action/certificate-bundle.js





/** These replace the trust of the programs that read them, so their bundle holds the system's authorities too. */
const replacing = ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'];
/** Node adds what this one names to its own authorities. */
const adding = 'NODE_EXTRA_CA_CERTS';
/**
 * Writes the bundles with which later steps trust a private authority too, each with what its variable already named.
 * They stay until the runner clears its folder: post steps of other actions read them.
 * @throws {Failure} when they cannot be written; then nothing of them is left
 * @param authority certificates in PEM
 * @param environment with the runner's folder of this job (`RUNNER_TEMP`)
 */
function writeBundles(authority, environment) {
    const warnings = [];
    const own = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.resolve)(environment['RUNNER_TEMP'] ?? ''), `speckle-certificates-${(0,external_node_crypto_namespaceObject.randomUUID)()}`);
    const trusted = authoritiesOfSystem();
    const write = (name, authorities) => {
        const file = (0,external_node_path_namespaceObject.join)(own, `${name}.pem`);
        const all = [...authorities, ...named(name), authority].flatMap(certificates);
        (0,external_node_fs_namespaceObject.writeFileSync)(file, `${[...new Set(all)].join('\n')}\n`, { flag: 'wx', mode: 0o644 });
        return file;
    };
    const remove = () => (0,external_node_fs_namespaceObject.rmSync)(own, { recursive: true, force: true });
    const [requests, openssl] = replacing;
    try {
        // Certificates are no secrets, and a container that runs as another user must be able to read them.
        (0,external_node_fs_namespaceObject.mkdirSync)(own, { mode: 0o755 });
        const variables = {
            [adding]: write(adding, []),
            [requests]: write(requests, trusted),
            [openssl]: write(openssl, trusted),
        };
        return { variables, warnings, remove };
    }
    catch (error) {
        remove();
        throw new Failure({
            code: 'invalid-input',
            problem: 'The bundle of certificates for later steps could not be written into the folder that RUNNER_TEMP names.',
            remedy: 'See to it that this folder can be written and has room, or set export-env to false.',
            cause: error,
        });
    }
    function named(name) {
        const file = environment[name];
        if (!file)
            return [];
        try {
            return [(0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8')];
        }
        catch {
            warnings.push(`${name} named a file that cannot be read; what it held is not in the new bundle. Check that variable.`);
            return [];
        }
    }
}
/** The certificates in a text, without the comments that bundles have between them. */
function certificates(pem) {
    return (pem
        .replace(/\r/g, '')
        .match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/g) ?? []);
}

;// CONCATENATED MODULE: ./src/action/runner.js


/** The longest line that is printed; a message that names all faulty inputs fits. */
const longestLine = 4000;
/** The title of every annotation. */
const title = 'Speckle';
/** Without `GITHUB_OUTPUT` the toolkit would print outputs into the log: nothing is set then. */
function createRunner(clean, environment) {
    const line = (text) => clean.line(text, longestLine);
    const hasOutputs = canWrite(environment['GITHUB_OUTPUT']);
    return {
        info: (text) => info(line(text)),
        notice: (text) => notice(line(text), { title }),
        warning: (text) => warning(line(text), { title }),
        fail(text) {
            error(line(text), { title });
            process.exitCode = ExitCode.Failure;
        },
        setOutput(name, value) {
            if (hasOutputs)
                setOutput(name, value);
        },
        exportVariables(variables) {
            const all = Object.entries(variables);
            if (all.length === 0)
                return;
            const file = environment['GITHUB_ENV'] ?? '';
            const { size } = (0,external_node_fs_namespaceObject.statSync)(file);
            try {
                for (const [name, value] of all)
                    exportVariable(name, value);
            }
            catch (error) {
                (0,external_node_fs_namespaceObject.truncateSync)(file, size);
                throw error;
            }
        },
        saveState: (name, value) => saveState(name, value),
        async addSummary(html) {
            await summary
                .addRaw(html, true)
                .write()
                .catch(() => summary.emptyBuffer());
        },
    };
}
/** Whether one of the runner's command files is there. */
function canWrite(path) {
    if (path === undefined || path === '')
        return false;
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/speckle/address.js


/** Ids are 10 characters today, but nothing promises that. A name of a legacy branch is none. */
const idForm = /^[\w-]{1,64}$/;
/** Whether this can be the id of a project, a model, a version or an automation: nothing that may be a secret. */
function isId(text) {
    return idForm.test(text) && secretsIn(text).length === 0;
}
/**
 * Reads a server's address: a URL, a bare host, `host:port`, or any page of the server. Paths that show nothing are
 * dropped, query and fragment too. https unless it says otherwise; a bare loopback host means http.
 * @returns the address, or the fault as the end of a sentence that begins with what came.
 */
function readAddress(text) {
    if (/\s|\p{Cc}/u.test(text))
        return 'has a blank or a control character inside';
    const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
    if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
        return `is neither http nor https`;
    const url = scheme ? address_parse(text) : parseBare(text);
    if (!url)
        return 'is no address';
    if (url.username !== '' || url.password !== '')
        return 'has a user or a password in it';
    if (secretsIn(url.hostname + decoded(url.pathname)).length > 0)
        return 'has what looks like a secret in it';
    return { origin: url.origin, ...page(url.pathname) };
}
function address_parse(text) {
    return URL.canParse(text) ? new URL(text) : undefined;
}
function parseBare(text) {
    const url = address_parse(`https://${text}`);
    // `https:/host` and `https:host` would come out as a host of the name https.
    if (!url || /^https?:/i.test(text))
        return undefined;
    return isLoopback(url.hostname) ? address_parse(`http://${text}`) : url;
}
/** The ways of today's pages and of the legacy ones: a stream is a project, a branch a model, a commit a version. */
function page(pathname) {
    const [kind, projectId, part, resource = ''] = pathname.split('/').filter(Boolean).map(decoded);
    if ((kind !== 'projects' && kind !== 'streams') || projectId === undefined || !isId(projectId))
        return {};
    if (kind === 'streams')
        return { projectId, versionId: part === 'commits' && isId(resource) ? resource : undefined };
    if (part === 'automations' && isId(resource))
        return { projectId, automationId: resource };
    return part === 'models' ? { projectId, ...model(resource) } : { projectId };
}
/** One `MODEL` or `MODEL@VERSION`. A list, `$folder`, `all` and a 32-character object id name no one model. */
function model(resource) {
    if (/[,$]/.test(resource))
        return {};
    const [modelId = '', versionId] = resource.split('@');
    if (!isId(modelId) || modelId === 'all' || /^[0-9a-f]{32}$/i.test(modelId))
        return {};
    return { modelId, versionId: versionId !== undefined && isId(versionId) ? versionId : undefined };
}

;// CONCATENATED MODULE: ./src/action/variables.js


/** The variables that take the prefix. */
const prefixed = [
    'SPECKLE_TOKEN',
    'SPECKLE_SERVER',
    'SPECKLE_SERVER_URL',
    'SPECKLE_PROJECT_ID',
    'SPECKLE_MODEL_ID',
    'SPECKLE_AUTOMATION_ID',
    'SPECKLE_USERDATA_PATH',
];
/** Those of certificates never do: the programs that read them know no other name. */
const variables_certificates = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'];
/** Every variable that can be exported; a check holds the README to it. */
const variableNames = [...prefixed, ...variables_certificates];
/** What is exported for later steps, never an empty value. Call it only after everything was verified. */
function variablesOf(inputs, token, written = {}) {
    if (!inputs.exportEnv)
        return {};
    const origin = inputs.server?.address.origin;
    const values = {
        SPECKLE_TOKEN: token,
        SPECKLE_SERVER: origin,
        SPECKLE_SERVER_URL: origin,
        SPECKLE_PROJECT_ID: inputs.page.projectId,
        SPECKLE_MODEL_ID: inputs.page.modelId,
        SPECKLE_AUTOMATION_ID: inputs.page.automationId,
        ...written,
    };
    const entries = variableNames.flatMap((name) => {
        const value = values[name];
        const takesPrefix = prefixed.some((each) => each === name);
        return value ? [[(takesPrefix ? inputs.envPrefix : '') + name, value]] : [];
    });
    return Object.fromEntries(entries);
}
/** Says which token and servers that variables already held are replaced; by their hints, never the tokens. */
function replacements(variables, environment) {
    return Object.entries(variables).flatMap(([name, value]) => {
        const old = environment[name]?.trim() ?? '';
        if (old === '' || old === value)
            return [];
        if (name.endsWith('SPECKLE_TOKEN'))
            return [
                `${name} held another token${variables_named(tokenHint(old))}, which is replaced by the verified one${variables_named(tokenHint(value))}.`,
            ];
        if (!/SPECKLE_SERVER(_URL)?$/.test(name))
            return [];
        const address = readAddress(old);
        if (typeof address !== 'string' && address.origin === value)
            return [];
        const server = typeof address === 'string' ? 'something that is no address' : address.origin;
        return [`${name} held ${server}, which is replaced by the verified ${value}.`];
    });
}
function variables_named(hint) {
    return hint ? ` (${hint})` : '';
}

;// CONCATENATED MODULE: ./src/action/deliver.js




/**
 * Gives later steps what was verified: the bundle of authorities, the account, the variables. What can fail comes first,
 * so that nothing is exported when it does.
 * @throws {Failure} when a file cannot be written
 */
function deliver(found, token, { runner, environment, say }) {
    const { inputs, verdict } = found;
    const origin = inputs.server?.address.origin ?? '';
    const bundles = inputs.exportEnv && inputs.caCertificate !== undefined
        ? writeBundles(inputs.caCertificate, environment)
        : undefined;
    for (const warning of bundles?.warnings ?? [])
        say.warning(warning);
    try {
        if (inputs.accountFile)
            found.userdataPath = writeAccount({ token, origin, server: verdict?.server, user: verdict?.user }, { environment, prefix: inputs.envPrefix, saveState: (name, value) => runner.saveState(name, value) });
    }
    catch (error) {
        bundles?.remove();
        throw error;
    }
    if (inputs.accountFile && !verdict?.user?.email)
        say.warning(accountWithoutEmail);
    found.variables = variablesOf(inputs, token, {
        SPECKLE_USERDATA_PATH: found.userdataPath,
        ...bundles?.variables,
    });
    for (const text of replacements(found.variables, environment))
        say.notice(text);
    runner.exportVariables(found.variables);
}
const accountWithoutEmail = 'The account has no email, and .NET SDKs before Speckle.Sdk 3.15 pass over account files without one. Give the token the scope profile:email if a later step uses such an SDK.';
/** What of the runner is missing for that, as faults of inputs; without its files the toolkit would print values instead. */
function runnerFaults(inputs, environment) {
    const needed = [
        'GITHUB_OUTPUT',
        ...(inputs.exportEnv ? ['GITHUB_ENV'] : []),
        // Nothing else would tell the post step what to remove.
        ...(inputs.accountFile ? ['GITHUB_STATE'] : []),
    ];
    const files = needed
        .filter((name) => !canWrite(environment[name]))
        .map((name) => `${name}: the file of the runner that this variable names is not there or cannot be written; it takes a runner of today`);
    const writes = inputs.accountFile || (inputs.exportEnv && inputs.caCertificate !== undefined);
    const temp = writes ? runnerTempFault(environment) : undefined;
    return temp === undefined ? files : [...files, temp];
}

;// CONCATENATED MODULE: ./src/action/event.js
/** The events that hand secrets to a workflow that may run the code of a fork. */
const privileged = new Set(['pull_request_target', 'workflow_run']);
/** Reads the event, only where it matters: the toolkit for it is large. None where it cannot be read. */
async function readEvent() {
    try {
        const { context } = await Promise.all(/* import() */[__nccwpck_require__.e(329), __nccwpck_require__.e(513)]).then(__nccwpck_require__.bind(__nccwpck_require__, 329));
        const { payload } = context;
        const here = at(payload, 'repository', 'full_name');
        // A fork that was deleted since has no repository any more.
        const about = payload.pull_request
            ? at(payload, 'pull_request', 'head', 'repo', 'full_name')
            : at(payload, 'workflow_run', 'head_repository', 'full_name');
        const concerns = payload.pull_request !== undefined || 'workflow_run' in payload;
        return {
            name: context.eventName,
            fork: concerns && about !== here,
            dependabot: context.actor === 'dependabot[bot]',
        };
    }
    catch {
        return undefined;
    }
}
/** What stands in nested objects under these names. */
function at(value, ...names) {
    return names.reduce((inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined), value);
}
/** The sentence of why there may be no token, and what to do. */
async function missingTokenAdvice() {
    const event = await readEvent();
    if (event?.dependabot)
        return 'Dependabot started this run, and its runs get the secrets of Dependabot alone: add the token to those too (Settings, Secrets and variables, Dependabot), or set on-missing-token to skip.';
    if (event?.fork)
        return 'A pull request of a fork started this run, and such runs get no secrets: set on-missing-token to skip, and verify again when the change is merged.';
    return 'Check the three usual causes: the name of the secret is misspelt, the secret belongs to an environment that the job does not name, or a called workflow gets no secrets because its caller does not say secrets: inherit.';
}
/** Warns where later steps may run the code of a fork and could read the token. */
async function forkWarning(environment) {
    const name = environment['GITHUB_EVENT_NAME'] ?? '';
    if (!privileged.has(name) || !(await readEvent())?.fork)
        return undefined;
    return `This run (${name}) is on behalf of a fork: later steps that check out and run its code can read the token. Keep such steps in a job without secrets.`;
}

;// CONCATENATED MODULE: ./src/action/texts.js


/** Where the server's address came from, for a sentence. */
function sourceInWords({ source }) {
    if (source === 'input')
        return 'the input server';
    if (source === 'project')
        return 'the input project';
    return source === 'default' ? 'the default' : `the variable ${source}`;
}
/** Said before anything is sent. */
function toWhom(token, server) {
    const hint = tokenHint(token.value);
    const { origin } = server.address;
    return `Verifying the token${hint ? ` ${hint}` : ''} of ${tokenSource(token)} at ${origin}, the address of ${sourceInWords(server)}.`;
}
function tokenSource({ source }) {
    return source === 'input' ? 'the input token' : 'the variable SPECKLE_TOKEN';
}
function unencrypted(origin) {
    return `${origin} is asked without encryption, so others on the way can read the token. Use https if the server has it.`;
}
function unverifiedCertificate(origin) {
    return `The certificate of ${origin} is not verified, so another server can answer in its place and get the token. Give its authority in ca-certificate instead.`;
}
function invalidInput(faults) {
    const count = faults.length === 1 ? 'An input cannot' : `${faults.length} inputs cannot`;
    return new Failure({
        code: 'invalid-input',
        problem: `${count} be understood: ${faults.join('. ')}.`,
        remedy: 'Correct this in the workflow, under with: or env: of this step.',
    });
}
function malformedToken(inputs, fault) {
    const origin = inputs.server?.address.origin;
    const where = inputs.token ? tokenSource(inputs.token) : 'the token';
    return new Failure({
        code: 'malformed-token',
        problem: `The value of ${where} ${fault}.`,
        remedy: `Store the token again as it was shown when it was made, 42 characters of 0 to 9 and a to f, or make a new one${origin ? ` at ${tokenPage(origin)}` : ''}.`,
    });
}
/** @param advice the causes and remedies that the event tells */
function missingToken(inputs, advice) {
    if (inputs.tokenWithheld)
        return new Failure({
            code: 'missing-token',
            problem: inputs.tokenWithheld,
            remedy: 'Give this step the token of its own server in the input token.',
        });
    return new Failure({
        code: 'missing-token',
        problem: 'No token came: the input token and the variable SPECKLE_TOKEN are both empty.',
        remedy: advice,
    });
}
/** What went wrong without anybody having foreseen it: a fault of this action. */
function internalError(error) {
    return new Failure({
        code: 'internal-error',
        problem: `The action itself failed (${texts_kindOf(error)}).`,
        remedy: 'Run the job again; if it fails again, report it with the log of a run with debug logging.',
        cause: error,
    });
}
/** The name of an error, which its message or its stack could only make worse; anything may have been thrown. */
function texts_kindOf(error) {
    try {
        const name = error instanceof Error ? error.name : undefined;
        if (typeof name === 'string' && /^[A-Za-z]{0,30}Error$/.test(name))
            return name;
    }
    catch {
        // It is no error then.
    }
    return typeof error;
}
/** @param verdict without a failure; its texts are clean */
function verified(inputs, { user, scopes, project }, short) {
    const who = user ? `${short(user.name)} (${short(user.id)})` : 'its user';
    const where = inputs.server?.address.origin ?? '';
    const held = scopes?.held.length ? ` with ${scopes.held.join(', ')}` : '';
    const what = project
        ? ` It may ${inputs.permission} the project ${short(project.name)} (${short(project.id)}).`
        : '';
    return `The token belongs to ${who} at ${where}${held}.${what}`;
}

;// CONCATENATED MODULE: ./src/action/authenticate.js








/**
 * Checks the inputs, says to whom, verifies, and only then exports.
 * @returns the sentence of the success
 * @throws {Failure} the reason why nothing was exported
 */
async function authenticate(reading, found, tools) {
    const { runner, clean, environment, say, crashed } = tools;
    const { inputs } = reading;
    const { server, token } = inputs;
    for (const warning of reading.warnings)
        say.warning(warning);
    const faults = [...reading.faults, ...runnerFaults(inputs, environment)];
    if (faults.length > 0 || !server)
        throw invalidInput(faults);
    if (!token)
        throw missingToken(inputs, inputs.tokenWithheld ? '' : await missingTokenAdvice());
    const fault = tokenFault(token.value);
    if (fault !== undefined)
        throw malformedToken(inputs, fault);
    runner.info(toWhom(token, server));
    for (const risk of await risks(inputs, server, environment))
        say.warning(risk);
    const transport = createTransport({
        timeoutSeconds: inputs.timeout,
        environment,
        authorities: inputs.caCertificate,
        verifyCertificate: inputs.verifyCertificate,
        userAgent: `speckle-auth-action/${version}`,
        clean,
        log: (line) => runner.info(line),
        serverSetting: server.source === 'default' ? 'the input server' : sourceInWords(server),
    });
    const requirements = requirementsOf(inputs, server, token.value);
    const verifying = verify(requirements, { transport, clean, now: () => new Date() });
    const verdict = await Promise.race([verifying, crashed]);
    found.verdict = verdict;
    for (const warning of verdict.warnings)
        say.warning(warning);
    for (const notice of verdict.notices)
        say.notice(notice);
    if (verdict.failure)
        throw verdict.failure;
    deliver(found, token.value, tools);
    return verified(inputs, verdict, (text) => clean.line(text, 100));
}
function requirementsOf(inputs, server, token) {
    return {
        server: server.address.origin,
        serverSource: sourceInWords(server),
        token,
        tokenHint: tokenHint(token),
        scopes: inputs.scopes,
        excessScopes: inputs.excessScopes,
        project: inputs.page.projectId,
        permission: inputs.permission,
        allowedUsers: inputs.allowedUsers,
    };
}
/** What lets others get at the token, as sentences. */
async function risks(inputs, server, environment) {
    const { origin } = server.address;
    const { protocol, hostname } = new URL(origin);
    const fork = await forkWarning(environment);
    return [
        ...(protocol === 'http:' && !isLoopback(hostname) ? [unencrypted(origin)] : []),
        ...(inputs.verifyCertificate ? [] : [unverifiedCertificate(origin)]),
        ...(fork === undefined ? [] : [fork]),
    ];
}

;// CONCATENATED MODULE: ./src/action/card.js
/**
 * The card of the job summary: who, where, with which scopes, and what to do. One block of HTML without an empty line,
 * in which Markdown means nothing; text of others is encoded besides. Emails are left out: summaries are public.
 * @param help the page about the status code
 */
function card(outcome, clean, help) {
    const { inputs, verdict, status } = outcome;
    const { server, user, scopes, project, expiresAt } = verdict ?? {};
    const origin = inputs.server?.address.origin;
    const text = (value) => encode(clean.value(value), origin);
    const code = (value) => `<code>${text(value)}</code>`;
    const list = (values) => values === undefined ? '' : values.map(code).join(' ') || 'none';
    const some = (values) => (values?.length ? list(values) : '');
    const join = (...parts) => parts.flatMap((part) => (part ? [code(part)] : [])).join(' ');
    const rows = [
        ['Server', join(server?.name, server?.version, origin)],
        ['User', join(user?.name, user?.id, user?.role)],
        ['Scopes held', list(scopes?.held)],
        ['Scopes missing', some(scopes?.missing)],
        ['Scopes that cannot be verified', some(scopes?.unverified)],
        ['Scopes beyond those required', list(scopes?.excess)],
        ['Project', join(project?.name, project?.id ?? inputs.page.projectId, project?.role)],
        ['Permission', project && status === 'verified' ? code(inputs.permission) : ''],
        ['Token expires', expiresAt ? code(expiresAt.toISOString()) : ''],
        ['For later steps', some(Object.keys(outcome.variables))],
    ];
    const remarks = [
        ...outcome.warnings.map((each) => `⚠️ ${text(each)}`),
        ...outcome.notices.map((each) => `ℹ️ ${text(each)}`),
    ];
    const icon = status === 'verified' ? '✅' : status === 'skipped' ? '⏭️' : '❌';
    return [
        '',
        `<h3>${icon} Speckle: ${status}</h3>`,
        `<p>${text(outcome.message)}</p>`,
        ...(help === undefined ? [] : [`<p><a href="${help}">More about ${status}</a></p>`]),
        '<table>',
        ...rows.flatMap(([name, cell]) => cell ? [`<tr><th align="left">${name}</th><td>${cell}</td></tr>`] : []),
        '</table>',
        ...(remarks.length > 0 ? ['<ul>', ...remarks.map((remark) => `<li>${remark}</li>`), '</ul>'] : []),
        '',
    ].join('\n');
}
/** Encodes what HTML or Markdown could take for their own, and addresses (they become links) but the server's. */
function encode(text, origin) {
    const encoded = text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[&<>"'`*[\]|~\\@]/g, entity);
    const host = origin?.replace(/^https?:\/\//, '');
    return encoded.replace(/(:\/\/|\bwww\.)([^\s/]*)/gi, (whole, sign, named) => named.replace(/[.,;:)]+$/, '') === host ? whole : `${sign.replace(/[:.]/, entity)}${named}`);
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}

;// CONCATENATED MODULE: ./src/action/help.js
/**
 * The page that explains a status code, of the very version that runs; none where the runner does not tell which that is
 * (`uses: ./`).
 */
function helpPage(status, environment) {
    const { GITHUB_SERVER_URL: host = 'https://github.com', GITHUB_ACTION_REPOSITORY = '' } = environment;
    const { GITHUB_ACTION_REF: version = '' } = environment;
    const isPlain = /^https?:\/\/[\w.:-]+$/.test(host) && /^[\w.-]+\/[\w.-]+$/.test(GITHUB_ACTION_REPOSITORY);
    if (!isPlain || !/^[\w./-]+$/.test(version))
        return undefined;
    return `${host}/${GITHUB_ACTION_REPOSITORY}/blob/${version}/docs/troubleshooting.md#${status}`;
}

;// CONCATENATED MODULE: ./src/http/authorities.js

/** What `ca-certificate` takes, for a sentence. */
const authoritiesTaken = 'certificates of authorities as PEM text (BEGIN CERTIFICATE), base64 of that, or the path of a PEM file';
/** Longer texts are no paths on any system. */
const longestPath = 4096;
const authorities_block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;
/**
 * Reads a private authority: PEM text (as it may come out of YAML and secrets: indented, with CRLF, with `\n` written
 * out, or all in one line), base64 of that, or the path of such a file; one certificate or several. The value is never
 * quoted: people paste private keys.
 */
function readAuthorities(value, readFile) {
    const text = value.trim();
    const read = readText(text);
    if (read)
        return read;
    if (text.length > longestPath || /[\r\n\0]/.test(text))
        return { fault: 'is no certificate' };
    let content;
    try {
        content = readFile(text);
    }
    catch (error) {
        const code = Error.isError(error) && 'code' in error ? ` (${String(error.code)})` : '';
        return { fault: `is no PEM text, and no file of that name can be read${code}` };
    }
    return (readText(content.toString().replace(/^\uFEFF/, '')) ?? {
        fault: isCertificate(content) ? inDer : 'names a file that holds no certificate',
    });
}
const inDer = 'is a certificate in DER form, which openssl x509 -inform der turns into PEM';
/** PEM, or base64 of it; nothing for anything else. */
function readText(text) {
    if (text.includes('-----BEGIN'))
        return readPem(text.replaceAll(/\\r|\\n/g, '\n'));
    if (!/^[\w+/=\s-]+$/.test(text))
        return undefined;
    const decoded = Buffer.from(text, 'base64');
    if (decoded.includes('-----BEGIN'))
        return readPem(decoded.toString());
    return isCertificate(decoded) ? { fault: inDer } : undefined;
}
function readPem(text) {
    if (/PRIVATE KEY/.test(text))
        return { fault: 'holds a private key, which belongs to the authority alone and is to be replaced now' };
    const blocks = [...text.matchAll(authorities_block)];
    if (blocks.length === 0)
        return { fault: 'is cut off: a BEGIN line has no END line' };
    const certificates = [];
    for (const [, label = '', body = ''] of blocks) {
        if (!/^(X509 )?CERTIFICATE$/.test(label))
            return { fault: `holds a ${label}, which is no certificate` };
        const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
        const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
        if (!isCertificate(pem))
            return { fault: `holds a damaged certificate, number ${certificates.length + 1} of ${blocks.length}` };
        certificates.push(pem);
    }
    return { pem: certificates.join('') };
}
function isCertificate(content) {
    try {
        return new external_node_crypto_namespaceObject.X509Certificate(content).raw.length > 0;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/action/input-values.js



/** Why a value cannot be taken: the end of a sentence that begins with what came. */
class Refusal {
    reason;
    constructor(reason) {
        this.reason = reason;
    }
}
const flag = {
    takes: 'true or false',
    read: (text) => ({ true: true, false: false })[text.toLowerCase()] ?? new Refusal('is neither true nor false'),
};
function choice(...choices) {
    const takes = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
    return {
        takes,
        read: (text) => choices.find((each) => each === text.toLowerCase()) ?? new Refusal(`is none of these words`),
    };
}
/** Seconds, whole or fractional. */
const timeout = {
    takes: 'a number of seconds from 1 to 3600',
    read(text) {
        const seconds = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
        if (Number.isNaN(seconds))
            return new Refusal('is no number of seconds');
        return seconds >= 1 && seconds <= 3600 ? seconds : new Refusal('is out of range');
    },
};
const environmentPrefix = {
    takes: 'letters, digits and _, no digit first, and no beginning that belongs to the runner (GITHUB_, RUNNER_, ACTIONS_)',
    read(text) {
        if (!/^[A-Za-z_]\w{0,99}$/.test(text))
            return new Refusal('cannot begin the name of a variable');
        return /^(GITHUB|RUNNER|ACTIONS)_/i.test(text)
            ? new Refusal('begins like a variable of the runner')
            : text;
    },
};
/** Ids and emails, in lower case, each once. */
const users = {
    takes: 'ids or emails of users, separated by spaces, commas or line breaks',
    read(text) {
        const all = [
            ...new Set(text
                .toLowerCase()
                .split(/[\s,;]+/)
                .filter(Boolean)),
        ];
        const odd = all.find((user) => !/^[\w-]{1,64}$|^[^@\s]+@[^@\s]+$/.test(user));
        return odd === undefined ? all : new Refusal(`has an entry that is neither (${shown(odd)})`);
    },
};
/** Certificates of a private authority, as PEM. */
function authorities(readFile) {
    return {
        takes: authoritiesTaken,
        hidden: true,
        read(text) {
            const read = readAuthorities(text, readFile);
            return 'pem' in read ? read.pem : new Refusal(read.fault);
        },
    };
}
/** What came, for a message: short, on one line, and without anything that may be a secret. */
function shown(text) {
    const mayBeSecret = secretsIn(text).length > 0 ||
        addressSecrets(text).length > 0 ||
        // Long, with letters and digits mixed: a key of whatever service.
        (text.match(/[\w+=-]{20,}/g) ?? []).some((word) => /\d/.test(word) && /[a-z]/i.test(word));
    return mayBeSecret
        ? 'a value that may be a secret'
        : `“${cut(text.trim().replace(/[\s\p{Cc}]+/gu, ' '), 60)}”`;
}

;// CONCATENATED MODULE: ./src/action/intake.js


/** Takes values in one after the other and collects every fault instead of stopping at one. */
class Intake {
    /** Each names the input, what came and what is taken. */
    faults = [];
    warnings = [];
    /** The value of an input; none where it is empty or, then with a fault, where it cannot be taken. */
    take(name, text, reader) {
        if (text.trim() === '')
            return undefined;
        // The query of an address is dropped, so an embedToken in it is no fault.
        const pasted = !reader.hidden && secretsIn(text.replace(/[?#].*/s, '')).length > 0;
        const value = pasted ? new Refusal('does not belong here') : reader.read(text.trim());
        if (!(value instanceof Refusal))
            return value;
        this.refuse(name, reader.hidden ? undefined : text, value.reason, reader.takes);
        return undefined;
    }
    /** @param text what came, where it may be shown */
    refuse(name, text, reason, takes) {
        this.faults.push(`${name}: ${text === undefined ? 'the value' : shown(text)} ${reason}; it takes ${takes}`);
    }
}

;// CONCATENATED MODULE: ./src/action/places.js


/** The server of Speckle's own cloud. */
const defaultServer = 'https://app.speckle.systems';
/** The variables that can name a server, the first first. */
const serverVariables = ['SPECKLE_SERVER_URL', 'SPECKLE_SERVER'];
const server = {
    takes: `an address such as ${defaultServer}, a host, or any page of the server`,
    read: orRefusal,
};
const project = {
    takes: 'the id of a project or the address of its page',
    read(text) {
        if (isId(text))
            return { id: text };
        const page = orRefusal(text);
        if (page instanceof Refusal)
            return page;
        return page.projectId === undefined ? new Refusal('names no project') : { id: page.projectId, page };
    },
};
/** The server, and the project with what else the address shows; all of one and the same page. */
function readPlaces(intake, texts, environment) {
    const given = intake.take('project', texts.project, project);
    const place = places_readServer(intake, texts.server, given?.page, environment);
    const { origin, ...page } = place?.address ?? {};
    if (!given)
        return { server: place, page };
    if (given.page && origin !== undefined && given.page.origin !== origin)
        intake.refuse('project', texts.project, 'is on another server than the input server', project.takes);
    else if (page.projectId !== undefined && page.projectId !== given.id)
        intake.refuse('project', texts.project, 'is another project than the server’s address shows', project.takes);
    const same = page.projectId === given.id ? page : {};
    const own = given.page ?? {};
    // A version belongs to its model, so both come from the same page.
    const { modelId, versionId } = (own.modelId ?? own.versionId) === undefined ? same : own;
    const automationId = own.automationId ?? same.automationId;
    return { server: place, page: { projectId: given.id, modelId, versionId, automationId } };
}
function places_readServer(intake, text, projectPage, environment) {
    if (new Set(namedServers(environment).map(([, origin]) => origin)).size > 1)
        intake.warnings.push(`${serverVariables.join(' and ')} name different servers. Set both to the same address, or only one of them.`);
    if (text.trim() !== '') {
        const address = intake.take('server', text, server);
        return address && { address, source: 'input' };
    }
    if (projectPage)
        return { address: projectPage, source: 'project' };
    const source = serverVariables.find((name) => environment[name]?.trim());
    if (source === undefined)
        return { address: { origin: defaultServer }, source: 'default' };
    const address = intake.take(`the variable ${source}`, environment[source] ?? '', server);
    return address && { address, source };
}
/**
 * The token of the input, or of the environment where it cannot belong to another server: an absent secret arrives as
 * an empty input, and must not send the token of one server to the next.
 */
function readToken(text, place, environment) {
    if (text.trim() !== '')
        return { token: { value: text.trim(), source: 'input' } };
    const value = environment['SPECKLE_TOKEN']?.trim() ?? '';
    if (value === '')
        return {};
    const [name, origin] = namedServers(environment)[0] ?? [];
    if (name === undefined || place === undefined || origin === place.address.origin)
        return { token: { value, source: 'SPECKLE_TOKEN' } };
    return {
        tokenWithheld: `The input token is empty, and the token in the variable SPECKLE_TOKEN belongs to another server, the one that ${name} names.`,
    };
}
/** The servers that the environment names, the one that counts first; one that cannot be read has no origin. */
function namedServers(environment) {
    return serverVariables.flatMap((name) => {
        const text = environment[name]?.trim() ?? '';
        if (text === '')
            return [];
        const address = readAddress(text);
        return [[name, typeof address === 'string' ? undefined : address.origin]];
    });
}
function orRefusal(text) {
    const address = readAddress(text);
    return typeof address === 'string' ? new Refusal(address) : address;
}

;// CONCATENATED MODULE: ./src/action/inputs.js




/** Every input that action.yml declares; a check holds both to each other. */
const inputNames = (/* unused pure expression or super */ null && ([
    'token',
    'server',
    'scopes',
    'excess-scopes',
    'project',
    'permission',
    'allowed-users',
    'on-missing-token',
    'export-env',
    'env-prefix',
    'output-token',
    'account-file',
    'ca-certificate',
    'verify-certificate',
    'timeout',
    'summary',
]));
/** The inputs as they came. */
function textsOf(text) {
    return {
        token: text('token'),
        server: text('server'),
        scopes: text('scopes'),
        'excess-scopes': text('excess-scopes'),
        project: text('project'),
        permission: text('permission'),
        'allowed-users': text('allowed-users'),
        'on-missing-token': text('on-missing-token'),
        'export-env': text('export-env'),
        'env-prefix': text('env-prefix'),
        'output-token': text('output-token'),
        'account-file': text('account-file'),
        'ca-certificate': text('ca-certificate'),
        'verify-certificate': text('verify-certificate'),
        timeout: text('timeout'),
        summary: text('summary'),
    };
}
/** Reads all inputs and, for token and server, the environment. */
function readInputs(texts, environment, readFile) {
    const intake = new Intake();
    const take = (name, reader) => intake.take(name, texts[name], reader);
    const { server, page } = readPlaces(intake, texts, environment);
    const permission = take('permission', choice('read', 'write')) ?? 'read';
    if (permission === 'write' && texts.project.trim() === '' && page.projectId === undefined)
        intake.refuse('permission', texts.permission, 'needs a project', 'write only beside the input project');
    const allowedUsers = take('allowed-users', users) ?? [];
    const implied = [
        ...(page.projectId === undefined ? [] : ['streams:read']),
        ...(permission === 'write' ? ['streams:write'] : []),
        ...(allowedUsers.some((user) => user.includes('@')) ? ['profile:email'] : []),
    ];
    const inputs = {
        ...readToken(texts.token, server, environment),
        server,
        page,
        scopes: [...new Set([...takeScopes(intake, texts.scopes), ...implied])].toSorted(),
        excessScopes: take('excess-scopes', choice('ignore', 'warn', 'fail')) ?? 'ignore',
        permission,
        allowedUsers,
        onMissingToken: take('on-missing-token', choice('fail', 'skip')) ?? 'fail',
        exportEnv: take('export-env', flag) ?? true,
        envPrefix: take('env-prefix', environmentPrefix) ?? '',
        outputToken: take('output-token', flag) ?? false,
        accountFile: take('account-file', flag) ?? false,
        caCertificate: take('ca-certificate', authorities(readFile)),
        verifyCertificate: take('verify-certificate', flag) ?? true,
        timeout: take('timeout', timeout) ?? 60,
        summary: take('summary', flag) ?? true,
    };
    return { inputs, faults: intake.faults, warnings: intake.warnings };
}
function takeScopes(intake, text) {
    const { scopes, faults } = readScopes(text);
    for (const { given, meant } of faults.slice(0, 5))
        intake.refuse('scopes', given, meant ? `is no scope, but ${meant} is` : 'is no scope', 'scopes such as streams:read, or read, write, automate');
    return scopes;
}

;// CONCATENATED MODULE: ./src/action/masks.js






/**
 * Everything that the runner is to mask, before anything else is printed and before anything is refused. Nothing is
 * shorter than eight characters: a short mask would tear the log apart. Ids, addresses, names and emails are no secrets.
 */
function masksFor(texts, environment) {
    const { token, 'ca-certificate': certificate, ...others } = texts;
    const prefix = others['env-prefix'].trim();
    const tokens = [token, environment['SPECKLE_TOKEN'], environment[`${prefix}SPECKLE_TOKEN`]];
    const addresses = [...Object.values(others), ...serverVariables.map((name) => environment[name])];
    const masks = [
        // Lines of a certificate may look like a secret of another service by chance.
        ...speckleTokensIn(certificate).flatMap(masks_parts),
        ...tokens.flatMap((text) => (text === undefined ? [] : tokenMasks(text))),
        ...addresses.flatMap((text) => text === undefined ? [] : [...secretsIn(text).flatMap(masks_parts), ...addressSecrets(text)]),
    ];
    return [...new Set(masks)].filter((mask) => mask.trim().length >= revealing);
}
/** The token as it came, its lines, the value itself, and every token that stands somewhere in it. */
function tokenMasks(text) {
    const lines = text.split(/[\r\n]+/);
    return [
        text,
        ...lines,
        text.trim(),
        ...lines.map((line) => line.trim()),
        ...secretsIn(text).flatMap(masks_parts),
    ];
}
/** A token of 42 hexadecimal characters, and its two parts: the id, with which it can be ended, and the secret. */
function masks_parts(secret) {
    return [secret, secret.slice(0, 42), secret.slice(0, 10), secret.slice(10, 42)];
}
/**
 * What stays readable whatever the secrets are: people paste an address, or a whole line with the name of a variable,
 * for a token, and what we say of that shall not tell by its gaps what they pasted.
 */
function openTexts({ inputs, warnings }) {
    const { server, token } = inputs;
    const fault = token && tokenFault(token.value);
    return [
        ...variableNames,
        ...warnings,
        ...(server ? [tokenPage(server.address.origin)] : []),
        ...(fault === undefined ? [] : [malformedToken(inputs, fault).message]),
    ];
}

;// CONCATENATED MODULE: ./src/action/outputs.js

/** Every output that action.yml declares; a check holds both to each other. */
const outputNames = [
    'authenticated',
    'status',
    'message',
    'server-url',
    'server-source',
    'server-name',
    'server-version',
    'token-hint',
    'token-source',
    'token',
    'user-id',
    'user-name',
    'user-email',
    'user-role',
    'scopes',
    'missing-scopes',
    'unverified-scopes',
    'excess-scopes',
    'expires-at',
    'project-id',
    'project-name',
    'project-role',
    'model-id',
    'version-id',
    'automation-id',
    'userdata-path',
];
/** The outputs that have a value: whatever is known, also on failure; the token only when it was verified and asked for. */
function outputsOf(outcome) {
    const { inputs, verdict, status } = outcome;
    const { server, user, scopes, project, expiresAt } = verdict ?? {};
    const verified = status === 'verified';
    const token = inputs.token && tokenFault(inputs.token.value) === undefined ? inputs.token : undefined;
    const values = {
        authenticated: String(verified),
        status,
        message: outcome.message,
        'server-url': inputs.server?.address.origin,
        'server-source': inputs.server?.source,
        'server-name': server?.name,
        'server-version': server?.version,
        'token-hint': token && tokenHint(token.value),
        'token-source': token?.source,
        token: verified && inputs.outputToken ? token?.value : undefined,
        'user-id': user?.id,
        'user-name': user?.name,
        'user-email': user?.email,
        'user-role': user?.role,
        scopes: scopes?.held.join(' '),
        'missing-scopes': scopes?.missing.join(' '),
        'unverified-scopes': scopes?.unverified.join(' '),
        'excess-scopes': scopes?.excess?.join(' '),
        'expires-at': expiresAt?.toISOString(),
        'project-id': project?.id ?? inputs.page.projectId,
        'project-name': project?.name,
        'project-role': project?.role,
        'model-id': inputs.page.modelId,
        'version-id': inputs.page.versionId,
        'automation-id': inputs.page.automationId,
        'userdata-path': outcome.userdataPath,
    };
    return outputNames.flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [[name, value]];
    });
}

;// CONCATENATED MODULE: ./src/action/run.js













/**
 * The whole step: mask, read, verify, export, report. It never throws: whatever goes wrong is reported as a failure.
 * @param crashed rejects with what nobody caught
 */
async function run(environment, crashed) {
    try {
        await step(environment, crashed);
    }
    catch (error) {
        reportFaultOfReport(error, environment);
    }
}
async function step(environment, crashed) {
    const texts = textsOf((name) => getInput(name, { trimWhitespace: false }));
    const masks = [...new Set([...masksFor(texts, environment), ...proxySecrets(environment)])];
    for (const mask of masks)
        core_setSecret(mask);
    const reading = readInputs(texts, environment, external_node_fs_namespaceObject.readFileSync);
    const clean = createCleaner(masks, openTexts(reading));
    await conclude(reading, { runner: createRunner(clean, environment), clean, environment, crashed });
}
/** From inputs that have been read to what is told of them. */
async function conclude(reading, tools) {
    const { runner, clean } = tools;
    const found = { inputs: reading.inputs, warnings: [], notices: [], variables: {} };
    const say = {
        warning: (text) => remark(found.warnings, text, (line) => runner.warning(line)),
        notice: (text) => remark(found.notices, text, (line) => runner.notice(line)),
    };
    const outcome = await authenticate(reading, found, { ...tools, say }).then((message) => ({ ...found, status: 'verified', message }), (error) => ended(error, found, clean));
    await report(outcome, tools);
}
/** Prints a remark at once, and keeps it for the card. */
function remark(kept, text, print) {
    kept.push(text);
    print(text);
}
/** A failure, or no token where that is allowed. What was found out until then stays known; nothing was exported. */
function ended(error, found, clean) {
    const failure = error instanceof Failure ? error : internalError(error);
    const skipped = failure.code === 'missing-token' && found.inputs.onMissingToken === 'skip';
    const message = clean.line(failure.message, 4000);
    return {
        ...found,
        variables: {},
        userdataPath: undefined,
        status: skipped ? 'skipped' : failure.code,
        message,
    };
}
/** The one place that prints an outcome: outputs, annotation and card. */
async function report(outcome, { runner, clean, environment }) {
    const help = outcome.status === 'verified' ? undefined : helpPage(outcome.status, environment);
    for (const [name, value] of outputsOf(outcome))
        runner.setOutput(name, name === 'token' ? value : clean.value(value));
    if (outcome.status === 'verified')
        runner.info(outcome.message);
    else if (outcome.status === 'skipped')
        runner.notice(outcome.message);
    else
        runner.fail(outcome.message);
    if (help !== undefined)
        runner.info(`More about ${outcome.status}: ${help}`);
    if (outcome.inputs.summary)
        await runner.addSummary(card(outcome, clean, help));
}
/** Not even an outcome could be told. What is said now holds nothing that came from anywhere. */
function reportFaultOfReport(error, environment) {
    const runner = createRunner(createCleaner([]), environment);
    const { code, message } = internalError(error);
    runner.fail(message);
    try {
        for (const [name, value] of Object.entries({ authenticated: 'false', status: code, message }))
            runner.setOutput(name, value);
    }
    catch {
        // The annotation tells it.
    }
}


/***/ }),

/***/ 756:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _action_run_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(67);

const { promise: crashed, reject: crash } = Promise.withResolvers();
process.on('uncaughtException', crash).on('unhandledRejection', crash);
// Nothing is left that could still happen, and yet there is no outcome.
process.once('beforeExit', crash);
await (0,_action_run_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)(process.env, crashed);
// What a crash left behind shall not hold up the job.
process.stdout.write('', () => process.exit());

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(756);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
