import { failuresView } from './failuresView.ts';
import { plotsView } from './plotsView.ts';
import { sensitivityView } from './sensitivityView.ts';
import { tableView } from './tableView.ts';
import type { ResultsView } from './view.ts';

/** The tabs of the page, in their order; the first one is in front at first. */
export const views: readonly ResultsView[] = [tableView, plotsView, sensitivityView, failuresView];
