import shared from '../../jest.config.js';

export default {
  ...shared,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/sam/*.check.ts'],
  modulePathIgnorePatterns: [],
};
