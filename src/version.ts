/** The version that the User-Agent names; a check holds it to package.json. */
export const version = '1.0.0';
