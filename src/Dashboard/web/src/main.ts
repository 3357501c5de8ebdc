import './style.css';
import { sweepPage } from './pages/sweep';
import { sweepsPage } from './pages/sweeps';
import { trialPage } from './pages/trial';
import { start } from './router';

start(document.getElementById('page')!, document.getElementById('crumbs')!, (path) => {
  if (path.length === 0) return sweepsPage();
  if (path[0] !== 'sweeps' || path[1] === undefined) return null;
  if (path.length === 2) return sweepPage(path[1]);
  return path.length === 4 && path[2] === 'trials' ? trialPage(path[1], path[3]!) : null;
});
