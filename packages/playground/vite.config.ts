import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { bundledLicences } from '../../scripts/bundled-licences.ts';

// Replaced in each answer by the server: the policy lets in the styles of the editor that carry this nonce.
const noncePlaceholder = '__CLOCHE_NONCE__';

const config: UserConfig = defineConfig({
  root: join(import.meta.dirname, 'src/page'),
  publicDir: false,
  cacheDir: join(import.meta.dirname, 'node_modules/.vite'),
  html: { cspNonce: noncePlaceholder },
  plugins: [bundledLicences()],
  build: {
    outDir: join(import.meta.dirname, 'dist/page'),
    emptyOutDir: true,
    target: 'es2023',
    // Of the policy: no `data:` address is let in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1024,
    // On a busy machine it warns of a plugin that waits for its turn.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  logLevel: 'warn',
});

export default config;
