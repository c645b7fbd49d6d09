import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 559:
/***/ (() => {

/**
 * Gives the action classes of its own in place of two globals, which graphql-request touches in every run. Node has them in
 * undici, and loads it when one of them is touched for the first time: a fifth of a run (measured), although nothing is
 * fetched. graphql-request 7 uses no more of them than is here; a test holds the built action to load no undici.
 */
class OwnHeaders extends Map {
    constructor(headers = {}) {
        super(Object.entries(headers));
    }
    get(name) {
        return super.get(name.toLowerCase());
    }
    has(name) {
        return super.has(name.toLowerCase());
    }
    set(name, value) {
        return super.set(name.toLowerCase(), value);
    }
}
class OwnResponse {
    ok = true;
    status = 200;
    headers;
    constructor(_body, { headers }) {
        this.headers = new OwnHeaders(headers);
    }
}
Object.assign(globalThis, { Headers: OwnHeaders, Response: OwnResponse });



/***/ }),

/***/ 203:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _dev_build_globals_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(559);
/* harmony import */ var _src_main_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(756);
var __webpack_async_dependencies__ = __webpack_handle_async_dependencies__([_src_main_js__WEBPACK_IMPORTED_MODULE_1__]);
_src_main_js__WEBPACK_IMPORTED_MODULE_1__ = (__webpack_async_dependencies__.then ? (await __webpack_async_dependencies__)() : __webpack_async_dependencies__)[0];



__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } });

/***/ }),

/***/ 145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// UNUSED EXPORTS: conclude

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
;// CONCATENATED MODULE: ./dev/build/left-out.js
/** Stands in the bundle where packages would be of which no run uses anything; dev/build.ts says which, and why. */
function refuse() {
    throw new Error('This action is built without what it does not use, and now it would need a part of that.');
}
// Of @actions/exec, @actions/http-client and graphql.


const Kind = {};

;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/oidc-utils.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: ./src/transport.js
/** The server's request id of an answer, cleaned, where there is one. */
function requestIdOf({ headers }, clean) {
    const id = headers['x-request-id'];
    return id ? clean.line(id, 100) : undefined;
}

;// CONCATENATED MODULE: ./src/http/fault.js

/** What to do about a server that fails. */
const againLater = 'Run the job again later; if that does not help, ask whoever runs the server.';
/** Why one attempt failed. After the last one it becomes the `Failure` that is told. */
class Fault extends Error {
    name = 'Fault';
    facts;
    constructor(facts) {
        super(facts.problem, { cause: facts.cause });
        this.facts = facts;
    }
    /**
     * @param effort how often and how long was tried, to go before the full stop
     * @param remedy in place of its own
     */
    toFailure(effort, remedy = this.facts.remedy) {
        return new Failure({ ...this.facts, problem: `${this.facts.problem}${effort}.`, remedy });
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

;// CONCATENATED MODULE: ./src/http/connection-faults.js

/** What goes wrong before an answer, after `The server … ` or `The proxy … `, by the code that Node gives. */
const reasons = {
    ENOTFOUND: 'cannot be found: DNS does not know its name',
    ENODATA: 'cannot be found: DNS knows no address for its name',
    EAI_AGAIN: 'cannot be found for now: DNS does not answer',
    EAI_FAIL: 'cannot be found for now: DNS fails',
    ECONNREFUSED: 'refused the connection',
    ECONNRESET: 'closed the connection before it answered',
    EPIPE: 'closed the connection before it answered',
    ECONNABORTED: 'closed the connection before it answered',
    EHOSTUNREACH: 'cannot be reached: there is no network route to it',
    ENETUNREACH: 'cannot be reached: there is no network route to it',
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
/** The end of what to do about a proxy. */
const withoutProxy = 'list the server in NO_PROXY if it can be reached without a proxy';
/** No connection came about, or it was lost before an answer; nothing if the error is another matter. */
function connectionFault(error, peer, clean) {
    const code = networkCode(error);
    if (code === undefined || code.startsWith('ERR_'))
        return undefined;
    const reason = reasons[code] ?? `cannot be reached (${clean.line(code, 40)})`;
    if (permanent.has(code))
        return unreachable(peer, reason, unknownName(peer), { patience: 'none', cause: error });
    const hint = code === 'ECONNRESET' ? httpsHint(peer) : '';
    const remedy = code.startsWith('EAI_') ? brokenResolver : unreached(peer, hint);
    return unreachable(peer, reason, remedy, { patience: 'short', cause: error });
}
/** The time for a connection ran out, perhaps even before there was an address for the name. */
function connectingStall(peer, resolved, milliseconds) {
    const what = peer.kind === 'proxy' ? 'make a connection' : 'accept a connection';
    const reason = resolved ? `did not ${what}` : 'cannot be found for now: DNS did not answer';
    const remedy = resolved ? unreached(peer) : brokenResolver;
    return unreachable(peer, `${reason} within ${inSeconds(milliseconds)}`, remedy, {
        patience: 'short',
        stalled: 'connecting',
    });
}
function unreachable({ kind, name }, reason, remedy, more) {
    const code = kind === 'proxy' ? 'proxy-error' : 'unreachable';
    return new Fault({ code, problem: `The ${name} ${reason}`, remedy, ...more });
}
/** What to do about a name that DNS denies. */
function unknownName({ kind, setting }) {
    const check = `Check how the address is spelt in ${setting}`;
    return kind === 'proxy'
        ? `${check}, or ${withoutProxy}.`
        : `${check}; if the server is inside a company network, only runners inside that network know its name.`;
}
const brokenResolver = 'Run the job again later; if that does not help, check the DNS servers of the runner.';
/** What to do where no connection comes about. */
function unreached({ kind, setting }, hint = '') {
    const check = `Check the address in ${setting}${hint} and that the ${kind} runs`;
    return kind === 'proxy'
        ? `${check}, or ${withoutProxy}.`
        : `${check}; if the server is inside a company network, the runner must be inside it too.`;
}
/** There is a connection, but the time for the answer ran out. */
function answerStall(peer, milliseconds, timeoutSeconds) {
    return new Fault({
        code: 'timeout',
        problem: `The ${peer.name} was reached, but did not send a complete answer within ${inSeconds(milliseconds)}`,
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
    return protocol === 'http:' ? ' (https:// instead of http:// if the port speaks https)' : '';
}
/** The connection was lost in the middle of an answer. */
function brokenAnswer(peer, cause) {
    return new Fault({
        code: 'server-error',
        problem: `The ${peer.name} closed the connection in the middle of its answer`,
        remedy: againLater,
        patience: 'long',
        cause,
    });
}

;// CONCATENATED MODULE: ./src/http/proxy-login.js


const example = 'http://user:password@proxy.example.com:3128';
/**
 * Status 407: a proxy asks who we are, or does not accept what it was told.
 * @param offered its `Proxy-Authenticate`
 */
function proxyLogin(proxy, offered, clean) {
    const { peer, authorization } = proxy;
    const other = otherLogins(offered, clean);
    if (other !== undefined)
        return refused(`The ${peer.name} ${other}`, `${askForBasic}, or ${withoutProxy}.`);
    return authorization === undefined
        ? refused(`The ${peer.name} asks for a user and a password (status 407)`, `Put both into ${peer.setting}, percent-encoded, like ${example}.`)
        : refused(`The ${peer.name} refuses the user or the password in its address (status 407)`, `Put the right ones into ${peer.setting}, percent-encoded, like ${example}.`);
}
/** The same of a proxy that no variable names. */
function hiddenProxyLogin(server, offered, clean) {
    const who = `A proxy on the way to the ${server.name}`;
    const other = otherLogins(offered, clean);
    if (other !== undefined)
        return refused(`${who} ${other}`, `${askForBasic}.`);
    return refused(`${who} asks for a user and a password (status 407)`, `Put the address of that proxy, with both, into the variable HTTPS_PROXY or HTTP_PROXY of the runner, like ${example}.`);
}
const askForBasic = 'Ask whoever runs the proxy to offer Basic too or to let this runner through without a login';
/** What a proxy offers in place of the one way to log in that this action knows; nothing if it offers that one, or none. */
function otherLogins(offered, clean) {
    const schemes = schemesIn(offered ?? '');
    if (schemes.length === 0 || schemes.some((scheme) => /^basic$/i.test(scheme)))
        return undefined;
    return `only offers a login by ${clean.line(schemes.join(' or '), 60)}, and this action only knows Basic (status 407)`;
}
/** The schemes in a list of challenges; parameters, with `=` behind their name, are none. */
function schemesIn(challenges) {
    const parts = challenges
        .slice(0, 2000)
        .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
        .split(',');
    return [...new Set(parts.flatMap((part) => /^\s*([\w-]+)(?=\s+[^\s=]|\s*$)/.exec(part)?.[1] ?? []))];
}
function refused(problem, remedy) {
    return new Fault({ code: 'proxy-error', problem, remedy, patience: 'none' });
}

;// CONCATENATED MODULE: ./src/http/retry.js
/** When to ask again and how long an attempt may take. Pure: no clock, no timer. All durations are milliseconds. */
/** Statuses that HTTP itself calls temporary, or that gateways give while a server restarts. */
const temporaryStatuses = new Set([408, 429, 500, 502, 503, 504]);
/** A connection that cannot be made for so long will not be made: a person waits for the answer. */
const connectingTime = 10_000;
/**
 * An attempt that takes longer is taken for lost, so that another one has a chance: a quarter of the whole time, so that
 * more time helps with a slow server, but no less than a server may need that is just waking up.
 */
const patienceOfAttempt = 15_000;
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
    return Math.min(Math.max(patienceOfAttempt, whole / 4), 0.4 * whole);
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
 * The milliseconds that `Retry-After` asks for: whole seconds and dates as HTTP has them, fractional seconds as a Speckle
 * server sends them (measured: `0.961`), and dates as it writes them elsewhere (ISO 8601). Nothing if it says neither.
 * @param now milliseconds since 1970 at the server, or here where it does not tell
 */
function parseRetryAfter(text, now) {
    const value = text?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(value))
        return Number(value) * 1000;
    if (!/^[A-Z][a-z]+,? |^\d{4}-\d\d-\d\dT/.test(value))
        return undefined;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./src/http/answer-faults.js





/** What gateways and servers say when they are asked with http on a port of https (nginx, Go, Apache). */
const wantsHttps = /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|plain HTTP to an SSL/i;
function isRedirect(status, headers) {
    return (status >= 300 &&
        status < 400 &&
        (headers['location'] !== undefined || [301, 302, 303, 307, 308].includes(status)));
}
/** Whether status and headers say it all: nobody waits for the page of a gateway then, however large it is. */
function isToldByHead(status, headers) {
    return isRedirect(status, headers) || status === 407 || temporaryStatuses.has(status);
}
/** What makes an answer none that the Speckle side can judge; nothing if it can. */
function answerFault(answer, request, asked, means) {
    const { status, headers, body } = answer;
    const { url, route, server } = asked;
    if (isRedirect(status, headers))
        return redirected(answer, asked, means);
    if (status === 407) {
        const offered = headers['proxy-authenticate'];
        return route.proxy
            ? proxyLogin(route.proxy, offered, means.clean)
            : hiddenProxyLogin(server, offered, means.clean);
    }
    if (status === 400 && url.protocol === 'http:' && wantsHttps.test(body))
        return new Fault({
            code: 'not-speckle',
            problem: `The ${server.name} was asked with http, but speaks https on this port`,
            remedy: `Write https:// instead of http:// in ${server.setting}.`,
            patience: 'none',
        });
    if (temporaryStatuses.has(status))
        return temporary(answer, asked, means);
    if (!request.isTemporary?.(answer))
        return undefined;
    return new Fault({
        code: 'server-error',
        problem: `The ${server.name} reports an internal error`,
        remedy: againLater,
        ...factsOf(answer, means),
    });
}
function temporary(answer, { server }, means) {
    if (answer.status === 429)
        return new Fault({
            code: 'rate-limited',
            problem: `The ${server.name} limits how often this token may ask (status 429)`,
            remedy: `Start fewer jobs with the same token at the same time, or raise the input timeout, which is ${means.timeoutSeconds} s.`,
            ...factsOf(answer, means),
        });
    const meaning = external_node_http_namespaceObject.STATUS_CODES[answer.status];
    return new Fault({
        code: 'server-error',
        problem: `The ${server.name} answered with status ${answer.status}${meaning === undefined ? '' : ` (${meaning})`}`,
        remedy: againLater,
        ...factsOf(answer, means),
    });
}
function factsOf(answer, { clean }) {
    const { headers } = answer;
    // A date is meant by the clock of the server, which that of a runner may not agree with.
    const now = Date.parse(headers['date'] ?? '');
    return {
        patience: 'long',
        retryAfter: parseRetryAfter(headers['retry-after'], Number.isNaN(now) ? Date.now() : now),
        requestId: requestIdOf(answer, clean),
    };
}
/** Never followed: the token would go to a place that nobody named. */
function redirected(answer, { url, server }, { clean }) {
    const { location } = answer.headers;
    const target = pageAt(location, url);
    const nowhere = location === undefined ? 'but does not say where to' : 'to something that is not the address of a page';
    const where = target ? `to ${clean.line(`${target.origin}${target.pathname}`, 200)}` : nowhere;
    return new Fault({
        code: 'redirected',
        problem: `The ${server.name} redirects ${where}, and this action never follows with the token`,
        remedy: remedyFor(target),
        patience: 'none',
        requestId: requestIdOf(answer, clean),
    });
    function remedyFor(to) {
        if (to === undefined)
            return `Check that ${server.setting} is the address of a Speckle server.`;
        const origin = clean.line(to.origin, 200);
        if (to.protocol === 'https:' && url.protocol === 'http:' && to.hostname === url.hostname)
            return `Write https in ${server.setting}: ${origin}.`;
        if (to.origin === url.origin)
            return `Check that ${server.setting} is the address of a Speckle server; if that is a login page, a gateway is in front of the server and must let this runner through.`;
        return `Set ${server.setting} to ${origin} if that is the Speckle server; if it is a login page, a gateway is in front of the server and must let this runner through.`;
    }
}
/** The page that a redirect names, if it is one. */
function pageAt(location, from) {
    const target = location === undefined ? null : URL.parse(location, from.href);
    return target && /^https?:$/.test(target.protocol) ? target : undefined;
}

;// CONCATENATED MODULE: ./src/http/asked.js

/** The server as sentences name it. */
function serverPeer(url, route, { clean, serverSetting }) {
    const through = route.proxy ? ` (through the ${route.proxy.peer.name})` : '';
    return {
        kind: 'server',
        protocol: url.protocol,
        name: `server ${clean.line(`${url.hostname}:${portOf(url)}`, 200)}${through}`,
        setting: serverSetting,
    };
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
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
        throw unexpected(peer, 'sent an answer that cannot be unpacked', error);
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

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
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
 * request has been sent until then. The error of a certificate that was refused holds it as `cert`, as Node has it for a wrong name.
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
        // Once a certificate has been refused, nothing of it can be read any more.
        let cert;
        secured.prependOnceListener('secure', () => (cert = certificateOf(secured)));
        secured
            .once('error', (error) => reject(Object.assign(error, { cert })))
            .once('secureConnect', () => resolve(secured));
    });
}
/**
 * What was shown, for a sentence alone; nothing if it cannot be read. Not by `getPeerX509Certificate`, which takes it
 * from the connection: Node, which judges it next, would find no names in it (24.4 and 24.21, measured).
 */
function certificateOf(secured) {
    try {
        return secured.getPeerCertificate(true);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./src/http/unknown-issuer.js


/** Codes that another authority could mend. */
const codes = new Set([
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
function isUnknownIssuer(error) {
    return codes.has(networkCode(error));
}
/**
 * A certificate of an unknown issuer: what is wrong, after `The certificate of …`, and what to do.
 * @param error with the certificate that came as `cert`, where it could be read
 * @param given the authorities of `ca-certificate`, as PEM
 */
function unknownIssuer(error, given, clean) {
    const code = networkCode(error);
    const [first, ...more] = (given ?? '')
        .split(/(?=-----BEGIN)/)
        .flatMap((pem) => (pem === '' ? [] : nameOf(new external_node_crypto_namespaceObject.X509Certificate(pem).toLegacyObject().subject, clean)));
    const another = `another certificate${first === '' ? '' : `, “${first}”`}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT')
        return [
            'is self-signed',
            `If you trust it, ${first === undefined ? 'give this very certificate, as PEM, to the input ca-certificate' : `add this very certificate, as PEM, to the input ca-certificate, which holds ${another}`}.`,
        ];
    const issuer = issuerOf(error, clean);
    // The server sent nothing but its own: the issuer may be one that it has to send along.
    const alone = code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
    const problem = `cannot be verified: it ${alone ? 'was issued by' : 'comes from'} ${issuer === '' ? 'an authority that' : `“${issuer}”, which`} is unknown here`;
    return [
        problem,
        `${toGive()}${alone ? ', if it is a private one; if not, ask whoever runs the {side} to send the whole chain of certificates' : '; whoever runs the {side} or the network has it'}.`,
    ];
    function toGive() {
        if (first === undefined)
            return 'Give the certificate of that authority, as PEM, to the input ca-certificate';
        if (first === issuer && issuer !== '')
            return 'The input ca-certificate holds a certificate of the same name with another key, perhaps an old one: put the right one there, as PEM';
        return `The input ca-certificate holds ${another}: add the certificate of ${issuer === '' ? 'the right one' : `“${issuer}”`} there, as PEM`;
    }
}
/** The name of the issuer of the topmost certificate of the chain, as far as it came or is trusted. */
function issuerOf(error, clean) {
    let top = property(error, 'cert');
    for (let depth = 0; depth < 10; depth++)
        top = property(top, 'issuerCertificate') ?? top;
    return nameOf(property(top, 'issuer'), clean);
}
/** The common name and the organisation, or else its unit; each may be a list. */
function nameOf(name, clean) {
    const texts = (part) => [property(name, part)].flat().filter((value) => typeof value === 'string');
    const parts = [...texts('CN'), ...texts('O')];
    return clean.line([...new Set(parts.length > 0 ? parts : texts('OU'))].join(', ').trim(), 80);
}
/** A property of what may be anything. */
function property(holder, name) {
    return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

;// CONCATENATED MODULE: ./src/http/tls-faults.js


/** What to do, where `{side}` is the server or the proxy. */
const renew = 'Ask whoever runs the {side} for a new certificate.';
/** What is wrong with a certificate, after `The certificate of …`, and what to do, by the names that OpenSSL gives. */
const certificateFaults = {
    CERT_HAS_EXPIRED: ['has expired, or the certificate of its authority has', renew],
    CERT_NOT_YET_VALID: [
        'is not valid yet',
        'Check the clock of the runner; if it is right, ask whoever runs the {side}.',
    ],
    ERROR_IN_CERT_NOT_BEFORE_FIELD: ['has no readable date', renew],
    ERROR_IN_CERT_NOT_AFTER_FIELD: ['has no readable date', renew],
    CERT_REVOKED: ['has been revoked', renew],
    CERT_SIGNATURE_FAILURE: [
        'has a wrong signature: it was not issued by the authority that it names',
        'Check that the input ca-certificate holds the current certificate of that authority; if it does, ask whoever runs the {side}.',
    ],
    CERT_CHAIN_TOO_LONG: ['has a chain of authorities that is too long', renew],
    PATH_LENGTH_EXCEEDED: ['has a longer chain than its authority allows', renew],
    INVALID_CA: ['was issued by a certificate that may not issue others', renew],
    // It is said of an issuer too, and then in place of the one before.
    INVALID_PURPOSE: [
        'is not made for a server, or was issued by a certificate that may not issue others',
        renew,
    ],
    CERT_UNTRUSTED: ['is marked as not trusted', renew],
    CERT_REJECTED: ['is marked as rejected', renew],
};
/**
 * The fault of a TLS connection, or nothing if the error is no matter of TLS. Texts of OpenSSL are never shown: they
 * hold paths of the machine that Node was built on.
 */
function tlsFault(error, peer, { clean, trust }) {
    const code = tls_faults_text(error, 'code');
    const fault = (problem, remedy) => new Fault({
        code: 'untrusted-certificate',
        problem,
        remedy: remedy.replace('{side}', peer.kind),
        patience: 'none',
        cause: error,
    });
    const known = isUnknownIssuer(error) ? unknownIssuer(error, trust.given, clean) : certificateFaults[code];
    if (known)
        return fault(`The certificate of the ${peer.name} ${known[0]}`, known[1]);
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
        return fault(`The certificate of the ${peer.name} is for another name${namesOf(error, clean)}`, `Write a name that it is for in ${peer.setting}, or ask whoever runs the {side} for a certificate that is for this name too.`);
    if (code === 'UNSPECIFIED' || code.startsWith('ERR_TLS_CERT'))
        return fault(`The certificate of the ${peer.name} is not accepted, perhaps because its key is too weak`, renew);
    if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_'))
        return undefined;
    const detail = `${code} ${tls_faults_text(error, 'reason')} ${tls_faults_text(error, 'message')}`;
    if (/wrong.version.number|packet.length.too.long|record.layer.failure|http.request/i.test(detail))
        return new Fault({
            code: peer.kind === 'proxy' ? 'proxy-error' : 'not-speckle',
            problem: `The ${peer.name} was asked with https, but does not speak https on this port`,
            remedy: `Write http:// in ${peer.setting} if that is meant, or name the port that speaks https.`,
            patience: 'none',
            cause: error,
        });
    if (/certificate.required/i.test(detail))
        return fault(`The ${peer.name} asks for a client certificate, and this action has none`, 'Ask whoever runs the {side} for an address that works without one.');
    return fault(`The ${peer.name} and this action could not agree on an encrypted connection (${clean.line(code, 60)})`, 'Ask whoever runs the {side} whether it serves this name, offers TLS 1.2 or newer, and asks for a client certificate.');
}
/** The names that a certificate is for. */
function namesOf(error, clean) {
    const names = tls_faults_text(property(error, 'cert'), 'subjectaltname').replace(/\b(DNS|IP Address):/g, '');
    return names === '' ? '' : ` (it names “${clean.line(names, 200)}”)`;
}
/** A property that is a text; the empty text otherwise. */
function tls_faults_text(holder, name) {
    const value = property(holder, name);
    return typeof value === 'string' ? value : '';
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
async function openTunnel(socket, server, proxy, { userAgent, clean }) {
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
                return reject(refusal(answer, target, proxy, clean));
            if (head.length > 0)
                tunnel.unshift(head);
            resolve(tunnel);
        });
        asking.end();
    });
}
function refusal({ statusCode: status = 0, headers }, target, proxy, clean) {
    if (status === 407)
        return proxyLogin(proxy, headers['proxy-authenticate'], clean);
    // A proxy that cannot reach the server at the moment.
    const broken = status >= 500;
    return new Fault({
        code: 'proxy-error',
        problem: `The ${proxy.peer.name} answered with status ${status} when asked for a connection to ${target}`,
        remedy: broken
            ? `Check that the server runs and that the proxy can reach it, or ${withoutProxy}.`
            : `Ask whoever runs the proxy to let this runner through to that server, or ${withoutProxy}.`,
        patience: broken ? 'short' : 'none',
    });
}

;// CONCATENATED MODULE: ./src/http/attempt.js










/**
 * One exchange over a connection of its own: after a 429 a Speckle server closes a connection that it announced to
 * keep. When the attempt ends, however it does, every socket is destroyed: nothing keeps the process alive.
 * @throws {Fault} when there is no whole answer
 */
async function attempt(request, asked, limits, means) {
    const { url, route, server } = asked;
    const { trust, lookup } = means;
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
        throw asFault(error, peer, means);
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
                return await sendPost(await connection(), request, asked, means);
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
            socket = await openTunnel(socket, url, proxy, means);
        peer = server;
        limit(begun + limits.whole - performance.now(), () => answerStall(server, limits.whole, means.timeoutSeconds));
        return url.protocol === 'https:' ? connection_secure(socket, url, keep, trust) : socket;
    }
}
/** Sends a request over a connection that stands, and reads the answer. */
async function sendPost(socket, { headers, body }, { url, route: { proxy }, server }, { userAgent, clean }) {
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
            read(answer, server, clean).then(resolve, reject);
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
async function read(answer, server, clean) {
    const { status, headers } = head(answer);
    if (isToldByHead(status, headers))
        return { status, headers, body: '' };
    try {
        return { status, headers, body: await readBody(answer, server) };
    }
    catch (error) {
        if (!(error instanceof Fault) || error.facts.code !== 'not-speckle')
            throw error;
        const unread = { status, headers, body: '…' };
        // That a gateway refuses says more than that its page is too large, or cannot be unpacked.
        if (status === 401 || status === 403)
            return unread;
        throw new Fault({ ...error.facts, requestId: requestIdOf(unread, clean) });
    }
}
/** An error of the connection as what it means; one of our own making stays what it is. */
function asFault(error, peer, means) {
    if (error instanceof Fault)
        return error;
    if (networkCode(error)?.startsWith('HPE_'))
        return noHttp(peer, error);
    return tlsFault(error, peer, means) ?? connectionFault(error, peer, means.clean) ?? error;
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

;// CONCATENATED MODULE: ./src/loopback.js
/** Whether a host name (as `URL.hostname` writes it) is this machine's own: plain http is safe there, no proxy is asked. */
function isLoopback(hostname) {
    const name = hostname.toLowerCase();
    return (name === 'localhost' ||
        name.endsWith('.localhost') ||
        name === '[::1]' ||
        /^127(\.\d{1,3}){3}$/.test(name));
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
    // Trimmed first: blanks that two parts of the expression could take would cost their number squared.
    const [, password] = /^(?:[a-z][a-z\d+.-]*:)?[/\\]*[^/\\?#:]*:([^/\\?#]*)@/i.exec(text.trimStart()) ?? [];
    const embedTokens = [...text.matchAll(/[?&#]embedToken=([^&#\s]+)/gi)].map(([, token]) => token);
    return [password, ...embedTokens].flatMap((secret) => (secret ? [secret, decoded(secret)] : []));
}
/**
 * What the address of a proxy may give away. People write a password there as it is, with characters that end it for a
 * reader of addresses: so all that stands between the first colon and the last @ counts too.
 */
function proxySecrets(text) {
    const [, password] = /^[^:]*:(.*)@/s.exec(text.trimStart().replace(/^[a-z][a-z\d+.-]*:[/\\]+/i, '')) ?? [];
    return [...addressSecrets(text), ...(password ? [password, decoded(password)] : [])];
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
    const wanted = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    const variable = counting(wanted);
    const exceptions = counting('NO_PROXY');
    if (bypassesProxy(url, valueOf(exceptions))) {
        if (variable === undefined || isLoopback(url.hostname))
            return {};
        return {
            ifProxyNeeded: `The variable ${exceptions} names this server, so it was asked without the proxy of ${variable}: change it if the server needs that proxy`,
        };
    }
    if (variable === undefined)
        return { ifProxyNeeded: otherVariable() };
    const text = valueOf(variable);
    const [, named] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
    if (named !== undefined && !/^https?$/i.test(named))
        return {
            ifProxyNeeded: `Set the variable ${variable} to an http or https proxy if one is needed, since this action cannot use the ${clean.line(named.toLowerCase(), 20)} proxy there`,
        };
    const address = URL.parse(named === undefined ? `http://${text}` : text);
    if (!address || endsTooEarly(address))
        throw unreadable(variable, text);
    return { proxy: proxyAt(address, variable, clean) };
    function valueOf(name) {
        return (name === undefined ? undefined : environment[name]?.trim()) ?? '';
    }
    /** The name of a variable in the case that counts, if it is set. */
    function counting(name) {
        return [name.toLowerCase(), name].find((each) => valueOf(each) !== '');
    }
    /** A variable that does not count for this server, as who set it may not know. */
    function otherVariable() {
        const [other, protocol] = wanted === 'HTTPS_PROXY' ? ['HTTP_PROXY', 'http'] : ['HTTPS_PROXY', 'https'];
        const ofOther = counting(other);
        const ofAll = counting('ALL_PROXY');
        if (ofOther === undefined && ofAll === undefined)
            return undefined;
        const why = ofOther ? `${ofOther} is for ${protocol} servers only` : `this action does not read ${ofAll}`;
        return `Set the variable ${wanted} if a proxy is needed, since ${why}`;
    }
}
/** An `@` behind the host: it was to end a user and a password, in which some character ended the host before. */
function endsTooEarly({ pathname, search, hash }) {
    return `${pathname}${search}${hash}`.includes('@');
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
function unreadable(variable, text) {
    const backslash = /\\.*@/s.test(text);
    return new Failure({
        code: 'proxy-error',
        problem: `The variable ${variable} holds a proxy address that cannot be read${backslash ? ', since there is a backslash in the user or the password' : ''}.`,
        remedy: backslash
            ? 'Write %5C there instead of the backslash, like http://domain%5Cuser:password@proxy.example.com:3128.'
            : 'Set it to an address like http://proxy.example.com:3128, with the special characters of a user and a password percent-encoded.',
    });
}

;// CONCATENATED MODULE: ./src/http/trust.js

/**
 * The authorities that the system trusts, as PEM.
 * @param replaced whether a variable names others in their place, which count for the system's then; Node's own are added
 * to those, as they are where the system has none
 */
function authoritiesOfSystem(replaced) {
    const system = (0,external_node_tls_namespaceObject.getCACertificates)('system');
    return system.length > 0 && !replaced ? system : [...system, ...(0,external_node_tls_namespaceObject.getCACertificates)('bundled')];
}
/** `ca` works on every Node 24; the functions that set it for a whole process came with later ones. */
function createTrust(options) {
    const { authorities, verifyCertificate: rejectUnauthorized } = options;
    const { systemAuthorities = () => (0,external_node_tls_namespaceObject.getCACertificates)('system') } = options;
    let secureContext = authorities === undefined ? undefined : trusting([authorities]);
    let system;
    return {
        given: authorities,
        options: () => ({ rejectUnauthorized, ...(secureContext && { secureContext }) }),
        addSystem() {
            if (system)
                return false;
            system = systemAuthorities();
            if (system.length === 0)
                return false;
            secureContext = trusting([...system, ...(authorities === undefined ? [] : [authorities])]);
            return true;
        },
        usesSystem: () => system !== undefined && system.length > 0,
    };
}
/** `ca` takes the place of Node's authorities, which count too. */
function trusting(more) {
    return (0,external_node_tls_namespaceObject.createSecureContext)({ ca: [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), ...more] });
}

;// CONCATENATED MODULE: ./src/http/transport.js










/**
 * A transport over HTTP/1.1, by the proxies of the environment, with retries, within one deadline.
 *
 * Two windows of time: the whole one is the timeout, from the creation of the transport to `end`. The connecting one is
 * shorter, and is that of a server that cannot be reached: it opens when a call begins and again after each attempt that
 * did reach the server, so it closes when for ten seconds no connection has come about. An attempt has a part of each.
 */
function createTransport(options) {
    const { clean, environment, timeoutSeconds, log, random = Math.random } = options;
    const wholeWindow = timeoutSeconds * 1000;
    const end = performance.now() + wholeWindow;
    const connectingWindow = Math.min(connectingTime, wholeWindow);
    const means = { ...options, trust: createTrust(options), lookup: sharedLookup(options.lookup) };
    let answered = false;
    return async (request) => {
        const url = new URL(request.url);
        const route = routeTo(url, environment, clean);
        const asked = { url, route, server: serverPeer(url, route, means) };
        const begun = performance.now();
        let unconnectedSince = begun;
        /** Why it has failed so far, as it will be told. */
        let fault;
        for (let attempts = 1;; attempts++) {
            const now = performance.now();
            if (fault?.facts.patience !== 'short')
                unconnectedSince = now;
            const connectingEnd = Math.min(end, unconnectedSince + connectingWindow);
            const limits = {
                connecting: attemptLimit(connectingEnd - now, connectingWindow),
                whole: attemptLimit(end - now, wholeWindow),
            };
            const result = await answerOrFault(request, asked, limits);
            if (!(result instanceof Fault)) {
                if (!answered && means.trust.usesSystem())
                    log(clean.line(trustedBySystem(asked)));
                answered = true;
                return result;
            }
            // An attempt that the end cut short says less than what went wrong before.
            if (!cutShort(result, limits))
                fault = result;
            fault ??= answered ? answerStall(asked.server, wholeWindow, timeoutSeconds) : result;
            const { patience, retryAfter } = fault.facts;
            const left = (patience === 'short' ? connectingEnd : end) - performance.now();
            const wait = patience === 'none' ? undefined : waitBefore({ attempts, left, retryAfter, random: random() });
            if (wait === undefined)
                throw fault.toFailure(effort(fault, attempts, performance.now() - begun, left), remedy(fault, asked));
            log(clean.line(`${fault.facts.problem}; attempt ${attempts + 1} follows in ${inSeconds(wait)}.`));
            await (0,promises_namespaceObject.setTimeout)(wait);
        }
    };
    async function answerOrFault(request, asked, limits) {
        try {
            const answer = await attempt(request, asked, limits, means);
            return answerFault(answer, request, asked, means) ?? answer;
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
        return stalled === 'answering' && limits.whole < usualLimit(wholeWindow);
    }
}
/** What answered now may be refused in later steps. */
function trustedBySystem({ server }) {
    return `The connection to the ${server.name} is trusted by the certificate store of this machine alone. Later steps with Node or with Python’s requests do not read that store: give the certificate of the authority to the input ca-certificate, and they trust it too.`;
}
/** How often and for how long was tried, and why no longer. */
function effort({ facts: { retryAfter = 0 } }, attempts, spent, left) {
    return [
        retryAfter > 0 ? ` and asks to wait ${inSeconds(retryAfter)} while only ${inSeconds(left)} are left` : '',
        attempts > 1 ? `; tried ${attempts} times in ${inSeconds(spent)}` : '',
    ].join('');
}
/** What to do, where a proxy that was not asked may be the only way; else what the fault says. */
function remedy({ facts: { code } }, { route: { ifProxyNeeded }, server }) {
    if (ifProxyNeeded === undefined || code !== 'unreachable')
        return undefined;
    return `${ifProxyNeeded}; if not, check the address in ${server.setting} and that the server runs.`;
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
    const expression = typeof normalizedDocument === `string` ? normalizedDocument : refuse(normalizedDocument);
    let isMutation = false;
    let operationName = undefined;
    if (excludeOperationName) {
        return { expression, isMutation, operationName };
    }
    const docNode = tryCatch(() => (typeof normalizedDocument === `string` ? refuse(normalizedDocument) : normalizedDocument));
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
    const disabled = isResult(body) && readAnswer(body).errors.some(({ message }) => /\bbatch/i.test(message));
    return disabled ? 'batching-disabled' : 'foreign';
}
/** Whether the identity, which is in the first operation, failed in a way that asking again may mend. */
function isTemporary({ body: text }) {
    const body = parseJson(text);
    const { data, errors } = readAnswer(Array.isArray(body) ? body[0] : body);
    return errors.some(({ code, path }) => code === 'INTERNAL_SERVER_ERROR' &&
        (path.length === 0 ? data === undefined : path[0] === 'serverInfo' || path[0] === 'activeUser'));
}
/** Reads one result of GraphQL. Whatever in it has another form than it should is left out. */
function readAnswer(result) {
    const { data, errors } = isRecord(result) ? result : {};
    return {
        data: isRecord(data) ? data : undefined,
        errors: Array.isArray(errors) ? errors.map(readError) : [],
    };
}
/** Whether a result holds everything that was asked, or errors that tell why not. */
function isWhole({ data, errors }, { identity, probes, project }) {
    if (!data)
        return errors.length > 0;
    const keys = [
        ...(identity ? ['serverInfo', 'activeUser'] : []),
        ...probes.map(({ key }) => key),
        ...(project ? ['project'] : []),
    ];
    return keys.every((key) => key in data);
}
function readError(error) {
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

;// CONCATENATED MODULE: ./src/speckle/token.js
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

;// CONCATENATED MODULE: ./src/speckle/failures.js


/** What to do about a server that fails. */
const later = 'Run the job again later, and tell whoever runs the server if this goes on.';
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
/** What the server says of it, as the end of a sentence of ours; nothing where it says nothing. */
function saying(text, clean) {
    return text.trim() === '' ? '' : `: ${quoted(text, clean)}`;
}
/** @param context with the request id of the answer */
function tokenRefused({ requirements, requestId }) {
    const { server, serverSource, token } = requirements;
    const hint = tokenHint(token);
    const page = tokenPage(server);
    const count = /^[\da-f]+$/i.test(token) ? `this one has ${token.length}` : 'this one has others';
    return new Failure({
        code: 'invalid-token',
        problem: `${server}, whose address came from ${serverSource}, does not accept the token.`,
        remedy: hint
            ? `Look on ${page} for a token that begins with “${hint}”: if there is none, it was revoked, has expired, or belongs to another user or another server, so make a new one there, or name the right server in the input server.`
            : `A Speckle token has 42 characters, 0 to 9 and a to f, and ${count}: copy it again as a whole, or make a new one on ${page}.`,
        requestId,
    });
}
/** A 401, or a 403 of another form than the server's own. */
function gatewayInstead(context, answer) {
    const { server, serverSource } = context.requirements;
    return new Failure({
        code: 'not-speckle',
        problem: `${server} answered with ${described(answer, context)}, which is not how a Speckle server refuses a token.`,
        remedy: `There seems to be a firewall, or a gateway with a login of its own, in front of it: ask whoever runs it to let this runner through, or check the address (it came from ${serverSource}).`,
        requestId: context.requestId,
    });
}
/** Something else answered. */
function notSpeckle(context, answer) {
    return new Failure({
        code: 'not-speckle',
        problem: `${context.requirements.server} answered with ${described(answer, context)}, which is not the answer of a Speckle server.`,
        remedy: checkAddress(context),
        requestId: context.requestId,
    });
}
function checkAddress({ requirements }) {
    return `Check the address (it came from ${requirements.serverSource}): in a browser it must open the Speckle server.`;
}
function described({ status, headers, body }, { clean }) {
    const type = headers['content-type']?.split(';')[0]?.trim();
    const title = /<title[^>]*>([^<]{1,200})/i.exec(body)?.[1]?.trim();
    const content = body.trim() === '' ? 'an empty body' : type ? clean.line(type, 60) : 'a body without a content type';
    return `HTTP status ${status} and ${content}${title ? `, a page titled ${quoted(title, clean)}` : ''}`;
}
/** GraphQL of something else: it does not know the smallest identity. */
function otherGraphql(context) {
    return new Failure({
        code: 'not-speckle',
        problem: `${context.requirements.server} speaks GraphQL, but does not tell who it is and whose the token is, as a Speckle server does.`,
        remedy: checkAddress(context),
        requestId: context.requestId,
    });
}
/** @param said the server's reason, if it gave one. */
function brokenServer(context, what, said) {
    return new Failure({
        code: 'server-error',
        problem: `${context.requirements.server} cannot tell ${what}${saying(said, context.clean)}.`,
        remedy: later,
        requestId: context.requestId,
    });
}
/** @param said the server's reason, if it gave one. */
function anonymous({ requirements, clean, requestId }, said = '') {
    const { server, serverSource } = requirements;
    return new Failure({
        code: 'anonymous',
        problem: `${server} answered as if no token had been sent${saying(said, clean)}.`,
        remedy: `A proxy or a gateway on the way may remove the Authorization header: let it pass there, or check the address (it came from ${serverSource}).`,
        requestId,
    });
}

;// CONCATENATED MODULE: ./src/speckle/ask.js





class BatchingDisabled extends Error {
    name = 'BatchingDisabled';
}
/**
 * Asks one server with one token. It remembers whether the server takes batches. What has been answered is not lost when
 * a failure (`invalid-token`, `not-speckle`, and whatever the transport throws) comes later.
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
                const context = { requirements, clean, requestId: requestIdOf(answer, clean) };
                if (kind === 'token-refused')
                    throw tokenRefused(context);
                if (kind === 'gateway')
                    throw gatewayInstead(context, answer);
                if (kind === 'batching-disabled')
                    throw new BatchingDisabled();
                if (kind === 'foreign')
                    throw notSpeckle(context, answer);
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
        const requestId = answer && requestIdOf(answer, clean);
        if (answer && !answered.every((one) => isWhole(one.answer, one.operation)))
            throw notSpeckle({ requirements, clean, requestId }, answer);
        return { answered, requestId };
    }
    /** Undefined where the server takes no batches. */
    async function together(operations) {
        if (!batching && operations.length > 1)
            return undefined;
        try {
            return await exchange(operations);
        }
        catch (error) {
            if (!(error instanceof BatchingDisabled))
                throw error;
            batching = false;
            return undefined;
        }
    }
    return async (operations) => {
        const replies = [];
        let failure;
        try {
            const whole = await together(operations);
            if (whole)
                return whole;
            for (const operation of operations)
                replies.push(await exchange([operation]));
        }
        catch (error) {
            if (!(error instanceof Failure))
                throw error;
            failure = error;
        }
        return {
            answered: replies.flatMap(({ answered }) => answered),
            requestId: replies.findLast(({ requestId }) => requestId !== undefined)?.requestId,
            failure,
        };
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

;// CONCATENATED MODULE: ./src/speckle/graphql-error.js
function isUnauthorized({ code, statusCode }) {
    return code === 'UNAUTHORIZED' || code === 'UNAUTHENTICATED' || statusCode === 401;
}
/** Whether the server itself failed, so that the error tells nothing about a token. */
function isCrash({ code, statusCode = 0 }) {
    return code === 'INTERNAL_SERVER_ERROR' || statusCode >= 500;
}
function isForbidden({ code, statusCode, scope }) {
    return scope === undefined && (code === 'FORBIDDEN' || statusCode === 403);
}
function isNotFound({ code, statusCode }) {
    return code.includes('NOT_FOUND') || statusCode === 404;
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
function isUnfit({ data, errors }) {
    return data === undefined && errors.every(({ path }) => path.length === 0);
}
function errorsAt({ errors }, key) {
    return errors.filter(({ path }) => path[0] === key);
}

;// CONCATENATED MODULE: ./src/speckle/identity.js



/** Reads who the server and the user are. Names and ids come cleaned. */
function readIdentity(answered, clean) {
    const answers = answered.filter(({ operation }) => operation.identity).map(({ answer }) => answer);
    const errors = answers.flatMap((answer) => errorsAt(answer, 'activeUser'));
    const refused = errors.some(({ scope }) => scope === 'profile:read');
    const told = answers.find(({ data }) => data !== undefined);
    if (!told?.data) {
        const error = answers.at(-1)?.errors[0];
        if (refused)
            return { kind: 'known' };
        const ran = error && (isCrash(error) || !answers.every(isUnfit));
        return ran ? { kind: 'broken', error } : { kind: 'foreign' };
    }
    const server = readServer(told.data['serverInfo'], clean);
    const user = readUser(told.data['activeUser'], clean);
    if (!server || user === undefined)
        return { kind: 'foreign' };
    if (user)
        return { kind: 'known', server, user };
    if (refused)
        return { kind: 'known', server };
    const error = errors.at(-1);
    return error && isCrash(error) ? { kind: 'broken', error } : { kind: 'nobody', server, error };
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
        for (const { scope } of answer.errors)
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
    const error = errorsAt(answer, 'project')[0];
    const looked = error ? isForbidden(error) || isNotFound(error) : isRecord(answer.data?.['project']);
    if (looked)
        scopes.set('streams:read', 'held');
}
function learnProbes(asked, answer, scopes) {
    // Mutations run one after the other and stop at the first error: those before it have passed their guards.
    const stop = asked.findIndex(({ kind, key }) => kind === 'mutation' && errorsAt(answer, key).length > 0);
    for (const [at, probe] of asked.entries()) {
        const errors = errorsAt(answer, probe.key);
        const value = answer.data?.[probe.key];
        const answers = value !== undefined && (value !== null || probe.nullable);
        if (errors.length > 0 ? errors.every((error) => passed(probe, error)) : at < stop || answers)
            scopes.set(probe.scope, 'held');
    }
}
/** Whether an error shows that the guard of the probe's scope let the token pass. */
function passed({ mayFail, nested }, error) {
    if (nested && error.path.length < 2)
        return false;
    if (error.scope !== undefined || isUnauthorized(error))
        return false;
    // Worded as no known server does it, but of a scope: that proves nothing.
    if (/\bscope/i.test(error.message))
        return false;
    // The role is checked after the scope (exchange 39).
    return mayFail !== undefined || isForbidden(error);
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
    ...(inner && { nested: true }),
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
    {
        ...query('tokens:read', 'own', 'own: activeUser { apiTokens { id scopes createdAt lifespan } }'),
        nested: true,
    },
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
/**
 * A warning within 14 days of the expiry.
 * @param page where a new token is made
 */
function expiryWarning({ expiresAt, lifespan }, now, page) {
    const left = expiresAt ? expiresAt.getTime() - now.getTime() : Infinity;
    if (!expiresAt || left > 14 * day)
        return undefined;
    const days = Math.floor(left / day);
    const span = days < 1 ? 'less than a day' : days === 1 ? 'one day' : `${days} days`;
    const when = `The token expires in ${span}, at ${expiresAt.toISOString()}.`;
    // The documentation of token creation speaks of seconds, where the server takes milliseconds.
    return lifespan !== undefined && lifespan < day
        ? `${when} Its lifespan is ${lifespan} milliseconds: if seconds were meant, make a new one with a lifespan of ${lifespan * 1000}.`
        : `${when} Make a new one in time on ${page}.`;
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
    const [error = nothing] = asked.flatMap((answer) => errorsAt(answer, 'project'));
    return { failure: project_refused(error, context) };
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
    const as = project.role ? clean.line(project.role.replace(/^stream:/, ''), 60) : 'none';
    const [act, member] = unreadable === undefined ? ['write to', 'a contributor'] : ['read', 'a member'];
    // A plan, a seat or a login of the workspace may be asked for beside the role.
    const suffices = unreadable === undefined ? refusalBy(role) === undefined : project.role !== undefined;
    return {
        project,
        failure: new Failure({
            code: 'project-forbidden',
            problem: `${who(context)} may not ${act} the project ${quoted(project.name, clean)} (role there: ${as})${saying(refusal, clean)}.`,
            remedy: suffices
                ? 'The role is enough, so ask an administrator of the project’s workspace what else is missing, or use a token of a user who may do it.'
                : `Ask an owner of the project to make this user ${member} of it, or use a token of a user who is one.`,
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
function project_refused(error, context) {
    const { requirements, clean, requestId } = context;
    const project = quoted(requirements.project ?? '', clean);
    const page = tokenPage(requirements.server);
    if (isNotFound(error) || /\bnot found\b/i.test(error.message)) {
        const own = error.code === 'STREAM_NOT_FOUND' ? '' : saying(error.message, clean);
        return new Failure({
            code: 'project-not-found',
            problem: `${requirements.server} has no project ${project}${own}.`,
            remedy: `Copy the project’s address from the browser into the input project, and check that this is its server (the address came from ${requirements.serverSource}).`,
            requestId,
        });
    }
    if (/not authorized to access this resource/i.test(error.message))
        return new Failure({
            code: 'project-forbidden',
            problem: `The token is limited to certain projects, and ${project} is not one of them (a project that does not exist looks the same to it).`,
            remedy: `Check the project’s id, or make a token on ${page} that is not limited or includes this project.`,
            requestId,
        });
    if (/do not have access to the project/i.test(error.message))
        return new Failure({
            code: 'project-forbidden',
            problem: `${who(context)} has no role in the project ${project} and cannot see it.`,
            remedy: 'Ask an owner of the project to invite this user, or use a token of a user who has a role there.',
            requestId,
        });
    const broken = isCrash(error);
    return new Failure({
        code: broken ? 'server-error' : 'project-forbidden',
        problem: `${requirements.server} does not show the project ${project}${saying(error.message, clean)}.`,
        remedy: broken
            ? later
            : 'Open the project in the browser as the token’s user to see what is missing, or use a token of a user who can read it.',
        requestId,
    });
}
/** Before projects were called that, or where something else answers half of what a server does. */
function unaskable({ requirements, requestId }) {
    return new Failure({
        code: 'project-forbidden',
        problem: `${requirements.server} is too old to be asked about a project.`,
        remedy: 'Ask whoever runs the server to update it, or name no project in this step.',
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
const seeAll = 'A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.';
/** What shall be said about scopes of which nothing is known. */
function scopeNotices(requirements, facts, told, own) {
    const { unverified, missing } = facts;
    const strange = unverified.filter((scope) => !knownScopes.includes(scope));
    const unseen = unverified.filter((scope) => knownScopes.includes(scope) && !canBeProbed(scope));
    // Without profile:read the failure says so.
    const silent = missing.includes('profile:read') ? [] : unverified.filter(canBeProbed);
    const audited = requirements.excessScopes !== 'ignore' && !own;
    const unaudited = audited
        ? knownScopes.filter((scope) => !told.has(scope) && !unverified.includes(scope))
        : [];
    const streams = strange.some((scope) => /^(project|model|version)/.test(scope))
        ? ': the scopes for projects, models and versions are streams:read and streams:write'
        : '';
    const notices = [
        [strange, 'Not verified:', `, which this action does not know. Check the spelling${streams}.`],
        [unseen, 'Not verified:', `, of which a server tells nothing before they are used. ${seeAll}`],
        [silent, 'Not verified:', ', of which this server tells nothing. It may be too old to be asked.'],
        [unaudited, 'Not visible to excess-scopes:', `. ${seeAll}`],
    ];
    return notices.flatMap(([names, before, after]) => names.length > 0 ? [`${before} ${theScopes(names)}${after}`] : []);
}
/** Names everything that is missing. */
function missingScope({ requirements, requestId }, { held, missing }) {
    if (missing.length === 0)
        return undefined;
    const { scopes: required, server } = requirements;
    const blind = missing.includes('profile:read');
    const doubt = blind && required.length > 1 ? '; without profile:read the others cannot all be checked' : '';
    const embed = blind && held.includes('streams:read') ? '; it holds streams:read, so it may be an embed token' : '';
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
        problem: `The token can do more than this job needs: it also holds ${theScopes(excess)}.`,
        remedy: `Make a token with only ${theScopes(requirements.scopes)} on ${tokenPage(requirements.server)}, or name the others in the input scopes if the job needs them.`,
    };
}

;// CONCATENATED MODULE: ./src/speckle/judge.js










/**
 * Judges what all the answers together say. Where several failures apply, the first of `statusCodes` is told; but scopes
 * that are missing for certain come before others that the server failed to tell.
 */
function judge(context, answered, now) {
    const { requirements, clean } = context;
    const identity = readIdentity(answered, clean);
    if (identity.kind === 'foreign')
        return failed(otherGraphql(context));
    if (identity.kind === 'broken')
        return failed(brokenServer(context, 'who the token’s user is', identity.error.message));
    const moved = movedWarning(identity.server, clean);
    if (identity.kind === 'nobody')
        return {
            ...failed(anonymous(context, identity.error?.message)),
            server: identity.server,
            warnings: moved,
        };
    const { server, user } = identity;
    const told = learnScopes(answered);
    const own = ownToken(answered, requirements.token);
    const scopes = scopeFacts(requirements, told, own, clean);
    const { project, failure: projectFailure } = requirements.project === undefined ? {} : judgeProject(answered, { ...context, user });
    const broken = brokenProbe(context, scopes, answered);
    const excess = excessSentences(requirements, scopes);
    const expiry = own && expiryWarning(own, now, tokenPage(requirements.server));
    return {
        failure: missingScope(context, scopes) ??
            broken ??
            wrongUser(context, user) ??
            projectFailure ??
            (excess && requirements.excessScopes === 'fail'
                ? new Failure({ code: 'excess-scope', ...excess, requestId: context.requestId })
                : undefined),
        server,
        user,
        scopes,
        project,
        expiresAt: own?.expiresAt,
        warnings: [
            ...moved,
            ...(expiry ? [expiry] : []),
            ...(excess && requirements.excessScopes === 'warn' ? [`${excess.problem} ${excess.remedy}`] : []),
        ],
        // They would blame the age of a server that failed.
        notices: broken ? [] : scopeNotices(requirements, scopes, told, own !== undefined),
    };
}
function failed(failure) {
    return { failure, warnings: [], notices: [] };
}
function movedWarning(server, clean) {
    return server?.movedTo
        ? [
            `This server says that it has moved to ${quoted(server.movedTo, clean)}. Use that address from now on.`,
        ]
        : [];
}
/** A required scope that the server could not tell, though it knows the question, is not held for all that is known. */
function brokenProbe(context, { unverified }, answered) {
    const keys = new Set(probes.filter(({ scope }) => unverified.includes(scope)).map(({ key }) => key));
    const error = answered
        .flatMap(({ answer }) => answer.errors)
        .findLast((each) => isCrash(each) && keys.has(String(each.path[0])));
    const unknown = theScopes(unverified.filter(canBeProbed));
    return error && brokenServer(context, `whether the token holds ${unknown}`, error.message);
}
/** Says who it is by name and id: logs are public, an email is not. */
function wrongUser({ requirements: { allowedUsers }, clean, requestId }, user) {
    if (!user || allowedUsers.length === 0)
        return undefined;
    const names = new Set([user.id.toLowerCase(), user.email?.toLowerCase()]);
    if (allowedUsers.some((allowed) => names.has(allowed)))
        return undefined;
    return new Failure({
        code: 'wrong-user',
        problem: `The token belongs to ${quoted(user.name, clean)} (user id ${clean.line(user.id, 100)}), who is not one of the allowed users.`,
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
    const shared = wanted.filter((probe) => probe.nullable);
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
    const open = wantedProbes(requirements).filter(({ scope }) => !told.has(scope) && !answered.some((one) => isAlone(one, scope)));
    if (isUnfit(answer))
        return [compose({ identity: 'smallest' }), ...open.map(alone), ...projectAlone(requirements)];
    if (!answer.data) {
        // A refused project took the identity with it, and silence about the other fields proves nothing.
        const again = open.filter((probe) => operation.probes.includes(probe));
        const refused = errorsAt(answer, 'project').length > 0;
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
    // Without profile:read it may be the token of an embedded view, which streams:read shows.
    const embedded = told.get('profile:read') === 'missing' && !told.has('streams:read');
    return probes
        .filter((probe) => (probe.scope === 'streams:read' && embedded) ||
        (open.includes(probe) && requirements.scopes.includes(probe.scope)))
        .map(alone);
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
/** Whether the scope alone was asked, and answered: a server that failed is asked once more. */
function isAlone({ operation, answer }, scope) {
    const { identity, project, probes: asked } = operation;
    const only = !identity && !project && asked.length === 1 && asked[0]?.scope === scope;
    return only && !answer.errors.some(isCrash);
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
 * the transport throws. Every other failure is in the verdict, beside what is known; so is one of a later request.
 */
async function verify(requirements, { transport, clean, now }) {
    const ask = createAsk(requirements, { transport, clean });
    const first = await ask(firstRequest(requirements));
    if (first.failure && first.answered.length === 0)
        throw first.failure;
    const finer = first.failure ? [] : followUp(requirements, first.answered);
    const last = finer.length > 0 ? await ask(finer) : first;
    const answered = last === first ? first.answered : [...first.answered, ...last.answered];
    const verdict = judge({ requirements, clean, requestId: last.requestId }, answered, now());
    // What was not answered is no fault of the server's age or of the token: the notices would say so.
    return last.failure ? { ...verdict, failure: last.failure, notices: [] } : verdict;
}

;// CONCATENATED MODULE: ./src/version.js
/** The version that the User-Agent names; a check holds it to package.json. */
const version = '1.0.0';

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
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
 * @throws {Failure} when it cannot be written
 */
function writeAccount(facts, place) {
    const { undo } = place;
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
        throw notWritten(error);
    }
}
/** What is wrong with the runner's temporary folder, as a sentence without its full stop; the account is written nowhere else. */
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
    return 'The folder that the runner’s variable RUNNER_TEMP names is not there, cannot be written or is in the workspace, which people publish';
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
function notWritten(error) {
    return new Failure({
        code: 'internal-error',
        problem: `The account could not be written into the temporary folder of the runner (${reasonIn(error)}), and nothing was exported.`,
        remedy: 'Make room there and let the runner write to it, or leave out account-file.',
        cause: error,
    });
}

;// CONCATENATED MODULE: ./src/action/plain-file.js

/** A bundle of all public authorities takes a fifth of it, in bytes. */
const plain_file_most = 2 ** 20;
/**
 * Reads a file that somebody named. A pipe or a device may never end, and nothing could stop the reading.
 * @throws when it cannot be read, is no plain file, or has more than 1 MiB; the `code` says which
 */
function readPlainFile(path) {
    const found = (0,external_node_fs_namespaceObject.statSync)(path);
    if (!found.isFile() || found.size > plain_file_most)
        throw Object.assign(new Error('Not a plain file.'), { code: 'not a file of at most 1 MiB' });
    return (0,external_node_fs_namespaceObject.readFileSync)(path);
}

;// CONCATENATED MODULE: ./src/action/certificate-bundle.js






/**
 * Writes the bundles with which later steps trust a private authority too, each with what its variable already named.
 * They stay until the runner clears its folder: post steps of other actions read them.
 * @throws {Failure} when they cannot be written
 * @param authority certificates in PEM
 * @param environment with the runner's folder of this job (`RUNNER_TEMP`)
 * @param undo gets what takes the files back
 */
function writeBundles(authority, environment, undo) {
    const warnings = [];
    const own = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.resolve)(environment['RUNNER_TEMP'] ?? ''), `speckle-certificates-${(0,external_node_crypto_namespaceObject.randomUUID)()}`);
    const trusted = authoritiesOfSystem(Boolean(environment['SSL_CERT_FILE'] || environment['SSL_CERT_DIR']));
    const write = (name, authorities) => {
        const file = (0,external_node_path_namespaceObject.join)(own, `${name}.pem`);
        const all = [...authorities, ...named(name), authority].flatMap(certificates);
        (0,external_node_fs_namespaceObject.writeFileSync)(file, `${[...new Set(all)].join('\n')}\n`, { flag: 'wx', mode: 0o644 });
        return file;
    };
    undo.push(() => (0,external_node_fs_namespaceObject.rmSync)(own, { recursive: true, force: true }));
    try {
        // Certificates are no secrets, and a container that runs as another user must be able to read them.
        (0,external_node_fs_namespaceObject.mkdirSync)(own, { mode: 0o755 });
        const variables = {
            // Node adds it to its own authorities; for the programs that read the others it takes the place of all.
            NODE_EXTRA_CA_CERTS: write('NODE_EXTRA_CA_CERTS', []),
            REQUESTS_CA_BUNDLE: write('REQUESTS_CA_BUNDLE', trusted),
            SSL_CERT_FILE: write('SSL_CERT_FILE', trusted),
        };
        return { variables, warnings };
    }
    catch (error) {
        throw new Failure({
            code: 'internal-error',
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
            return [readPlainFile(file).toString()];
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
            for (const [name, value] of Object.entries(variables))
                exportVariable(name, value);
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
/** Remembers how long a command file is. @returns what takes back all that is written to it later */
function remember(file = '') {
    const size = canWrite(file) ? (0,external_node_fs_namespaceObject.statSync)(file).size : undefined;
    return () => {
        if (size !== undefined)
            (0,external_node_fs_namespaceObject.truncateSync)(file, size);
    };
}
/** Whether one of the runner's command files is there. */
function canWrite(path) {
    if (path === undefined || path === '')
        return false;
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.W_OK);
        return (0,external_node_fs_namespaceObject.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/speckle/address.js


/** Ids are 10 characters today, but nothing promises that. A name of a legacy branch is none. */
const idForm = /^[\w-]{1,64}$/;
/** No browser copies more; reading a host of 100 kB takes seconds. */
const address_longest = 4000;
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
    if (text.length > address_longest)
        return 'is too long for an address';
    if (/\s|\p{Cc}/u.test(text))
        return 'has a space or a control character inside';
    const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
    if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
        return `is neither http nor https`;
    const url = scheme ? parse(text) : parseBare(text);
    if (!url || !isHost(url))
        return 'is not an address';
    if (url.username !== '' || url.password !== '')
        return 'has a user or a password in it';
    if (secretsIn(url.hostname + decoded(url.pathname)).length > 0)
        return 'has what looks like a secret in it';
    return { origin: url.origin, ...page(url.pathname) };
}
/** What a URL lets pass besides: quotation marks, asterisks, braces, and the scheme of an address that has two. */
function isHost({ hostname, pathname }) {
    const twice = /^https?$/.test(hostname) && pathname.startsWith('//');
    return !twice && /^(?:\[[\da-f:.]+\]|[\w.-]+)$/i.test(hostname);
}
function parse(text) {
    // Not asked first: `URL.canParse` says yes to a very long host that nothing can then read (Node 24.21).
    return URL.parse(text) ?? undefined;
}
function parseBare(text) {
    // An IPv6 address needs brackets in a URL, but people leave them out.
    const host = /^[\da-f:]*::[\da-f:]*$/i.test(text) ? `[${text}]` : text;
    const url = parse(`https://${host}`);
    // A path names no host; `https:/host` and `https:host` would come out as a host of the name https.
    if (!url || /^(https?:|[/\\?#])/i.test(text))
        return undefined;
    return isLoopback(url.hostname) ? parse(`http://${host}`) : url;
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
const certificateVariables = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'];
/** Every variable that can be exported; a check holds the README to it. */
const variableNames = [...prefixed, ...certificateVariables];
/** What is exported for later steps, never an empty value. Call it only after everything was verified. */
function variablesOf(inputs, { token, origin }, written = {}) {
    if (!inputs.exportEnv)
        return {};
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
        const server = typeof address === 'string' ? 'something else' : address.origin;
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
function deliver(found, verified, { runner, environment, say }) {
    const { inputs, verdict } = found;
    const bundles = inputs.exportEnv && inputs.caCertificate !== undefined
        ? writeBundles(inputs.caCertificate, environment, found.undo)
        : undefined;
    for (const warning of bundles?.warnings ?? [])
        say.warning(warning);
    if (inputs.accountFile) {
        const { saveState } = runner;
        found.userdataPath = writeAccount({ ...verified, server: verdict?.server, user: verdict?.user }, { environment, prefix: inputs.envPrefix, saveState, undo: found.undo });
        if (!verdict?.user?.email)
            say.warning(accountWithoutEmail);
    }
    found.variables = variablesOf(inputs, verified, {
        SPECKLE_USERDATA_PATH: found.userdataPath,
        ...bundles?.variables,
    });
    for (const text of replacements(found.variables, environment))
        say.notice(text);
    found.undo.push(remember(environment['GITHUB_ENV']));
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
        .map((name) => `The file that the runner’s variable ${name} names is not there or cannot be written`);
    const writes = inputs.accountFile || (inputs.exportEnv && inputs.caCertificate !== undefined);
    const temp = writes ? runnerTempFault(environment) : undefined;
    return temp === undefined ? files : [...files, temp];
}

;// CONCATENATED MODULE: ./src/action/event.js

/** The events that hand secrets to a workflow that may run the code of a fork. */
const privileged = new Set(['pull_request_target', 'workflow_run']);
/** Reads the event, only where it matters: the toolkit for it is large. None where it cannot be read. */
async function readEvent({ GITHUB_EVENT_PATH: path }) {
    // Where the file is missing the toolkit would print its name, uncleaned.
    if (path && !(0,external_node_fs_namespaceObject.existsSync)(path))
        return undefined;
    try {
        const { context } = await __nccwpck_require__.e(/* import() */ 778).then(__nccwpck_require__.bind(__nccwpck_require__, 778));
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
/**
 * The sentence of why there may be no token, and what to do.
 * @param skips whether the step may go without one, by its input on-missing-token
 */
async function missingTokenAdvice(environment, skips) {
    const event = await readEvent(environment);
    if (event?.dependabot)
        return `Dependabot started this run, and such runs get only the secrets of Dependabot: add the token to those too (Settings, Secrets and variables, Dependabot)${skips ? '' : ', or set on-missing-token to skip'}.`;
    // A privileged event gives its run secrets although it is about a fork.
    if (event?.fork && !privileged.has(event.name))
        return `A pull request from a fork started this run, and such runs get no secrets: ${skips ? 'nothing is to be done' : 'set on-missing-token to skip'}, and verify again when the change is merged.`;
    return `${skips ? 'If one was meant to come, check' : 'Check'} the three usual causes: the name of the secret is misspelt, the secret belongs to an environment that the job does not name, or a called workflow gets no secrets because its caller does not pass them (secrets: inherit).`;
}
/** Warns where later steps may run the code of a fork and could read the token. */
async function forkWarning(environment) {
    const name = environment['GITHUB_EVENT_NAME'] ?? '';
    if (!privileged.has(name) || !(await readEvent(environment))?.fork)
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
    return source === 'default' ? 'the default, since no server was named' : `the variable ${source}`;
}
/** Said before anything is sent. */
function toWhom(token, server) {
    const hint = tokenHint(token.value);
    const { origin } = server;
    return `Verifying the token${hint ? ` ${hint}` : ''} (from ${tokenSource(token)}) at ${origin} (from ${sourceInWords(server)}).`;
}
function tokenSource({ source }) {
    return source === 'input' ? 'the input token' : 'the variable SPECKLE_TOKEN';
}
function unencrypted(origin) {
    return `${origin} is asked without encryption, so anyone on the way can read the token. Use https if the server has it.`;
}
/** For later steps: specklepy drops the scheme of an address. */
const specklepyWithoutHttps = 'In later steps specklepy needs use_ssl=False for this server (SpeckleClient(host=…, use_ssl=False)), as it takes https for granted.';
function unverifiedCertificate(origin, { caCertificate }) {
    const instead = caCertificate
        ? 'Leave verify-certificate at true: the authority in ca-certificate is trusted then.'
        : 'Give the certificate of its authority in ca-certificate instead.';
    return `The certificate of ${origin} is not verified, so another server can answer in its place and get the token. ${instead}`;
}
/**
 * @param faults of inputs, each with its name, what came and what is taken
 * @param lacking what the runner does not have, as sentences without a full stop
 */
function invalidInput(faults, lacking = []) {
    const count = faults.length === 1 ? 'An input is wrong' : `${faults.length} inputs are wrong`;
    const inputs = faults.length === 0 ? [] : [`${count}: ${faults.join('. ')}`];
    const remedies = [
        ...(faults.length === 0 ? [] : ['correct this in the workflow, under with: or env: of this step']),
        ...(lacking.length === 0 ? [] : ['use a current runner, and do not change the variables that it sets']),
    ].join('; ');
    return new Failure({
        code: 'invalid-input',
        problem: `${[...inputs, ...lacking].join('. ')}.`,
        remedy: `${remedies.charAt(0).toUpperCase()}${remedies.slice(1)}.`,
    });
}
function malformedToken(inputs, fault) {
    const origin = inputs.server?.origin;
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
        remedy: 'Run the job again, and if it fails again report it with this message.',
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
function verified({ permission }, origin, { user, scopes, project }, short) {
    const who = user ? `${short(user.name)} (${short(user.id)})` : 'its user';
    const { held = [] } = scopes ?? {};
    const may = held.length > 0 ? ` and holds at least ${held.join(', ')}` : '';
    const what = project
        ? ` It may ${permission === 'write' ? 'write to' : 'read'} the project ${short(project.name)} (${short(project.id)}).`
        : '';
    return `The token belongs to ${who} at ${origin}${may}.${what}`;
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
    const lacking = runnerFaults(inputs, environment);
    if (reading.faults.length + lacking.length > 0 || !server)
        throw invalidInput(reading.faults, lacking);
    if (!token)
        throw missingToken(inputs, inputs.tokenWithheld ? '' : await missingTokenAdvice(environment, inputs.onMissingToken === 'skip'));
    if (token.fault !== undefined)
        throw malformedToken(inputs, token.fault);
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
        serverSetting: server.source === 'default' ? 'the input server (it is empty)' : sourceInWords(server),
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
    const { origin } = server;
    deliver(found, { token: token.value, origin }, tools);
    if (origin.startsWith('http:'))
        runner.info(specklepyWithoutHttps);
    return verified(inputs, origin, verdict, (text) => clean.line(text, 100));
}
function requirementsOf(inputs, server, token) {
    return {
        server: server.origin,
        serverSource: sourceInWords(server),
        token,
        scopes: inputs.scopes,
        excessScopes: inputs.excessScopes,
        project: inputs.page.projectId,
        permission: inputs.permission,
        allowedUsers: inputs.allowedUsers,
    };
}
/** What lets others get at the token, as sentences. */
async function risks(inputs, server, environment) {
    const { origin } = server;
    const { protocol, hostname } = new URL(origin);
    const fork = await forkWarning(environment);
    return [
        ...(protocol === 'http:' && !isLoopback(hostname) ? [unencrypted(origin)] : []),
        ...(inputs.verifyCertificate ? [] : [unverifiedCertificate(origin, inputs)]),
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
    const origin = inputs.server?.origin;
    const variable = inputs.token?.source === 'input' ? undefined : inputs.token?.source;
    const text = (value) => encode(clean.value(value), origin);
    const code = (value) => `<code>${text(value)}</code>`;
    const list = (values) => values === undefined ? '' : values.map(code).join(' ') || 'none seen';
    const some = (values) => (values?.length ? list(values) : '');
    const join = (...parts) => parts.flatMap((part) => (part ? [code(part)] : [])).join(' ');
    const rows = [
        ['Server', join(server?.name, server?.version, origin)],
        // One of the environment may be another than whoever wrote the input thinks.
        ['Token', join(inputs.token && tokenHint(inputs.token.value), variable)],
        ['User', join(user?.name, user?.id, user?.role)],
        ['Scopes seen', list(scopes?.held)],
        ['Scopes missing', some(scopes?.missing)],
        ['Scopes not verified', some(scopes?.unverified)],
        ['Scopes beyond those required', list(scopes?.excess)],
        ['Project', join(project?.name, project?.id ?? inputs.page.projectId, project?.role)],
        ['Permission required', inputs.page.projectId === undefined ? '' : code(inputs.permission)],
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
    const encoded = text.replace(/[&<>"'`*[\]|~\\@]/g, entity);
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

;// CONCATENATED MODULE: ./src/action/inputs.js
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
/** Every input that action.yml declares; a check holds both to each other. */
const inputNames = Object.keys(textsOf(() => ''));
/** The variables that can name a server, the first first. */
const serverVariables = ['SPECKLE_SERVER_URL', 'SPECKLE_SERVER'];

;// CONCATENATED MODULE: ./src/action/masks.js






/** Any of them may hold a password, whether or not a proxy is taken from it. */
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [
    name.toLowerCase(),
    name,
]);
/**
 * Everything that the runner is to mask, before anything else is printed and before anything is refused. Nothing is
 * shorter than eight characters: a short mask would tear the log apart. Ids, addresses, names and emails are no secrets.
 */
function masksFor(texts, environment) {
    const { token, 'ca-certificate': certificate, ...others } = texts;
    const prefix = others['env-prefix'].trim();
    const tokens = [token, environment['SPECKLE_TOKEN'], environment[`${prefix}SPECKLE_TOKEN`]];
    const addresses = [
        ...Object.values(others),
        ...serverVariables.flatMap((name) => [environment[name], environment[prefix + name]]),
    ];
    const masks = [
        // Lines of a certificate may look like a secret of another service by chance.
        ...speckleTokensIn(certificate).flatMap(masks_parts),
        ...tokens.flatMap((text) => (text === undefined ? [] : tokenMasks(text))),
        ...addresses.flatMap((text) => text === undefined ? [] : [...secretsIn(text).flatMap(masks_parts), ...addressSecrets(text)]),
        ...proxyVariables.flatMap((name) => proxySecrets(environment[name] ?? '')),
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
/**
 * A token of 42 hexadecimal characters, and its two parts: the id, with which it can be ended, and the secret. In a longer
 * run of them it may begin anywhere; so much is masked as two tokens pasted together.
 */
function masks_parts(secret) {
    const last = /^[0-9a-f]+$/i.test(secret) ? Math.min(secret.length - 42, 42) : 0;
    const starts = Array.from({ length: last + 1 }, (_, at) => at);
    const windows = starts.flatMap((at) => {
        const token = secret.slice(at, at + 42);
        return [token, token.slice(0, 10), token.slice(10)];
    });
    return [secret, ...windows];
}
/**
 * What stays readable whatever the secrets are: people paste an address, or a whole line with the name of a variable,
 * for a token, and what we say of that shall not tell by its gaps what they pasted.
 */
function openTexts({ inputs, warnings }) {
    const { server, token } = inputs;
    return [
        ...variableNames,
        ...warnings,
        ...(server ? [tokenPage(server.origin)] : []),
        ...(token?.fault === undefined ? [] : [malformedToken(inputs, token.fault).message]),
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
    const token = inputs.token?.fault === undefined ? inputs.token : undefined;
    const values = {
        authenticated: String(verified),
        status,
        message: outcome.message,
        'server-url': inputs.server?.origin,
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

;// CONCATENATED MODULE: ./src/http/authorities.js

/** What `ca-certificate` takes, for a sentence. */
const authoritiesTaken = 'certificates of authorities as PEM text (BEGIN CERTIFICATE), base64 of that, or the path of a PEM file';
/** Longer texts are no paths on any system. */
const longestPath = 4096;
const block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;
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
        return { fault: 'holds a private key, which only the authority may have and which must be replaced now' };
    const blocks = [...text.matchAll(block)];
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



/** Why a value cannot be taken: the end of a sentence of what came, after “which”. */
class Refusal {
    reason;
    constructor(reason) {
        this.reason = reason;
    }
}
const booleans = new Map([
    ['true', true],
    ['false', false],
]);
const flag = {
    takes: 'true or false',
    read: (text) => booleans.get(text.toLowerCase()) ?? new Refusal('is not one of its values'),
};
function choice(...choices) {
    const takes = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
    return {
        takes,
        read: (text) => choices.find((each) => each === text.toLowerCase()) ?? new Refusal('is not one of its values'),
    };
}
/** Seconds, whole or fractional. */
const timeout = {
    takes: 'a number of seconds from 1 to 3600',
    read(text) {
        const seconds = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
        if (Number.isNaN(seconds))
            return new Refusal('is not a number of seconds');
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
    hidden: true,
    read(text) {
        const all = text
            .toLowerCase()
            .split(/[\s,;]+/)
            .filter(Boolean);
        // Two variables that are not set, with a comma between them, must not allow everybody.
        if (all.length === 0)
            return new Refusal('names nobody');
        const odd = all.findIndex((user) => !/^[\w-]{1,64}$|^[^@\s*]+@[^@\s*]+$/.test(user) || secretsIn(user).length > 0);
        return odd < 0
            ? [...new Set(all)]
            : new Refusal(`has an entry (number ${odd + 1}) that is neither an id nor an email`);
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
    return mayBeSecret ? 'what may be a secret' : `“${cut(text.trim().replace(/[\s\p{Cc}]+/gu, ' '), 60)}”`;
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
        const value = pasted
            ? new Refusal('does not belong here: a token goes into the input token')
            : reader.read(text.trim());
        if (!(value instanceof Refusal))
            return value;
        this.refuse(name, reader.hidden ? undefined : text, value.reason, reader.takes);
        return undefined;
    }
    /** @param text what came, where it may be shown */
    refuse(name, text, reason, takes) {
        this.faults.push(`${name} got ${text === undefined ? 'a value' : shown(text)}, which ${reason}; it takes ${takes}`);
    }
}

;// CONCATENATED MODULE: ./src/action/token-fault.js

/** Shorter is no token of any server; longer is a pasted file. Today's have 42 characters. */
const shortest = 20;
const token_fault_longest = 1000;
/**
 * What shows that a value cannot be a token, as the end of a sentence that begins with “The token”; none where it may
 * be one. Such a value never reaches a server. The sentences quote nothing of it.
 */
function tokenFault(token) {
    const service = foreignService(token);
    const faults = [
        [
            isName(token),
            'is the name of a secret or a variable; a workflow gets its value by ${{ secrets.NAME }}',
        ],
        [
            /^(authorization\s*:\s*)?bearer\b/i.test(token),
            'begins with the word “Bearer”, which does not belong to it',
        ],
        [
            /^["'`“”‘’«<([{]|["'`“”‘’»>)\]},;]$/u.test(token),
            'has quotation marks, brackets or a comma around it, which do not belong to it',
        ],
        [
            /^(?:export\s+|set\s+|\$env:)?[a-z_]\w*\s*=\s*[^\s=]/i.test(token),
            'is a whole line with a name and an equals sign; only the part after that sign belongs here',
        ],
        [service !== undefined, `is a secret of ${service}, not of Speckle`],
        [isAddress(token), 'is an address; the address of the server belongs in the input server'],
        [/[\r\n]/.test(token), 'has a line break inside, so perhaps more than the token was copied'],
        [/\p{Cc}|\s/u.test(token), 'has a space or a control character inside'],
        [/\P{ASCII}/u.test(token), 'has characters other than plain ASCII'],
        [token.length < shortest, `is shorter than ${shortest} characters, so a part of it is missing`],
        [token.length > token_fault_longest, `is longer than ${token_fault_longest} characters, so more than the token was copied`],
    ];
    return faults.find(([applies]) => applies)?.[1];
}
/** The name alone, `secrets.NAME` without the braces of an expression, one that nobody evaluated, or a variable of a shell. */
function isName(text) {
    return (/^[A-Z\d_]*SPECKLE[A-Z\d_]*$/.test(text) ||
        /^(?:\$\{\{\s*)?(?:secrets|vars|env|inputs)\.[a-z_]/i.test(text) ||
        /^[$%]\{?(?:env:)?[a-z_]\w*[}%]?$/i.test(text));
}
function isAddress(text) {
    return (/^[a-z][a-z\d+.-]*:\/\//i.test(text) ||
        /^(localhost|[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,})(:\d+)?(\/|$)/i.test(text));
}

;// CONCATENATED MODULE: ./src/action/places.js




/** The server of Speckle's own cloud. */
const defaultServer = 'https://app.speckle.systems';
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
        return page.projectId === undefined ? new Refusal('shows no project') : { id: page.projectId, page };
    },
};
/** The server, and the project with what else the address shows; all of one and the same page. */
function readPlaces(intake, texts, environment) {
    const given = intake.take('project', texts.project, project);
    const { address, source } = places_readServer(intake, texts.server, given?.page, environment) ?? {};
    const { origin, ...page } = address ?? {};
    const place = origin !== undefined && source ? { origin, source } : undefined;
    if (!given)
        return { server: place, page };
    const fault = given.page && origin !== undefined && given.page.origin !== origin
        ? 'is on another server than the input server'
        : page.projectId !== undefined && page.projectId !== given.id
            ? 'is another project than the one in the address of the server'
            : undefined;
    if (fault !== undefined) {
        intake.refuse('project', texts.project, fault, project.takes);
        return { server: place, page: { projectId: given.id } };
    }
    const own = given.page ?? {};
    // A version belongs to its model, so both come from the same page.
    const { modelId, versionId } = (own.modelId ?? own.versionId) === undefined ? page : own;
    const automationId = own.automationId ?? page.automationId;
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
        return { token: tokenFrom(text, 'input') };
    const own = environment['SPECKLE_TOKEN'] ?? '';
    if (own.trim() === '')
        return {};
    const [name, origin] = namedServers(environment)[0] ?? [];
    if (name === undefined || place === undefined || origin === place.origin)
        return { token: tokenFrom(own, 'SPECKLE_TOKEN') };
    return {
        tokenWithheld: `The input token is empty, and the token in the variable SPECKLE_TOKEN belongs to another server, the one that ${name} names.`,
    };
}
function tokenFrom(text, source) {
    const value = text.trim();
    return { value, source, fault: tokenFault(value) };
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

;// CONCATENATED MODULE: ./src/action/read-inputs.js




/** Reads all inputs and, for token and server, the environment. */
function readInputs(texts, environment, readFile) {
    const intake = new Intake();
    const take = (name, reader) => intake.take(name, texts[name], reader);
    const { server, page } = readPlaces(intake, texts, environment);
    const permission = take('permission', choice('read', 'write')) ?? 'read';
    if (permission === 'write' && texts.project.trim() === '' && page.projectId === undefined)
        intake.refuse('permission', texts.permission, 'needs a project, and the input project is empty', 'write only together with a project');
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
    const [first, ...others] = faults.slice(0, 5).map(({ given, meant }) => ({
        given,
        reason: meant ? `is not a scope (${meant} is one)` : 'is not a scope',
    }));
    if (first)
        intake.refuse('scopes', first.given, [first.reason, ...others.map(({ given, reason }) => `${shown(given)} ${reason}`)].join('; '), 'scopes such as streams:read, or read, write, automate');
    return scopes;
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
    const masks = masksFor(texts, environment);
    for (const mask of masks)
        core_setSecret(mask);
    const reading = readInputs(texts, environment, readPlainFile);
    const clean = createCleaner(masks, openTexts(reading));
    await conclude(reading, { runner: createRunner(clean, environment), clean, environment, crashed });
}
/** From inputs that have been read to what is told of them. */
async function conclude(reading, tools) {
    const { runner, clean } = tools;
    const found = {
        inputs: reading.inputs,
        warnings: [],
        notices: [],
        variables: {},
        undo: [],
    };
    const say = {
        warning: (text) => remark(found.warnings, text, (line) => runner.warning(line)),
        notice: (text) => remark(found.notices, text, (line) => runner.notice(line)),
    };
    const outcome = await authenticate(reading, found, { ...tools, say }).then((message) => ({ ...found, status: 'verified', message }), (error) => {
        takeBack(found);
        return ended(error, found, clean);
    });
    found.undo.push(remember(tools.environment['GITHUB_OUTPUT']));
    try {
        await report(outcome, tools);
    }
    catch (error) {
        takeBack(found);
        throw error;
    }
}
/** Nothing that was written or exported outlasts a failure. */
function takeBack({ undo }) {
    for (const undoOne of undo.splice(0).toReversed())
        try {
            undoOne();
        }
        catch {
            // What is told is why the step failed.
        }
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
/* harmony import */ var _action_run_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(145);

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
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
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
/******/ var __webpack_exports__ = __nccwpck_require__(203);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
