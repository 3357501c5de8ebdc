import type { Health, Trial } from './api';
import { h } from './dom';

// In order of gravity, as the silo numbers them.
const gravity: Health[] = ['unknown', 'healthy', 'vanishing', 'collapsing', 'dead', 'exploding'];

/** How grave a verdict is, for sorting: from 0 for unknown up; a verdict that only a newer silo knows counts as unknown. */
export const grave = (health: Health): number => Math.max(0, gravity.indexOf(health));

/** A verdict as a coloured word; its evidence shows when the pointer rests on it. */
export const badge = (health: Health, evidence: string): HTMLElement =>
  h('span', { class: `state health ${health}`, title: evidence }, health);

/** The learning rate that `lr: auto` found for a trial; null where none was searched for, or before the first epoch has ended. */
export const foundRate = (trial: Trial): number | null => trial.metrics['found-learning-rate'] ?? null;
