/** Stands in the bundle where packages would be of which no run uses anything; dev/build.ts says which, and why. */
function refuse(): never {
  throw new Error('This action is built without what it does not use, and now it would need a part of that.');
}

// Of @actions/exec, @actions/http-client and graphql.
export { refuse as getExecOutput, refuse as HttpClient, refuse as BearerCredentialHandler };
export { refuse as parse, refuse as print };
export const Kind = {};
