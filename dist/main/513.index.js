export const id = 513;
export const ids = [513];
export const modules = {

/***/ 513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ProxyAgent: () => (/* binding */ refuse),
/* harmony export */   fetch: () => (/* binding */ refuse)
/* harmony export */ });
/** Stands in the bundle where `undici` would be; dev/build.ts says why. */
function refuse() {
    throw new Error('This action is built without undici, because nothing in it sends requests through undici.');
}



/***/ })

};
