import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// The window is WebKitGTK 2.50, WKWebView or WebView2: all of them newer than Safari 17.
export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    target: 'safari17',
    sourcemap: false,
    // The page's policy allows fonts and styles from its own files only, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: false,
    // index.html alone: design.html and the fake desk it uses are for the dev server.
    rolldownOptions: { input: 'index.html' },
  },
  // Without Rust, the page to look at is /design.html.
  server: { strictPort: true, port: 5173 },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.ts'],
    // Axe on a machine that builds other things beside takes its time.
    testTimeout: 30_000,
    // These are read by their tests; no other style matters to jsdom.
    css: { include: /(tokens|base)\.css/ },
  },
});
