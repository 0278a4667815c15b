import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** `SANDBOX_URL` names the running sandbox that `dev:ui` talks to. */
export default defineConfig({
  root: join(here, 'ui'),
  base: './',
  plugins: [react()],
  build: {
    outDir: join(here, 'ui-dist'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: [join(here, 'ui', 'index.html'), join(here, 'ui', 'screen.html')] },
  },
  server: { proxy: { '/control': process.env.SANDBOX_URL ?? 'http://127.0.0.1:4010' } },
});
