/** Stands in the bundle where `undici` would be; dev/build.ts says why. */
function refuse(): never {
  throw new Error(
    'This action is built without undici, because nothing in it sends requests through undici.',
  );
}

export { refuse as fetch, refuse as ProxyAgent };
