import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    outDir: '../../../artifacts/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
    rollupOptions: { output: { manualChunks: { echarts: ['echarts/core'] } } },
  },
  server: { proxy: { '/api': process.env['GRANARY_DASHBOARD'] ?? 'http://127.0.0.1:5200' } },
});
