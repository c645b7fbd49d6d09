/** Node 24 strips the types itself, so nothing is transformed. */
export default {
  extensionsToTreatAsEsm: ['.ts'],
  // One for each core: most tests wait for a process, a server or a timeout.
  maxWorkers: '100%',
  moduleFileExtensions: ['ts', 'js', 'json'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: {},
};
